"""Running text that scrolls by keys, of any length: lines are made once for a width, and drawn as they are seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from debate.tui.browsing import Block, drawn

MEASURE = 100  # columns of running text: longer lines are hard to read
GAP = 3
BESIDE = 120
PIECE = 4_000  # characters wrapped at once: the time that it takes grows faster than the text
FOUND = Style(reverse=True)

Part = tuple[Sequence[Block], Sequence[Block] | None]
"""Blocks, or two columns of them."""


class Reading(ScrollView, can_focus=True):
    """Blocks, one below the other or in two columns, and where among them the reader is."""

    DEFAULT_CSS = "Reading { height: 1fr; overflow-x: hidden; overflow-y: scroll; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._parts: tuple[Part, ...] = ()
        self._lines: list[list[Segment]] = []
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
            before = self._place()
            self._wrap()
            self.scroll_to(y=self._line_of(before), animate=False)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        strip = Strip(self._lines[at]).apply_style(self.rich_style)
        strip = strip.apply_style(FOUND) if at == self._found else strip
        return strip.adjust_cell_length(width, self.rich_style)

    def step(self, by: int, *, only: set[int] | None = None) -> bool:
        """Go to the next or the previous part, of those that are named; return whether there is one."""
        here = self.scroll_offset.y
        lines = [line for part, line in self._stops if only is None or part in only]
        ahead = [line for line in lines if line > here] if by > 0 else [line for line in lines if line < here][::-1]
        if not ahead:
            return False
        self.scroll_to(y=ahead[0], animate=False)
        return True

    def find(self, said: str, by: int) -> tuple[int, int]:
        """Go to the next or the previous line that holds some words; return which of how many it is."""
        words = said.casefold()
        at = [y for y, line in enumerate(self._lines) if words in "".join(s.text for s in line).casefold()]
        if not at:
            self._found = None
            return 0, 0
        here = self._found if self._found is not None else self.scroll_offset.y - by
        ahead = [y for y in at if y > here] if by > 0 else [y for y in at if y < here][::-1]
        self._found = (ahead or (at if by > 0 else at[::-1]))[0]
        self.scroll_to(y=max(0, self._found - 2), animate=False)
        self.refresh()
        return at.index(self._found) + 1, len(at)

    def _place(self) -> tuple[int, int]:
        """Return which part the reader is at, and how many lines into it."""
        here = self.scroll_offset.y
        before = [(part, line) for part, line in self._stops if line <= here]
        return (before[-1][0], here - before[-1][1]) if before else (0, 0)

    def _line_of(self, place: tuple[int, int]) -> int:
        return next((line + place[1] for part, line in self._stops if part == place[0]), 0)

    def _wrap(self) -> None:
        self._width = self.scrollable_content_region.width
        self._lines, self._stops = [], []
        for number, (left, right) in enumerate(self._parts):
            self._stops.append((number, len(self._lines)))
            self._lines += self._wrapped(left, right)
        self.virtual_size = Size(self._width, len(self._lines))
        self.refresh()

    def _wrapped(self, left: Sequence[Block], right: Sequence[Block] | None) -> list[list[Segment]]:
        if right is None:
            return self._column(left, min(self._width, MEASURE))
        if self._width < BESIDE:
            return [*self._column(left, self._width), *self._column(right, self._width)]
        width = (self._width - GAP) // 2
        one, two = self._column(left, width), self._column(right, width)
        longest = max(len(one), len(two))
        gap = Segment(" " * GAP)
        return [
            [*Segment.adjust_line_length(line, width), gap, *other]
            for line, other in zip(one + [[]] * (longest - len(one)), two + [[]] * (longest - len(two)), strict=True)
        ]

    def _column(self, blocks: Sequence[Block], width: int) -> list[list[Segment]]:
        console = self.app.console
        options = console.options.update(width=max(width, 20), height=None)
        return [
            line
            for block in blocks
            for piece in pieces(drawn(block))
            for line in console.render_lines(piece, options, pad=False)
        ]


def pieces(text: Text) -> list[Text]:
    """Cut a long text into paragraphs, and those that are too long at spaces."""
    if len(text) <= PIECE:
        return [text]
    cuts, last, plain = [], 0, text.plain
    while len(plain) - last > PIECE:
        newline = plain.rfind("\n", last, last + PIECE) + 1
        space = plain.rfind(" ", last, last + PIECE) + 1
        last = max(newline, last) if newline > last else space if space > last else last + PIECE
        cuts.append(last)
    found = list(text.divide(cuts))
    for piece in found[:-1]:
        if piece.plain.endswith("\n"):
            piece.right_crop(1)
    return found
