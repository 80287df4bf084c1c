"""Figures of players: how strong, on which side, against whom, and what judges make of their debates."""

from __future__ import annotations

from matplotlib.figure import Figure

from debate.report.figures.canvas import (
    SHARES,
    canvas,
    colour,
    errors,
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
from debate.stats.contests import MEAN
from debate.stats.estimate import Estimate, known

DARK = 0.35
"""So far from one half, a cell is too dark for black ink."""
SIDES = ("arguing the right answer", "arguing a wrong one")


def ratings(report: Report) -> Figure | None:
    """Draw ratings with intervals, overall and by side."""
    found = [row for row in report.ratings if known(row.rating)]
    players = _placed(report, ordered(row.player for row in found))
    if not players:
        return None
    figure, axes = canvas(0.35 * len(players) + 1.2)
    roles = ordered(row.role for row in found)
    for n, role in enumerate(roles):
        mine = {row.player: row.rating for row in found if row.role == role}
        held = [(place + shift(n, len(roles)), mine[name]) for place, name in enumerate(players) if name in mine]
        whiskers(axes, [measure for _, measure in held], [place for place, _ in held], n, role.replace("_", " "))
    axes.axvline(MEAN, color="0.7", lw=0.8, zorder=0)
    axes.set(xlabel=f"rating (Elo scale, mean {MEAN:.0f})")
    rows(axes, players)
    return legend(figure, axes, len(roles))


def sides(report: Report) -> Figure | None:
    """Draw how often each player won arguing right answers and wrong ones."""
    found = [row for row in report.persuasion if known(row.right_side) and known(row.wrong_side)]
    if not found:
        return None
    figure, axes = canvas(0.35 * len(found) + 1.2)
    for n, measures in enumerate(([row.right_side for row in found], [row.wrong_side for row in found])):
        whiskers(axes, measures, [place + shift(n, 2, 0.5) for place in range(len(found))], n, SIDES[n])
    half(axes)
    axes.set(xlim=SHARES, xlabel="rulings won, ties half")
    rows(axes, [f"{row.player}, {row.protocol}" for row in found])
    return legend(figure, axes, 2)


def head_to_head(report: Report) -> Figure | None:
    """Draw how often the player of a row won against that of a column, with the rulings it rests on."""
    found = {(row.player, row.opponent): row.win_rate for row in report.head_to_head}
    players = _placed(report, ordered(name for pair in found for name in pair))
    if not players:
        return None
    side = max(2.4, 0.42 * len(players) + 1.2)
    figure, axes = canvas(side, side + 0.8)
    cells = [[_value(found.get((row, column))) for column in players] for row in players]
    axes.imshow(cells, cmap="RdBu", vmin=0, vmax=1, alpha=0.75)
    for (row, column), rate in found.items():
        if isinstance(rate, Estimate):
            at = players.index(column), players.index(row)
            ink = "white" if abs(rate.value - 0.5) > DARK else "black"
            axes.annotate(f"{rate.value:.2f}\n{rate.n_judgments}", at, ha="center", va="center", fontsize=6, color=ink)
    rows(axes, players)
    axes.set(xticks=range(len(players)), xlim=(-0.5, len(players) - 0.5), ylim=(len(players) - 0.5, -0.5))
    axes.set_xticklabels([said(name) for name in players], rotation=60, ha="right")
    axes.set(xlabel="share won against, ties half, and rulings")
    return figure


def accuracy_by_rating(report: Report) -> Figure | None:
    """Draw how right judges were in a player's debates against how strong it is [Khan et al. 2024, figure 3]."""
    rated = {row.player: row.rating for row in report.ratings if row.role == "all" and isinstance(row.rating, Estimate)}
    found = [
        (row, rated[row.player], row.judge_accuracy)
        for row in report.persuasion
        if row.player in rated and isinstance(row.judge_accuracy, Estimate)
    ]
    if len(rated) < 2 or not found:
        return None
    figure, axes = canvas(3.4)
    for n, protocol in enumerate(ordered(row.protocol for row, _, _ in found)):
        mine = [(rating, right) for row, rating, right in found if row.protocol == protocol]
        axes.errorbar(
            [rating.value for rating, _ in mine], [right.value for _, right in mine],
            xerr=errors([rating for rating, _ in mine]), yerr=errors([right for _, right in mine]),
            fmt=mark(n), ms=4.5, lw=0.8, color=colour(n), label=said(protocol),
        )  # fmt: skip
    half(axes, across=True)
    axes.set(ylim=SHARES, xlabel="rating of the debater", ylabel="rulings on its debates that were right")
    return legend(figure, axes, len({row.protocol for row, _, _ in found}))


def _placed(report: Report, players: list[str]) -> list[str]:
    """Return players from the strongest to the weakest, those without a rating last."""
    rating = {row.player: row.rating.value for row in report.ratings if row.role == "all"}
    return sorted(players, key=lambda name: -(rating.get(name) or 0.0))


def _value(measure: object) -> float:
    return measure.value if isinstance(measure, Estimate) else float("nan")
