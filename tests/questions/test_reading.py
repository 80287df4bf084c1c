from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from debate import intake, questions
from debate.domain import Passage, Posed, Span
from debate.errors import InputError
from tests.questions.banks import STORY, passage_line, question_line, write


def problems(path: Path) -> tuple[str, ...]:
    with pytest.raises(InputError) as caught:
        list(questions.read(path))
    return tuple(problem.removeprefix(f"{path}:") for problem in caught.value.problems)


def test_a_question_is_read_with_its_passage_and_key(tmp_path: Path) -> None:
    """Every key of a line arrives in the posed question or in the answer key."""
    more: dict[str, Any] = {
        "distractor": 1,
        "evidence": [[52, 64]],
        "flaws": [[4, 9]],
        "difficulty": 0.25,
        "domain": "reading",
    }
    more |= {"tags": ["count"], "reason": "It says so.", "stake_answer": 2, "transfer_of": "ferry-0"}
    path = write(tmp_path, passage_line(genre="story", licence="MIT", share=False), question_line(**more))
    (found,) = questions.read(path)
    held = Passage.of(STORY, "The ferry")
    assert found.posed == Posed.of("How many crates left?", ("Forty", "Thirty-eight", "None"), held)
    key = found.key
    assert key.question == found.posed.id
    assert (key.correct, key.distractor, key.stake_answer, key.transfer_of) == (0, 1, 2, "ferry-0")
    assert (key.evidence, key.flaws) == ((Span(start=52, end=64),), (Span(start=4, end=9),))
    assert (key.difficulty, key.domain, key.tags, key.reason) == (0.25, "reading", ("count",), "It says so.")
    assert (key.licence, key.share) == ("MIT", False)
    assert key.meta == {"name": "ferry-1", "passage": "ferry", "genre": "story"}


def test_a_question_says_otherwise_than_its_passage(tmp_path: Path) -> None:
    """The question's own source, licence and share hold before its passage's."""
    path = write(
        tmp_path,
        passage_line(source="ours", licence="MIT", share=True),
        question_line(licence="CC0-1.0", share=False),
    )
    (found,) = questions.read(path)
    assert (found.key.source, found.key.licence, found.key.share) == ("ours", "CC0-1.0", False)


def test_unknown_keys_are_kept(tmp_path: Path) -> None:
    """What we do not know of stays with the answer key."""
    path = write(tmp_path, passage_line(author="A. N."), question_line(votes=[3, 1], note=""))
    (found,) = questions.read(path)
    assert found.key.meta == {"name": "ferry-1", "passage": "ferry", "author": "A. N.", "votes": [3, 1], "note": ""}


def test_a_passage_may_stand_within_its_question_or_be_absent(tmp_path: Path) -> None:
    """An inline passage is the same passage; without one the question is a closed-book one."""
    inline = question_line(passage=passage_line()["passage"])
    closed = question_line("closed", passage=None)
    absent = {
        name: value for name, value in question_line("absent", text="How many left?").items() if name != "passage"
    }
    first, second, third = questions.read(write(tmp_path, inline, closed, absent))
    assert first.posed.passage == Passage.of(STORY, "The ferry")
    assert second.posed.passage is None
    assert third.posed.passage is None
    assert "passage" not in second.key.meta


def test_no_known_answer_must_be_said(tmp_path: Path) -> None:
    """G7: null means that no answer is known; leaving the key out is a mistake."""
    (found,) = questions.read(write(tmp_path, passage_line(), question_line(correct=None)))
    assert found.key.correct is None
    without = {name: value for name, value in question_line().items() if name != "correct"}
    assert problems(write(tmp_path, passage_line(), without)) == ("2: correct: is missing",)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    """G7: reading stops with all that is wrong in the file, each with its line."""
    path = write(
        tmp_path,
        passage_line(),
        question_line("a", correct=3),
        question_line("b", answers=["Forty", " forty. ", ""]),
        question_line("c", text="  "),
        question_line("d", evidence=[[3, 3], [4, 900]], distractor=0),
        question_line("e", passage="fery"),
        b"not json",
        b'["a", "list"]',
        question_line("f", correct="0", difficulty=2),
        question_line("g", evidence=[[1, 2, 3]]),
        question_line("h", passage=None, evidence=[[1, 2]]),
    )
    assert problems(path) == (
        "2: correct: 3 is none of the 3 answers, which count from 0",
        "3: answers[1]: is the same as answers[0]",
        "3: answers[2]: is empty",
        "4: text: the question is empty",
        "5: distractor: is the right answer",
        "5: evidence[0]: 3 to 3 is no range of the passage's 75 characters",
        "5: evidence[1]: 4 to 900 is no range of the passage's 75 characters",
        '6: passage: "fery" does not stand above this line. Did you mean "ferry"?',
        "7: not valid JSON: Expecting value at column 1",
        "8: a line must hold one JSON object",
        '9: correct: should be a whole number, not "0"',
        "9: difficulty: should be less than or equal to 1, not 2",
        "10: evidence[0]: should have at most 2 items, not [1, 2, 3]",
        "11: evidence[0]: there is no passage to point into",
    )


def test_a_bad_passage_is_told_once(tmp_path: Path) -> None:
    """The questions below a passage that could not be read are not reported as well."""
    path = write(tmp_path, passage_line(title=3), question_line("a"), question_line("b", text=""))
    assert problems(path) == ("1: passage.title: should be text, not 3", "3: text: the question is empty")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("{}".encode("utf-16"), "1: the file is UTF-16 (byte order mark at byte 0); save it as UTF-8"),
        ("{}".encode("utf-16-le"), "1: byte 1 is NUL; if the file is UTF-16, save it as UTF-8"),
        (b'\n{"id": "caf\xe9"}', "2: byte 12 (0xe9) is not valid UTF-8; save the file as UTF-8"),
    ],
)
def test_encodings_other_than_utf8_are_named(tmp_path: Path, raw: bytes, said: str) -> None:
    """G8: the message names the encoding or the byte."""
    assert problems(write(tmp_path, raw)) == (said,)


def test_a_byte_order_mark_and_crlf_are_read(tmp_path: Path) -> None:
    """G8: files saved on Windows are read as they are."""
    rows = [json.dumps(passage_line(text="Café: forty crates"), ensure_ascii=False), json.dumps(question_line())]
    path = write(tmp_path, b"\xef\xbb\xbf" + "\r\n".join(rows).encode())
    assert [found.key.meta["name"] for found in questions.read(path)] == ["ferry-1"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (question_line(text="a\x1b[2Jb"), "1: text: holds the control character U+001B at 1"),
        (question_line(answers=["a\r\nb", "c"]), "1: answers[0]: holds the control character U+000D at 1"),
        (question_line(reason="\ud800"), "1: reason: holds half a character (a lone surrogate)"),
        (question_line(extra="\udfff"), "1: extra: holds the control character U+DFFF at 0"),
        (question_line(extra=["x\x85"]), "1: extra[0]: holds the control character U+0085 at 1"),
        (question_line(text="x" * 10_001), '1: text: should have at most 10000 characters, not "' + "x" * 36),
        (b'{"id": "a", "id": "b"}', '1: the key "id" is given twice'),
        (b'{"difficulty": NaN}', "1: NaN is not a number that JSON knows"),
        (b'{"difficulty": 1e999}', "1: the number 1e999 is too large"),
        (b'{"n": ' + b"9" * 5_000 + b"}", "1: not valid JSON: a number has too many digits"),
        (b"[" * 100_000, "1: nested more than 64 levels deep"),
        (b"[" * 65 + b"]" * 65, "1: nested more than 64 levels deep"),
    ],
)
def test_hostile_lines_are_refused(tmp_path: Path, line: bytes | dict[str, object], said: str) -> None:
    """G3: what would break a terminal, a parser or a sum is named and refused."""
    if isinstance(line, dict):
        line.pop("passage")
    assert problems(write(tmp_path, line))[0].startswith(said)


def test_control_characters_spelled_in_text_are_no_problem(tmp_path: Path) -> None:
    """A text may speak of \\u001b; it must not hold it."""
    (found,) = questions.read(write(tmp_path, passage_line(), question_line(text="What is \\u001b\tor \\r?\n")))
    assert found.posed.text == "What is \\u001b\tor \\r?\n"


def test_a_huge_line_is_not_read(tmp_path: Path) -> None:
    """G3: a gigabyte on one line is refused at the cap; the memory taken stays near it."""
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as stream:
        stream.write(json.dumps(question_line(passage=None)).encode() + b"\n")
        stream.truncate(2**30)
    tracemalloc.start()
    assert problems(path) == (f"2: longer than {intake.LINE:,} bytes; the rest of the file was not read",)
    assert tracemalloc.get_traced_memory()[1] < 4 * intake.LINE
    tracemalloc.stop()


def test_memory_stays_flat(tmp_path: Path) -> None:
    """G17: a longer bank takes no more memory, because passages are let go."""

    def peak(passages: int) -> int:
        path = tmp_path / f"{passages}.jsonl"
        with path.open("w") as stream:
            for number in range(passages):
                text = f"{number} " + "word " * 20_000
                stream.write(json.dumps(passage_line(f"p{number}", text)) + "\n")
                stream.write(json.dumps(question_line(f"q{number}", passage=f"p{number}")) + "\n")
        tracemalloc.start()
        assert sum(1 for _ in questions.read(path)) == passages
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(400) < 1.2 * peak(200)


def test_problems_beyond_counting_are_counted(tmp_path: Path) -> None:
    """A file that is wrong on every line ends in a number."""
    said = problems(write(tmp_path, *[b"x"] * 1_234))
    assert len(said) == 1_001
    assert said[-1].endswith("and 234 more problems")


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """The message names the file and the reason."""
    with pytest.raises(InputError, match=r"absent.jsonl: No such file"):
        list(questions.read(tmp_path / "absent.jsonl"))


def test_the_readme_shows_a_bank_that_loads(tmp_path: Path) -> None:
    """The example in questions/README.md passes every check, and its evidence says what it should."""
    readme = (Path(__file__).parents[2] / "questions" / "README.md").read_text()
    example = readme.split("```jsonl\n")[1].split("```")[0]
    path = write(tmp_path, *[line.encode() for line in example.splitlines()])
    assert questions.check([path]) == ()
    first, second = questions.read(path)
    assert first.posed.passage is not None
    quoted = [first.posed.passage.text[span.start : span.end] for span in first.key.evidence]
    assert quoted == ["the mate had counted thirty-eight", "two crates filled with sand"]
    assert second.posed.passage is None
