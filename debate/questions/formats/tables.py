"""Which rows does a file hold: CSV, JSON Lines, a JSON list, Parquet, Arrow, or the folder of a saved dataset?

What a file is in is seen from its name or its first bytes, unpacked if it is packed with gzip. Everything but a JSON
list is read as a stream.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple, TextIO, TypeAlias

from debate import intake

WHOLE = 64 * 2**20  # characters of a JSON list, which is read as a whole
_BAD = re.compile("[\udc80-\udcff]")  # what stands for a byte that is not UTF-8
_BETWEEN = re.compile(r"[\s,]*")
_KINDS: dict[str, Kind] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".parquet": "columns",
    ".arrow": "columns",
}

Kind: TypeAlias = Literal["csv", "lines", "list", "columns"]
Header: TypeAlias = Callable[[Sequence[str]], Sequence[str] | None]
"""Given the first row of a CSV file, the names of its columns if that row is data already."""


class Row(NamedTuple):
    """A row and where it begins: a line of text, or its number in a file that has no lines.

    `columns` are those that every row has; empty where each row says which it has.
    """

    line: int
    cells: dict[str, Any] | intake.Fault
    columns: tuple[str, ...] = ()


def named(_: Sequence[str]) -> None:
    """Say of a first row that it names the columns."""


def rows(path: Path, *, header: Header = named, encoding: str = "utf-8", split: str = "") -> Iterator[Row]:
    """Yield the rows of a file; after one that is `Unreadable` there are no more."""
    try:
        kind = "columns" if path.is_dir() else _kind(path, encoding)
    except intake.Unreadable as fault:
        return iter([Row(0, fault)])
    if kind == "columns":
        from debate.questions.formats import columns, saved  # pyarrow takes 0.2 s to import

        return columns.rows(saved.files(path, split) if path.is_dir() else [path])
    if kind == "csv":
        return _csv(path, header, encoding)
    return _json_lines(path, encoding) if kind == "lines" else _json_list(path, encoding)


def _kind(path: Path, encoding: str) -> Kind:
    packed = path.suffix.lower() == ".gz"
    if known := _KINDS.get((path.with_suffix("") if packed else path).suffix.lower()):
        if packed and known == "columns":
            raise intake.Unreadable("is packed; unpack it first: Parquet and Arrow are packed within")
        return known
    with path.open("rb") as stream:
        start = intake.unpacked(stream).read(4_096)
    if start.startswith((b"PAR1", b"ARROW1", b"\xff\xff\xff\xff")):
        return "columns"
    text = start.decode(encoding, errors="ignore").lstrip("\ufeff \t\r\n")
    return "lines" if text.startswith("{") else "list" if text.startswith("[") else "csv"


def _csv(path: Path, header: Header, encoding: str) -> Iterator[Row]:
    csv.field_size_limit(intake.LINE)
    line = 1
    try:
        with _text(path, encoding) as stream:
            reader = csv.reader(_whole(stream), strict=True, delimiter=_delimiter(stream))
            columns: tuple[str, ...] = ()
            for cells in reader:
                if cells and not columns:
                    columns, cells = _columns(header, cells)
                if cells:
                    yield Row(line, _cells(columns, cells, encoding), columns)
                line = reader.line_num + 1
    except intake.Unreadable as fault:
        yield Row(line, fault)
    except (csv.Error, UnicodeError) as exc:
        yield Row(line, intake.Unreadable(f"cannot be read as CSV from here on: {exc}"))


def _columns(header: Header, first: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the names of the columns, and the cells of the first row if it is data."""
    if (names := header(first)) is not None:
        return tuple(names), first
    names = [name.strip() for name in first]
    if twice := next((name for name in names if name and names.count(name) > 1), ""):
        raise intake.Unreadable(f'the column "{twice}" is there twice')
    return tuple(names), []


def _cells(columns: tuple[str, ...], cells: list[str], encoding: str) -> dict[str, Any] | intake.Fault:
    if len(cells) != len(columns):
        return intake.Fault(f"has {len(cells)} cells, not {len(columns)}")
    if encoding == "utf-8" and (bad := _BAD.search("\n".join(cells))):
        byte = ord(bad[0]) - 0xDC00
        return intake.Fault(f"holds the byte 0x{byte:02x}, which is not UTF-8; save it as UTF-8 or say its --encoding")
    return dict(zip(columns, cells, strict=True))


def _delimiter(stream: TextIO) -> str:
    """Return what stands between the cells: a comma, unless the first line has none."""
    first = stream.readline(intake.LINE)
    stream.seek(0)
    return "," if "," in first else max(",;\t", key=first.count)


def _whole(stream: TextIO) -> Iterator[str]:
    """Yield the lines of a text, none longer than a line may be."""
    while line := stream.readline(intake.LINE + 1):
        if len(line) > intake.LINE:
            raise intake.Unreadable(f"longer than {intake.LINE:,} characters; the rest of the file was not read")
        yield line


@contextmanager
def _text(path: Path, encoding: str) -> Iterator[TextIO]:
    """Open a file as text; bytes that are not UTF-8 are told row by row."""
    with path.open("rb") as held, intake.unpacked(held) as stream:
        if encoding == "utf-8":
            _seen(stream.read(4_096))
            stream.seek(0)
            yield io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")
        else:
            yield io.TextIOWrapper(stream, encoding, newline="")


def _seen(start: bytes) -> None:
    """Refuse a file that is in UTF-16 or no text."""
    try:
        intake.decode(start)
    except intake.Unreadable:
        raise
    except intake.Fault:
        return  # a character that is cut off, or bytes that are told row by row


def _json_lines(path: Path, encoding: str) -> Iterator[Row]:
    with path.open("rb") as held:
        stream = intake.unpacked(held)
        readable = stream if encoding == "utf-8" else _Recoded(io.TextIOWrapper(stream, encoding, newline="\n"))
        for number, value in intake.lines(readable):
            if number == 1 and path.suffix == ".json" and isinstance(value, intake.Fault):
                yield Row(1, intake.Unreadable("holds neither a list nor an object on each line, so it has no rows"))
                return
            yield Row(number, _object(value))


class _Recoded:
    """Lines of a file in another encoding, as UTF-8."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def readline(self, limit: int, /) -> bytes:
        """Return the next line."""
        try:
            return self._stream.readline(limit).encode()
        except UnicodeError as exc:
            raise intake.Unreadable(f"is not in the encoding that was said: {exc}") from exc


def _json_list(path: Path, encoding: str) -> Iterator[Row]:
    """Yield the items of a JSON list, each with the line that it begins on."""
    try:
        with _text(path, encoding) as stream:
            text = stream.read(WHOLE + 1)
        if "[" not in text:
            raise intake.Unreadable("is not in the encoding that was said")
        if len(text) > WHOLE:
            raise intake.Unreadable(f"a list of more than {WHOLE:,} characters; write it as JSON Lines")
    except (intake.Unreadable, UnicodeError) as exc:
        yield Row(1, intake.Unreadable(str(exc)))
        return
    decoder, line, at = json.JSONDecoder(), 1, text.index("[") + 1
    while True:
        start = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing too
        line += text.count("\n", at, start)
        if text.startswith("]", start):
            return
        try:
            _, at = decoder.raw_decode(text, start)
        except (json.JSONDecodeError, RecursionError) as exc:
            yield Row(line, intake.Unreadable(f"not valid JSON from here on: {exc}"))
            return
        yield Row(line, _object(_value(text[start:at])))
        line += text.count("\n", start, at)


def _value(text: str) -> Any:
    try:
        return intake.parse(text)
    except intake.Fault as fault:
        return fault


def _object(value: Any) -> dict[str, Any] | intake.Fault:
    if isinstance(value, (dict, intake.Fault)):
        return value
    return intake.Fault(f"should be an object, not {intake.shown(value)}")
