"""Short ways to read other people's files in tests."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, NamedTuple

from debate import questions
from debate.domain import Question
from debate.questions import formats


class Got(NamedTuple):
    """What came of a file: the bank that was written, read again, and what was told."""

    questions: list[Question]
    problems: list[str]
    left_out: dict[str, int]


def got(path: Path, form: str, **settings: Any) -> Got:
    """Convert a file, write the bank beside it, and read that, which must be sound."""
    stream = io.StringIO()
    told = list(formats.write(formats.convert([path], form, formats.Settings(**settings)), stream))
    taken = told[-1] if told else formats.Taken()
    bank = path.parent / "bank.jsonl"
    bank.write_text(stream.getvalue())
    if taken.questions:
        assert [str(problem) for problem in questions.check([bank])] == []
    problems = [str(problem).removeprefix(f"{path}:").strip() for problem in taken.problems]
    return Got(list(questions.read(bank)), problems, dict(taken.left_out))


def lines(folder: Path, *rows: Any, name: str = "file.jsonl") -> Path:
    """Write rows as JSON Lines; a row that is text is written as it is."""
    path = folder / name
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return path


def table(folder: Path, text: str, name: str = "file.csv") -> Path:
    """Write a CSV file."""
    path = folder / name
    path.write_text(text, newline="")
    return path


def right(question: Question) -> str:
    """Return the text of the right answer."""
    assert question.key.correct is not None
    return question.posed.answers[question.key.correct]


def tempting(question: Question) -> str:
    """Return the text of the best distractor."""
    assert question.key.distractor is not None
    return question.posed.answers[question.key.distractor]
