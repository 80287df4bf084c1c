"""Our own records: one JSON object a line, packed or not."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pydantic import JsonValue

from debate import intake

_FREE = 64 * 2**20  # bytes that may unfold from anything
_RATIO = (
    900  # text of debates folds to a fifth or a fiftieth; only what is made for it comes near 1,032, the most there is
)


def items(path: Path) -> Iterator[tuple[Path, int, JsonValue | intake.Fault]]:
    """Yield the lines of a `.jsonl` or `.jsonl.gz` file."""
    with path.open("rb") as stream:
        for number, value in intake.lines(_unfolded(stream)):
            yield path, number, value


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
