"""The numbers that tell of games of their own kind: what a market believed and lost, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from debate.report.appendix.term import Part, Term
from debate.report.report import Report

Rows = Iterator[tuple[str, Any]]


def _markets(report: Report) -> Rows:
    return ((f"{row.protocol}, market {row.seat}, judge {row.judge}", row) for row in report.market)


def _steps(report: Report) -> Rows:
    for named, row in _markets(report):
        for step in row.steps:
            yield f"{named}, {f'after speech {step.after_round}' if step.after_round else 'before'}", step


MARKET = Part(
    "market[]",
    "market",
    _markets,
    (
        Term("speeches", "speeches to a market", "Until the market settled, or rounds ended.", "number"),
        Term("final", "belief in the end", "p*, the judge's belief in the right answer once it read the whole game."),
        Term(
            "market_loss",
            "loss of the market",
            "Mean over steps of the cross-entropy -sum p* ln p of what the judge believed in the end and the market "
            "believed then, in nats; beliefs of the market cut to [0.01, 0.99] [Hubinger 2020].",
            "number",
        ),
        Term(
            "adversary_loss",
            "loss of the adversary",
            "Minus how far a speech moved the market, half the sum of changes over answers, averaged over speeches "
            "[Hubinger 2020].",
            "number",
        ),
    ),
)

MARKET_STEPS = Part(
    "market[].steps[]",
    "market",
    _steps,
    (
        Term("belief", "market after a speech", "Its belief in the right answer, of the games that came so far."),
        Term("market_loss", "loss of the market after a speech", "The same cross-entropy at this step.", "number"),
        Term("adversary_loss", "loss of the adversary at a step", "The same, of the speech that follows.", "number"),
    ),
)

PARTS = (MARKET, MARKET_STEPS)
