"""The numbers that tell of judges together: how right panels with a quorum were, and how many had none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from debate.report.appendix.term import Part, Term
from debate.report.arms import label
from debate.report.report import Report


def _panels(report: Report) -> Iterator[tuple[str, Any]]:
    return ((f"{label(row.protocol, row.view, row.agents)}, quorum {row.quorum}", row) for row in report.panels)


PANELS = Part(
    "panels[]",
    "panels",
    _panels,
    (
        Term(
            "accuracy",
            "accuracy of panels",
            "Share of conclusive panels that rule for the right answer: a vote for each judge's largest belief, its "
            "samples and orders averaged, a tie split; most votes win.",
        ),
        Term(
            "ties",
            "tied panels",
            "Conclusive panels in which the right answer shares most votes.",
            "count",
            "n_panels",
            "panel",
        ),
        Term(
            "inconclusive",
            "inconclusive panels",
            "Panels with fewer votes than the quorum.",
            "count",
            "n_panels",
            "panel",
        ),
    ),
)

PARTS = (PANELS,)
