"""How the database is reached: connections as they must be set, and transactions that begin as they must.

A transaction that writes takes the lock when it begins: one that read first and wrote later would fail at once
with SQLITE_BUSY_SNAPSHOT, whatever the timeout, when somebody else had written in between.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from debate.errors import StoreError
from debate.store.file.faults import Locked, gone, locked, translated, waiting

BUSY_MS = 500  # how long SQLite itself waits for a lock before the loop below looks at the clock
PATIENCE_S = 60.0  # how long a lock or a full disk is waited for
PAGES = 4000  # pages of log between checkpoints: 16 MB, so that few commits pay for one
STATEMENTS = 256  # prepared statements kept: the writer has one for each table and number of rows

Notice = Callable[[str], None]
"""Told why a write waits."""


class Database:
    """A SQLite file, its connections and its transactions."""

    def __init__(
        self,
        path: Path,
        *,
        readonly: bool = False,
        immutable: bool = False,
        patience_s: float = PATIENCE_S,
        notice: Notice | None = None,
    ) -> None:
        self.path = path
        self.readonly = readonly
        self.patience_s = patience_s
        self.notice = notice
        self.engine = _engine(path, readonly=readonly, immutable=immutable)
        self._absolute = path.absolute()
        self._file = _identity(self._absolute)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the database until it is closed."""
        with translated(self.path), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(
        self, *, pending: Callable[[], int] = lambda: 0, foreign_keys: bool = True, patience_s: float | None = None
    ) -> Iterator[Connection]:
        """Give a connection that holds the write lock, and commit when it is done.

        Args:
            pending: tells about how many bytes will be written, for the message if there is no room.
            foreign_keys: whether they are enforced; a migration that rebuilds tables cannot have that.
            patience_s: how long the lock is waited for, if not as long as ever.
        """
        if self.readonly:
            raise StoreError(f'"{self.path}" cannot be written: the file or its folder is read-only.')
        if self._file != _identity(self._absolute):  # SQLite would write on to a file that has no name
            raise StoreError(gone(self.path))
        with translated(self.path, pending=pending), self.engine.connect() as connection:
            connection = connection.execution_options(immediate=True)
            if not foreign_keys:
                connection.detach()  # it does not go back among the others
                _raw(connection).execute("PRAGMA foreign_keys = OFF")
            self._lock(connection, self.patience_s if patience_s is None else patience_s)
            try:
                yield connection
            except BaseException:
                _abandon(connection)
                raise
            _commit(connection)

    def scrub(self) -> None:
        """Write the file anew, without what was erased: until then it stays in free pages and in the log.

        Raises:
            StoreError: another process is at work in the database; what it read is still in the log.
        """
        with translated(self.path), self.engine.connect() as connection:
            connection.detach()  # it waits longer than the others
            raw = _raw(connection)
            raw.execute(f"PRAGMA busy_timeout = {int(1000 * self.patience_s)}")
            raw.execute("VACUUM")
            (busy, *_) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise Locked(locked(self.path))

    def close(self) -> None:
        """Close every connection; the last process to do so folds the log into the file."""
        self.engine.dispose()

    def _lock(self, connection: Connection, patience_s: float) -> None:
        """Begin, waiting for another process's transaction to end."""
        began = time.monotonic()
        told = False
        while True:
            try:
                with translated(self.path):
                    connection.begin()
                return
            except Locked as locked:
                if time.monotonic() - began >= patience_s:
                    raise
                if self.notice and not told:
                    self.notice(waiting(locked, patience_s))
                    told = True


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another of the same name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _commit(connection: Connection) -> None:
    try:
        connection.commit()
    except BaseException:
        _abandon(connection)
        raise


def _abandon(connection: Connection) -> None:
    """Roll back; SQLite may have done so itself, and the connection may be past use."""
    if _raw(connection).in_transaction:
        connection.rollback()
    else:
        connection.invalidate()


def _raw(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.dbapi_connection)


def _engine(path: Path, *, readonly: bool, immutable: bool) -> Engine:
    mode = "immutable=1" if immutable else f"mode={'ro' if readonly else 'rw'}"
    uri = f"file:{quote(str(path.absolute()))}?{mode}"

    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(
            uri,
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_MS / 1000,
            cached_statements=STATEMENTS,
        )
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute(f"PRAGMA wal_autocheckpoint = {PAGES}")
        return raw

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=2, max_overflow=16)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
