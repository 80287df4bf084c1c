"""The figures of a report, fit for a paper: SVG, PDF and PNG, the same bytes for the same report.

Colours are told apart by people who see few of them, and marks tell the same in grey (Okabe and Ito 2008).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from debate import sanitize
from debate.report.arms import label, rank
from debate.report.report import Group, Report
from debate.stats.estimate import Estimate, Measure, known

KINDS = ("svg", "pdf", "png")
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKS = "osD^vPX"
STYLE: Any = {
    "svg.hashsalt": "debate",
    "pdf.compression": 6,
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.dpi": 150,
    "savefig.bbox": "tight",
    "text.parse_math": False,
}
METADATA: dict[str, dict[str, Any]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}
WIDE = 5.5


def figures(report: Report) -> dict[str, Figure]:
    """Return each figure that the report has numbers for, by name."""
    with mpl.rc_context(STYLE):
        drawn = ((name, draw(report)) for name, draw in _DRAWN.items())
        return {name: figure for name, figure in drawn if figure is not None}


def write(report: Report, folder: Path) -> list[Path]:
    """Write every figure in every format into a folder that exists, and return the files."""
    written = []
    for name, figure in figures(report).items():
        with mpl.rc_context(STYLE):
            for kind in KINDS:
                path = folder / f"{name}.{kind}"
                figure.savefig(path, format=kind, metadata=METADATA[kind])
                written.append(path)
    return written


def _accuracy(report: Report) -> Figure | None:
    """Judge accuracy by protocol with intervals, a panel of marks for each judge [Khan et al. 2024, figure 1]."""
    rows = [row for row in report.accuracy if known(row.accuracy)]
    arms = sorted({_arm(row) for row in rows}, key=lambda arm: (*rank(arm[0], arm[1]), arm[2] or ""))
    if not arms:
        return None
    figure, axes = _axes(0.35 * len(arms) + 1.0)
    judges = _ordered(row.judge or "all judges" for row in rows)
    for n, judge in enumerate(judges):
        mine = {_arm(row): row for row in rows if (row.judge or "all judges") == judge}
        shift = (n - (len(judges) - 1) / 2) * 0.6 / max(len(judges), 1)
        places = [place + shift for place, arm in enumerate(arms) if arm in mine]
        _whiskers(axes, [mine[arm].accuracy for arm in arms if arm in mine], places, n, judge)
    axes.axvline(0.5, color="0.7", lw=0.8, zorder=0)
    axes.set(xlim=(0, 1), xlabel="rulings with the right answer most believed")
    _names(axes, [_called(arm, arms) for arm in arms])
    return _legend(figure, axes, judges)


def _arm(row: Group) -> tuple[str | None, str | None, str | None]:
    return row.protocol, row.view, row.agents


def _called(arm: tuple[str | None, str | None, str | None], arms: Iterable[tuple[str | None, ...]]) -> str:
    """Return an arm's name, with the kind of its debaters where there are several."""
    several = len({other[2] for other in arms if other[:2] == arm[:2]}) > 1
    return f"{label(arm[0], arm[1])}, {arm[2]} debaters" if several else label(arm[0], arm[1])


def _names(axes: Axes, names: Sequence[str]) -> None:
    """Name the rows of a figure, the first on top."""
    axes.set(yticks=range(len(names)), ylim=(len(names) - 0.4, -0.6))
    axes.set_yticklabels([_said(name) for name in names])


def _whiskers(axes: Axes, measures: Sequence[Measure], places: Sequence[float], n: int, name: str) -> None:
    found = [(m, place) for m, place in zip(measures, places, strict=True) if isinstance(m, Estimate)]
    values = [m.value for m, _ in found]
    errors = [
        [m.value - (m.value if m.low is None else m.low) for m, _ in found],
        [(m.value if m.high is None else m.high) - m.value for m, _ in found],
    ]
    errors = [[max(0.0, error) for error in side] for side in errors]
    axes.errorbar(
        values, [place for _, place in found], xerr=errors, fmt=MARKS[n % len(MARKS)], ms=4.5, lw=1.2,
        color=COLOURS[n % len(COLOURS)], label=_said(name),
    )  # fmt: skip


def _ratings(report: Report) -> Figure | None:
    rows = [row for row in report.ratings if known(row.rating)]
    players = _ordered(row.player for row in rows)
    if not players:
        return None
    figure, axes = _axes(0.35 * len(players) + 1.2)
    roles = _ordered(row.role for row in rows)
    for n, role in enumerate(roles):
        mine = {row.player: row.rating for row in rows if row.role == role}
        shift = (n - (len(roles) - 1) / 2) * 0.22
        places = [place + shift for place, player in enumerate(players) if player in mine]
        _whiskers(axes, [mine[player] for player in players if player in mine], places, n, role.replace("_", " "))
    axes.axvline(1500, color="0.7", lw=0.8, zorder=0)
    axes.set(xlabel="rating (Elo scale, mean 1500)")
    _names(axes, players)
    return _legend(figure, axes, roles)


def _sides(report: Report) -> Figure | None:
    rows = [row for row in report.persuasion if known(row.right_side) and known(row.wrong_side)]
    if not rows:
        return None
    figure, axes = _axes(0.35 * len(rows) + 1.2)
    _whiskers(
        axes, [row.right_side for row in rows], [n - 0.12 for n in range(len(rows))], 0, "arguing the right answer"
    )
    _whiskers(axes, [row.wrong_side for row in rows], [n + 0.12 for n in range(len(rows))], 1, "arguing a wrong answer")
    axes.axvline(0.5, color="0.7", lw=0.8, zorder=0)
    axes.set(xlim=(0, 1), xlabel="rulings won, ties half")
    _names(axes, [f"{row.player}, {row.protocol}" for row in rows])
    return _legend(figure, axes, ["right", "wrong"])


def _reliability(report: Report) -> Figure | None:
    rows = [row for row in report.calibration if row.bins]
    if not rows:
        return None
    figure, axes = _axes(3.6, 4.2)
    axes.plot([0, 1], [0, 1], color="0.7", lw=0.8, zorder=0)
    for n, row in enumerate(rows):
        bins = [found for found in row.bins if found.n]
        label = _said(f"{_called(_arm(row), map(_arm, rows))}, {row.judge}")
        axes.plot(
            [found.confidence for found in bins], [found.accuracy for found in bins], MARKS[n % len(MARKS)] + "-",
            ms=4, lw=1, color=COLOURS[n % len(COLOURS)], label=label,
        )  # fmt: skip
    axes.set(xlim=(0.45, 1.02), ylim=(0, 1.02), xlabel="confidence", ylabel="share that was right")
    return _legend(figure, axes, rows)


def _paths(report: Report) -> Figure | None:
    rows = [row for row in report.belief_paths if row.steps]
    if not rows:
        return None
    figure, axes = _axes(3.0)
    for n, row in enumerate(rows):
        steps = [(step.after_round, step.belief) for step in row.steps if isinstance(step.belief, Estimate)]
        axes.plot(
            [at for at, _ in steps], [belief.value for _, belief in steps], MARKS[n % len(MARKS)] + "-", ms=4, lw=1,
            color=COLOURS[n % len(COLOURS)], label=_said(f"{row.protocol}, {row.judge}"),
        )  # fmt: skip
    axes.axhline(0.5, color="0.7", lw=0.8, zorder=0)
    axes.set(ylim=(0, 1), xlabel="after round", ylabel="mean belief in the right answer")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return _legend(figure, axes, rows)


def _bias(report: Report) -> Figure | None:
    rows = [row for row in report.bias if known(row.chose_first) or known(row.chose_longer)]
    if not rows:
        return None
    figure, axes = _axes(0.4 * len(rows) + 1.2)
    _whiskers(
        axes, [row.chose_first for row in rows], [n - 0.12 for n in range(len(rows))], 0, "chose the first answer"
    )
    _whiskers(
        axes, [row.chose_longer for row in rows], [n + 0.12 for n in range(len(rows))], 1, "chose the longer side"
    )
    axes.axvline(0.5, color="0.7", lw=0.8, zorder=0)
    axes.set(xlim=(0, 1), xlabel="share of rulings")
    _names(axes, [row.judge for row in rows])
    return _legend(figure, axes, rows)


def _axes(high: float, wide: float = WIDE) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(wide, high))
    return figure, figure.add_subplot()


def _legend(figure: Figure, axes: Axes, named: Sequence[object]) -> Figure:
    if len(named) > 1:
        axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
    return figure


def _ordered(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _said(text: str) -> str:
    """Return text from anywhere as a figure may say it."""
    return sanitize.line(text, 48)


_DRAWN: dict[str, Callable[[Report], Figure | None]] = {
    "accuracy": _accuracy,
    "ratings": _ratings,
    "sides": _sides,
    "reliability": _reliability,
    "belief-paths": _paths,
    "bias": _bias,
}
