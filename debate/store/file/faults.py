"""What SQLite's errors mean to a person: the one place that turns them into sentences.

Errors that no setting, disk or other process can cause are bugs, and pass through as they are.
"""

from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from debate.errors import StoreError, StoreFull
from debate.store.file.locks import holders

SPARE = 1 << 20  # what SQLite needs besides the rows themselves: its index of the write-ahead log, and a checkpoint


class Locked(StoreError):
    """Another process holds the database's write lock."""


@contextmanager
def translated(path: Path, *, pending: Callable[[], int] = lambda: 0) -> Iterator[None]:
    """Raise SQLite's errors as StoreErrors about `path`; `pending` tells how many bytes were to be written."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as exc:
        cause = exc.orig if isinstance(exc, DBAPIError) else exc
        error = meaning(path, cause, pending())
        if error is None:
            raise
        raise error from exc


def meaning(path: Path, cause: BaseException | None, pending: int = 0) -> StoreError | None:
    """Return what an error of SQLite's means, or None where it can only be a bug."""
    code = getattr(cause, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Locked(locked(path))
    if primary == sqlite3.SQLITE_FULL or (primary == sqlite3.SQLITE_IOERR and _no_room(path, pending)):
        return StoreFull(full(path, pending))
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreError(damaged(path, str(cause)))
    if primary == sqlite3.SQLITE_READONLY:
        return StoreError(f'"{path}" cannot be written: the file or its folder is read-only.')
    if primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return StoreError(
            f'"{path}" cannot be used: {cause}. What was committed is safe; check the disk and try again.'
        )
    return None


def locked(path: Path) -> str:
    """Say that the database is locked, and by whom where that can be told."""
    pids = [pid for pid in holders(path) if pid != os.getpid()]
    by = f" (by process {', '.join(map(str, pids))})" if pids else ""
    return f'"{path}" is locked by another process{by}. Wait for it or stop it, then run the same command again.'


def gone(path: Path) -> str:
    """Say that the file is not there any more."""
    return (
        f'"{path}" was moved, removed or replaced while it was in use, so that nothing more can be kept in it. '
        f"Put it back, with what is named like it, and run the same command again."
    )


def waiting(why: StoreError, patience_s: float) -> str:
    """Say of an error that may pass how long that is waited for."""
    return f"waiting up to {patience_s:.0f} s: {why}"


def damaged(path: Path, why: str) -> str:
    """Say that the database is damaged, and what to do."""
    return (
        f'"{path}" is damaged: {why}. Nothing was written. '
        f"`debate db check --db {path}` lists what is wrong; go on with a copy that `debate db backup` made."
    )


def full(path: Path, pending: int) -> str:
    """Say that there is no room, and how much is needed."""
    needed = max(1, round((2 * pending + SPARE) / 1e6 + 0.5))
    return (
        f'no room left to write "{path}": about {needed} MB are needed and {_room(path) / 1e6:.1f} MB are there. '
        f"What was committed is safe; make room and run the same command again."
    )


def _room(path: Path) -> int:
    """Return how many bytes can still be written beside the database, as far as can be told."""
    try:
        disk = os.statvfs(path.parent)
    except OSError:
        return 0
    room = disk.f_bavail * disk.f_frsize
    most, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    if most == resource.RLIM_INFINITY:
        return room
    return min(room, *(max(0, most - file.stat().st_size) for file in _files(path)), most)


def _no_room(path: Path, pending: int) -> bool:
    return _room(path) < 2 * pending + SPARE


def _files(path: Path) -> list[Path]:
    return [file for end in ("", "-wal", "-shm") if (file := path.with_name(path.name + end)).exists()]
