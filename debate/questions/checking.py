"""What is wrong with a bank, all of it at once? Line by line first, then what only shows across lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from debate.domain import Question
from debate.questions.ledger import Ledger
from debate.questions.reading import Problem, capped, scan
from debate.questions.rows import fold

_MARKED = re.compile(r"[(\[](?:the )?(?:correct|right)(?: answer| one)?[)\]]|[✓✔☑✅]", re.IGNORECASE)
_LEAK = 8  # characters; shorter answers ("two", "Paris") stand in questions by chance


def check(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """Return every problem of the banks at `paths`, which together must say nothing twice."""
    problems: list[Problem] = []
    with Ledger() as ledger:
        for path in paths:
            problems += capped(_alone(path, ledger))
        problems += capped(ledger.problems())
    return tuple(problems)


def editorial(question: Question) -> Iterator[str]:
    """Yield what makes a well-formed question useless: its text, or an answer, tells which answer is right."""
    answers = question.posed.answers
    for index, answer in enumerate(answers):
        if _MARKED.search(answer):
            yield f"answers[{index}]: its text says whether it is right"
    if question.key.correct is None:
        return
    asked = f" {_words(question.posed.text)} "
    told = [index for index, answer in enumerate(answers) if f" {_words(answer)} " in asked]
    if told == [question.key.correct] and len(_words(answers[told[0]])) >= _LEAK:
        yield f"text: holds the right answer, answers[{told[0]}], and no other"


def _alone(path: Path, ledger: Ledger) -> Iterator[Problem]:
    """Yield the problems of one file by itself."""
    empty = True
    for found in scan(path):
        yield from found.problems
        empty = empty and not found.problems and found.question is None
        if found.question is not None:
            ledger.add(path, found.line, found.question)
            for message in editorial(found.question):
                yield Problem(file=str(path), line=found.line, message=message)
    if empty:
        yield Problem(file=str(path), line=0, message="holds no questions")


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
