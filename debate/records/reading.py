"""Which debates does a file hold? All of them, or none: it is validated to its end first.

Read twice, line by line, so that a file of any size takes little memory; ids are compared by hashes in a temporary
SQLite database, which spills to disk.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from pydantic import JsonValue, ValidationError

from debate import intake
from debate.errors import InputError
from debate.records import formats
from debate.records.checking import faults
from debate.records.imported import Imported, imported
from debate.records.record import Record

PROBLEMS = 1_000  # as many as are told of one file; the rest are counted


def read(path: Path, form: str | None = None, *, checked: bool = False) -> Iterator[Imported]:
    """Yield the debates of a file of records, or of another format, once all of it is known to be valid.

    Args:
        path: of the file, or of a folder of files.
        form: one of `formats.FORMATS`; told from the path where it is left out.
        checked: that `check` has found nothing wrong, so that it need not look again.

    Raises:
        InputError: with every problem of the file, before the first debate.
        UsageError: the format is not given, and cannot be told.
    """
    if not checked and (problems := check(path, form)):
        raise InputError(problems)
    for file, number, value in formats.items(path, form):
        held = [str(value)] if isinstance(value, intake.Fault) else parse(value)
        if isinstance(held, list):
            raise InputError([f"{_place(file, number)}: has changed while it was read"])
        yield held


def check(path: Path, form: str | None = None) -> tuple[str, ...]:
    """Return every problem of a file of records, or of another format."""
    try:
        return tuple(_capped(_problems(formats.items(path, form), path)))
    except OSError as exc:
        return (f"{path}: {exc.strerror}",)


def parse(value: JsonValue) -> Imported | list[str]:
    """Return the debate that one line holds, or everything that is wrong with it."""
    if not isinstance(value, dict):
        return ["a line must hold one JSON object"]
    try:
        record = Record.model_validate(value)
    except ValidationError as exc:
        return list(intake.told(exc, Record))
    if impossible := list(faults(record)):
        return impossible
    try:
        return imported(record)
    except intake.Fault as fault:
        return [str(fault)]


def _problems(items: Iterator[formats.Item], path: Path) -> Iterator[str]:
    """Yield what is wrong with each record, then what only shows between records."""
    count = 0
    with closing(sqlite3.connect("")) as database:
        ledger = _Ledger(database)
        for file, number, value in items:
            count += 1
            said = [str(value)] if isinstance(value, intake.Fault) else parse(value)
            if isinstance(said, list):
                yield from (f"{_place(file, number)}: {problem}" for problem in said)
            else:
                ledger.add(file, number, said)
        yield from ledger.problems()
    if not count:
        yield f"{path}: holds no records"


def _place(file: Path, number: int) -> str:
    return f"{file}:{number}" if number else str(file)


def _capped(problems: Iterator[str]) -> list[str]:
    told = list(islice(problems, PROBLEMS))
    rest = sum(1 for _ in problems)
    return [*told, f"and {rest:,} more problems"] if rest else told


class _Ledger:
    """The ids and the right answers of every record, as hashes."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._database.execute("create table said (kind text, hash blob, value int, file text, line int)")

    def add(self, file: Path, line: int, held: Imported) -> None:
        """Note a record."""
        question = held.question
        rows: list[tuple[str, bytes, int | None, str, int]] = [
            ("id", _hash(held.tournament, held.record_id), None, str(file), line)
        ]
        if question.key.correct is not None:
            rows.append(("key", _hash(question.posed.id), question.key.correct, str(file), line))
        self._database.executemany("insert into said values (?, ?, ?, ?, ?)", rows)

    def problems(self) -> Iterator[str]:
        """Yield what repeats or contradicts an earlier record."""
        for later, early in self._found(_AGAIN):
            yield f"{later}: id: is that of {early} too"
        for later, early in self._found(_OTHER):
            yield f"{later}: question.correct: {early} gives another right answer to the same question"

    def _found(self, query: str) -> Iterator[tuple[str, str]]:
        for file, line, of_first, first in self._database.execute(query):
            yield _place(Path(file), line), f"line {first}" if first else of_first


_FIRST = """
    select later.file, later.line, early.file, early.line
    from (select hash, min(rowid) as first from said where kind = '{kind}' group by hash having count(*) > 1) as twice
    join said as early on early.rowid = twice.first
    join said as later on later.kind = '{kind}' and later.hash = twice.hash and later.rowid > twice.first
"""
_AGAIN = _FIRST.format(kind="id") + " order by later.rowid"
_OTHER = _FIRST.format(kind="key") + " where later.value <> early.value order by later.rowid"


def _hash(*parts: str) -> bytes:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
