"""What does a zip hold that nobody vouches for? Every entry is no larger than it says, and than is allowed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self

from debate import intake

ENTRIES, ENTRY_BYTES, TOTAL_BYTES = 1_000_000, 64 * 2**20, 4 * 2**30
RATIO = 1_000
"""No entry may unfold to more than so many times its size."""
ZSTANDARD = 93
"""The method that Inspect packs by and the standard library does not know before Python 3.14."""
_HEADER = 30  # bytes before the name of an entry, whose length and that of what follows it stand at 26


class Archive:
    """A zip file. Names are only looked up, never made into paths."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError) as exc:
            raise intake.Unreadable(f"the zip file is damaged ({exc})") from exc
        entries = self._zip.infolist()
        if len(entries) > ENTRIES:
            raise intake.Unreadable(f"holds {len(entries):,} entries; at most {ENTRIES:,} are read")
        if sum(entry.file_size for entry in entries) > TOTAL_BYTES:
            raise intake.Unreadable(f"unfolds to more than {TOTAL_BYTES // 2**30} GiB")
        self.names = {entry.filename: entry for entry in entries}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes:
        """Return what an entry holds.

        Raises:
            intake.Unreadable: it is damaged, or larger than it may be.
        """
        entry = self.names[name]
        if entry.file_size > ENTRY_BYTES or entry.file_size > RATIO * max(entry.compress_size, 1):
            raise intake.Unreadable(f"{name}: unfolds to {entry.file_size:,} bytes")
        try:
            raw = self._unpacked(entry)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as exc:
            raise intake.Unreadable(f"{name}: is damaged, or packed in a way that cannot be read ({exc})") from exc
        if len(raw) > entry.file_size:
            raise intake.Unreadable(f"{name}: unfolds to more than it says")
        return raw

    def _unpacked(self, entry: zipfile.ZipInfo) -> bytes:
        if entry.compress_type != ZSTANDARD:
            with self._zip.open(entry) as stream:
                return stream.read(entry.file_size + 1)
        import pyarrow as pa  # here, since importing it takes 0.3 s

        with pa.CompressedInputStream(pa.BufferReader(self._packed(entry)), "zstd") as stream:
            raw = bytes(stream.read(entry.file_size + 1))
        if len(raw) == entry.file_size and zlib.crc32(raw) != entry.CRC:
            raise zipfile.BadZipFile("its checksum is another")
        return raw

    def _packed(self, entry: zipfile.ZipInfo) -> bytes:
        """Return the bytes of an entry as they stand in the file."""
        file = self._zip.fp
        assert file is not None
        file.seek(entry.header_offset)
        header = file.read(_HEADER)
        if len(header) < _HEADER:
            raise zipfile.BadZipFile("it is cut off")
        name, extra = struct.unpack("<HH", header[26:])
        file.seek(entry.header_offset + _HEADER + name + extra)
        return file.read(min(entry.compress_size, ENTRY_BYTES))
