"""A copy of a database that may be in use: whole, or not there at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from debate.store.file.faults import translated


def copy(source: Path, target: Path) -> None:
    """Copy a database through SQLite, under a temporary name until it is whole."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with (
            translated(part),
            closing(sqlite3.connect(source.absolute().as_uri() + "?mode=ro", uri=True)) as from_,
            closing(sqlite3.connect(part)) as to,
        ):
            from_.backup(to)
            to.execute("PRAGMA journal_mode = DELETE")
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
