"""Which questions does a bank file hold? Read line by line, so that a bank of any size takes little memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from debate import intake
from debate.domain import Question, Value
from debate.errors import InputError
from debate.questions import rows
from debate.questions.rows import PassageRow, Placed

PROBLEMS = 1_000  # as many as are told of one file; the rest are counted
_KEPT = 8_000_000  # code points of passages kept for the questions below them


class Problem(Value):
    """Something wrong in a bank, and where; line 0 is the file itself."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class Found(NamedTuple):
    """What one line came to: a question, or nothing (a passage, or problems)."""

    line: int
    question: Question | None
    problems: tuple[Problem, ...] = ()
    said: rows.Line | None = None
    """What a well-formed line held."""


def read(path: Path) -> Iterator[Question]:
    """Yield the questions of a bank; at the first bad line read on only to raise every problem together."""
    found = scan(path)
    for one in found:
        if one.problems:
            rest = (problem for later in found for problem in later.problems)
            raise InputError(map(str, capped(chain(one.problems, rest))))
        if one.question is not None:
            yield one.question


def scan(path: Path) -> Iterator[Found]:
    """Yield what each line of a bank comes to."""
    shelf = _Shelf()
    try:
        stream = path.open("rb")
    except OSError as exc:
        yield _wrong(path, 0, exc.strerror or str(exc))
        return
    with stream:
        try:
            readable = intake.unpacked(stream)
        except (intake.Unreadable, OSError) as exc:
            yield _wrong(path, 0, str(exc))
            return
        for number, value in intake.lines(readable):
            said = [str(value)] if isinstance(value, intake.Fault) else rows.parse(value)
            if isinstance(said, list):
                shelf.spoil(value)
                yield _wrong(path, number, *said)
            else:
                yield _line(path, number, said, shelf)


def capped(problems: Iterable[Problem]) -> list[Problem]:
    """Return at most `PROBLEMS` problems, and one that counts the rest."""
    stream = iter(problems)
    told = list(islice(stream, PROBLEMS))
    rest = sum(1 for _ in stream)
    if rest:
        told.append(Problem(file=told[0].file, line=0, message=f"and {rest:,} more problems"))
    return told


def _line(path: Path, number: int, line: rows.Line, shelf: _Shelf) -> Found:
    problems = list(rows.faults(line))
    placed = shelf.put(line.passage, keep=line.question is None) if line.passage else None
    row = line.question
    if row is not None and placed is None and row.passage is not None:
        placed = shelf.find(row.passage)
        if placed is None:
            if row.passage not in shelf.spoilt:
                problems.append(f'passage: "{row.passage}" does not stand above this line{shelf.hint(row.passage)}')
            return Found(number, None, _wrong(path, number, *problems).problems, line)
    if row is not None:
        problems += rows.astray(row, placed.row if placed else None)
    made = rows.question(row, placed) if row is not None and not problems else None
    return Found(number, made, _wrong(path, number, *problems).problems, line)


def _wrong(path: Path, number: int, *problems: str) -> Found:
    return Found(number, None, tuple(Problem(file=str(path), line=number, message=said) for said in problems))


class _Shelf:
    """The passages that questions further down may still name, up to a total size."""

    def __init__(self, room: int = _KEPT) -> None:
        self.spoilt: set[str] = set()
        self._room = room
        self._held: OrderedDict[str, Placed] = OrderedDict()

    def put(self, row: PassageRow, *, keep: bool) -> Placed:
        """Make a passage, and keep it for the lines below."""
        placed = rows.passage(row)
        if keep:
            self._held[row.id] = placed
            self._room -= len(row.text)
            while self._room < 0 and len(self._held) > 1:
                self._room += len(self._held.popitem(last=False)[1].row.text)
        return placed

    def find(self, name: str) -> Placed | None:
        """Return a kept passage."""
        if name in self._held:
            self._held.move_to_end(name)
        return self._held.get(name)

    def spoil(self, value: object) -> None:
        """Remember a passage that could not be read, so that its questions are not reported as well."""
        held = value.get("passage") if isinstance(value, dict) else None
        if isinstance(held, dict) and isinstance(held.get("id"), str):
            self.spoilt.add(held["id"])

    def hint(self, name: str) -> str:
        """Return what may be meant by a name that is not kept."""
        return intake.near(name, self._held) or "; a passage must stand right above its questions"
