"""What is wrong with a bank, all of it at once? Line by line first, then what only shows across lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from debate.domain import Question, Span
from debate.questions.appearance import oddities
from debate.questions.ledger import Ledger
from debate.questions.reading import Found, Problem, capped, scan
from debate.questions.rows import fold

Heard = Callable[[Path, int], None]
"""Hears of each line that was checked: its file and its number."""

_MARKED = re.compile(r"[(\[](?:the )?(?:correct|right)(?: answer| one)?[)\]]|[✓✔☑✅]", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:correct|right) answer(?: is\b|:)|\banswer: *[(\[]?[A-Z1-9]\b", re.IGNORECASE)
_STARRED = re.compile(r"^\s*\*+\s*\w|\w[.!?]?\s*\*+\s*$")
_LEAK = 8  # characters; shorter answers ("two", "Paris") stand in questions by chance
_FEW = 3  # ids in a row that count upwards by chance
_SPACED = "\u0590"  # from here on there are scripts that put no space between words


def check(paths: Sequence[Path], *, heard: Heard | None = None) -> tuple[Problem, ...]:
    """Return every problem of the banks at `paths`, which together must say nothing twice."""
    problems: list[Problem] = []
    with Ledger() as ledger:
        for path in paths:
            problems += capped(_alone(path, ledger, heard))
        problems += capped(ledger.problems())
        problems += capped(ledger.loose())
    return tuple(problems)


def editorial(question: Question) -> Iterator[str]:
    """Yield what makes a well-formed question useless: its text, or an answer, tells which answer is right."""
    yield from _giveaways(question.posed.text, question.posed.answers, question.key.correct)


def misplaced(question: Question) -> Iterator[str]:
    """Yield the evidence and flaws that begin or end within a word, as offsets into another version of a text do."""
    passage = question.posed.passage
    for name, spans in (("evidence", question.key.evidence), ("flaws", question.key.flaws)):
        for index, span in enumerate(spans):
            if passage and (cut := _cut(passage.text, span)):
                yield f'{name}[{index}]: {span.start} to {span.end} cuts the word "{cut}"; offsets count code points'
            if span in spans[:index]:
                yield f"{name}[{index}]: is {name}[{spans.index(span)}] again"


def _alone(path: Path, ledger: Ledger, heard: Heard | None) -> Iterator[Problem]:
    """Yield the problems of one file by itself."""
    empty, counting = True, _Counting()
    for found in scan(path):
        if heard:
            heard(path, found.line)
        yield from found.problems
        empty = empty and not found.problems and found.question is None
        for message in _closely(found, path, ledger):
            yield Problem(file=str(path), line=found.line, message=message)
        if found.said and found.said.question:
            counting.add(found.said.question.id)
    if empty:
        yield Problem(file=str(path), line=0, message="holds no questions")
    if counting.rows >= _FEW:
        message = (
            f"id: every id is the number of its row, from {counting.first}, and changes with the order of the rows"
        )
        yield Problem(file=str(path), line=0, message=f"{message}; give each question a name of its own")


def _closely(found: Found, path: Path, ledger: Ledger) -> Iterator[str]:
    """Yield what is wrong with a well-formed line, and note what it says."""
    if found.said:
        yield from oddities(found.said)
        ledger.refer(path, found.line, found.said)
        if row := found.said.question:  # a row whose evidence is wrong may give its answer away as well
            yield from _giveaways(row.text, row.answers, row.correct)
    if found.question:
        ledger.add(path, found.line, found.question)
        yield from misplaced(found.question)


class _Counting:
    """Whether the ids of a file count its rows."""

    def __init__(self) -> None:
        self.first = self.rows = 0
        self._ended = False

    def add(self, name: str) -> None:
        if self._ended:
            return
        if name.isdecimal() and (not self.rows or name == str(self.first + self.rows)):
            self.first = self.first if self.rows else int(name)
            self.rows += 1
            return
        self._ended, self.rows = True, 0


def _giveaways(text: str, answers: Sequence[str], correct: int | None) -> Iterator[str]:
    if _MARKED.search("\n".join(answers)):
        for index, answer in enumerate(answers):
            if _MARKED.search(answer):
                yield f"answers[{index}]: its text says whether it is right"
    if "answer" in text.casefold() and (told := _TOLD.search(text)):
        yield f'text: "{told[0]}" tells which answer is right'
    if correct is None or not 0 <= correct < len(answers):
        return
    if "*" in answers[correct] and [i for i, answer in enumerate(answers) if _STARRED.search(answer)] == [correct]:
        yield f"answers[{correct}]: is the only one with a star, and the right one"
    right, asked = _words(answers[correct]), f" {_words(text)} "
    if len(right) < _LEAK or f" {right} " not in asked:
        return
    if [index for index, answer in enumerate(answers) if f" {_words(answer)} " in asked] == [correct]:
        yield f"text: holds the right answer, answers[{correct}], and no other"


def _cut(text: str, span: Span) -> str:
    """Return the word that a span begins or ends within."""
    for at in (span.start, span.end):
        if 0 < at < len(text) and _within(text[at - 1]) and _within(text[at]):
            before = re.search(r"\w*$", text[max(at - 40, 0) : at])
            after = re.match(r"\w*", text[at : at + 40])
            return (before[0] if before else "") + (after[0] if after else "")
    return ""


def _within(char: str) -> bool:
    return char.isalnum() and char < _SPACED


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
