"""Running text that scrolls by keys, of any length: where its lines end is found once, and drawn is what is seen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from debate.tui.browsing.blocks import Block, drawn
from debate.tui.wrapping import lines

MEASURE = 100  # columns of running text: longer lines are hard to read
GAP = 3
BESIDE = 120
FOUND = Style(reverse=True)

Part = tuple[Sequence[Block], Sequence[Block] | None]
"""Blocks, or two columns of them."""


class Line(NamedTuple):
    """Some characters of a text."""

    text: Text
    first: int
    last: int


NOTHING = Line(Text(), 0, 0)


class Reading(ScrollView, can_focus=True):
    """Blocks, one below the other or in two columns, and where among them the reader is."""

    DEFAULT_CSS = "Reading { height: 1fr; overflow-x: hidden; overflow-y: scroll; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._parts: tuple[Part, ...] = ()
        self._lines: list[tuple[Line, ...]] = []
        self._stops: list[tuple[int, int]] = []
        self._found: int | None = None
        self._width = 0

    def show(self, parts: Iterable[Part], *, keep: bool = False) -> None:
        """Show other text, from its beginning, or from where the reader is."""
        self._parts = tuple(parts)
        self._found = None
        self._wrap()
        if not keep:
            self.scroll_to(y=0, animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new width; the reader stays at the same passage."""
        if self._parts and self.scrollable_content_region.width != self._width:
            part, into = self._place()
            self._wrap()
            line = next((line for number, line in self._stops if number == part), 0)
            self.scroll_to(y=line + into, animate=False)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        strip = Strip(list(self._drawn(self._lines[at]))).apply_style(self.rich_style)
        strip = strip.apply_style(FOUND) if at == self._found else strip
        return strip.adjust_cell_length(width, self.rich_style)

    def _drawn(self, sides: tuple[Line, ...]) -> Iterator[Segment]:
        for number, line in enumerate(sides):
            runs = line.text[line.first : line.last].render(self.app.console)
            # rich leaves the style of a text without styled runs to whoever prints it
            segments = list(Segment.apply_style(runs, self.app.console.get_style(line.text.style)))
            if number + 1 < len(sides):
                segments = Segment.adjust_line_length(segments, self._half + GAP)
            yield from segments

    @property
    def _half(self) -> int:
        return (self._width - GAP) // 2

    def step(self, by: int, *, only: set[int] | None = None) -> bool:
        """Go to the next or the previous part, of those that are named; return whether there is one."""
        here = self.scroll_offset.y
        stops = [line for part, line in self._stops if only is None or part in only]
        ahead = [line for line in stops if line > here] if by > 0 else [line for line in stops if line < here][::-1]
        if not ahead:
            return False
        self.scroll_to(y=ahead[0], animate=False)
        return True

    def find(self, said: str, by: int) -> tuple[int, int]:
        """Go to the next or the previous line that holds some words; return which of how many it is."""
        at = self._holding(said)
        if not at:
            self._found = None
            return 0, 0
        here = self._found if self._found is not None else self.scroll_offset.y - by
        ahead = [y for y in at if y > here] if by > 0 else [y for y in at if y < here][::-1]
        self._found = (ahead or (at if by > 0 else at[::-1]))[0]
        self.scroll_to(y=max(0, self._found - 2), animate=False)
        self.refresh()
        return at.index(self._found) + 1, len(at)

    def _holding(self, said: str) -> list[int]:
        """Return the lines in which some words begin, wherever they are broken."""
        wanted = re.compile(r"\s+".join(map(re.escape, said.split())), re.IGNORECASE)
        places: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        texts: dict[int, Text] = {}
        for y, sides in enumerate(self._lines):
            for line in sides:
                texts[id(line.text)] = line.text
                places[id(line.text)].append((line.first, y))
        held = {
            places[key][bisect_right(places[key], hit.start(), key=lambda place: place[0]) - 1][1]
            for key, text in texts.items()
            for hit in wanted.finditer(text.plain)
        }
        return sorted(held)

    def _place(self) -> tuple[int, int]:
        """Return which part the reader is at, and how many lines into it."""
        here = self.scroll_offset.y
        before = [(part, line) for part, line in self._stops if line <= here]
        return (before[-1][0], here - before[-1][1]) if before else (0, 0)

    def _wrap(self) -> None:
        self._width = self.scrollable_content_region.width
        self._lines, self._stops = [], []
        for number, (left, right) in enumerate(self._parts):
            self._stops.append((number, len(self._lines)))
            self._lines += self._wrapped(left, right)
        self.virtual_size = Size(self._width, len(self._lines))
        self.refresh()

    def _wrapped(self, left: Sequence[Block], right: Sequence[Block] | None) -> Iterator[tuple[Line, ...]]:
        if right is None:
            yield from ((line,) for line in _column(left, min(self._width, MEASURE)))
        elif self._width < BESIDE:
            yield from ((line,) for blocks in (left, right) for line in _column(blocks, self._width))
        else:
            columns = (_column(blocks, self._half) for blocks in (left, right))
            yield from zip_longest(*columns, fillvalue=NOTHING)


def _column(blocks: Sequence[Block], width: int) -> Iterator[Line]:
    for block in blocks:
        text = drawn(block)
        text.expand_tabs(4)
        for first, last in lines(text.plain, width):
            yield Line(text, first, last)
