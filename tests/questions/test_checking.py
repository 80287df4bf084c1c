from __future__ import annotations

from pathlib import Path

from debate import questions
from tests.questions.banks import passage_line, question_line, write


def said(*paths: Path) -> list[str]:
    return [str(problem).replace(f"{paths[0].parent}/", "") for problem in questions.check(paths)]


def test_a_sound_bank_has_no_problems(tmp_path: Path) -> None:
    """Nothing is reported where nothing is wrong."""
    path = write(tmp_path, passage_line(), question_line("a"), question_line("b", text="What did the ferry carry?"))
    assert said(path) == []


def test_the_bundled_bank_is_sound() -> None:
    """Every bundled file passes its own check."""
    assert [str(problem) for problem in questions.check(questions.files(["bundled"]))] == []


def test_ids_given_twice_name_both_lines(tmp_path: Path) -> None:
    """G6: in one file and across files, the second line is reported with the place of the first."""
    path = write(tmp_path, passage_line(), question_line("a"), question_line("a", text="When did it leave?"))
    other = write(tmp_path, question_line("a", text="Where to?", passage=None), name="other.jsonl")
    assert said(path, other) == [
        "bank.jsonl:3: id: was given before, at bank.jsonl:2",
        "other.jsonl:1: id: was given before, at bank.jsonl:2",
    ]


def test_one_question_with_two_keys(tmp_path: Path) -> None:
    """G6: the same text with another right answer contradicts the first."""
    path = write(
        tmp_path,
        passage_line(),
        question_line("a"),
        question_line("b", text=" how many CRATES left", correct=1),
        question_line("c", correct=1),
        question_line("d", answers=["None", "Forty"], correct=1),
        question_line("e", correct=None, answers=["Some", "Forty"]),
    )
    assert said(path) == [
        "bank.jsonl:3: correct: contradicts the same question at bank.jsonl:2",
        "bank.jsonl:4: correct: contradicts the same question at bank.jsonl:2",
    ]


def test_one_question_twice(tmp_path: Path) -> None:
    """The same content under another id is the same question."""
    path = write(tmp_path, passage_line(), question_line("a"), question_line("b"))
    assert said(path) == ["bank.jsonl:3: text: the same question, with the same answers, stands at bank.jsonl:2"]


def test_the_same_words_about_another_passage_are_another_question(tmp_path: Path) -> None:
    """Questions are compared together with their passages."""
    other = passage_line("train", text="The train left with forty crates.")
    path = write(tmp_path, passage_line(), question_line("a"), other, question_line("b", passage="train", correct=1))
    assert said(path) == []


def test_questions_that_only_sound_the_same(tmp_path: Path) -> None:
    """ "Which of these is true?" may be asked of other answers; an answer that is right once is wrong nowhere else."""
    asked = "Which of these is true?"
    first = question_line("a", asked, passage=None, answers=["Ice floats", "Lead floats"])
    other = question_line("b", asked, passage=None, answers=["Copper rusts", "Iron rusts"], correct=1)
    again = question_line("c", asked, passage=None, answers=["Ice sinks", "Ice floats."])
    assert said(write(tmp_path, first, other, again)) == [
        "bank.jsonl:3: correct: contradicts the same question at bank.jsonl:1"
    ]


def test_a_leaked_answer(tmp_path: Path) -> None:
    """A question that holds its right answer, and an answer that says it is right, are reported."""
    path = write(
        tmp_path,
        question_line(
            "a", "Did the mate count thirty-eight crates?", passage=None, correct=1, answers=["No", "Thirty-eight"]
        ),
        question_line("b", "Was it forty or thirty-eight?", passage=None),
        question_line("c", "How many?", passage=None, answers=["Forty (correct)", "Two"]),
        question_line("d", "Why forty of them?", passage=None),
    )
    assert said(path) == [
        "bank.jsonl:1: text: holds the right answer, answers[1], and no other",
        "bank.jsonl:3: answers[0]: its text says whether it is right",
    ]


def test_an_empty_bank(tmp_path: Path) -> None:
    """K3: a file without questions is a problem of the file."""
    assert said(write(tmp_path, passage_line())) == ["bank.jsonl: holds no questions"]


def test_every_file_is_checked_to_its_end(tmp_path: Path) -> None:
    """G7: problems of form and of content come together, file by file."""
    path = write(tmp_path, passage_line(), b"x", question_line("a"), question_line("a", correct=9))
    other = write(tmp_path, question_line("b", passage="nowhere"), question_line("a", passage=None), name="other.jsonl")
    assert said(path, other) == [
        "bank.jsonl:2: not valid JSON: Expecting value at column 1",
        "bank.jsonl:4: correct: 9 is none of the 3 answers, which count from 0",
        'other.jsonl:1: passage: "nowhere" does not stand above this line; '
        "a passage must stand right above its questions",
        "other.jsonl:2: id: was given before, at bank.jsonl:3",
    ]
