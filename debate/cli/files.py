"""Files that are written whole or not at all: an old one stays until the new one is complete."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from debate.cli.ending import FULL
from debate.errors import DebateError, UsageError

STDOUT = Path("-")
"""What stands for stdout where a command can write there instead."""


class Unwritten(DebateError):
    """A file could not be written; what was there before still is."""


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Give a new file beside `path`, which takes its place if all goes well."""
    if path.exists() and not path.is_file():
        with writing(path):  # a device or a pipe is written, not replaced
            yield path
        return
    with writing(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.absolute().parent)
        os.close(handle)
        part = Path(name)
        try:
            yield part
            _sync(part)
            part.chmod(0o666 & ~_umask())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in our words what went wrong with a file that somebody else writes whole."""
    if path == STDOUT:
        raise UsageError('"-" is no file here: name one, or /dev/stdout')
    if not path.absolute().parent.is_dir():
        raise UsageError(f'there is no folder "{path.parent}"')
    try:
        yield
    except OSError as exc:
        why = "there is no room left" if exc.errno in FULL else exc.strerror
        raise Unwritten(f'"{path}" could not be written: {why}; nothing was changed') from exc


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
