"""One number of a report: what it is called, how it is defined, where it stands, and how it is written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from debate.plural import count
from debate.report import wording
from debate.report.report import Report
from debate.stats.estimate import Estimate, NoData

Form = Literal["share", "points", "number", "tenths", "count", "p", "money"]
Counts = tuple[tuple[int, str], ...]


class Line(NamedTuple):
    """A number of one row, as it is read; a number that cannot be had is empty, and `why` says so."""

    about: str
    value: str
    interval: str = ""
    counts: Counts = ()
    """What it rests on: how many of what."""
    method: str = ""
    why: str = ""

    @property
    def n(self) -> str:
        """What it rests on, in words: 120 rulings, 24 questions."""
        return ", ".join(count(n, thing) for n, thing in self.counts)


@dataclass(frozen=True)
class Term:
    """A number that a row holds. Paths are those of the row in JSON."""

    path: str
    name: str
    means: str
    """Its definition, in a sentence or as a formula."""
    form: Form = "share"
    n: str = ""
    """Where the counts stand that it rests on, for a number that brings none itself."""
    of: str = "ruling"
    """What is counted there."""
    low: str = ""
    high: str = ""
    """Where the ends of its interval stand, for a number that brings none itself."""
    method: str = ""
    """Where it stands how the number was got."""

    def lines(self, about: str, row: Any) -> Iterator[Line]:
        """Write the number out; of numbers by kind, such as invalid rulings by state, each by itself."""
        found = attrgetter(self.path)(row)
        if isinstance(found, dict):
            yield from (Line(f"{about}, {kind}", self.written(n), counts=self._rests(row)) for kind, n in found.items())
        elif isinstance(found, NoData):
            yield Line(about, "", why=found.why)
        elif isinstance(found, Estimate):
            ends = self._between(found.low, found.high)
            yield Line(about, self.written(found.value), ends, rests(found), found.method, found.why)
        elif found is None:
            yield from (Line(about, "", why=why) for why in (getattr(row, "why", ""),) if why)
        else:
            low, high = (attrgetter(end)(row) if end else None for end in (self.low, self.high))
            method = str(attrgetter(self.method)(row)) if self.method else ""
            yield Line(about, self.written(found), self._between(low, high), self._rests(row), method)

    def written(self, value: float) -> str:
        """Return a value in the form of this number, with a digit more than the tables above it have."""
        match self.form:
            case "share":
                return f"{wording.plain(100 * value, 1)}%"
            case "points":
                return wording.signed(100 * value, 1)
            case "number":
                return wording.plain(value, 3)
            case "tenths":
                return f"{value:.1f}"
            case "count":
                return f"{value:,.0f}"
            case "p":
                return wording.p_value(value)
            case "money":
                return wording.money(value)

    def _between(self, low: float | None, high: float | None) -> str:
        if low is None or high is None:
            return ""
        ends = (self.written(end).removesuffix("%") for end in (low, high))
        return f"[{', '.join(ends)}]"

    def _rests(self, row: Any) -> Counts:
        return tuple((attrgetter(path)(row), self.of) for path in self.n.split())


@dataclass(frozen=True)
class Part:
    """Rows of one kind, and the numbers that each of them holds."""

    key: str
    """Where the rows stand in JSON: `accuracy[]`, `calibration[].bins[]`."""
    section: str
    """The section of a report that they belong to."""
    rows: Callable[[Report], Iterable[tuple[str, Any]]]
    """Each row, and what it is about."""
    terms: tuple[Term, ...]

    def where(self, term: Term) -> str:
        """Return where a number of this part stands in JSON."""
        return f"{self.key}.{term.path}" if self.key else term.path

    def anchor(self, term: Term) -> str:
        """Return the name of a definition in a page."""
        return "def-" + self.where(term).replace("[]", "").replace(".", "-").replace("_", "-")

    def full(self, report: Report) -> Iterator[tuple[Term, list[Line]]]:
        """Yield every number with its lines, one for each row that has it or says why not."""
        rows = list(self.rows(report))
        for term in self.terms:
            if found := [line for about, row in rows for line in term.lines(about, row)]:
                yield term, found


def rests(found: Estimate) -> Counts:
    """Return what a number rests on: 120 rulings, 24 questions, 12 clusters."""
    counted = [(found.n_judgments, "ruling"), (found.n_questions, "question")]
    if found.n_clusters not in (0, found.n_questions):
        counted.append((found.n_clusters, "cluster"))
    return tuple(counted)
