"""A section in full, for a terminal: each number with its definition, its interval and its n, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table

from debate.report import appendix, wording
from debate.report.appendix import Line
from debate.report.pen import Pen
from debate.report.report import Report

LEGEND = "n, where it has no words: rulings/questions, and clusters where questions share passages."
_VALUE, _BETWEEN, _N = 9, 18, 14


def full(pen: Pen, report: Report, section: str) -> Iterator[RenderableType]:
    """Yield every number that belongs to a section, with its definition."""
    for part in appendix.of(section):
        for term, lines in part.full(report):
            yield pen.text("")
            yield pen.text(term.name, "bold")
            yield Padding(pen.text(f"{term.means} JSON: {part.where(term)}", "dim"), (0, 0, 0, 2))
            if found := [line for line in lines if line.value]:
                yield _table(pen, found)
            yield from _missing(pen, lines)


def _table(pen: Pen, lines: Sequence[Line]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
    table.add_column(overflow="fold", min_width=pen.width - _VALUE - _BETWEEN - _N - 8)
    for width in (_VALUE, _BETWEEN, _N):
        table.add_column(justify="right", no_wrap=True, min_width=width)
    if pen.wide:
        table.add_column(style="dim", overflow="fold")
    for line in lines:
        cells = (line.value, line.interval, _short(line), *((line.method,) if pen.wide else ()))
        table.add_row(Padding(pen.line(line.about), (0, 0, 0, 2)), *(pen.line(cell) for cell in cells))
    return table


def _short(line: Line) -> str:
    """Return what a number rests on in a few characters: 120/24."""
    if {thing for _, thing in line.counts} <= {"ruling", "question", "cluster"}:
        return "/".join(f"{n:,}" for n, _ in line.counts)
    return line.n


def _missing(pen: Pen, lines: Sequence[Line]) -> Iterator[RenderableType]:
    """Yield, once for each reason, which rows have no number, or no interval."""
    reasons: dict[str, list[str]] = {}
    for line in lines:
        if not line.value:
            reasons.setdefault(wording.reason(line.why), []).append(line.about)
        elif line.why:
            reasons.setdefault(f"no interval: {line.why}", []).append(line.about)
    for why, rows in reasons.items():
        which = "" if len(rows) == len(lines) else f" ({wording.listed(rows)})"
        yield Padding(pen.line(f"{why}{which}", "dim italic"), (0, 0, 0, 2))
