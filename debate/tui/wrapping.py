"""Where do the lines of a text begin and end on a screen of so many cells? Fast enough for a megabyte at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

_ONE_CELL = re.compile("[\x20-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e⟨⟩]*")
"""Characters that are known to take one cell each: where there are no others, cells need not be counted."""


def lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last offset of each line; words stay whole where they fit."""
    width = max(width, 2)
    start = 0
    for line in text.split("\n"):
        step = _narrow if _ONE_CELL.fullmatch(line) else _wide
        for first, last in step(line, width):
            yield start + first, start + last
        start += len(line) + 1


def _narrow(line: str, width: int) -> Iterator[tuple[int, int]]:
    at, size = 0, len(line)
    while size - at > width:
        cut = line.rfind(" ", at, at + width + 1)
        end, after = (cut, cut + 1) if cut > at else (at + width, at + width)
        yield at, end
        at = after
    yield at, size


def _wide(line: str, width: int) -> Iterator[tuple[int, int]]:
    at = 0
    while (fits := _fitting(line, at, width)) < len(line):
        cut = line.rfind(" ", at, fits + 1)
        end, after = (cut, cut + 1) if cut > at else (fits, fits)
        yield at, end
        at = after
    yield at, len(line)


def _fitting(line: str, at: int, width: int) -> int:
    """Return the offset after the last character that still fits; at least one goes on."""
    cells, last = 0, min(len(line), at + 8 * width)
    for here in range(at, last):
        cells += cell_len(line[here])
        if cells > width:
            return max(here, at + 1)
    return last
