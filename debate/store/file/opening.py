"""Which file is meant, whether it can be used, and how: everything that is checked before a database is open."""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

from debate.errors import StoreError, UsageError
from debate.store.file import network
from debate.store.file.database import PATIENCE_S, Database, Notice
from debate.store.file.faults import damaged, translated
from debate.store.file.schema import bring_up_to_date

SMALL = 16 << 20  # a file up to this size is checked whole before it is written: it takes a few hundredths of a second
MAGIC = b"SQLite format 3\x00"
HEADER = 100  # bytes
LARGEST_PAGE = 65_536  # the one size of a page that does not fit its field, where it is written as 1


def location(url: str | Path) -> Path:
    """Return the file that a path or a `sqlite:///` URL means."""
    text = str(url)
    scheme, mark, rest = text.partition("://")
    if not mark:
        return Path(text).expanduser()
    if scheme != "sqlite":
        raise UsageError(f'"{text}": this version keeps tournaments in SQLite: give a path or sqlite:///PATH')
    if not rest.removeprefix("/"):
        raise UsageError(f'"{text}" names no file: give a path or sqlite:///PATH')
    return Path(unquote(rest.removeprefix("/")))


def open_database(
    url: str | Path,
    *,
    create: bool = False,
    readonly: bool = False,
    patience_s: float = PATIENCE_S,
    notice: Notice | None = None,
) -> Database:
    """Open a database that is whole and up to date; with `create`, make one where there is none."""
    path = location(url)
    risk = None if readonly else network.allowed(path)
    if risk and notice:
        notice(risk)
    if create and not readonly and (not path.exists() or (path.is_file() and path.stat().st_size == 0)):
        _create(path)
    existing(path)
    readonly = readonly or not _writable(path)
    why = unreadable(path)
    if why is not None:
        raise StoreError(damaged(path, why))
    if readonly and _writable(path):
        with closing(Database(path, patience_s=patience_s, notice=notice)) as older:
            bring_up_to_date(older)  # reading alone is asked for, but what is older has to be written once
    immutable = readonly and not _shared_memory(path)
    database = Database(path, readonly=readonly, immutable=immutable, patience_s=patience_s, notice=notice)
    try:
        bring_up_to_date(database)
        if not readonly:
            _check_small(database)
    except BaseException:
        database.close()
        raise
    return database


def existing(url: str | Path) -> Path:
    """Return the file of a database that must be there."""
    path = location(url)
    if path.is_dir():
        raise UsageError(f'"{path}" is a folder: name a file in it')
    if not path.exists() or path.stat().st_size == 0:
        raise UsageError(f'there is no database at "{path}": `debate run` makes one; name another with --db')
    return path


def _create(path: Path) -> None:
    """Make an empty database that only its owner can read."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as exc:
        raise StoreError(f'"{path}" cannot be made: {exc.strerror}') from exc
    with translated(path), closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _shared_memory(path: Path) -> bool:
    """Tell whether readers can share a log: if its folder is read-only, only where it was left behind."""
    if _writable(path) or path.with_name(path.name + "-shm").exists():
        return True
    if _log(path):
        raise StoreError(
            f'"{path}" has a log of changes ("{path.name}-wal") that cannot be read in a read-only folder. '
            f"Copy both files to where they can be written, and open the copy."
        )
    return False


def _log(path: Path) -> bool:
    """Tell whether there are changes that are not folded into the file yet."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def unreadable(path: Path) -> str | None:
    """Say why a file is not a database, or not all of one."""
    with path.open("rb") as file:
        head = file.read(HEADER)
    if not head:
        return None
    if len(head) < HEADER or not head.startswith(MAGIC):
        return "it is not a SQLite database"
    if _log(path):
        return None  # a checkpoint may be half done: SQLite takes the rest from the log
    (size,), (pages,) = struct.unpack(">H", head[16:18]), struct.unpack(">I", head[28:32])
    whole = pages * (LARGEST_PAGE if size == 1 else size)
    missing = whole - path.stat().st_size
    return f"{missing} of its {whole} bytes are missing" if missing > 0 else None


def _check_small(database: Database) -> None:
    """Look through a small file before anything is written to it."""
    if database.path.stat().st_size > SMALL:
        return
    with database.reading() as connection:
        found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    if found != "ok":
        raise StoreError(damaged(database.path, found.rpartition("\n")[2]))
