"""How right people are, with both the questions and the people taken as samples: a logit with crossed effects.

It stands beside the accuracy whose variance is taken over clusters and judges: that one assumes no shape, this one
tells besides how much people differ, and how much questions do.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, log, sqrt

import numpy as np

from debate.domain import Value
from debate.stats.accuracy import is_one_sided
from debate.stats.column import Codes, Floats
from debate.stats.estimate import LEVEL, ONE_CLUSTER, Estimate, Measure, NoData
from debate.stats.intervals import FEW_JUDGES, t_quantile
from debate.stats.outcomes import Outcomes
from debate.stats.sample import pairs, renumbered

STEPS = 50
CLOSE = 1e-9
NEAR = 1e-5
"""The step of a difference quotient, far above the error of a height."""
FLAT = 1e-7
"""Less gained than this share of the height ends the search."""
LARGEST = 5.0
"""Standard deviations are sought below this many logits."""
SMALLEST = 1e-3
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(41)


class Crossed(Value):
    """Accuracy with effects of judges and of clusters of questions, in logits."""

    accuracy: Measure
    """Of a person drawn anew on a question drawn anew; under five people, of these people."""
    judge_sd: float | None = None
    """How much people differ; None under five of them."""
    cluster_sd: float | None = None
    """How much questions (or passages) differ; None where each was ruled on once."""
    n_judges: int = 0
    n_clusters: int = 0


@dataclass(frozen=True)
class Cells:
    """Rulings counted by cluster, judge and what the fixed effects say; one row each."""

    right: Floats
    many: Floats
    design: Floats
    """(cells, fixed effects)."""
    cluster: Codes
    judge: Codes

    @property
    def sizes(self) -> tuple[int, int]:
        """How many clusters and judges there are."""
        return int(self.cluster.max()) + 1, int(self.judge.max()) + 1


@dataclass(frozen=True)
class Mode:
    """The most likely effects under given parameters."""

    height: float
    """Laplace's approximation of the log likelihood."""
    effects: tuple[Floats, Floats]
    """Of clusters and judges, in their standard deviations."""
    information: Floats
    """Of the fixed effects, the others being unknown, too."""


def crossed(outcomes: Outcomes, *, level: float = LEVEL) -> Crossed:
    """Estimate people's accuracy by a logistic regression with normal effects of clusters and of judges.

    logit P(right) = mu + side + b_cluster + u_judge; mu by maximum of Laplace's approximation of the likelihood
    [Breslow and Clayton 1993; Bates et al. 2015], standard deviations with a Gamma(2, 1) prior, which keeps them
    off 0 [Chung et al. 2013]. accuracy = E 1/(1 + exp(-(mu + z))), z normal with both variances, the mean of both
    sides where one side is heard; its interval is t on the smaller count less 1, on the log odds of accuracy. With
    fewer than five judges the effect of judges is left out, and the accuracy is of these judges only.
    """
    people = outcomes.select(outcomes.scored & outcomes.judge_kind.is_in("human"))
    if not len(people):
        return Crossed(accuracy=NoData(why="no person ruled on a question with a known answer"))
    cells = counted(people)
    clusters, judges = cells.sizes
    about = {"n_judges": judges, "n_clusters": clusters}
    sided = cells.design.shape[1] > 1
    sides = cells.design[:, 1] if sided else np.zeros(len(cells.right))
    for side in np.unique(sides):
        share = cells.right[sides == side].sum() / cells.many[sides == side].sum()
        if share in (0.0, 1.0):
            which = " of one side" if sided else ""
            why = f"not estimable, because every ruling{which} is {'right' if share else 'wrong'}"
            return Crossed(accuracy=NoData(why=why), **about)
    few = judges < FEW_JUDGES
    free = (len(people) > clusters, not few)
    df = (clusters if few else min(clusters, judges)) - 1
    if df < 1:
        return Crossed(accuracy=NoData(why=ONE_CLUSTER), **about)
    return _told(people, cells, free, df, level, about)


def _told(
    people: Outcomes, cells: Cells, free: tuple[bool, bool], df: int, level: float, about: dict[str, int]
) -> Crossed:
    fixed, spread = fit(cells, free)
    share, slope = marginal(np.unique(cells.design, axis=0) @ fixed, sqrt(spread[0] ** 2 + spread[1] ** 2))
    gradient = slope @ np.unique(cells.design, axis=0) / len(slope)
    value = float(share.mean())
    covariance = np.linalg.inv(mode(cells, fixed, spread).information)
    error = sqrt(float(gradient @ covariance @ gradient)) / (value * (1 - value))
    half = t_quantile(level, df) * error
    who = "clusters and judges" if free[1] else f"clusters, these {about['n_judges']} judges only"
    accuracy = Estimate(
        value=value,
        low=float(_expit(_logit(value) - half)),
        high=float(_expit(_logit(value) + half)),
        level=level,
        method=f"logit with crossed effects of {who}, Laplace" if free[1] else f"logit with effects of {who}, Laplace",
        unit="judgment",
        n_clusters=about["n_clusters"],
        n_questions=len(np.unique(people.debates.question.codes[people.debate])),
        n_judgments=len(people),
    )
    sds = [sd if known else None for sd, known in zip(spread, free, strict=True)]
    return Crossed(accuracy=accuracy, cluster_sd=sds[0], judge_sd=sds[1], **about)


def counted(people: Outcomes) -> Cells:
    """Count rulings by cluster, judge and, where one side is heard, the side; sides are -1/2 and 1/2."""
    side = people.on_right_side if is_one_sided(people) else np.zeros(len(people), np.int32)
    _, cluster = renumbered(people.debates.cluster.codes[people.debate])
    _, judge = renumbered(people.judge.codes)
    cell = pairs(pairs(cluster, judge), side)
    _, first = np.unique(cell, return_index=True)
    columns: list[Floats] = [np.ones(len(first))]
    if len(np.unique(side)) > 1:
        columns.append(np.asarray(side[first] - 0.5, np.float64))
    return Cells(
        right=np.asarray(np.bincount(cell, people.correct.astype(np.float64))),
        many=np.asarray(np.bincount(cell), np.float64),
        design=np.stack(columns, axis=1),
        cluster=cluster[first],
        judge=judge[first],
    )


def fit(cells: Cells, free: tuple[bool, bool] = (True, True)) -> tuple[Floats, tuple[float, float]]:
    """Return the fixed effects and the standard deviations of clusters and judges; those not `free` are 0."""
    from scipy.optimize import minimize  # half a second to import, which reports without people would wait for

    width = cells.design.shape[1]

    def placed(at: Floats) -> tuple[Floats, tuple[float, float]]:
        rest = iter(at[width:])
        cluster, judge = (exp(next(rest)) if each else 0.0 for each in free)
        return at[:width], (cluster, judge)

    found: list[Mode | None] = [None]

    def depth(at: Floats) -> float:
        fixed, spread = placed(at)
        prior = sum(log(sd) - sd for sd in spread if sd)
        found[0] = reached = mode(cells, fixed, spread, near=found[0])
        return -reached.height - prior

    start = np.zeros(width + sum(free))
    start[0] = _logit(cells.right.sum() / cells.many.sum())
    start[width:] = log(0.5)
    limits = [(-inf, inf)] * width + [(log(SMALLEST), log(LARGEST))] * sum(free)
    return placed(
        np.asarray(minimize(depth, start, method="L-BFGS-B", bounds=limits, options={"ftol": FLAT, "eps": NEAR}).x)
    )


def mode(cells: Cells, fixed: Floats, spread: tuple[float, float], *, near: Mode | None = None) -> Mode:
    """Find the most likely effects, by Newton's method from those of a mode near it, and Laplace's approximation there.

    With effects b = sd u, u standard normal: log L = l(y | u) - u'u / 2 - log det(I + S Z'W Z S) / 2.
    """
    clusters, judges = cells.sizes
    u, v = near.effects if near else (np.zeros(clusters), np.zeros(judges))
    offset = cells.design @ fixed
    sc, sj = spread

    def height(u: Floats, v: Floats) -> float:
        odds = offset + sc * u[cells.cluster] + sj * v[cells.judge]
        return float(cells.right @ odds - cells.many @ np.logaddexp(0, odds) - (u @ u + v @ v) / 2)

    reached = height(u, v)
    for _ in range(STEPS):
        p = _expit(offset + sc * u[cells.cluster] + sj * v[cells.judge])
        residual = cells.right - cells.many * p
        system = _System.of(cells, cells.many * p * (1 - p), spread)
        gradient = (
            sc * np.bincount(cells.cluster, residual, clusters) - u,
            sj * np.bincount(cells.judge, residual, judges) - v,
        )
        du, dv = system.solve(*gradient)
        gained = float(gradient[0] @ du + gradient[1] @ dv)
        if gained < CLOSE:
            break
        step = 1.0
        while (found := height(u + step * du, v + step * dv)) < reached and step > CLOSE:
            step /= 2
        u, v, reached = u + step * du, v + step * dv, found
    return Mode(reached - system.log_determinant / 2, (u, v), system.information(cells))


@dataclass(frozen=True)
class _System:
    """I + S Z'W Z S, whose block of clusters is diagonal: it is eliminated."""

    weight: Floats
    spread: tuple[float, float]
    own: Floats
    across: Floats
    """(clusters, judges)."""
    schur: Floats
    """(judges, judges)."""

    @classmethod
    def of(cls, cells: Cells, weight: Floats, spread: tuple[float, float]) -> _System:
        clusters, judges = cells.sizes
        sc, sj = spread
        own: Floats = np.asarray(1 + sc * sc * np.bincount(cells.cluster, weight, clusters))
        table = np.bincount(cells.cluster * judges + cells.judge, weight, clusters * judges)
        across: Floats = np.asarray(sc * sj * table.reshape(clusters, judges))
        theirs = np.diag(1 + sj * sj * np.bincount(cells.judge, weight, judges))
        return cls(weight, spread, own, across, theirs - across.T @ (across / own[:, None]))

    def solve(self, cluster: Floats, judge: Floats) -> tuple[Floats, Floats]:
        """Solve for one right side, or for each column of several."""
        own = self.own if cluster.ndim == 1 else self.own[:, None]
        dv = np.linalg.solve(self.schur, judge - self.across.T @ (cluster / own))
        return np.asarray((cluster - self.across @ dv) / own), np.asarray(dv)

    @property
    def log_determinant(self) -> float:
        return float(np.log(self.own).sum() + np.linalg.slogdet(self.schur)[1])

    def information(self, cells: Cells) -> Floats:
        """Return X'WX - X'WZ (Z'WZ + D^-1)^-1 Z'WX."""
        weighted = cells.design * self.weight[:, None]
        clusters, judges = cells.sizes
        one, other = (
            np.asarray(sd * np.stack([np.bincount(group, column, many) for column in weighted.T], axis=1))
            for sd, group, many in ((self.spread[0], cells.cluster, clusters), (self.spread[1], cells.judge, judges))
        )
        solved = self.solve(one, other)
        return np.asarray(cells.design.T @ weighted - one.T @ solved[0] - other.T @ solved[1])


def marginal(odds: Floats, sd: float) -> tuple[Floats, Floats]:
    """Return E 1/(1 + exp(-(x + sd z))) over a standard normal z for each x, and its slope in x."""
    p = _expit(odds[:, None] + sd * NODES)
    weights = WEIGHTS / WEIGHTS.sum()
    return p @ weights, (p * (1 - p)) @ weights


def _expit(odds: Floats | float) -> Floats:
    """Return 1 / (1 + exp(-odds)), however far out."""
    return np.asarray((1 + np.tanh(np.asarray(odds) / 2)) / 2)


def _logit(share: float) -> float:
    return log(share / (1 - share))
