"""A text that is scrolled: only what is on the screen is drawn, so that a megabyte is as quick as a page."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from debate.tui.transcript import Block, Stretch
from debate.tui.words import faint
from debate.tui.wrapping import lines

HIT = Stretch(0, 0, "reverse")


class Line(NamedTuple):
    """A line on the screen: characters of a block."""

    block: int
    start: int
    end: int


class Pane(ScrollView, can_focus=False):
    """Blocks, wrapped to the width that there is."""

    DEFAULT_CSS = "Pane { height: 1fr; width: 1fr; scrollbar-gutter: stable; padding: 0 1; }"

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.blocks: Sequence[Block] = ()
        self.lines: list[Line] = []
        self.found: tuple[tuple[int, int, int], ...] = ()
        """What is highlighted: block, first and last character."""
        self.furthest = 0
        self.beside: Pane | None = None
        """The pane whose rounds begin on the same lines as those of this one."""
        self._first: list[int] = []
        self._lines: list[Line] = []
        self._natural: list[int] = []
        self._wrapped = 0
        self._place = (0, 0)

    def show(self, blocks: Sequence[Block]) -> None:
        """Show blocks, and stay where the reader is."""
        self.blocks = blocks
        self._wrapped = 0
        self._wrap()

    @property
    def top(self) -> tuple[int, int]:
        """The block and the character at the top of the screen."""
        line = self.lines[min(self.scroll_offset.y, len(self.lines) - 1)] if self.lines else Line(0, 0, 0)
        return line.block, line.start

    @property
    def seen(self) -> int:
        """How much of it has been on the screen, in percent."""
        self.furthest = max(self.furthest, min(self.scroll_offset.y + self.size.height, len(self.lines)))
        return round(100 * min(self.furthest, len(self.lines)) / len(self.lines)) if self.lines else 0

    def on_resize(self, _: events.Resize) -> None:
        """Wrap anew, and stay where the reader is."""
        self._wrap()

    def on_mouse_scroll_down(self) -> None:
        """Keep where the reader goes."""
        self.call_after_refresh(self.keep)

    on_mouse_scroll_up = on_mouse_scroll_down

    def keep(self) -> None:
        """Keep where the reader is, whatever size the terminal takes."""
        if self.lines and self.size.width:
            self._place = self.top

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0 or width == self._wrapped:
            return
        self._wrapped = width
        self._lines = []
        self._natural = []
        for number, block in enumerate(self.blocks):
            self._natural.append(len(self._lines))
            self._lines += [Line(number, s, e) for s, e in lines(block.text, width - len(block.gutter))]
        self.lowered({})
        if self.beside is not None:
            level(self, self.beside)

    @property
    def rounds(self) -> dict[int, int]:
        """Return by round the line at which it begins, before anything was lowered."""
        found: dict[int, int] = {}
        for number, block in enumerate(self.blocks):
            if block.round and block.round not in found and number < len(self._natural):
                found[block.round] = self._natural[number]
        return found

    def lowered(self, by: dict[int, int]) -> None:
        """Have rounds begin so many lines further down than the text above them ends."""
        self.lines, self._first = self._lines.copy(), self._natural.copy()
        begins = self.rounds
        for number, down in sorted(by.items(), reverse=True):
            at = begins[number]
            above = self.lines[at - 1]
            self.lines[at:at] = [Line(above.block, above.end, above.end)] * down
            self._first = [line + down if line >= at else line for line in self._first]
        self.virtual_size = Size(self._wrapped, len(self.lines))
        self._scroll(self.line_of(*self._place))
        self.refresh()

    def go(self, block: int, character: int = 0) -> None:
        """Scroll a character to the top."""
        self._place = (block, character)
        self._scroll(self.line_of(block, character))

    def move(self, by: int) -> None:
        """Scroll by so many lines."""
        self._scroll(min(max(self.scroll_offset.y + by, 0), self.max_scroll_y))
        self.keep()

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def line_of(self, block: int, character: int = 0) -> int:
        """Return the line on which a character stands."""
        if not self.lines or block >= len(self._first):
            return 0
        return max(bisect_right(self.lines, (block, character, 1 << 60)) - 1, 0)

    def reveal(self, block: int, character: int) -> None:
        """Scroll only if a character is not on the screen."""
        line = self.line_of(block, character)
        if not self.scroll_offset.y <= line < self.scroll_offset.y + self.size.height - 1:
            self._scroll(max(line - 2, 0))
            self.keep()

    def highlight(self, found: Sequence[tuple[int, int, int]]) -> None:
        """Highlight characters."""
        self.found = tuple(sorted(found))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line of the screen."""
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        base = self.rich_style
        if at >= len(self.lines):
            return Strip.blank(width, base)
        number, start, end = self.lines[at]
        block = self.blocks[number]
        over = base + self._styled(block.style)
        segments = [Segment(block.gutter, base), *self._drawn(block, number, start, end, over)]
        return Strip(segments).adjust_cell_length(width, base).crop(0, width)

    def _styled(self, name: str) -> Style:
        return Style.parse(faint(self.app.theme) if name == "dim" else name)

    def _drawn(self, block: Block, number: int, start: int, end: int, base: Style) -> Iterator[Segment]:
        """Yield the stretches of a line, each in the styles that lie over it."""
        over = [
            (max(s.start, start), min(s.end, end), s.style) for s in block.stretches if s.start < end and start < s.end
        ]
        low = bisect_right(self.found, (number, start - 1000, 0))
        for n, first, last in self.found[low : low + 1000]:
            if n == number and first < end and start < last:
                over.append((max(first, start), min(last, end), "reverse"))
        cuts = sorted({start, end, *(c for first, last, _ in over for c in (first, last))})
        for first, last in itertools.pairwise(cuts):
            style = base
            for a, b, name in over:
                if a <= first and last <= b:
                    style += self._styled(name)
            text = block.text[first:last].replace("\t", " ")
            yield Segment(text, style)


def level(one: Pane, other: Pane) -> None:
    """Have each round begin on the same line in both."""
    down: tuple[dict[int, int], dict[int, int]] = ({}, {})
    so_far = [0, 0]
    first, second = one.rounds, other.rounds
    for number in sorted(first.keys() & second.keys()):
        at = (first[number] + so_far[0], second[number] + so_far[1])
        for side in (0, 1):
            down[side][number] = max(at) - at[side]
            so_far[side] += down[side][number]
    one.lowered(down[0])
    other.lowered(down[1])
