"""Where things stand in the drawings of a page: numbers become positions, and nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import sqrt

from debate.report.arms import label
from debate.report.layout import about, reliable
from debate.report.report import Report
from debate.report.rows import BeliefPath, Reliability
from debate.stats.estimate import Estimate, Measure

WIDTH = 232.0
"""The width of a whisker plot."""
PAD = 6.0
"""What a dot at the end of an axis needs on either side."""
SIDE = 168.0
"""The height and width of a curve's frame."""
LONG = 352.0
"""The width of a frame that rounds go through."""


@dataclass(frozen=True)
class Scale:
    """An axis from `low` to `high`, drawn from left to right."""

    low: float = 0.0
    high: float = 1.0
    width: float = WIDTH

    def at(self, value: float) -> float:
        """Return where a value stands."""
        share = (value - self.low) / (self.high - self.low)
        return round(PAD + min(1.0, max(0.0, share)) * (self.width - 2 * PAD), 1)


@dataclass(frozen=True)
class Whisker:
    """A value on its interval; all three are one where there is no interval."""

    low: float
    at: float
    high: float

    @classmethod
    def of(cls, measure: Measure, scale: Scale) -> Whisker | None:
        """Place a measure on an axis."""
        if not isinstance(measure, Estimate):
            return None
        ends = (measure.value if end is None else end for end in (measure.low, measure.value, measure.high))
        return cls(*(scale.at(end) for end in ends))


@dataclass(frozen=True)
class Curve:
    """Points in a square frame, with a line through them; `y` grows upward in the data and downward on the page."""

    title: str
    points: tuple[tuple[float, float, float], ...]
    """x, y and radius."""

    @property
    def line(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{x},{y}" for x, y, _ in self.points)


def rating_scale(report: Report) -> Scale:
    """Return an axis that holds every rating's interval."""
    known = [row.rating for row in report.ratings if isinstance(row.rating, Estimate)]
    ends = [end for r in known for end in (r.low, r.high, r.value) if end is not None] or [1500.0]
    return Scale(50 * (min(ends) // 50), 50 * (max(ends) // 50 + 1))


def reliability(report: Report) -> Iterator[tuple[Reliability, Curve]]:
    """Yield the reliability curve of every row that has one."""
    for row in reliable(report):
        total = sum(b.n for b in row.bins)
        points = tuple((_x(b.confidence), _y(b.accuracy), _radius(b.n / total)) for b in row.bins)
        yield row, Curve(f"{about(row)}, {row.judge or 'all judges'}", points)


def paths(report: Report) -> Iterator[tuple[str, list[tuple[BeliefPath, Curve]]]]:
    """Yield, for each judge, the paths of belief under every protocol."""
    for judge, found in groupby(report.belief_paths, key=lambda row: row.judge):
        rows = [row for row in found if row.steps]
        last = max((step.after_round for row in rows for step in row.steps), default=1)
        yield (
            judge,
            [(row, Curve(label(row.protocol, None, row.agents), tuple(_steps(row, max(1, last))))) for row in rows],
        )


def _steps(row: BeliefPath, last: int) -> Iterator[tuple[float, float, float]]:
    for step in row.steps:
        if isinstance(step.belief, Estimate):
            yield _x(step.after_round / last, LONG), _y(step.belief.value), 3.0


def _x(share: float, width: float = SIDE) -> float:
    return round(PAD + share * (width - 2 * PAD), 1)


def _y(share: float) -> float:
    return round(SIDE - PAD - share * (SIDE - 2 * PAD), 1)


def _radius(share: float) -> float:
    return round(1.5 + 6.5 * sqrt(share), 1)
