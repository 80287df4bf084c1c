from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.questions.formats.taking import got, right, table

HEAD = [
    "Question",
    "Correct Answer",
    "Incorrect Answer 1",
    "Incorrect Answer 2",
    "Incorrect Answer 3",
    "Explanation",
    "Subdomain",
    "Writer's Difficulty Estimate",
    "Non-Expert Validator Accuracy",
    "Expert Validator Accuracy",
    "High-level domain",
    "Record ID",
    "Canary String",
]


def row(number: int, **more: str) -> list[str]:
    base = {
        "Question": f"A ball falls for {number} seconds,\nand is caught. How fast is it?",
        "Correct Answer": f"{9.8 * number:g} m/s\n",
        "Incorrect Answer 1": f"{4.9 * number:g} m/s",
        "Incorrect Answer 2": f"{19.6 * number:g} m/s",
        "Incorrect Answer 3": "it cannot be told",
        "Explanation": 'v = gt, "g" being 9.8.',
        "Subdomain": "Mechanics",
        "Writer's Difficulty Estimate": "Easy undergraduate level",
        "Non-Expert Validator Accuracy": "0.25",
        "Expert Validator Accuracy": "1.0",
        "High-level domain": "Physics",
        "Record ID": f"rec{number}",
        "Canary String": "canary:1234",
    }
    return [(base | more)[name] for name in HEAD]


def sheet(*rows: list[str]) -> str:
    """Rows as a spreadsheet saves them: quoted newlines, CRLF, a byte order mark."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([HEAD, *rows])
    return "\ufeff" + stream.getvalue()


def test_a_row_is_a_right_and_three_wrong_answers(tmp_path: Path) -> None:
    """G8: quoted newlines, a byte order mark and CRLF are read; nothing of it is shared, by its authors' wish."""
    found, problems, _ = got(table(tmp_path, sheet(row(2), row(3))), "gpqa")
    assert problems == []
    first = found[0]
    assert first.posed.text == "A ball falls for 2 seconds,\nand is caught. How fast is it?"
    assert sorted(first.posed.answers) == ["19.6 m/s", "39.2 m/s", "9.8 m/s", "it cannot be told"]
    assert right(first) == "19.6 m/s"
    key = first.key
    assert (key.domain, key.tags, key.reason) == ("Physics", ("Mechanics",), 'v = gt, "g" being 9.8.')
    assert (key.difficulty, key.share, key.licence) == (0.75, False, "CC-BY-4.0")
    assert (key.meta["record_id"], key.meta["canary"], key.meta["expert_accuracy"]) == ("rec2", "canary:1234", 1.0)


def test_the_right_answer_stands_everywhere(tmp_path: Path) -> None:
    """The column says which is right, so the places are mixed, by the content: the same file gives the same places."""
    path = table(tmp_path, sheet(*(row(number) for number in range(2, 82))))
    places = [one.key.correct for one in got(path, "gpqa").questions]
    assert {place: places.count(place) > 8 for place in range(4)} == dict.fromkeys(range(4), True)
    path = table(tmp_path, sheet(*(row(number) for number in reversed(range(2, 82)))))
    assert [one.key.correct for one in got(path, "gpqa").questions] == places[::-1]


def test_sharing_may_be_said_otherwise(tmp_path: Path) -> None:
    """Whoever holds the rights may share, and name another licence."""
    (found,) = got(table(tmp_path, sheet(row(2))), "gpqa", share=True, licence="ours").questions
    assert (found.key.share, found.key.licence) == (True, "ours")


def test_every_bad_row_is_told_with_the_line_that_it_begins_on(tmp_path: Path) -> None:
    """G7: a row takes three lines here; identical answers, an empty one, a word for a number, a row twice."""
    path = table(
        tmp_path,
        sheet(
            row(2),
            row(3, **{"Incorrect Answer 1": "29.4 M/S"}),
            row(4, **{"Correct Answer": ""}),
            row(5, **{"Expert Validator Accuracy": "most"}),
            row(2),
        ),
    )
    found, problems, _ = got(path, "gpqa")
    assert len(found) == 1
    assert [problem.partition(":")[0] for problem in problems] == ["5", "8", "10", "13"]
    assert [problem.partition(": ")[2] for problem in problems[1:]] == [
        "Correct Answer: is empty",
        'Expert Validator Accuracy: should be a number, not "most"',
        f"text: the same question, with the same answers, stands at {path}:2",
    ]
    assert "is the same as answers[" in problems[0]


@pytest.mark.parametrize("gone", ["Correct Answer", "Incorrect Answer 3", "Question"])
def test_a_missing_column_is_told_once(tmp_path: Path, gone: str) -> None:
    """Not once for each row; the columns that are there are named."""
    path = table(tmp_path, sheet(row(2), row(3)).replace(gone, "Notes", 1))
    found, problems, _ = got(path, "gpqa")
    assert found == []
    (problem,) = problems
    assert problem.removeprefix(f"{path}: ").startswith(f'has no column "{gone}"; it has ')
    assert "Notes" in problem
