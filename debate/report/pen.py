"""How a report is written to a terminal: text, tables and plots at one width, in characters that can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from debate import sanitize
from debate.report import wording
from debate.report.commands import Commands
from debate.report.glyphs import ASCII, UNICODE, Axis
from debate.stats.estimate import Estimate, Measure

WIDE = 104
"""From this many columns, tables have more of their own."""
NAME = 26
"""The most that a name takes of a table, its indent not counted."""
LEAST = 10
"""A plot narrower than this shows nothing."""


class Pen:
    """Writes at one width and in one encoding. All text that somebody else wrote passes through it."""

    def __init__(self, width: int, encoding: str, commands: Commands | None = None) -> None:
        self.width = width
        self.encoding = encoding
        self.commands = commands or Commands()
        self.wide = width >= WIDE
        self.glyphs = UNICODE if encoding.lower().startswith("utf") else ASCII

    def text(self, said: str, style: str = "") -> Text:
        """Return text as it may be printed."""
        return Text(sanitize.plain(said, self.encoding), style=style)

    def line(self, said: str, style: str = "") -> Text:
        """Return text on one line, as far as the terminal does not break it."""
        return self.text(sanitize.line(said), style)

    def command(self, typed: str) -> Text:
        """Return a command, which no break of ours may split."""
        line = self.line(typed)
        line.no_wrap, line.overflow = True, "ignore"
        return line

    def bullet(self, mark: str, said: str, style: str = "") -> RenderableType:
        """Return a sentence behind a mark, indented."""
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(self.text(mark, style), self.text(sanitize.line(said), style))
        return grid

    def table(self, *heads: str) -> Table:
        """Make a table; heads that begin with `>` are of numbers, and empty ones of names."""
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1))
        for head in heads:
            right = head.startswith(">")
            shown = self.text(head.removeprefix(">"))
            table.add_column(shown, justify="right" if right else "left", no_wrap=True, overflow="ellipsis")
        return table

    def row(self, table: Table, *cells: str | Text | None, style: str = "") -> None:
        """Add a row; cells that are missing at its end are empty."""
        table.add_row(*(cell if isinstance(cell, Text) else self.cell(cell or "", style) for cell in cells))

    def whys(self, measures: Iterable[tuple[str, Measure]]) -> Iterator[RenderableType]:
        """Yield, for what could not be measured, why."""
        yield from (self.bullet(" ", sentence, "dim") for sentence in wording.lacking(measures))

    def cell(self, said: str, style: str = "") -> Text:
        """Return one cell; a name keeps its indent, and is cut where it would take the table."""
        lead = len(said) - len(said.lstrip(" "))
        return self.text(" " * lead + sanitize.line(said, NAME), style)

    def n(self, measure: Measure) -> str:
        """Return what a number rests on: valid rulings and questions."""
        return f"{measure.n_judgments:,}/{measure.n_questions:,}" if isinstance(measure, Estimate) else "0"

    @property
    def rounds(self) -> int:
        """How many rounds of a path there is room for."""
        return max(2, (self.width - NAME - 18) // 6)

    def taken(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
        """Return the columns that these cells take, gaps between them and one more column included."""
        columns = zip_longest(heads, *rows, fillvalue="")
        return sum(min(NAME + 2, max(map(len, column))) + 2 for column in columns)

    def axis(self, taken: int, *, low: float = 0.0, high: float = 1.0, middle: float = 0.5) -> Axis:
        """Return an axis in what other columns leave of the width; of no width where that is too little to read."""
        room = self.width - taken
        width = 0 if room < LEAST else min(61, max(13, room) // 2 * 2 - 1)
        return Axis(width, self.glyphs, low=low, high=high, middle=middle)

    def whisker(self, axis: Axis, measure: Measure) -> Text:
        """Return a value on its interval."""
        return Text(axis.whisker(measure), style="cyan")

    def dumbbell(self, axis: Axis, filled: Measure, hollow: Measure) -> Text:
        """Return two values on one line."""
        return Text(axis.dumbbell(filled, hollow), style="cyan")
