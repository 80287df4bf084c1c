"""What is a stream that was packed with gzip, and can it be trusted to end?"""

from __future__ import annotations

import gzip
import zlib
from io import BufferedReader

from debate.intake.text import Unreadable

_GZIP = b"\x1f\x8b"
_OTHERS = (b"PK\x03\x04", b"\xfd7zXZ", b"BZh", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf")
_FREE = 64 * 2**20  # bytes that may unfold from anything
_RATIO = 900  # text folds to a fifth or a fiftieth; only what is made for it comes near 1,032, the most there is


def unpacked(stream: BufferedReader) -> BufferedReader | gzip.GzipFile:
    """Return a stream from where it stands, unpacked if it is packed with gzip, whatever its name says.

    Raises:
        Unreadable: it is packed in another way.
    """
    start = stream.peek(8)
    if start.startswith(_OTHERS):
        raise Unreadable("is packed; unpack it first (gzip is read as it is), and save a spreadsheet as CSV")
    return _Unpacking(stream) if start.startswith(_GZIP) else stream


class _Unpacking(gzip.GzipFile):
    """A gzip stream, as long as it is whole and does not unfold beyond measure."""

    def __init__(self, stream: BufferedReader) -> None:
        super().__init__(fileobj=stream, mode="rb")
        self._packed = stream
        self._read = 0

    def readline(self, size: int | None = -1) -> bytes:
        """Return the next line."""
        try:
            return self._counted(super().readline(size))
        except (EOFError, OSError, zlib.error) as exc:
            raise _damaged(exc) from exc

    def read(self, size: int | None = -1) -> bytes:
        """Return so many bytes."""
        try:
            return self._counted(super().read(size))
        except (EOFError, OSError, zlib.error) as exc:
            raise _damaged(exc) from exc

    def read1(self, size: int = -1) -> bytes:
        """Return so many bytes at most."""
        try:
            return self._counted(super().read1(size))
        except (EOFError, OSError, zlib.error) as exc:
            raise _damaged(exc) from exc

    def _counted(self, held: bytes) -> bytes:
        self._read += len(held)
        if self._read > _FREE and self._packed.seekable() and self._read > _RATIO * self._packed.tell():
            raise Unreadable(f"unfolds to more than {_RATIO} times its size; the rest of the file was not read")
        return held


def _damaged(exc: Exception) -> Unreadable:
    return Unreadable(f"the gzip stream is damaged or cut off ({exc})")
