"""What stands below each figure in a paper: what is drawn, by which interval, and on how many rulings and questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from debate.report import sentences, wording
from debate.report.arms import label
from debate.report.report import Report
from debate.stats.estimate import Estimate, Measure

Rests = Iterator[tuple[str, Measure]]
"""What is drawn, and the number whose counts it rests on."""


def caption(name: str, report: Report) -> str:
    """Return the caption of a figure."""
    said, rests = CAPTIONS[name]
    over = "clusters of questions" if report.unit == "question" else "single rulings"
    counts = "; ".join(f"{what} {_n(found)}" for what, found in rests(report) if isinstance(found, Estimate))
    chosen = sentences.chosen(report)
    parts = (
        said.format(over=over),
        f"n, rulings on questions: {counts}." if counts else "",
        f"{report.tournament}: {wording.made_of(report)}{f', only where {chosen}' if chosen else ''}.",
    )
    return " ".join(filter(None, parts))


def _n(found: Estimate) -> str:
    return f"{found.n_judgments:,} on {found.n_questions:,}"


def _accuracy(report: Report) -> Rests:
    for row in report.accuracy:
        yield f"{label(row.protocol, row.view, row.agents)}, {row.judge or 'all judges'}", row.accuracy


def _players(report: Report) -> Rests:
    return ((f"{row.player}, {row.protocol}", row.win_rate) for row in report.persuasion)


def _ratings(report: Report) -> Rests:
    return (("all", row.rating) for row in report.ratings[:1])


def _reliability(report: Report) -> Rests:
    for row in report.calibration:
        if row.view in (None, "full"):
            dots = ", ".join(f"{one.n:,}" for one in row.bins if one.n)
            yield f"{label(row.protocol, row.view, row.agents)}, {row.judge or 'all judges'} ({dots})", row.ece


def _paths(report: Report) -> Rests:
    for row in report.belief_paths:
        yield f"{label(row.protocol, None, row.agents)}, {row.judge}", row.steps[0].belief


def _bias(report: Report) -> Rests:
    return ((row.judge, row.chose_first) for row in report.bias)


def _none(report: Report) -> Rests:
    yield from ()


CAPTIONS: dict[str, tuple[str, Callable[[Report], Rests]]] = {
    "accuracy": (
        "Judge accuracy by protocol: the share of rulings with the right answer most believed, and its 95% interval "
        "over {over}. The grey line is one half.",
        _accuracy,
    ),
    "accuracy-by-rating": (
        "How often judges were right in a debater's debates, against its rating; 95% intervals over {over}.",
        _players,
    ),
    "ratings": (
        "Bradley-Terry ratings on the Elo scale, mean 1500, and 95% intervals of a bootstrap over clusters of "
        "questions.",
        _ratings,
    ),
    "head-to-head": (
        "The share of rulings that the player of a row won against that of a column, ties half; below it the rulings.",
        _none,
    ),
    "sides": (
        "How often rulings went to a player, ties half, when it argued the right answer and when it argued a wrong "
        "one; 95% intervals over {over}.",
        _players,
    ),
    "reliability": (
        "How often rulings of each confidence were right, on whole debates; larger dots hold more rulings, their "
        "numbers in brackets from the least confidence to the largest. A calibrated judge follows the diagonal.",
        _reliability,
    ),
    "belief-paths": (
        "Mean belief in the right answer from before the first argument to the last round; a ruling that ended earlier "
        "keeps its last belief.",
        _paths,
    ),
    "agreement": (
        "Cohen's kappa of every two judges on the transcripts that both ruled on; below it the transcripts.",
        _none,
    ),
    "bias": (
        "How often judges chose the answer displayed first and the longer side, rulings weighing the same whether or "
        "not it was right; 95% intervals over {over}. The grey line is fair.",
        _bias,
    ),
    "cost": ("Accuracy against what a ruling cost, debates included.", _accuracy),
}
