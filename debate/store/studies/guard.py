"""What may a judge's process ask of the database? SQLite itself refuses the rest, column by column."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

from debate.errors import StoreError

READABLE: dict[str, frozenset[str] | None] = {
    "match": frozenset({"ordinal", "id", "question", "protocol", "tournament", "state"}),
    "question": frozenset({"id", "text", "answers"}),
    "protocol": None,
    "seat": frozenset({"match", "seat", "place", "argues"}),
    "turn": frozenset({"match", "index", "seat", "round", "beat", "kind", "state", "conceded", "text", "rest", "at"}),
    "claim": frozenset({"match"}),
    "sitting": None,
    "act": None,
    "study": None,
    "tournament": frozenset({"id", "name"}),
    "judgment": frozenset({"ordinal", "id", "match", "superseded_by"}),
    "belief": frozenset({"judgment"}),
    "tally": frozenset({"part"}),
    "sqlite_master": None,
}
"""By table the columns that may be read; None for all."""
PASSAGE: dict[str, frozenset[str] | None] = {"passage": None, "question": frozenset({"passage"})}
"""What is read besides where the judge is one who reads the passage."""
INSERTS = frozenset({"sitting", "act", "judgment", "belief"})
DELETES = frozenset({"tally"})
"""By triggers, when a row is written: what is tallied of a match can be worked out again."""
UPDATES: dict[str, frozenset[str] | None] = {"sitting": None, "judgment": frozenset({"superseded_by"})}
_HARMLESS = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_TRANSACTION)
Guard: TypeAlias = Callable[[int, str | None, str | None, str | None, str | None], int]


def _among(allowed: dict[str, frozenset[str] | None], table: str | None, column: str | None) -> bool:
    if table is None or table not in allowed:
        return False
    columns = allowed[table]
    return columns is None or not column or column in columns


def _guard(*readable: dict[str, frozenset[str] | None]) -> Guard:
    def authorize(action: int, first: str | None, second: str | None, _: str | None, __: str | None) -> int:
        if action == sqlite3.SQLITE_READ:
            may = any(_among(allowed, first, second) for allowed in readable)
        elif action == sqlite3.SQLITE_INSERT:
            may = first in INSERTS
        elif action == sqlite3.SQLITE_DELETE:
            may = first in DELETES
        elif action == sqlite3.SQLITE_UPDATE:
            may = _among(UPDATES, first, second)
        else:
            may = action in _HARMLESS
        return sqlite3.SQLITE_OK if may else sqlite3.SQLITE_DENY

    return authorize


_BLIND = _guard(READABLE)
_READING = _guard(READABLE, PASSAGE)


class Guarded:
    """A guarded connection of one judge."""

    def __init__(self, connection: sqlite3.Connection, judge: str) -> None:
        self._connection = connection
        self.judge = judge

    @classmethod
    def open(cls, path: Path, judge: str) -> Self:
        """Open a database for one judge.

        Raises:
            StoreError: it cannot be read.
        """
        try:
            connection = sqlite3.connect(path, timeout=30, isolation_level=None)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error as exc:
            raise StoreError(f'"{path}" cannot be opened: {exc}') from exc
        connection.row_factory = sqlite3.Row
        connection.set_authorizer(_BLIND)
        return cls(connection, judge)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    @contextmanager
    def _reading_passage(self) -> Iterator[None]:
        """Let passages be read for a while; what was prepared before and within is asked for again."""
        self._connection.set_authorizer(_READING)
        try:
            yield
        finally:
            self._connection.set_authorizer(_BLIND)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as exc:
            self._undo()
            raise StoreError(f"nothing could be written: {exc}") from exc
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
