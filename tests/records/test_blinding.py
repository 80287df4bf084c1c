"""Records without names: nobody who reads them can tell who played, and those who hold the database can."""

from __future__ import annotations

import json
from pathlib import Path

from debate import records
from debate.domain import Judgment
from debate.records.blinding import code
from debate.records.canary import canary
from tests.builders import debate, judge, match, player, question, turn
from tests.cli.driving import cli
from tests.records.debates import call
from tests.records.test_exchange import exported, imported
from tests.records.test_tables import study

NAMES = ("ada-the-great", "bob-the-small", "judge-jolly")


def line() -> dict[str, object]:
    great = player(NAMES[0], "openai/gpt-5", persona="A sailor", temperature=0.5)
    loud = match(players=(great, player(NAMES[1], "anthropic/opus")))
    text = f"As GPT-5 I say that {NAMES[1].upper()} is wrong."
    held = debate(loud) + turn(text=text, names=((3, 8),))
    ruling = Judgment(
        id="v1-a", match=loud.id, judge=NAMES[2], final=(0.9, 0.1), reason=f"{NAMES[0]} won", transcript=held.digest
    )
    calls = {"turn:0": (call(text),), "v1-a": (call("because of gpt-5"),)}
    return records.record(
        held,
        [ruling],
        question().key,
        tournament="t",
        judges={NAMES[2]: judge(NAMES[2], "openai/gpt-5-mini")},
        calls=calls,
        meta={"room": {NAMES[0]: [NAMES[1], 3]}},
    )


def test_no_name_or_model_is_left() -> None:
    """Not in seats, speeches, reasons, calls, `meta` or ids."""
    raw = json.dumps(records.blind(line(), "secret"))
    for word in (*NAMES, "gpt", "opus", "openai", "anthropic", "sailor", "m1-", "v1-"):
        assert word not in raw.lower(), word
    assert code(NAMES[0], "secret") in raw


def test_codes_are_stable_and_belong_to_a_secret() -> None:
    """The same name has the same code in every record of a database, and another in another database."""
    one, again, other = (records.blind(line(), secret) for secret in ("secret", "secret", "other"))
    assert one == again
    assert one["seats"][0]["player"] != other["seats"][0]["player"]
    assert len({one["seats"][0]["player"], one["seats"][1]["player"], one["judgments"][0]["judge"]}) == 3


def test_a_blind_record_is_a_record(tmp_path: Path) -> None:
    """It is imported and exported again like any other, places of quotes and beliefs unchanged."""
    blinded = records.blind(line(), "secret")
    (tmp_path / "blind.jsonl").write_bytes(records.encode(blinded))
    imported(tmp_path / "a.db", tmp_path / "blind.jsonl")
    (back,) = map(json.loads, exported(tmp_path / "a.db", tmp_path / "b.jsonl").splitlines())
    assert back["turns"][0]["text"] == "As █████ I say that █████████████ is wrong."
    assert back["judgments"][0]["final"] == [0.9, 0.1]
    assert [seat["player"] for seat in back["seats"]] == [seat["player"] for seat in blinded["seats"]]


def test_a_blind_export_of_people(tmp_path: Path) -> None:
    """Whatever the form, no judge or debater is named in it; all flags go together."""
    db = study(tmp_path)
    for form, out in (("records", "o.jsonl"), ("csv", "t"), ("sft", "s.jsonl"), ("preference", "p.jsonl")):
        flags = ("--blind", "--without-answers", "--redact") if form == "csv" else ("--blind",)
        assert cli("export", "--db", db, "--format", form, "--out", tmp_path / out, *flags).exit_code == 0
        files = [tmp_path / out] if out != "t" else list((tmp_path / "t").iterdir())
        held = " ".join(file.read_text("utf-8") for file in files)
        assert not any(f'"{name}"' in held or f",{name}," in held for name in ("Ann", "Bob", "Kim", "Jo", "GPT-4"))


def test_every_export_of_questions_has_its_canary(tmp_path: Path) -> None:
    """The same string for a tournament in every form and on every day, and another for another tournament."""
    db = study(tmp_path)
    mine = canary("nyu")
    for form, out in (("records", "o.jsonl"), ("sft", "s.jsonl"), ("preference", "p.jsonl")):
        cli("export", "--db", db, "--format", form, "--out", tmp_path / out)
        assert all(mine in raw for raw in (tmp_path / out).read_text("utf-8").splitlines())
    cli("export", "--db", db, "--format", "csv", "--out", tmp_path / "t")
    assert all(mine in raw for raw in (tmp_path / "t" / "matches.csv").read_text("utf-8").splitlines()[1:])
    assert canary("other") != mine
