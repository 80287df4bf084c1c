from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from debate.domain import Question
from tests.questions.formats.taking import got, lines, right, table

PROBLEM = "A crate holds 4 jars. How many jars are in 3 crates and 30 more?"
SOUND = "Step 1: 3 crates hold 12 jars.\nStep 2: 12 and 30 are 42.\n10 more would be 52."
FLAWED = "Step 1: 3 crates hold 7 jars,\nfor 3 and 4 are 7.\nStep 2: 7 and 30 are 37."
PAIR = {
    "problem_id": "jars-1",
    "problem_text": PROBLEM,
    "correct_final_answer": "42",
    "correct_solution": SOUND,
    "flawed_solution": FLAWED,
    "flawed_final_answer": "37",
    "step_of_injected_flaw": "Step 1",
    "flaw_explanation": "Crates and jars are added, not multiplied.",
    "flag_unreliable_data": "False",
}


def marked(question: Question) -> list[str]:
    assert question.posed.passage is not None
    return [question.posed.passage.text[span.start : span.end] for span in question.key.flaws]


def test_each_solution_is_a_question(tmp_path: Path) -> None:
    """A correct and a flawed one; the flaw is placed, the texts are not shared, by their authors' wish."""
    (sound, flawed), problems, _ = got(lines(tmp_path, PAIR), "flaws")
    assert problems == []
    assert sound.posed.text == flawed.posed.text == "Is this solution correct?"
    assert (right(sound), right(flawed)) == ("It is correct", "It has an error")
    assert sound.posed.passage is not None
    assert sound.posed.passage.text == f"Problem\n\n{PROBLEM}\n\nSolution\n\n{SOUND}"
    assert (marked(sound), marked(flawed)) == ([], ["Step 1: 3 crates hold 7 jars,\nfor 3 and 4 are 7."])
    assert (sound.key.tags, flawed.key.tags) == (("sound",), ("flawed",))
    assert (sound.key.reason, flawed.key.reason) == ("", "Crates and jars are added, not multiplied.")
    assert not sound.key.share
    assert not flawed.key.share
    assert flawed.key.meta["problem"] == "jars-1"


@pytest.mark.parametrize(
    ("step", "marks"),
    [
        ("2", ["Step 2: 7 and 30 are 37."]),
        ("7 and 30 are 37", ["7 and 30 are 37"]),
        (2, ["Step 2: 7 and 30 are 37."]),
        ([8, 28], ["3 crates hold 7 jars"]),
        ("Step 9", []),
        ("the second", []),
        ("", []),
    ],
)
def test_a_flaw_is_placed_by_its_words_or_its_number(tmp_path: Path, step: object, marks: list[str]) -> None:
    """Where it cannot be placed a tag says so, which `questions list` counts."""
    (_, flawed) = got(lines(tmp_path, PAIR | {"step_of_injected_flaw": step}), "flaws").questions
    assert marked(flawed) == marks
    assert ("flaw-not-placed" in flawed.key.tags) == (not marks)


def test_windows_line_ends_do_not_move_the_mark(tmp_path: Path) -> None:
    """Offsets count in the text that is kept, quoted cells of a table as well."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([PAIR, [value.replace("\n", "\r\n") for value in PAIR.values()]])
    (_, flawed) = got(table(tmp_path, stream.getvalue()), "flaws").questions
    assert marked(flawed) == ["Step 1: 3 crates hold 7 jars,\nfor 3 and 4 are 7."]


@pytest.mark.parametrize(
    ("final", "answer"), [("42", "It is correct"), (" 42. ", "It is correct"), ("37", "It has an error")]
)
def test_one_solution_is_judged_by_its_final_answer(tmp_path: Path, final: str, answer: str) -> None:
    """The form with what a model answered, and comments on it."""
    row = {
        "problem_text": PROBLEM,
        "correct_final_answer": "42",
        "llm_final_answer": final,
        "llm_solution": SOUND,
        "comments_on_llm_solution": "Every step was checked.",
    }
    (found,) = got(lines(tmp_path, row), "flaws").questions
    assert (right(found), found.key.reason) == (answer, "Every step was checked.")


@pytest.mark.parametrize(("verdict", "answer"), [("CORRECT", "It is correct"), ("Flawed", "It has an error")])
def test_one_solution_with_a_verdict(tmp_path: Path, verdict: str, answer: str) -> None:
    """The form of programs, which are right or not."""
    row = {"problem_text": PROBLEM, "proposed_solution": "print(3 * 4 + 30)", "correct_final_answer": verdict}
    (found,) = got(lines(tmp_path, row), "flaws").questions
    assert right(found) == answer


def test_what_the_authors_flagged_is_left_out(tmp_path: Path) -> None:
    """Unless it is asked for."""
    path = lines(tmp_path, PAIR | {"flag_unreliable_data": True})
    assert got(path, "flaws").left_out == {"flagged as unreliable by its authors": 2}
    assert len(got(path, "flaws", unreliable=True).questions) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"problem_text": PROBLEM}, "flawed_solution: is missing"),
        ({"problem_text": PROBLEM, "solution": SOUND}, "correct_final_answer: is missing"),
        (
            {"problem_text": PROBLEM, "solution": SOUND, "verdict": "maybe"},
            'correct_final_answer: should be "correct" or "flawed", not "maybe"',
        ),
        ({"flawed_solution": FLAWED}, "problem_text: is missing"),
    ],
)
def test_bad_rows(tmp_path: Path, row: dict[str, str], said: str) -> None:
    """G7: each is told with its line."""
    assert got(lines(tmp_path, row), "flaws").problems == [f"1: {said}"]


def test_a_range_of_characters_is_moved_with_the_text(tmp_path: Path) -> None:
    """Spaces around a solution and the line ends of another system do not count in the text that is kept."""
    raw = "\r\n " + FLAWED.replace("\n", "\r\n") + "\r\n"
    start = raw.index("for 3 and 4")
    row = PAIR | {"flawed_solution": raw, "step_of_injected_flaw": [start, start + 11]}
    (_, flawed) = got(lines(tmp_path, row), "flaws").questions
    assert marked(flawed) == ["for 3 and 4"]


@pytest.mark.parametrize("place", [[0], [3, 3], [-1, 2], [0, 9_999], ["a", "b"], [0, 1]])
def test_ranges_that_are_none(tmp_path: Path, place: list[object]) -> None:
    """G7: outside the solution, or of nothing but space."""
    row = PAIR | {"flawed_solution": f" {FLAWED}", "step_of_injected_flaw": place}
    found, (problem,), _ = got(lines(tmp_path, row), "flaws")
    assert len(found) == 1
    assert problem.startswith("1: flaw_location: ")
