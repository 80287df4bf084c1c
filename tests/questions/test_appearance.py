from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate import questions
from debate.questions import appearance
from debate.questions.rows import Line, PassageRow, QuestionRow
from tests.questions.banks import passage_line, question_line, write


def told(text: str) -> list[str]:
    return list(appearance.oddities(Line(PassageRow(id="a", text=text), None)))


def test_what_nobody_sees_is_named() -> None:
    """Invisible characters and reversed writing are told with their place."""
    assert told("for\u200bty") == ["passage.text: holds the invisible character U+200B at 3"]
    assert told("\u202eforty\u202c") == ["passage.text: holds the invisible character U+202E at 0, and 1 more like it"]
    assert told("a soft\xadhyphen") == ["passage.text: holds the invisible character U+00AD at 6"]


def test_letters_of_another_script_are_named() -> None:
    """A Latin word with a letter that only looks Latin is told; formulas and other languages are left alone."""
    assert told("a p\u0430ssage") == ['passage.text: "p\u0430ssage" holds U+0430, which only looks like "a"']
    assert told("\u039cichael") == ['passage.text: "\u039cichael" holds U+039C, which only looks like "M"']
    assert told("they \u0430\u0440\u0435 here") == [
        'passage.text: "\u0430\u0440\u0435" holds U+0430, which only looks like "a"'
    ]
    assert told("Δx of 3 μm, αβ, and Москва, Αθήνα, naïve, Łódź, 東京, сор, ΚΑΙ") == []


def test_text_that_was_decoded_wrongly_is_named() -> None:
    """UTF-8 that was read as Latin-1 or Windows-1252, and what could not be read at all, are told."""
    assert told("caf\xc3\xa9") == ['passage.text: "\xc3\xa9" at 3 is text that was decoded wrongly']
    assert told("it\u00e2\u20ac\u2122s") == ['passage.text: "\u00e2\u20ac\u2122" at 2 is text that was decoded wrongly']
    assert told("a \ufffd b") == ['passage.text: "\ufffd" at 2 is text that was decoded wrongly']
    assert told("São Paulo, Ærø, ÂGE, 3\xa0€, MAÇÃ\xa0E PERA") == []


def test_answers_that_look_the_same(tmp_path: Path) -> None:
    """Two answers that differ in nothing that a reader sees are told."""
    path = write(
        tmp_path,
        question_line("a", passage=None, answers=["C", "\u0421"]),
        question_line("b", "What else?", passage=None, answers=["Fort\u200by", "Forty"]),
        question_line("c", "And then?", passage=None, answers=["É", "E\u0301", "E"]),
    )
    assert [str(problem).removeprefix(f"{path}:") for problem in questions.check([path])] == [
        "1: answers[1]: looks the same as answers[0]",
        "2: answers[0]: holds the invisible character U+200B at 4",
        "2: answers[1]: looks the same as answers[0]",
        "3: answers[1]: is the same as answers[0]",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [(" a", "has a space at its beginning or end"), ("e\u0301", "is written with combining characters")],
    ids=["space", "combining"],
)
def test_names_that_do_not_stay_as_they_are(name: str, said: str) -> None:
    """An id that some program on its way would change is told."""
    (problem,) = appearance.oddities(Line(None, QuestionRow(id=name, text="Which?", answers=["a", "b"], correct=0)))
    assert problem.startswith(f"id: {said}")


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), min_size=1))
def test_plain_text_looks_like_what_it_is(text: str) -> None:
    """Nothing is found in text of ASCII letters, digits, marks and spaces."""
    assert told(text) == []


def test_a_bank_with_oddities_plays(tmp_path: Path) -> None:
    """What a check names in a published text does not keep it from being read."""
    path = write(tmp_path, passage_line(text="The fer\xadry left."), question_line("a"))
    assert len(list(questions.bank([str(path)]))) == 1
    assert len(questions.check([path])) == 1
