"""What is wrong with a bank, all of it at once? Line by line first, then what only shows across lines.

Two lines are compared by hashes kept in a temporary SQLite database, which spills to disk, so that a bank of a million
lines is checked in little memory.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from debate.domain import Question
from debate.questions.reading import Problem, capped, scan
from debate.questions.rows import fold

_MARKED = re.compile(r"[(\[](?:the )?(?:correct|right)(?: answer| one)?[)\]]|[✓✔☑✅]", re.IGNORECASE)
_LEAK = 8  # characters; shorter answers ("two", "Paris") stand in questions by chance
_BATCH = 5_000  # rows an insert
_REPEATS = {
    "id": "id: was given before, at",
    "text": "correct: contradicts the same question at",
    "question": "text: the same question, with the same answers, stands at",
}
_AGAIN = """
    select later.file, later.line, early.file, early.line
    from (select hash, min(rowid) as first from said where kind = :kind group by hash having count(*) > 1) as twice
    join said as early on early.rowid = twice.first
    join said as later on later.kind = :kind and later.hash = twice.hash and later.rowid > twice.first
    where :kind <> 'text' or (later.key <> early.key and later.key <> x'' and early.key <> x'')
    order by later.rowid
"""


def check(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """Return every problem of the banks at `paths`, which together must say nothing twice."""
    problems: list[Problem] = []
    with closing(sqlite3.connect("")) as database:
        ledger = _Ledger(database)
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


def _alone(path: Path, ledger: _Ledger) -> Iterator[Problem]:
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


class _Ledger:
    """What every line said, as hashes."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._database.execute("create table said (kind text, hash blob, key blob, file text, line int)")
        self._rows: list[tuple[str, bytes, bytes, str, int]] = []

    def add(self, path: Path, line: int, question: Question) -> None:
        """Note a question."""
        posed, key = question.posed, question.key
        right = b"" if key.correct is None else _hash(fold(posed.answers[key.correct]))
        passage = posed.passage.id if posed.passage else ""
        hashes = {
            "id": _hash(str(key.meta["name"])),
            "text": _hash(passage, fold(posed.text)),
            "question": _hash(posed.id),
        }
        self._rows += [(kind, said, right, str(path), line) for kind, said in hashes.items()]
        if len(self._rows) >= _BATCH:
            self._flush()

    def problems(self) -> Iterator[Problem]:
        """Yield each line that repeats or contradicts an earlier one."""
        self._flush()
        told: set[tuple[str, int]] = set()
        for kind, message in _REPEATS.items():
            for file, line, first_file, first_line in self._database.execute(_AGAIN, {"kind": kind}):
                if kind == "question" and (file, line) in told:
                    continue
                if kind == "text":
                    told.add((file, line))
                yield Problem(file=file, line=line, message=f"{message} {first_file}:{first_line}")

    def _flush(self) -> None:
        self._database.executemany("insert into said values (?, ?, ?, ?, ?)", self._rows)
        self._rows.clear()


def _hash(*parts: str) -> bytes:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
