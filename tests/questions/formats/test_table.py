from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from debate.questions import formats
from tests.questions.formats.taking import got, lines, right, table, tempting

ROW = {"question": "Which lamp burns longest?", "answers": ["oil", "gas", "wax"], "correct": 1}


def test_columns_that_are_called_as_ours_need_no_map(tmp_path: Path) -> None:
    """Everything that a bank knows of a question may stand in a column."""
    more = {
        "distractor": 2,
        "passage": "Gas burns longest.",
        "title": "Lamps",
        "domain": "light",
        "tags": "old; lamps",
        "difficulty": 0.5,
        "reason": "It says so.",
        "source": "ours",
        "license": "MIT",
        "id": 17,
        "editor": "A. Writer",
        "votes": [1, 2],
    }
    (found,), problems, _ = got(lines(tmp_path, ROW | more), "table", keep=("editor", "votes"))
    assert problems == []
    key = found.key
    assert (right(found), tempting(found)) == ("gas", "wax")
    assert (key.domain, key.tags, key.difficulty, key.reason) == ("light", ("old", "lamps"), 0.5, "It says so.")
    assert (key.source, key.licence) == ("ours", "MIT")
    assert {name: key.meta[name] for name in ("row_id", "editor", "votes")} == {
        "row_id": 17,
        "editor": "A. Writer",
        "votes": [1, 2],
    }


def test_several_columns_of_answers(tmp_path: Path) -> None:
    """A map names them; a row with fewer answers leaves the last ones empty."""
    path = table(tmp_path, "prompt,a,b,c,key\nWhich lamp?,oil,gas,wax,C\nWhich oil?,whale,olive,,A\n")
    columns = {"question": "prompt", "answers": "a, b, c", "correct": "key"}
    found, problems, _ = got(path, "table", columns=columns)
    assert problems == []
    assert [(len(one.posed.answers), right(one)) for one in found] == [(3, "wax"), (2, "whale")]


def test_a_right_answer_and_wrong_ones(tmp_path: Path) -> None:
    """Without a list of answers they are mixed by their content; the distractor is one of the wrong ones."""
    columns = {"correct": "truth", "wrong": "lie,other", "distractor": "other"}
    path = table(tmp_path, "question,truth,lie,other\nWhich lamp?,gas,oil,wax\n")
    (found,) = got(path, "table", columns=columns).questions
    assert (right(found), tempting(found), sorted(found.posed.answers)) == ("gas", "wax", ["gas", "oil", "wax"])


def test_a_list_in_a_cell(tmp_path: Path) -> None:
    """JSON within CSV, and lists within objects."""
    path = table(tmp_path, 'question,answers,correct\nWhich lamp?,"[""oil"", ""gas""]",gas\n')
    assert right(got(path, "table").questions[0]) == "gas"
    row = {"question": {"stem": "Which lamp?"}, "choices": {"text": ["oil", "gas"], "label": ["1", "2"]}, "key": "gas"}
    columns = {"question": "question.stem", "answers": "choices.text", "correct": "key"}
    assert right(got(lines(tmp_path, row), "table", columns=columns).questions[0]) == "gas"


NAMED: list[tuple[Any, dict[str, Any], str]] = [
    (0, {}, "3"),
    (2, {"count_from": 1}, "1"),
    ("2", {"correct": "text"}, "2"),
    ("2", {"correct": "index"}, "2"),
    ("3", {"correct": "index", "count_from": 1}, "2"),
    ("C", {}, "2"),
    ("b", {"correct": "letter"}, "1"),
    (" 1 ", {"correct": "text"}, "1"),
]


@pytest.mark.parametrize(("value", "settings", "answer"), NAMED)
def test_the_right_answer_is_named_in_three_ways(
    tmp_path: Path, value: object, settings: dict[str, Any], answer: str
) -> None:
    """By its place, which a number in JSON always is, its letter, or its text."""
    row = {"question": "How many lamps?", "answers": ["3", "1", "2"], "correct": value}
    (found,) = got(lines(tmp_path, row), "table", **settings).questions
    assert right(found) == answer


BAD: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (
        {"answers": ["2", "1", "0"], "correct": "0"},
        {},
        'correct: "0" names several answers; say --correct index, letter or text',
    ),
    ({"correct": 3}, {}, "correct: 3 names none of the 3 answers"),
    ({"correct": 0}, {"count_from": 1}, "correct: 0 names none of the 3 answers"),
    ({"correct": "D"}, {}, 'correct: "D" names none of the 3 answers'),
    ({"correct": True}, {}, "correct: true names none of the 3 answers"),
    ({"answers": "oil"}, {}, "answers: should be a list; several columns are named by --column answers=A,B,C"),
    ({"answers": ["oil", None, "gas"]}, {}, "answers[1]: should be text, not null"),
    ({"answers": ["oil", "OIL"]}, {}, "answers[1]: is the same as answers[0]"),
    ({"distractor": 1}, {}, "distractor: is the right answer"),
    ({"difficulty": 3}, {}, "difficulty: should be less than or equal to 1, not 3.0"),
    ({"question": "Is it gas?\x1b[2J"}, {}, "text: holds the control character U+001B at 10"),
    (
        {"question": "Which (oil, or a lamp of gas)?", "answers": ["a lamp of gas", "oil lamps"], "correct": 0},
        {},
        "text: holds the right answer, answers[0], and no other",
    ),
    ({}, {"keep": ("edtior",)}, "edtior: is missing"),
]


@pytest.mark.parametrize(("change", "settings", "said"), BAD, ids=lambda value: str(value)[:30])
def test_bad_rows(tmp_path: Path, change: dict[str, Any], settings: dict[str, Any], said: str) -> None:
    """G7: what the check of a bank would find is found here, with the line of the source."""
    found, problems, _ = got(lines(tmp_path, ROW | change), "table", **settings)
    assert (found, problems) == ([], [f"1: {said}"])


def test_no_key_must_be_said(tmp_path: Path) -> None:
    """G7: an empty cell, or `--correct none`, is no known answer; a missing column is a mistake."""
    bare = {"question": "Which lamp?", "answers": ["oil", "gas"]}
    assert got(lines(tmp_path, bare | {"correct": None}), "table").questions[0].key.correct is None
    assert got(lines(tmp_path, bare), "table", correct="none").questions[0].key.correct is None
    assert got(lines(tmp_path, bare), "table").problems == ["1: correct: is missing"]


def test_a_column_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    """With those that are."""
    path = table(tmp_path, "prompt,a,b,key\nWhich lamp?,oil,gas,A\nWhich oil?,whale,olive,A\n")
    columns = {"question": "prompt", "answers": "a,bb", "correct": "key"}
    (problem,) = got(path, "table", columns=columns).problems
    assert problem.removeprefix(f"{path}: ") == 'has no column "bb"; it has prompt, a, b, key'


def test_parquet(tmp_path: Path) -> None:
    """Rows are counted from 1; a NaN is an empty cell, a date its text."""
    import datetime

    day = datetime.date(2024, 5, 1)
    rows = [ROW | {"difficulty": float("nan"), "day": day}, ROW | {"correct": 9}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "file.parquet")
    found, problems, _ = got(tmp_path / "file.parquet", "table", keep=("day",))
    assert (found[0].key.difficulty, found[0].key.meta["day"]) == (None, "2024-05-01")
    assert problems == ["2: correct: 9 names none of the 3 answers"]


def test_a_question_and_the_order_of_the_file(tmp_path: Path) -> None:
    """Names come from what is asked, so another order gives the same questions, and an edit another name."""
    rows = [ROW | {"question": f"Which lamp burns on day {day}?"} for day in range(5)]
    names = {one.posed.text: one.key.meta["name"] for one in got(lines(tmp_path, *rows), "table").questions}
    again = {one.posed.text: one.key.meta["name"] for one in got(lines(tmp_path, *rows[::-1]), "table").questions}
    assert names == again
    edited = got(lines(tmp_path, rows[0] | {"answers": ["oil", "gas", "tallow"]}), "table").questions[0]
    assert edited.key.meta["name"] not in names.values()


def test_what_nobody_sees_is_taken_out(tmp_path: Path) -> None:
    """F4: soft hyphens, zero-width spaces and marks of direction hide nothing in a text; line ends are one kind."""
    row = ROW | {
        "question": "Which\u200b la\u00admp?",
        "answers": ["oil\u202e", "gas"],
        "passage": "A\r\nB\u2028C\ufeff",
    }
    (found,) = got(lines(tmp_path, row), "table").questions
    assert (found.posed.text, found.posed.answers) == ("Which lamp?", ("oil", "gas"))
    assert found.posed.passage is not None
    assert found.posed.passage.text == "A\nB\nC"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"question": "Which café\u200b\x07?"}, "text: holds the control character U+0007 at 10"),
        ({"passage": "A cafÃ© by the sea."}, 'passage.text: "Ã©" at 5 is text that was decoded wrongly'),
        ({"answers": ["oil", "gаs"]}, 'answers[1]: "gаs" holds U+0430, which only looks like "a"'),
    ],
)
def test_texts_that_are_not_what_they_look_like(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """They are problems as they are for a check; who wants them all the same takes them."""
    path = lines(tmp_path, ROW | change)
    assert got(path, "table").problems == [f"1: {said}"]
    came = list(formats.convert([path], "table", formats.Settings(odd=True)))
    assert [isinstance(one.said, dict) for one in came] == ["control" not in said]
