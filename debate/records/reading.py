"""Which debates does a file of records hold? All of them, or none: it is validated to its end first.

Read twice, line by line, so that a file of any size takes little memory; ids are compared by hashes in a temporary
SQLite database, which spills to disk.
"""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from pydantic import JsonValue, ValidationError

from debate import intake
from debate.errors import InputError
from debate.records.checking import faults
from debate.records.imported import Imported, imported
from debate.records.record import Record

PROBLEMS = 1_000  # as many as are told of one file; the rest are counted
_FREE = 64 * 2**20  # bytes that may unfold from anything
_RATIO = (
    900  # text of debates folds to a fifth or a fiftieth; only what is made for it comes near 1,032, the most there is
)


def read(path: Path) -> Iterator[Imported]:
    """Yield the debates of a `.jsonl` or `.jsonl.gz` file of records, once all of it is known to be valid.

    Raises:
        InputError: with every problem of the file, before the first debate.
    """
    try:
        stream = path.open("rb")
    except OSError as exc:
        raise InputError([f"{path}: {exc.strerror}"]) from exc
    with stream:
        problems = _capped(_problems(stream, path))
        if problems:
            raise InputError(problems)
        for number, value in intake.lines(_unfolded(stream)):
            held = [str(value)] if isinstance(value, intake.Fault) else parse(value)
            if isinstance(held, list):
                raise InputError([f"{path}:{number}: has changed while it was read"])
            yield held


def check(path: Path) -> tuple[str, ...]:
    """Return every problem of a file of records."""
    try:
        with path.open("rb") as stream:
            return tuple(_capped(_problems(stream, path)))
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
        return imported(record, value)
    except intake.Fault as fault:
        return [str(fault)]


def _problems(stream: BinaryIO, path: Path) -> Iterator[str]:
    """Yield what is wrong on each line, then what only shows between lines."""
    count = 0
    with closing(sqlite3.connect("")) as database:
        ledger = _Ledger(database)
        for number, value in intake.lines(_unfolded(stream)):
            count += 1
            said = [str(value)] if isinstance(value, intake.Fault) else parse(value)
            if isinstance(said, list):
                yield from (f"{path}:{number}: {problem}" for problem in said)
            else:
                ledger.add(number, said)
        yield from (f"{path}:{line}: {problem}" for line, problem in ledger.problems())
    if not count:
        yield f"{path}: holds no records"


def _capped(problems: Iterator[str]) -> list[str]:
    told = list(islice(problems, PROBLEMS))
    rest = sum(1 for _ in problems)
    return [*told, f"and {rest:,} more problems"] if rest else told


def _unfolded(stream: BinaryIO) -> intake.Readable:
    """Return a stream of lines from its start, unpacked if it is packed, whatever its name says."""
    stream.seek(0)
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    return _Unpacking(stream) if packed else stream


class _Unpacking:
    """The lines of a gzip stream, as long as it is whole and does not unfold beyond measure."""

    def __init__(self, stream: BinaryIO) -> None:
        self._packed = stream
        self._lines = gzip.GzipFile(fileobj=stream, mode="rb")
        self._read = 0

    def readline(self, limit: int, /) -> bytes:
        """Return the next line."""
        try:
            line = self._lines.readline(limit)
        except (EOFError, OSError, zlib.error) as exc:
            raise intake.Unreadable(f"the gzip stream is damaged or cut off ({exc})") from exc
        self._read += len(line)
        if self._read > _FREE and self._read > _RATIO * self._packed.tell():
            raise intake.Unreadable(f"unfolds to more than {_RATIO} times its size; the rest of the file was not read")
        return line


class _Ledger:
    """The ids and the right answers of every line, as hashes."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._database.execute("create table said (kind text, hash blob, value int, line int)")

    def add(self, line: int, held: Imported) -> None:
        """Note a record."""
        question = held.question
        rows: list[tuple[str, bytes, int | None, int]] = [("id", _hash(held.tournament, held.record_id), None, line)]
        if question.key.correct is not None:
            rows.append(("key", _hash(question.posed.id), question.key.correct, line))
        self._database.executemany("insert into said values (?, ?, ?, ?)", rows)

    def problems(self) -> Iterable[tuple[int, str]]:
        """Yield the lines that repeat or contradict an earlier one."""
        again = ((line, f"id: is that of line {first} too") for line, first in self._database.execute(_AGAIN))
        other = (
            (line, f"question.correct: line {first} gives another right answer to the same question")
            for line, first in self._database.execute(_OTHER)
        )
        return chain(again, other)


_FIRST = """
    select later.line, early.line
    from (select hash, min(rowid) as first from said where kind = '{kind}' group by hash having count(*) > 1) as twice
    join said as early on early.rowid = twice.first
    join said as later on later.kind = '{kind}' and later.hash = twice.hash and later.rowid > twice.first
"""
_AGAIN = _FIRST.format(kind="id") + " order by later.rowid"
_OTHER = _FIRST.format(kind="key") + " where later.value <> early.value order by later.rowid"


def _hash(*parts: str) -> bytes:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
