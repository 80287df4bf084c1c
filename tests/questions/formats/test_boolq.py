from __future__ import annotations

from pathlib import Path

import pytest

from tests.questions.formats.taking import got, lines, right

ROW = {
    "question": "is the lamp at Kvalnes lit before ten",
    "title": "Kvalnes",
    "passage": "The lamp at Kvalnes is lit at nine in the evening.",
    "answer": True,
}


def test_a_question_is_answered_by_yes_or_no(tmp_path: Path) -> None:
    """The text stays as it was asked; nothing is said of a licence that the file does not name."""
    (found,), problems, _ = got(lines(tmp_path, ROW), "boolq")
    assert problems == []
    assert (found.posed.text, found.posed.answers) == ("is the lamp at Kvalnes lit before ten", ("Yes", "No"))
    assert found.posed.passage is not None
    assert (found.posed.passage.title, right(found), found.key.licence) == ("Kvalnes", "Yes", "")
    (other,) = got(lines(tmp_path, ROW | {"answer": False}), "boolq", licence="CC-BY-SA-3.0").questions
    assert (right(other), other.key.licence) == ("No", "CC-BY-SA-3.0")


@pytest.mark.parametrize(
    ("value", "answer"),
    [("SUPPORTS", "True"), ("REFUTES", "False"), (1, "True"), (0, "False"), ("no", "False"), (" True ", "True")],
)
def test_a_claim_is_true_or_false(tmp_path: Path, value: object, answer: str) -> None:
    """Claims say their verdict in several ways."""
    (found,) = got(lines(tmp_path, {"claim": "Lamps are lit at noon.", "label": value}), "boolq").questions
    assert (found.posed.text, right(found)) == ('Is this true? "Lamps are lit at noon."', answer)


@pytest.mark.parametrize("value", ["NOT ENOUGH INFO", "not_enough_info", None, -1])
def test_what_nobody_knows_has_no_right_answer(tmp_path: Path, value: object) -> None:
    """It plays without accuracy."""
    (found,) = got(lines(tmp_path, {"claim": "Lamps are lit at noon.", "label": value}), "boolq").questions
    assert found.key.correct is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"question": "is it?"}, "answer: is missing"),
        ({"question": "is it?", "answer": "perhaps"}, 'answer: should be true or false, not "perhaps"'),
        ({"question": "is it?", "answer": 2}, 'answer: should be true or false, not "2"'),
        ({"answer": True}, "question: is missing"),
        ({"question": ["is it?"], "answer": True}, 'question: should be text, not ["is it?"]'),
    ],
)
def test_bad_rows(tmp_path: Path, row: dict[str, object], said: str) -> None:
    """G7: each is told with its line, and the next one is read."""
    found, problems, _ = got(lines(tmp_path, row, ROW), "boolq")
    assert (len(found), problems) == (1, [f"1: {said}"])


def test_one_passage_for_many_claims_is_written_once(tmp_path: Path) -> None:
    """Neighbours on one passage share it; a claim that says the opposite of one before is told."""
    rows = [ROW | {"question": f"is lamp {number} lit"} for number in range(3)]
    path = lines(tmp_path, *rows, ROW | {"question": "Is lamp 1 lit?", "answer": False})
    found, problems, _ = got(path, "boolq")
    assert len(found) == 3
    assert (tmp_path / "bank.jsonl").read_text().count('{"passage": {') == 1
    assert problems == [f"4: correct: contradicts the same question at {path}:2"]


def test_a_bad_passage_is_told_for_each_of_its_questions(tmp_path: Path) -> None:
    """G7: a passage that was found sound is not looked at again; one that was not, is."""
    bad = ROW | {"passage": "The lamp \x07 burns."}
    rows = [ROW, bad, ROW | {"question": "is it on"}, bad | {"question": "is it out"}]
    found, problems, _ = got(lines(tmp_path, *rows), "boolq")
    assert len(found) == 2
    said = "passage.text: holds the control character U+0007 at 9"
    assert problems == [f"2: {said}", f"4: {said}"]
