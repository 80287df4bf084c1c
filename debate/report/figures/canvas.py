"""What the figures of a report share: sizes, colours, marks, rows of names, and values on their intervals.

Colours are told apart by people who see few of them, and marks tell the same in grey (Okabe and Ito 2008).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from debate import sanitize
from debate.stats.estimate import Estimate, Measure

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKS = "osD^vPX"
WIDE = 5.5
"""Inches: a column and a half of a paper."""
SHARES = (-0.02, 1.02)
"""The ends of an axis of shares, so that no mark is cut."""
LONG = 48
"""Characters of a name."""


def canvas(high: float, wide: float = WIDE) -> tuple[Figure, Axes]:
    """Return a figure of so many inches, and its axes."""
    figure = Figure(figsize=(wide, high))
    return figure, figure.add_subplot()


def whiskers(axes: Axes, measures: Sequence[Measure], places: Iterable[float], n: int, name: str) -> None:
    """Draw the n-th series: values on their intervals, a row each; what is not known is left out."""
    found = [(m, place) for m, place in zip(measures, places, strict=True) if isinstance(m, Estimate)]
    axes.errorbar(
        [m.value for m, _ in found], [place for _, place in found], xerr=errors([m for m, _ in found]),
        fmt=mark(n), ms=4.5, lw=1.2, color=colour(n), label=said(name),
    )  # fmt: skip


def errors(measures: Sequence[Estimate]) -> list[list[float]]:
    """Return how far the intervals reach below and above the values; 0 where there is none."""
    below = [m.value - (m.value if m.low is None else m.low) for m in measures]
    above = [(m.value if m.high is None else m.high) - m.value for m in measures]
    return [[max(0.0, error) for error in side] for side in (below, above)]


def rows(axes: Axes, names: Sequence[str]) -> None:
    """Name the rows of a figure, the first on top."""
    axes.set(yticks=range(len(names)), ylim=(len(names) - 0.4, -0.6))
    axes.set_yticklabels([said(name) for name in names])


def half(axes: Axes, *, across: bool = False) -> None:
    """Draw where a coin would be."""
    line = axes.axhline if across else axes.axvline
    line(0.5, color="0.7", lw=0.8, zorder=0)


def legend(figure: Figure, axes: Axes, named: int) -> Figure:
    """Name the series beside the figure, where there are several."""
    if named > 1:
        axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
    return figure


def shift(n: int, of: int, room: float = 0.6) -> float:
    """Return how far the n-th of several series stands from the middle of its row."""
    return (n - (of - 1) / 2) * room / max(of, 1)


def colour(n: int) -> str:
    """Return the colour of the n-th series."""
    return COLOURS[n % len(COLOURS)]


def mark(n: int) -> str:
    """Return the mark of the n-th series: another one when the colours begin again."""
    return MARKS[(n + n // len(COLOURS)) % len(MARKS)]


def ordered(names: Iterable[str]) -> list[str]:
    """Return the different names, in the order in which they first come."""
    return list(dict.fromkeys(names))


def said(text: str) -> str:
    """Return text from anywhere as a figure may say it."""
    return sanitize.line(text, LONG)
