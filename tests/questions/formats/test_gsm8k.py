from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from debate.errors import InputError
from tests.questions.formats.taking import got, lines, right, tempting

WORKED = "Three crates hold 3*4=<<3*4=12>>12 jars.\nWith 30 more, that is 12+30=<<12+30=42>>42 jars.\n#### 42"
JARS = {"question": "Three crates of 4 jars, and 30 more. How many jars?", "answer": WORKED}


def test_wrong_answers_from_the_row(tmp_path: Path) -> None:
    """The first of them is the best distractor; the worked solution is the reason, without its machine notes."""
    (found,), problems, _ = got(lines(tmp_path, JARS | {"wrong": ["34", "12"]}), "gsm8k")
    assert problems == []
    assert (right(found), tempting(found), sorted(found.posed.answers)) == ("42", "34", ["12", "34", "42"])
    assert found.key.reason == "Three crates hold 3*4=12 jars.\nWith 30 more, that is 12+30=42 jars."
    assert (found.key.domain, found.key.licence) == ("arithmetic", "MIT")


def test_wrong_answers_from_a_file(tmp_path: Path) -> None:
    """They are found by the question; one that is not there is told."""
    wrong = lines(
        tmp_path, {"question": " three crates of 4 jars, and 30 more. How many jars", "wrong": "36"}, name="w"
    )
    other = JARS | {"question": "And now?"}
    found, problems, _ = got(lines(tmp_path, JARS, other), "gsm8k", wrong=wrong)
    assert [sorted(one.posed.answers) for one in found] == [["36", "42"]]
    assert problems == [f'2: question: has no wrong answers in "{wrong}"']


def test_a_bad_file_of_wrong_answers_is_told(tmp_path: Path) -> None:
    """G7: with its own name and lines."""
    wrong = lines(tmp_path, {"question": "A?"}, "{x", name="wrong.jsonl")
    with pytest.raises(InputError) as caught:
        got(lines(tmp_path, JARS), "gsm8k", wrong=wrong)
    assert [problem.removeprefix(f"{wrong}:") for problem in caught.value.problems] == [
        "1: wrong: is missing",
        "2: not valid JSON: Expecting property name enclosed in double quotes at column 2",
    ]


def test_wrong_answers_are_made_by_rules_that_are_kept(tmp_path: Path) -> None:
    """The result of another step comes first; every other one is a change of the right number."""
    (found,) = got(lines(tmp_path, JARS), "gsm8k", perturb=6).questions
    made = found.key.meta["perturbed"]
    rules = {"one more": "43", "one less": "41", "twice": "84", "half": "21", "ten times": "420", "another step": "12"}
    rules["two digits swapped"] = "24"
    assert isinstance(made, dict)
    assert len(made) == 6
    assert all(rules[str(rule)] == number for number, rule in made.items())
    assert set(found.posed.answers) == {"42", *made}
    assert tempting(found) == "12"


def test_what_is_made_depends_on_the_question_alone(tmp_path: Path) -> None:
    """The same answers come whatever stands around; other questions get other rules."""
    rows = [JARS | {"question": f"{number} times asked: how many jars?", "answer": "#### 42"} for number in range(40)]
    first = {one.posed.text: one for one in got(lines(tmp_path, *rows), "gsm8k", perturb=1).questions}
    again = {one.posed.text: one for one in got(lines(tmp_path, *rows[::-1]), "gsm8k", perturb=1).questions}
    assert first == again
    assert len({rule for one in first.values() for rule in dict(one.key.meta["perturbed"]).values()}) == 6  # type: ignore[arg-type]  # JSON


@pytest.mark.parametrize(
    ("final", "like"),
    [("1,200", "1,199"), ("-3", "-4"), ("2.50", "1.25"), ("7", "8"), ("0", "1")],
)
def test_numbers_are_written_like_the_right_one(tmp_path: Path, final: str, like: str) -> None:
    """Thousands, signs and decimals do not tell the right answer from the wrong ones."""
    (found,) = got(lines(tmp_path, JARS | {"answer": f"#### {final}"}), "gsm8k", perturb=9).questions
    assert right(found) == final
    assert like in found.posed.answers
    assert final.startswith("-") or not any(answer.startswith("-") for answer in found.posed.answers)
    assert {"." in answer for answer in found.posed.answers} == {"." in final}


BAD: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({}, {}, "has no wrong answers: give them with --wrong FILE, or have them made by --perturb N"),
    ({"answer": "42"}, {"perturb": 2}, 'answer: does not end in "#### " and the final answer'),
    ({"answer": "#### forty"}, {"perturb": 2}, 'answer: "forty" is no number, so no wrong answer can be made of it'),
    ({"question": ""}, {"perturb": 2}, "question: is empty"),
    ({"wrong": ["42"]}, {}, "answers[1]: is the same as answers[0]"),
    ({"wrong": [["1"]]}, {}, 'wrong[0]: should be text, not ["1"]'),
]


@pytest.mark.parametrize(("change", "settings", "said"), BAD, ids=lambda value: str(value)[:30])
def test_bad_rows(tmp_path: Path, change: dict[str, Any], settings: dict[str, Any], said: str) -> None:
    """G7: each is told with its line; without any source of wrong answers that is told once."""
    found, problems, _ = got(lines(tmp_path, JARS | change, JARS | change), "gsm8k", **settings)
    assert found == []
    assert problems == [f"{line}: {said}" for line in ((1,) if not settings and not change else (1, 2))]
