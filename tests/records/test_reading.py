from __future__ import annotations

import gzip
import json
import re
import tracemalloc
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, get_args

import pytest

from debate import intake, records
from debate.domain import Agent, JudgmentState, Player, Protocol, Quote, TurnState, match_id
from debate.errors import InputError
from tests.records.debates import plain, write

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "exchange.md"


def problems(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        next(records.read(path))
    assert tuple(caught.value.problems) == records.check(path)
    return [problem.removeprefix(f"{path}:") for problem in caught.value.problems]


def changed(place: str, value: Any) -> dict[str, Any]:
    """Return the plain record with one value changed, or taken out where the value is `...`."""
    line = deepcopy(plain())
    held: Any = line
    *parents, last = [int(part) if part.isdigit() else part for part in place.split(".")]
    for part in parents:
        held = held[part]
    if value is ...:
        del held[last]
    else:
        held[last] = value
    return line


def read(tmp_path: Path, line: dict[str, Any]) -> records.Imported:
    (found,) = records.read(write(tmp_path, line))
    return found


def test_a_record_without_optional_keys(tmp_path: Path) -> None:
    """What another tool leaves out has sensible values, and ids come from the source and the record."""
    found = read(tmp_path, plain())
    match = found.debate.match
    assert match.id == records.import_id("nyu-2023", "r1")
    assert match.protocol == Protocol(name="debate", rounds=1)
    assert [seat.player for seat in match.seats] == [
        Player(name="gpt-5", model="imported/gpt-5"),
        Player(name="Ann", model="human/Ann"),
    ]
    assert [turn.beat for turn in found.debate.turns] == [1, 1]
    (ruling,) = found.judgments
    assert ruling.id == "j1"
    assert (ruling.match, ruling.transcript) == (match.id, found.debate.digest)
    assert (found.tournament, found.record_id) == ("nyu-2023", "r1")
    assert found.judges["haiku"].model == "imported/haiku"


def keys(held: Any) -> Iterator[tuple[Any, str]]:
    """Yield every key, with the object that holds it."""
    for value in held.values() if isinstance(held, dict) else held if isinstance(held, list) else ():
        yield from keys(value)
    if isinstance(held, dict):
        yield from ((held, key) for key in held)


def test_the_record_that_the_guide_shows_is_whole_and_no_key_of_it_can_be_spared(tmp_path: Path) -> None:
    """What somebody copies from the page is read; what the page calls needed is."""
    (shown,) = re.findall(r"```json\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    record = json.loads(shown)
    assert read(tmp_path, record).judgments[0].final == (0.7, 0.3)
    for held, key in [*keys(record)]:
        value = held.pop(key)
        assert records.check(write(tmp_path, record)), key
        held[key] = value


def test_the_guide_names_every_state() -> None:
    """The words that a record may use are on the page."""
    text = GUIDE.read_text("utf-8")
    assert [
        word for word in (*get_args(TurnState), *get_args(JudgmentState), *get_args(Agent)) if f"`{word}`" not in text
    ] == []


def test_beats_follow_from_the_order_of_speaking(tmp_path: Path) -> None:
    """In turn, every turn is a beat; together, a round is one, and the judge's question another."""
    line = plain()
    line["seats"].append({"seat": "judge", "player": "jo", "kind": "model", "argues": None})
    line["turns"].append({**line["turns"][0], "index": 2, "seat": "judge", "kind": "question"})
    assert [turn.beat for turn in read(tmp_path, line).debate.turns] == [1, 1, 2]
    line["protocol"]["order"] = "sequential"
    found = read(tmp_path, line)
    assert [turn.beat for turn in found.debate.turns] == [1, 2, 3]
    assert found.debate.match.seat("judge").judge is not None


@pytest.mark.parametrize(
    ("kind", "model", "made"),
    [
        ("model", "openai/gpt-5", "openai/gpt-5"),
        ("human", None, "human/gpt-5"),
        ("builtin", None, "builtin/gpt-5"),
        ("human", "openai/x", "human/openai/x"),
        ("model", "human/x", "imported/human/x"),
    ],
)
def test_models_are_of_the_kind_that_is_said(tmp_path: Path, kind: str, model: str | None, made: str) -> None:
    """`kind` is the record's word; a model's name never makes a person of a model."""
    seat = {**plain()["seats"][0], "kind": kind, "model": model}
    found = read(tmp_path, changed("seats.0", seat)).debate.match.seat("A").player
    assert found is not None
    assert (found.model, found.kind) == (made, kind)


def test_quotes_left_out_are_found_in_the_text(tmp_path: Path) -> None:
    """Marked quotations are verified against the passage; given ones are taken as they are."""
    marked = "He did: <quote>signed the manifest himself</quote>."
    (first, _) = read(tmp_path, changed("turns.0.text", marked)).debate.turns
    assert first.text == "He did: signed the manifest himself."
    assert first.quotes == (Quote(start=8, end=35, passage_start=15, passage_end=42, status="verified"),)
    line = changed("turns.0.text", marked)
    line["turns"][0]["quotes"] = []
    (first, _) = read(tmp_path, line).debate.turns
    assert (first.text, first.quotes) == (marked, ())


def test_unknown_keys_are_kept_by_their_place(tmp_path: Path) -> None:
    """Nothing that we do not know of is lost, and nothing of it is an error."""
    line = plain(meta={"lab": 1}, room="r", extra=None)
    line["turns"][1]["clock"] = {"s": 3}
    line["question"]["votes"] = [1]
    line["question"]["passage"]["author"] = "A"
    line["judgments"][0]["usage"] = {"joules": 2}
    line["turns"][0]["says"] = {"mood": "calm"}
    found = read(tmp_path, line)
    assert found.meta == {
        "lab": 1,
        "room": "r",
        "extra": None,
        "turns[1].clock": {"s": 3},
        "turns[0].says.mood": "calm",
        "judgments[0].usage.joules": 2,
    }
    assert found.question.key.meta == {"name": "q17", "passage": "p3", "votes": [1], "author": "A"}


def test_no_record_can_pass_for_a_match_that_it_does_not_hold(tmp_path: Path) -> None:
    """A match id is kept only where it is the hash of the content."""
    forged = read(tmp_path, plain(match="m1-0123456789abcdef0123"))
    assert forged.debate.match.id == records.import_id("nyu-2023", "r1")
    match = forged.debate.match
    honest = match_id(match.question.id, match.protocol, match.seats, 0, "", "")
    kept = read(tmp_path, plain(match=honest))
    assert (kept.debate.match.id, kept.judgments[0].id) == (honest, "j1")


def test_no_text_cannot_pass_for_a_text(tmp_path: Path) -> None:
    """A passage or question that came without its text never has the id of one that has it."""
    known = read(tmp_path, plain()).question.posed
    assert known.passage is not None
    line = plain()
    line["question"]["passage"] = {"id": known.passage.id, "title": "The ferry"}
    line["question"] |= {"id": known.id, "withheld": True}
    found = read(tmp_path, line).question.posed
    assert found.passage is not None
    assert found.passage.text == ""
    assert {found.id, found.passage.id}.isdisjoint({known.id, known.passage.id})
    other = read(tmp_path, plain(tournament="other", question={**line["question"]})).question.posed
    assert other == found


def test_names_of_withheld_questions_are_their_source_s(tmp_path: Path) -> None:
    """Two sources may both have a "q17" that they do not show."""
    asked = {**plain()["question"], "withheld": True}
    one, other = (read(tmp_path, plain(tournament=name, question=asked)).question.posed.id for name in "ab")
    assert one != other


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("schema", "debate.record/2", "schema: should be 'debate.record/1', not \"debate.record/2\""),
        ("schema", ..., "schema: is missing"),
        ("id", ..., "id: is missing"),
        ("id", 3, "id: should be text, not 3"),
        ("question.correct", ..., "question.correct: is missing"),
        ("question.correct", 2, "question.correct: 2 is none of the 2 answers, which count from 0"),
        ("question.correct", True, "question.correct: should be a whole number, not true"),
        ("question.answers", ["a"], 'question.answers: should have at least 2 items, not ["a"]'),
        ("question.evidence", [[5, 5]], "question.evidence[0]: 5 to 5 is empty"),
        ("question.evidence", [[5, 50]], "question.evidence[0]: 5 to 50 leads past the end, which is at 43"),
        ("question.difficulty", 2, "question.difficulty: should be less than or equal to 1, not 2"),
        ("protocol.rounds", -1, "protocol.rounds: should be greater than or equal to 0, not -1"),
        ("seats.1.seat", "A", "seats[1].seat: 'A' is that of seats[0] too"),
        ("seats.0.argues", 5, "seats[0].argues: 5 is none of the 2 answers, which count from 0"),
        ("seats.0.kind", "robot", "seats[0].kind: should be 'model', 'human' or 'builtin', not \"robot\""),
        (
            "seats.0.settings",
            {"best_of": 0},
            "seats[0].settings.best_of: should be greater than or equal to 1, not 0",
        ),
        ("turns.1.index", 0, "turns[1].index: 0 is that of turns[0] too"),
        ("turns.0.seat", "C", 'turns[0].seat: there is no seat "C"'),
        ("turns.0.round", -1, "turns[0].round: should be greater than or equal to 0, not -1"),
        ("turns.1.about", 1, "turns[1].about: 1 is the index of no turn before this one"),
        ("turns.0.at", "yesterday", "turns[0].at: is no time such as 2026-01-31T09:30:00Z"),
        ("turns.0.says", {"beliefs": [1.0]}, "turns[0].says.beliefs: has 1 probabilities for 2 answers"),
        (
            "turns.0.usage",
            {"input_tokens": -1},
            "turns[0].usage.input_tokens: should be greater than or equal to 0, not -1",
        ),
        (
            "turns.0.quotes",
            [{"start": 0, "end": 99, "status": "unverified"}],
            "turns[0].quotes[0]: 0 to 99 leads past the end, which is at 14",
        ),
        (
            "turns.0.quotes",
            [{"start": 0, "end": 2, "status": "verified"}],
            "turns[0].quotes[0].passage_start: must be null for an unverified quote, and a place for any other",
        ),
        (
            "turns.0.quotes",
            [{"start": 0, "end": 2, "passage_start": 0, "passage_end": 90, "status": "verified"}],
            "turns[0].quotes[0].passage_start: 0 to 90 leads past the end, which is at 43",
        ),
        ("judgments.0.final", [0.9, 0.2], "judgments[0].final: sums to 1.1, not to 1"),
        ("judgments.0.final", [1.0], "judgments[0].final: has 1 probabilities for 2 answers"),
        ("judgments.0.final", [1.5, -0.5], "judgments[0].final[0]: should be less than or equal to 1, not 1.5"),
        ("judgments.0.final", ["1", 0], 'judgments[0].final[0]: should be a number, not "1"'),
        ("judgments.0.final", [True, 0], "judgments[0].final[0]: should be a number, not true"),
        (
            "judgments.0.final",
            None,
            'judgments[0].final: must be null unless the state is "valid", and then it must not',
        ),
        (
            "judgments.0.state",
            "failed",
            'judgments[0].final: must be null unless the state is "valid", and then it must not',
        ),
        ("judgments.0.shown", [0, 0], "judgments[0].shown: must name each of the 2 answers once, counting from 0"),
        (
            "judgments.0.beliefs",
            [{"after_round": 2, "p": [1, 0]}],
            "judgments[0].beliefs[0].after_round: there is no round 2",
        ),
        (
            "judgments.0.beliefs",
            [{"after_round": 1, "p": [1, 0]}] * 2,
            "judgments[0].beliefs[1].after_round: 1 is that of judgments[0].beliefs[0] too",
        ),
        ("judgments.0.superseded_by", "j9", 'judgments[0].superseded_by: there is no judgment "j9" in this record'),
        ("judgments.0.calls", [{"purpose": "x"}], "judgments[0].calls[0].purpose: should be "),
    ],
)
def test_impossible_values_are_named(tmp_path: Path, place: str, value: Any, said: str) -> None:
    """E14: every impossible value is an error with its line and its key."""
    found = problems(write(tmp_path, plain(), {**changed(place, value), "tournament": "other"}))
    assert found[0].startswith(f"2: {said}")


def test_sums_within_tolerance_are_kept(tmp_path: Path) -> None:
    """Rounded probabilities are what they are."""
    assert read(tmp_path, changed("judgments.0.final", [0.3333334, 0.6666667])).judgments[0].final == (
        0.3333334,
        0.6666667,
    )


def test_every_problem_of_the_file_is_told(tmp_path: Path) -> None:
    """G7: lines, then what only shows between lines, all in one list, and nothing is given of such a file."""
    other = plain(id="r2")
    other["question"] = {**other["question"], "correct": 1}
    path = write(
        tmp_path,
        plain(),
        b"{",
        b'{"schema": "debate.record/1", "schema": 2}',
        b'{"id": NaN}',
        b"[]",
        changed("protocol", ...),
        changed("turns.0.index", 7.5),
        other,
        plain(),
    )
    assert problems(path) == [
        "2: not valid JSON: Expecting property name enclosed in double quotes at column 3",
        '3: the key "schema" is given twice',
        "4: NaN is not a number that JSON knows",
        "5: a line must hold one JSON object",
        "6: protocol: is missing",
        "7: turns[0].index: should be a whole number, not 7.5",
        "9: id: is that of line 1 too",
        "8: question.correct: line 1 gives another right answer to the same question",
    ]


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    """G3: a bomb in `meta` is a problem of its line."""
    bomb = json.dumps(plain(meta={"x": 0})).replace('"x": 0', '"x": ' + "[" * 5_000 + "]" * 5_000)
    assert problems(write(tmp_path, bomb.encode())) == ["1: nested more than 64 levels deep"]


def test_a_gigabyte_on_one_line_is_not_read(tmp_path: Path) -> None:
    """G3: the cap on a line holds before the line is in memory."""
    path = write(tmp_path, plain())
    with path.open("ab") as stream:
        stream.truncate(2**30)
    tracemalloc.start()
    assert problems(path) == [f"2: longer than {intake.LINE:,} bytes; the rest of the file was not read"]
    assert tracemalloc.get_traced_memory()[1] < 4 * intake.LINE
    tracemalloc.stop()


def test_packed_bombs_are_refused(tmp_path: Path) -> None:
    """G4: what unfolds beyond measure is refused, be it long lines or many empty ones."""
    path = tmp_path / "bomb.jsonl.gz"
    for piece, said in (
        (b" " * 2**23 + b"\n", "8: unfolds to more than 900 times its size; the rest of the file was not read"),
        (b"\n" * 2**20, "100001: more than 100,000 empty lines; the rest of the file was not read"),
    ):
        with gzip.open(path, "wb") as stream:
            for _ in range(12):
                stream.write(piece)
        assert problems(path) == [said]


def test_damaged_packed_files_are_named(tmp_path: Path) -> None:
    """G8: a cut or damaged gzip stream is a problem with its line, not a traceback."""
    whole = gzip.compress(b"".join(json.dumps(plain(id=str(n))).encode() + b"\n" for n in range(50)))
    for raw in (whole[:-9], whole[:40] + b"\x00" * 40 + whole[80:]):
        path = tmp_path / "cut.jsonl.gz"
        path.write_bytes(raw)
        assert any("the gzip stream is damaged or cut off" in problem for problem in problems(path))


def test_files_that_hold_nothing_or_are_not_there(tmp_path: Path) -> None:
    """K3: an empty file is no import."""
    assert problems(write(tmp_path)) == [" holds no records"]
    assert problems(tmp_path / "none.jsonl") == [" No such file or directory"]


def test_memory_stays_flat(tmp_path: Path) -> None:
    """G17: a longer file takes no more memory."""

    def peak(count: int) -> int:
        path = write(tmp_path, *(plain(id=f"r{number}", meta={"log": "x" * 200_000}) for number in range(count)))
        tracemalloc.start()
        assert sum(1 for _ in records.read(path)) == count
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(90) < 1.3 * peak(30)
