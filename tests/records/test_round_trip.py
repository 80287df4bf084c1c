from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debate import records
from debate.domain import Debate, Judgment, Key, Passage, Posed
from debate.records.reading import parse
from debate.records.record import Record
from tests.builders import debate, judge, match, question
from tests.records.debates import call, plain, played, write


def back(line: object) -> records.Imported:
    held = parse(json.loads(records.encode(line))) if isinstance(line, dict) else line
    assert isinstance(held, records.Imported), held
    return held


@settings(max_examples=100, deadline=None)
@given(played())
def test_what_is_exported_comes_back_exactly(case: tuple[Debate, tuple[Judgment, ...], Key]) -> None:
    """H12: questions, keys, matches, turns and judgments are the same values after export and import."""
    held, judgments, key = case
    found = back(records.record(held, judgments, key, tournament="t"))
    assert found.debate == held
    assert found.question.posed == held.match.question
    assert found.question.key == key
    assert found.judgments == judgments
    assert found.debate.digest == held.digest
    assert found.meta == {}


@settings(max_examples=30, deadline=None)
@given(played(), st.booleans(), st.booleans())
def test_what_was_withheld_is_withheld_for_good(
    case: tuple[Debate, tuple[Judgment, ...], Key], answers: bool, texts: bool
) -> None:
    """H11: a record without its texts can be imported, exported and imported again without becoming another."""
    held, judgments, key = case
    hidden = records.Withheld(answers=answers, texts=texts)
    first = back(records.record(held, judgments, key, tournament="t", withheld=hidden))
    line = records.record(first.debate, first.judgments, first.question.key, tournament="t", record_id=first.record_id)
    again = back(line)
    assert again.question.posed == first.question.posed
    assert again.debate == first.debate


def test_what_a_store_knows_besides_comes_back() -> None:
    """Settings of judges, calls and times are kept by the same names."""
    held = debate(None, "One.", "Two.")
    ruling = Judgment(id="v1-a", match=held.match.id, judge="jo", state="failed", transcript=held.digest)
    jo = judge(samples=3, instructions="Be brief.")
    calls = {"turn:0": (call("first"), call("second")), "v1-a": (call("ruling"),)}
    at = {"turn:1": "2026-01-31T09:30:00Z", "v1-a": "2026-01-31T09:31:00+00:00"}
    line = records.record(
        held, [ruling], question().key, tournament="t", judges={"jo": jo}, calls=calls, at=at, meta={"lab": 3}
    )
    assert line["turns"][0]["candidates"] == ["first", "second"]
    found = back(line)
    assert (found.judges, found.calls, found.at, found.meta) == ({"jo": jo}, calls, at, {"lab": 3})


def test_every_optional_key_is_written() -> None:
    """What the format lists as optional is in our exports, so that other tools find it."""
    held = debate(None, "One.")
    ruling = Judgment(id="v1-a", match=held.match.id, judge="jo", final=(0.5, 0.5))
    line = records.record(
        held, [ruling], question().key, tournament="t", judges={"jo": judge()}, calls={"turn:0": (call("x"),)}
    )
    assert {"match", "repeat", "arm", "meta"} <= line.keys()
    assert {
        *("evidence", "flaws", "distractor", "match_id", "stake_answer", "counterpart_answer", "transfer_of", "licence")
    } <= line["question"].keys()
    assert {"model", "family", "settings_hash"} <= line["seats"][0].keys()
    assert {"about", "says", "conceded", "flags", "candidates", "calls"} <= line["turns"][0].keys()
    assert {"cached_tokens", "calls", "cost_max_usd"} <= line["turns"][0]["usage"].keys()
    assert {*("sample", "family", "settings_hash", "view", "purpose", "superseded_by", "idle_s", "usage")} <= line[
        "judgments"
    ][0].keys()
    assert line["seats"][0]["family"] == "ada"


def test_an_import_that_is_exported_is_the_same_import() -> None:
    """A debate that came from elsewhere leaves under its own id and comes back as itself."""
    first = back(plain())
    line = records.record(
        first.debate,
        first.judgments,
        first.question.key,
        tournament=first.tournament,
        record_id=first.record_id,
        judges=first.judges,
    )
    again = back(line)
    assert again.debate == first.debate
    assert again.question == first.question
    assert again.judges == first.judges


def test_files_come_back(tmp_path: Path) -> None:
    """Plain and packed files hold the same records, and the same records make the same bytes."""
    asked = question()
    lines = [records.record(debate(match(repeat=repeat), "One."), [], asked.key, tournament="t") for repeat in range(3)]
    for name in ("a.jsonl", "a.jsonl.gz"):
        path = tmp_path / name
        assert records.write(path, lines) == 3
        held = path.read_bytes()
        assert [found.debate.match.repeat for found in records.read(path)] == [0, 1, 2]
        records.write(path, iter(lines))
        assert path.read_bytes() == held
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.jsonl", "a.jsonl.gz"]


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    """B3: the file is replaced when it is whole, and not before."""
    path = tmp_path / "a.jsonl"
    path.write_text("old")
    with pytest.raises(ValueError, match="Out of range float"):
        records.write(path, [{"a": 1}, {"b": float("nan")}])
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_schema_is_the_record() -> None:
    """The wire types describe what is written, key by key."""
    line = records.record(debate(None, "One."), [], question().key, tournament="t")
    known = {field.alias or name for name, field in Record.model_fields.items()}
    assert known - line.keys() == {"calls", "failures", "plan"}
    assert line.keys() <= known


def test_an_imported_question_is_the_bank_s(tmp_path: Path) -> None:
    """Content decides a question's id, so a record of a bundled question joins it."""
    (found,) = records.read(write(tmp_path, plain()))
    passage = Passage.of("Captain Brandt signed the manifest himself.", "The ferry")
    assert found.question.posed == Posed.of("Who signed?", ("Brandt", "The mate"), passage)
    assert found.question.key.meta == {"name": "q17", "passage": "p3"}
