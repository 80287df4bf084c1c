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


def test_a_told_answer(tmp_path: Path) -> None:
    """A question that names its right answer, and a right answer that alone has a star, are reported."""
    path = write(
        tmp_path,
        question_line("a", "How many? The correct answer is the first.", passage=None),
        question_line("b", "How many left? Answer: B", passage=None),
        question_line("c", "How many of them?", passage=None, answers=["*Forty", "Two"]),
        question_line("d", "How many then?", passage=None, answers=["*Forty*", "*Two*"]),
        question_line("e", "Which answer of the clerk was the right one?", passage=None),
    )
    assert said(path) == [
        'bank.jsonl:1: text: "correct answer is" tells which answer is right',
        'bank.jsonl:2: text: "Answer: B" tells which answer is right',
        "bank.jsonl:3: answers[0]: is the only one with a star, and the right one",
    ]


def test_evidence_of_another_version_of_the_text(tmp_path: Path) -> None:
    """Offsets that cut words, as those of bytes or of another edition do, and evidence given twice are reported."""
    path = write(
        tmp_path,
        passage_line(),
        question_line("a", evidence=[[4, 9], [6, 14], [4, 9]], flaws=[[0, 6]]),
        passage_line("zh", "渡轮早上六点离开，载着四十箱鲱鱼。"),
        question_line("b", "多少箱？", passage="zh", evidence=[[2, 6]]),
    )
    assert said(path) == [
        'bank.jsonl:2: evidence[1]: 6 to 14 cuts the word "ferry"; offsets count code points',
        "bank.jsonl:2: evidence[2]: is evidence[0] again",
        'bank.jsonl:2: flaws[0]: 0 to 6 cuts the word "ferry"; offsets count code points',
    ]


def test_names_that_number_the_rows(tmp_path: Path) -> None:
    """G6: ids that count upwards through the whole file change with its order; numbers that do not count are names."""
    path = write(tmp_path, *(question_line(str(n), f"How many on day {n}?", passage=None) for n in range(4)))
    other = write(
        tmp_path,
        *(question_line(name, f"How many by {name}?", passage=None) for name in ("17", "4", "5", "6")),
        name="other.jsonl",
    )
    assert said(path, other) == [
        "bank.jsonl: id: every id is the number of its row, from 0, and changes with the order of the rows; "
        "give each question a name of its own"
    ]


def test_names_that_are_nearly_the_same(tmp_path: Path) -> None:
    """G6: ids that differ only in case, and a passage's id given to another text, are reported with both places."""
    path = write(
        tmp_path,
        passage_line(),
        question_line("Ferry-1"),
        passage_line(),
        question_line("ferry-1", "When?"),
        passage_line(text="Another text."),
        question_line("c", "Which?"),
    )
    assert said(path) == [
        "bank.jsonl:4: id: differs only in case, or in how it is composed, from the one at bank.jsonl:2",
        "bank.jsonl:5: passage.id: was given before to another text, at bank.jsonl:1",
    ]


def test_references_that_lead_nowhere(tmp_path: Path) -> None:
    """A match with one member and a transfer of a question that is not there are reported; other files count."""
    path = write(
        tmp_path,
        question_line("a", "When?", passage=None, match_id="pair"),
        question_line("b", "Where?", passage=None, match_id="lonely"),
        question_line("c", "Why?", passage=None, transfer_of="nowhere"),
        question_line("d", "How?", passage=None, transfer_of="e"),
    )
    other = write(tmp_path, question_line("e", "Who?", passage=None, match_id="pair"), name="other.jsonl")
    assert said(path, other) == [
        "bank.jsonl:2: match_id: no other question has it",
        "bank.jsonl:3: transfer_of: no question has this id",
    ]


def test_one_fault_of_a_line_hides_no_other(tmp_path: Path) -> None:
    """G7: what is wrong besides a malformed field, or besides the evidence, is told in the same check."""
    path = write(
        tmp_path,
        passage_line(),
        question_line("a", difficulty=3, answers=["Forty", "forty"], correct=7),
        question_line("b", "How many? Answer: A", evidence=[[0, 999]]),
        question_line("c", "How m\u200bany then?", passage="nowhere"),
    )
    assert said(path) == [
        "bank.jsonl:2: difficulty: should be less than or equal to 1, not 3",
        "bank.jsonl:2: answers[1]: is the same as answers[0]",
        "bank.jsonl:2: correct: 7 is none of the 2 answers, which count from 0",
        "bank.jsonl:3: evidence[0]: 0 to 999 is no range of the passage's 75 characters",
        'bank.jsonl:3: text: "Answer: A" tells which answer is right',
        'bank.jsonl:4: passage: "nowhere" does not stand above this line; '
        "a passage must stand right above its questions",
        "bank.jsonl:4: text: holds the invisible character U+200B at 5",
    ]


def test_each_line_is_heard_of(tmp_path: Path) -> None:
    """Whoever waits for a long file hears how far the check has come."""
    path = write(tmp_path, passage_line(), question_line("a"), b"", question_line("b", "When?"))
    heard: list[tuple[str, int]] = []
    assert questions.check([path], heard=lambda file, line: heard.append((file.name, line))) == ()
    assert heard == [("bank.jsonl", 1), ("bank.jsonl", 2), ("bank.jsonl", 4)]


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
