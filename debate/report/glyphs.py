"""How a value and its interval are drawn in a line of characters."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from debate.stats.estimate import Estimate, Measure

TIE = 1e-9
"""Lifts a value that lies between two cells but for the last bits of a sum, which differ from machine to machine."""


@dataclass(frozen=True)
class Glyphs:
    """The characters of a plot."""

    dot: str
    ring: str
    line: str
    left: str
    right: str
    middle: str
    rule: str
    mark: str


UNICODE = Glyphs(dot="●", ring="○", line="─", left="├", right="┤", middle="┊", rule="─", mark="▲")
ASCII = Glyphs(dot="o", ring="x", line="-", left="[", right="]", middle=":", rule="-", mark="!")


@dataclass(frozen=True)
class Axis:
    """A line of `width` characters from `low` to `high`, with a mark at `middle`."""

    width: int
    glyphs: Glyphs
    low: float = 0.0
    high: float = 1.0
    middle: float | None = 0.5

    def whisker(self, measure: Measure) -> str:
        """Draw a value as a dot on its interval."""
        cells = self._empty()
        if not cells or not isinstance(measure, Estimate):
            return "".join(cells)
        if measure.low is not None and measure.high is not None:
            low, high = self._cell(measure.low), self._cell(measure.high)
            cells[low : high + 1] = [self.glyphs.line] * (high - low + 1)
            cells[low], cells[high] = self.glyphs.left, self.glyphs.right
        cells[self._cell(measure.value)] = self.glyphs.dot
        return "".join(cells)

    def dumbbell(self, filled: Measure, hollow: Measure) -> str:
        """Draw two values with a line between them; the filled one hides the hollow one."""
        cells = self._empty()
        if not cells:
            return ""
        ends = [self._cell(m.value) for m in (filled, hollow) if isinstance(m, Estimate)]
        if len(ends) == 2:
            cells[min(ends) : max(ends) + 1] = [self.glyphs.line] * (max(ends) - min(ends) + 1)
        for measure, glyph in ((hollow, self.glyphs.ring), (filled, self.glyphs.dot)):
            if isinstance(measure, Estimate):
                cells[self._cell(measure.value)] = glyph
        return "".join(cells)

    def scale(self, low: str, middle: str, high: str) -> str:
        """Write the axis's ends and middle above it."""
        line = list(low.ljust(self.width))
        at = max(len(low) + 1, (self.width - len(middle)) // 2)
        line[at : at + len(middle)] = middle
        line[self.width - len(high) :] = high
        return "".join(line[: self.width])

    def _empty(self) -> list[str]:
        cells = [" "] * self.width
        if cells and self.middle is not None:
            cells[self._cell(self.middle)] = self.glyphs.middle
        return cells

    def _cell(self, value: float) -> int:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return floor(min(1.0, max(0.0, share)) * (self.width - 1) + 0.5 + TIE)
