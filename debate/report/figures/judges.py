"""Figures of judges: how right, how calibrated, how swayed, how alike, and at what price."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from debate.report.arms import label, rank
from debate.report.figures.canvas import (
    SHARES,
    canvas,
    colour,
    half,
    legend,
    mark,
    ordered,
    rows,
    said,
    shift,
    whiskers,
)
from debate.report.report import Report
from debate.report.rows import Group
from debate.stats.cost import Spent
from debate.stats.estimate import Estimate, known

Arm = tuple[str | None, str | None, str | None]
"""Protocol, view, and kind of debaters."""


SMALLEST, LARGER = 8.0, 60.0
"""The area of a dot that holds no ruling, and by how much that of one that holds all is larger, in square points."""


def accuracy(report: Report) -> Figure | None:
    """Draw judge accuracy by protocol with intervals, one series for each judge [Khan et al. 2024, figure 1]."""
    found = [row for row in report.accuracy if known(row.accuracy)]
    arms = sorted({_arm(row) for row in found}, key=lambda arm: (*rank(arm[0], arm[1]), arm[2] or ""))
    if not arms:
        return None
    figure, axes = canvas(0.35 * len(arms) + 1.0)
    judges = ordered(row.judge or "all judges" for row in found)
    for n, judge in enumerate(judges):
        mine = {_arm(row): row.accuracy for row in found if (row.judge or "all judges") == judge}
        held = [(place + shift(n, len(judges)), mine[arm]) for place, arm in enumerate(arms) if arm in mine]
        whiskers(axes, [measure for _, measure in held], [place for place, _ in held], n, judge)
    half(axes)
    axes.set(xlim=SHARES, xlabel="rulings with the right answer most believed")
    rows(axes, [label(*arm) for arm in arms])
    return legend(figure, axes, len(judges))


def reliability(report: Report) -> Figure | None:
    """Draw how often rulings of each confidence were right."""
    found = [row for row in report.calibration if row.bins and row.view in (None, "full")]
    if not found:
        return None
    figure, axes = canvas(3.6, 4.2)
    axes.plot([0, 1], [0, 1], color="0.7", lw=0.8, zorder=0)
    for n, row in enumerate(found):
        held = [one for one in row.bins if one.n]
        points = [one.confidence for one in held], [one.accuracy for one in held]
        area = [SMALLEST + LARGER * one.n / sum(one.n for one in held) for one in held]
        named = said(f"{label(*_arm(row))}, {row.judge or 'all judges'}")
        axes.plot(*points, "-", lw=1, color=colour(n))
        axes.scatter(*points, s=area, marker=mark(n), color=colour(n), label=named, clip_on=False, zorder=3)
    axes.set(xlim=(0.45, 1.02), ylim=SHARES, xlabel="confidence", ylabel="share that was right")
    return legend(figure, axes, len(found))


def paths(report: Report) -> Figure | None:
    """Draw mean belief in the right answer, round by round."""
    found = [row for row in report.belief_paths if row.steps]
    if not found:
        return None
    figure, axes = canvas(3.0)
    for n, row in enumerate(found):
        points = [(step.after_round, step.belief.value) for step in row.steps if isinstance(step.belief, Estimate)]
        named = said(f"{label(row.protocol, None, row.agents)}, {row.judge}")
        axes.plot(*zip(*points, strict=True), mark(n) + "-", ms=4, lw=1, color=colour(n), label=named)
    half(axes, across=True)
    axes.set(ylim=SHARES, xlabel="after round", ylabel="mean belief in the right answer")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return legend(figure, axes, len(found))


def bias(report: Report) -> Figure | None:
    """Draw what sways judges whether or not it is right."""
    found = [row for row in report.bias if known(row.chose_first) or known(row.chose_longer)]
    if not found:
        return None
    figure, axes = canvas(0.4 * len(found) + 1.2)
    for n, (name, measures) in enumerate(
        (
            ("chose the first answer", [row.chose_first for row in found]),
            ("chose the longer side", [row.chose_longer for row in found]),
        )
    ):
        whiskers(axes, measures, [place + shift(n, 2, 0.5) for place in range(len(found))], n, name)
    half(axes)
    axes.set(xlim=SHARES, xlabel="share of rulings")
    rows(axes, [row.judge for row in found])
    return legend(figure, axes, 2)


def agreement(report: Report) -> Figure | None:
    """Draw how far every two judges agree beyond chance on the transcripts that both ruled on."""
    found = [pair for pair in report.agreement.pairs if pair.kappa is not None]
    judges = ordered(name for pair in found for name in (pair.a, pair.b))
    if not found:
        return None
    side = max(2.4, 0.42 * len(judges) + 1.2)
    figure, axes = canvas(side, side + 0.8)
    at = {name: n for n, name in enumerate(judges)}
    for pair in found:
        x, y = sorted((at[pair.a], at[pair.b]))
        shade = str(1 - max(0.0, pair.kappa or 0.0) * 0.85)
        axes.scatter([x], [y], s=260, c=shade, edgecolors="0.4", linewidths=0.6, marker="s")
        ink = "white" if (pair.kappa or 0) > 0.55 else "black"
        axes.annotate(f"{pair.kappa:.2f}\n{pair.n_ballots}", (x, y), ha="center", va="center", fontsize=6, color=ink)
    rows(axes, judges)
    axes.set(xticks=range(len(judges)), xlim=(-0.6, len(judges) - 0.4), xlabel="Cohen's kappa, and transcripts")
    axes.set_xticklabels([said(name) for name in judges], rotation=60, ha="right")
    return figure


def cost(report: Report) -> Figure | None:
    """Draw accuracy against what a protocol's rulings cost, debates included: money, or tokens without a price."""
    spent: dict[str, Spent] = {}
    for used in report.cost.rows:
        spent[used.protocol] = spent[used.protocol] + used if used.protocol in spent else used
    rulings: dict[str, int] = {}
    for group in report.accuracy:
        rulings[group.protocol or ""] = rulings.get(group.protocol or "", 0) + group.n_judgments
    found = [row for row in report.accuracy if known(row.accuracy) and row.protocol in spent and row.view == "full"]
    if not found:
        return None
    priced = all(spent[row.protocol or ""].cost_usd > 0 for row in found)
    figure, axes = canvas(3.2)
    for n, row in enumerate(found):
        used = spent[row.protocol or ""]
        amount = used.cost_usd if priced else used.input_tokens + used.output_tokens
        each = amount / max(1, rulings[row.protocol or ""])
        axes.plot([each], [row.accuracy.value or 0.0], mark(n), ms=5, color=colour(n), label=_of(row))
    half(axes, across=True)
    axes.set(
        ylim=SHARES, ylabel="rulings that were right", xlabel=f"{'US dollars' if priced else 'tokens'} for a ruling"
    )
    axes.set_xlim(left=0)
    return legend(figure, axes, 2)


def _arm(row: Group) -> Arm:
    return row.protocol, row.view, row.agents


def _of(row: Group) -> str:
    return said(f"{label(*_arm(row))}, {row.judge or 'all judges'}")
