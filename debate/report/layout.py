"""In which order the rows of a report stand, and what they are called, in every form of it."""

from __future__ import annotations

from collections.abc import Iterable

from debate.report.arms import label, rank
from debate.report.report import Report
from debate.report.rows import Accuracy, Group, Reliability


def ordered(rows: Iterable[Accuracy]) -> list[Accuracy]:
    """Put the rows of one judge together, controls first, the expert last."""
    return sorted(rows, key=lambda row: (row.judge or "", *rank(row.protocol, row.view)))


def reliable(report: Report) -> list[Reliability]:
    """Return the calibration of rulings on whole debates that have beliefs, in the same order."""
    rows = (row for row in report.calibration if row.view in (None, "full") and row.bins)
    return sorted(rows, key=lambda row: (row.judge or "", *rank(row.protocol, row.view)))


def said_and_right(row: Reliability) -> tuple[float, float]:
    """Return mean confidence, and how often it was right."""
    total = sum(b.n for b in row.bins)
    return sum(b.n * b.confidence for b in row.bins) / total, sum(b.n * b.accuracy for b in row.bins) / total


def about(row: Group) -> str:
    """Return what a row is about, but for its judge."""
    further = (f"{key} {value or 'none'}" for key, value in row.keys.items())
    return ", ".join([label(row.protocol, row.view, row.agents), *further])
