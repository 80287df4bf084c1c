"""From database to file to database: nothing is lost on the way, however often it is travelled."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debate import records
from debate.cli.exchange import played as taken
from debate.cli.exchange import record_of
from debate.domain import Ask, Debate, Judge, Judgment, Key, Limits, Player
from debate.errors import Permanent
from debate.records.reading import parse
from debate.report import measure
from debate.store import Store, Taken, give, take
from tests.cli.driving import cli, read
from tests.records.debates import plain, played, write
from tests.runs import played as run
from tests.runs import spec
from tests.scripts import cast, longest, quoting


def imported(db: Path, file: Path, *more: object) -> Any:
    done = cli("import", file, "--db", db, "--json", *more)
    assert done.exit_code == 0, done.stderr
    return read(done)["tournaments"]


def exported(db: Path, out: Path, *more: object) -> bytes:
    done = cli("export", *more, "--db", db, "--out", out)
    assert done.exit_code == 0, done.stderr
    return out.read_bytes()


def sent(store: Store, name: str) -> list[bytes]:
    """The records of a tournament as they are written."""
    return [records.encode(record_of(one, records.Withheld())) for one in give(store, name)]


def received(store: Store, lines: Iterable[bytes]) -> Taken:
    """What a database takes of lines."""
    found = [parse(json.loads(line)) for line in lines]
    ((_, counts),) = take(store, [taken(one) for one in found if isinstance(one, records.Imported)]).items()
    return counts


def test_export_import_export_gives_the_same_bytes(tmp_path: Path) -> None:
    """H12: whatever debates hold, two databases that exchanged them say the same, and know each other's records."""
    number = itertools.count()
    with Store.open(tmp_path / "a.db", create=True) as a, Store.open(tmp_path / "b.db", create=True) as b:

        @settings(max_examples=20, deadline=None)
        @given(st.lists(played(), min_size=1, max_size=3, unique_by=lambda case: case[0].match.question.id))
        def exchange(cases: list[tuple[Debate, tuple[Judgment, ...], Key]]) -> None:
            name = f"t{next(number)}"
            lines = [
                records.encode(records.record(*case, tournament=name, record_id=f"r{i}", meta={"i": i}))
                for i, case in enumerate(cases)
            ]
            assert received(a, lines).debates == len(cases)
            first = sent(a, name)
            assert received(b, first).debates == len(cases)
            assert sent(b, name) == first
            assert received(a, first) == received(b, first) == Taken(known=len(cases))

        exchange()


def hardly(ask: Ask) -> str:
    """A debater that sometimes has nothing to say, and once cannot be reached."""
    if ask.voice.name == "ada" and ask.source.question.text.endswith("2th time, did he sign?"):
        raise Permanent("no such model", billed=True)
    return quoting("The ferry left Oskarvik at six in the morning")(ask)  # type: ignore[return-value]


@pytest.fixture
def tournament(tmp_path: Path) -> Path:
    """A tournament with candidates, failures, two judges and words that only the speakers see."""
    ada = Player(name="ada", model="lab/ada", best_of=2, preference="lab/chooser", temperature=0.5)
    told = spec(
        tmp_path,
        asked=4,
        debaters=(ada, Player(name="bob", model="lab/bob", persona="A sailor")),
        judges=(Judge(name="jo", model="lab/jo", beliefs="every-round"), Judge(name="kim", model="lab/kim", samples=2)),
        limits=Limits(concurrency=2, max_failures=1.0, attempts=1),
        controls=("naive", "opening"),
        peek=True,
        quorum=2,
    )
    db = tmp_path / "played.db"
    with Store.open(db, create=True) as store:
        asyncio.run(run(store, told, cast(speak=hardly, judge=longest)))
    return db


def told(db: Path) -> dict[str, Any]:
    """Everything that is reported, listed and found, but the time at which it was entered."""
    listed = read(cli("status", "--db", db, "--json"))
    with Store.open(db, readonly=True) as store:
        report = json.loads(measure(store, "test").model_dump_json())
    report["models"] = dict(sorted(report["models"].items()))
    audit = read(cli("audit", "--db", db, "--json"))
    return {"report": report, "audit": audit, "status": {k: v for k, v in listed.items() if k != "created"}}


def test_what_was_played_is_reported_alike_wherever_it_is(tournament: Path, tmp_path: Path) -> None:
    """H12: report, audit, status and the bytes of the next export are those of the database it was played in."""
    first = exported(tournament, tmp_path / "a.jsonl.gz")
    imported(tmp_path / "other.db", tmp_path / "a.jsonl.gz")
    assert exported(tmp_path / "other.db", tmp_path / "b.jsonl.gz") == first
    here, there = told(tournament), told(tmp_path / "other.db")
    assert here["report"]["matches"]["failed"] == 2
    assert here["report"]["warnings"]
    assert here["status"]["failures"]
    for part in ("audit", "status"):
        assert there[part] == here[part]
    for key in here["report"]:
        assert there["report"][key] == here["report"][key], key


def test_what_failed_and_what_was_planned_leave_without_names(tournament: Path, tmp_path: Path) -> None:
    """A release tells that a turn failed and at which seat, and neither what the error said nor the seed."""
    exported(tournament, tmp_path / "a.jsonl", "--blind", "--redact")
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    lost = [failure for line in lines for failure in line.get("failures", [])]
    assert {failure["seat"] for failure in lost} <= {"A", "B"}
    assert {(failure["message"], failure["where"]) for failure in lost} == {("withheld", "")}
    assert all(failure["player"].startswith("P-") for failure in lost)
    assert all(line["plan"] == {"controls": ["naive", "opening"], "peek": True, "quorum": 2} for line in lines)
    assert "no such model" not in json.dumps(lines)
    assert imported(tmp_path / "released.db", tmp_path / "a.jsonl")["test"]["debates"] == len(lines)


def test_its_own_export_changes_nothing(tournament: Path, tmp_path: Path) -> None:
    """A tournament that was played here knows its records when they come back."""
    exported(tournament, tmp_path / "a.jsonl")
    assert imported(tournament, tmp_path / "a.jsonl")["test"]["known"] == 12
    line = json.loads((tmp_path / "a.jsonl").read_text().splitlines()[0])
    line["turns"][0]["text"] += " I never said so."
    done = cli("import", write(tmp_path, line, name="forged.jsonl"), "--db", tournament)
    assert done.exit_code == 7
    assert "is there with other content" in done.stderr


def test_a_tournament_that_is_planned_here_takes_nothing_in(tournament: Path, tmp_path: Path) -> None:
    """It would not be the one that its file says any more, and could not be run on."""
    done = cli("import", write(tmp_path, plain()), "--name", "test", "--db", tournament)
    assert done.exit_code == 7
    assert '"test" is planned and played here: name another tournament with --name' in done.stderr
    assert imported(tournament, write(tmp_path, plain()), "--name", "theirs")["theirs"]["debates"] == 1


def test_names_and_marks_of_a_source_are_kept(tmp_path: Path) -> None:
    """Where a debate comes from, its id there, its `meta` and what nobody knows leave as they came."""
    line = plain(meta={"lab": 1}, room="r")
    imported(tmp_path / "a.db", write(tmp_path, line), "--name", "mine")
    (out,) = [json.loads(raw) for raw in exported(tmp_path / "a.db", tmp_path / "out.jsonl", "mine").splitlines()]
    assert (out["tournament"], out["id"], out["meta"]) == ("nyu-2023", "r1", {"lab": 1, "room": "r"})
    assert [judgment["id"] for judgment in out["judgments"]] == ["j1"]
    assert "at" not in out["turns"][0]


def test_impossible_records_change_nothing_and_are_all_told(tmp_path: Path) -> None:
    """E14: a good line among bad ones is not taken either; each problem stands with its line; the code is 7."""
    bad = plain(id="r2")
    bad["judgments"][0]["final"] = [0.9, 0.9]
    odd = plain(id="r3")
    odd["turns"][0] |= {"seat": "Z", "usage": {"input_tokens": -1, "output_tokens": 10**30}, "index": 10**9}
    huge = plain(id="r4", question={**plain()["question"], "correct": 7})
    file = write(tmp_path, plain(), bad, odd, b'{"id": NaN}', huge, plain())
    db = tmp_path / "a.db"
    done = cli("import", file, "--db", db)
    assert (done.exit_code, db.exists()) == (7, False)
    places = [line.strip().removeprefix(f"{file}:") for line in done.stderr.splitlines()]
    for said in (
        "2: judgments[0].final: sums to 1.8, not to 1",
        "3: turns[0].index: should be less than or equal to 10000, not 1000000000",
        "3: turns[0].usage.input_tokens: should be greater than or equal to 0, not -1",
        "4: NaN is not a number that JSON knows",
        "5: question.correct: 7 is none of the 2 answers, which count from 0",
        "6: id: is that of line 1 too",
    ):
        assert said in places


def test_several_sources_at_once(tmp_path: Path) -> None:
    """One file may hold several tournaments, which stay apart unless a name is given."""
    file = write(tmp_path, plain(), plain(tournament="other"), plain(id="r2"))
    assert {name: counts["debates"] for name, counts in imported(tmp_path / "a.db", file).items()} == {
        "nyu-2023": 2,
        "other": 1,
    }
    assert imported(tmp_path / "b.db", file, "--name", "all")["all"]["debates"] == 3


def test_lists_and_status_count_what_was_imported(tmp_path: Path) -> None:
    """Turns, rulings, calls, tokens and money are those of the records."""
    line = plain()
    line["turns"][0]["usage"] = {"input_tokens": 7, "output_tokens": 3, "cost_usd": 0.25, "calls": 2}
    imported(tmp_path / "a.db", write(tmp_path, line))
    (row,) = read(cli("list", "--db", tmp_path / "a.db", "--json"))["tournaments"]
    assert (row["turns"], row["judgments"], row["calls"], row["spent_usd"]) == (2, 1, 2, 0.25)
    status = read(cli("status", "--db", tmp_path / "a.db", "--json"))
    assert (status["input_tokens"], status["output_tokens"], status["workers"]) == (7, 3, [])


def test_what_is_known_of_a_judge_stays_with_the_record(tmp_path: Path) -> None:
    """One name may be two judges in two records: each leaves as it came, and the report names both models' players."""
    line = plain()
    known = plain(id="r2")
    known["judgments"][0] |= {"model": "anthropic/haiku", "settings": {"temperature": 0.5}}
    imported(tmp_path / "a.db", write(tmp_path, line, known))
    out = [json.loads(raw) for raw in exported(tmp_path / "a.db", tmp_path / "out.jsonl").splitlines()]
    assert [held["judgments"][0]["model"] for held in out] == ["imported/haiku", "anthropic/haiku"]
    assert out[1]["judgments"][0]["settings"] == {"temperature": 0.5}
    with Store.open(tmp_path / "a.db", readonly=True) as store:
        models = measure(store, "nyu-2023").models
    assert models == {"gpt-5": "imported/gpt-5", "Ann": "human/Ann", "haiku": models["haiku"]}


def test_a_key_that_is_known_is_neither_lost_nor_contradicted(tmp_path: Path) -> None:
    """A record without its answer leaves what is known; one with another answer is refused."""
    question = plain()["question"]
    hidden = plain(id="r2", question={**question, "correct": None})
    other = plain(id="r3", question={**question, "correct": 1})
    db = tmp_path / "a.db"
    imported(db, write(tmp_path, plain()))
    imported(db, write(tmp_path, hidden, name="hidden.jsonl"))
    with Store.open(db) as store:
        assert [key.correct for key in store.keys("nyu-2023")] == [0]
    done = cli("import", write(tmp_path, other, name="other.jsonl"), "--db", db)
    assert (done.exit_code, "another right answer" in done.stderr) == (7, True)


def test_the_same_record_in_two_files(tmp_path: Path) -> None:
    """Once is enough; and with other content it is an error."""
    db, one = tmp_path / "a.db", write(tmp_path, plain())
    again = write(tmp_path, plain(), name="again.jsonl")
    done = cli("import", one, again, "--db", db, "--json")
    assert read(done)["tournaments"]["nyu-2023"] == {"debates": 1, "judgments": 1, "known": 1}
    line = plain(id="r2")
    other = {**line, "turns": line["turns"][:1]}
    done = cli("import", write(tmp_path, line), write(tmp_path, other, name="other.jsonl"), "--db", db)
    assert (done.exit_code, "is given twice, with other content" in done.stderr) == (7, True)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A database of three imported debates: one by rules of its own, and one with a turn that was refused."""
    refused = plain(id="r3")
    refused["turns"][1]["state"] = "refused"
    own = plain(id="r2", protocol={"name": "ping-pong", "rounds": 1})
    line = plain()
    line["turns"][0]["usage"] = {"cost_usd": 99.0, "calls": 99}
    imported(tmp_path / "elsewhere.db", write(tmp_path, line, own, refused))
    return tmp_path / "elsewhere.db"


def test_another_judge_rules_on_what_was_imported(elsewhere: Path) -> None:
    """Nothing is debated again, the rulings stand beside those that came, and what others spent meets no cap."""
    done = cli("rejudge", "nyu-2023", "--judge", "builtin/gullible", "--max-calls", 20, "--db", elsewhere)
    assert done.exit_code == 3, done.stderr  # one of them was set aside where it was played
    assert "1 of the debates stay as they are" in done.stderr
    with Store.open(elsewhere) as store:
        judges = {
            (d.match.protocol.name, d.broken is None): {j.judge for j in judgments}
            for d, judgments in store.debates("nyu-2023")
        }
        assert judges == {
            ("debate", True): {"haiku", "gullible"},
            ("debate", False): {"haiku"},
            ("ping-pong", True): {"haiku"},
        }
        assert {len(d.turns) for d, _ in store.debates("nyu-2023")} == {2}
    again = cli("rejudge", "nyu-2023", "--judge", "builtin/gullible", "--db", elsewhere, "--json")
    assert again.exit_code == done.exit_code


def test_a_judge_who_is_paid_needs_a_cap(elsewhere: Path) -> None:
    """There is no plan whose cost could be told before."""
    done = cli("rejudge", "nyu-2023", "--judge", "openai/gpt-5", "--db", elsewhere)
    assert done.exit_code == 2
    assert "this run pays for calls to openai/gpt-5: give --max-cost" in done.stderr
    with Store.open(elsewhere, readonly=True) as store:
        pinned = store.pinned("nyu-2023")
    assert pinned is not None
    assert pinned.tournament.judges == ()
