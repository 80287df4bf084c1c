"""Tables with a transcript in each row, as Khan et al. published theirs, and as somebody spoils them."""

from __future__ import annotations

import csv
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from debate import intake, records
from tests.cli.driving import cli

STORY = "Captain Brandt signed the manifest himself."


def transcript(**more: Any) -> dict[str, Any]:
    """A debate of one round; the right answer's debater is `correct`."""
    base = {
        "index": 4,
        "question": "Who signed?",
        "answers": {"correct": "Brandt", "incorrect": "The mate"},
        "names": {"correct": "gpt-4", "incorrect": "claude-2", "judge": "mixtral", "cross_examiner": None},
        "swap": False,
        "rounds": [
            {"correct": "He <v_quote>signed the manifest</v_quote>.", "incorrect": "No.", "cross_examiner": None}
        ],
        "story": STORY,
        "story_title": "The ferry",
        "rollout_type": "quality_sim",
    }
    return base | more


def table(path: Path, *rows: dict[str, Any]) -> Path:
    """Write rows; a transcript that is no text is written as JSON."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, sorted({name for row in rows for name in row}))
        writer.writeheader()
        for row in rows:
            held = row["transcript"]
            writer.writerow({**row, "transcript": held if isinstance(held, str) else json.dumps(held)})
    return path


def one(folder: Path, answer: str = "Final Answer: <A>", **more: Any) -> records.Imported:
    (found,) = records.read(table(folder / "t.csv", {"transcript": transcript(**more), "answer_judge": answer}))
    return found


def test_a_row_is_a_debate(tmp_path: Path) -> None:
    """Seats, speeches with their quotes verified in the story, the key and the ruling."""
    found = one(tmp_path)
    match, (ruling,) = found.debate.match, found.judgments
    assert (found.tournament, found.record_id) == ("llm-debate", "t/4")
    assert [(s.seat, s.player and s.player.name, s.argues) for s in match.seats] == [
        ("A", "gpt-4", 0),
        ("B", "claude-2", 1),
    ]
    assert [(t.seat, t.text) for t in found.debate.turns] == [("A", "He signed the manifest."), ("B", "No.")]
    assert [q.status for q in found.debate.turns[0].quotes] == ["verified"]
    assert found.question.key.correct == 0
    assert (ruling.judge, ruling.kind, ruling.final) == ("mixtral", "model", (1.0, 0.0))


@pytest.mark.parametrize(
    ("swap", "said", "final", "kind"),
    [
        (False, "Thinking...\nFinal Answer: <B>", (0.0, 1.0), "model"),
        (True, "Final Answer: <B>", (1.0, 0.0), "model"),
        (True, "Answer: A", (0.0, 1.0), "model"),
        (False, "My notes\nConfidence correct: 0.85", (0.85, pytest.approx(0.15)), "human"),
    ],
)
def test_replies_of_judges(tmp_path: Path, swap: bool, said: str, final: Any, kind: str) -> None:
    """A letter means the side that the judge knew by it; people give their confidence in the right answer."""
    (ruling,) = one(tmp_path, said, swap=swap).judgments
    assert (ruling.final, ruling.kind, ruling.reason) == (final, kind, said)
    assert ruling.shown == ((1, 0) if swap else (0, 1))


@pytest.mark.parametrize("said", ["I cannot decide.", "Answer: A\nAnswer: B"])
def test_a_reply_that_names_no_side_or_both_is_malformed(tmp_path: Path, said: str) -> None:
    """It is counted as what it is, and is no half belief."""
    (ruling,) = one(tmp_path, said).judgments
    assert (ruling.state, ruling.final) == ("malformed", None)


def test_one_side_alone_and_judges_who_ask(tmp_path: Path) -> None:
    """One name is a consultancy; a cross-examiner sits at the judge's seat, and no speech is a ruling on nothing."""
    names = {"correct": None, "incorrect": "claude-2", "judge": "mixtral", "cross_examiner": "mixtral"}
    rounds = [{"correct": None, "incorrect": "The mate did.", "cross_examiner": "Which line?"}]
    found = one(tmp_path, names=names, rounds=rounds)
    assert found.debate.match.protocol.name == "consultancy"
    assert [(t.seat, t.kind) for t in found.debate.turns] == [("consultant", "argument"), ("judge", "question")]
    nobody = dict.fromkeys(names) | {"judge": "mixtral"}
    assert one(tmp_path, names=nobody, rounds=[]).debate.match.protocol.name == "naive"


def test_people_have_a_row_for_each_ruling(tmp_path: Path) -> None:
    """The table of people: several judge one question, each a debate of their own, with a confidence in a column."""
    rounds = [{"correct": "He did.", "incorrect": "No.", "cross_examiner": "Which line?"}]
    nobody = transcript()["names"] | {"judge": None}
    rows = [
        {
            "transcript": transcript(names=nobody, rounds=rounds, swap=True),
            "debate_id": f"d{n}",
            "judge_id": str(n),
            "confidence_correct": sure,
            "explanation": "He signed.",
            "experiment_name": "Experiment 8",
        }
        for n, sure in enumerate(("0.9", "0.25", ""))
    ]
    found = list(records.read(table(tmp_path / "people.csv", *rows)))
    assert [one.record_id for one in found] == ["people/d0", "people/d1", "people/d2"]
    rulings = [ruling for one in found for ruling in one.judgments]
    assert [(r.judge, r.kind, r.final, r.reason) for r in rulings] == [
        ("judge-0", "human", (0.9, pytest.approx(0.1)), "He signed."),
        ("judge-1", "human", (0.25, 0.75), "He signed."),
    ]
    seat = found[0].debate.match.seats[-1]
    assert (seat.seat, seat.judge and seat.judge.name, seat.judge and seat.judge.kind) == ("judge", "judge-0", "human")
    assert found[0].meta["experiment"] == "Experiment 8"
    table(tmp_path / "odd.csv", rows[0] | {"confidence_correct": "sure"})
    (problem,) = records.check(tmp_path / "odd.csv")
    assert "2: is no transcript: something in it has another shape" in problem


def test_every_problem_is_told_by_its_line_and_nothing_is_imported(tmp_path: Path) -> None:
    """G10, E14: a row of another shape, a key said twice, an impossible confidence and an id that repeats."""
    rows: list[dict[str, Any]] = [
        {"transcript": transcript(), "answer_judge": "Answer: A"},
        {"transcript": "{", "answer_judge": ""},
        {"transcript": transcript(index=5), "answer_judge": "Confidence correct: 1.5"},
        {"transcript": '{"a": 1, "a": 2}', "answer_judge": ""},
        {"transcript": {"names": {}}, "answer_judge": ""},
        {"transcript": transcript(), "answer_judge": ""},
        {"transcript": "[" * 9_000, "answer_judge": ""},
    ]
    path = table(tmp_path / "t.csv", *rows)
    assert [problem.removeprefix(f"{path}:") for problem in records.check(path)] == [
        "3: transcript: not valid JSON: Expecting property name enclosed in double quotes at column 2",
        "4: judgments[0].final[0]: should be less than or equal to 1, not 1.5",
        "4: judgments[0].final[1]: should be greater than or equal to 0, not -0.5",
        '5: transcript: the key "a" is given twice',
        '6: is no transcript: there is no "index"',
        "8: transcript: nested more than 64 levels deep",
        "7: id: is that of line 2 too",
    ]
    done = cli("import", path, "--db", tmp_path / "a.db")
    assert (done.exit_code, (tmp_path / "a.db").exists()) == (7, False)
    assert "7: id: is that of line 2 too" in done.stderr


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", 'has no column "transcript"'),
        (b"a,b\n1,2\n", 'has no column "transcript"'),
        (b"transcript\n\xff\xfe\n", "is not valid UTF-8"),
        ("transcript\n".encode("utf-16"), "the file is UTF-16"),
        (b"transcript\na\x00b\n", "is NUL"),
        (b'transcript\n"' + b"x" * 99, "transcript: not valid JSON"),
        (b"transcript\n", "holds no records"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, raw: bytes, said: str) -> None:
    """G8, G10: encodings, missing columns and quotes that never end are problems, never tracebacks."""
    path = tmp_path / "t.csv"
    path.write_bytes(raw)
    (problem,) = records.check(path)
    assert said in problem


def test_a_gigabyte_on_one_line_is_not_read(tmp_path: Path) -> None:
    """G3: the cap on a line holds before the line is in memory."""
    path = table(tmp_path / "t.csv", {"transcript": transcript()})
    with path.open("ab") as stream:
        stream.truncate(2**30)
    tracemalloc.start()
    (problem,) = records.check(path)
    assert tracemalloc.get_traced_memory()[1] < 4 * intake.LINE
    tracemalloc.stop()
    assert f"longer than {intake.LINE:,} bytes" in problem
