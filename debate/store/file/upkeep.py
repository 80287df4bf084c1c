"""Looking after a database: is it whole, a safe copy of it, and its schema brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from debate.errors import StoreError, UsageError
from debate.store.file.copying import copy
from debate.store.file.database import Database
from debate.store.file.opening import existing, open_database, unreadable
from debate.store.file.revision import version
from debate.store.file.schema import SCHEMA

SHOWN = 100  # problems listed of each kind; more of them say nothing new


def check(url: str | Path) -> list[str]:
    """Return everything that is wrong with a database; nothing is written."""
    path = existing(url)
    found = unreadable(path)
    if found is not None:
        return [found]
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as raw:
            return list(_problems(raw))
    except sqlite3.Error as exc:
        return [str(exc)]


def _problems(raw: sqlite3.Connection) -> Iterator[str]:
    for (found,) in raw.execute(f"PRAGMA integrity_check({SHOWN})"):
        yield from (line for line in found.splitlines() if line != "ok" and not line.startswith("***"))
    for table, row, parent, _ in raw.execute("PRAGMA foreign_key_check").fetchmany(SHOWN):
        yield f'row {row} of "{table}" refers to a row of "{parent}" that is not there'


def backup(url: str | Path, target: str | Path) -> Path:
    """Copy a database, in use or not, to a new file, and return its path."""
    path, into = existing(url), Path(target).expanduser()
    if into.exists():
        raise UsageError(f'"{into}" is there already: name a new file')
    if not into.absolute().parent.is_dir():
        raise UsageError(f'"{into.parent}" is not a folder')
    try:
        copy(path, into)
    except OSError as exc:
        raise StoreError(f'"{into}" cannot be written: {exc.strerror}') from exc
    return into


def upgrade(url: str | Path) -> tuple[str, str]:
    """Bring a database up to date, and return its schema before and after."""
    database = Database(existing(url))
    try:
        with database.reading() as connection:
            before = version(connection, database.path)
    finally:
        database.close()
    open_database(url).close()
    return before or "", SCHEMA
