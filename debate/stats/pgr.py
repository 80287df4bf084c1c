"""How much of the gap between a judge alone and a judge with the passage a protocol closes.

PGR = (protocol - naive) / (expert - naive), on questions played in all three arms by one judge, ties half
[Burns et al. 2023]. The interval is Fieller's (1954), on differences by question with the variance over clusters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

import numpy as np

from debate.domain import Value
from debate.stats.accuracy import nested
from debate.stats.column import Codes, Floats
from debate.stats.estimate import LEVEL, ONE_CLUSTER, Estimate, Measure, NoData
from debate.stats.intervals import difference, t_quantile
from debate.stats.outcomes import Outcomes
from debate.stats.sample import Sample


class Recovered(Value):
    """The performance gap recovered, by 0/1 scores and by beliefs, with what it is a ratio of."""

    pgr: Measure
    probabilistic: Measure
    gained: Measure
    """Protocol minus naive: the numerator."""
    gap: Measure
    """Expert minus naive: the denominator."""


@dataclass(frozen=True)
class Arms:
    """The three arms' means on the questions that all of them have."""

    protocol: Sample
    naive: Sample
    expert: Sample
    judgments: int

    @classmethod
    def of(cls, arms: Iterable[Sample]) -> Arms:
        """Average the copies of each question within each arm, and keep the questions of all three."""
        samples = tuple(arms)
        one, two, three = (np.unique(sample.question) for sample in samples)
        shared = np.intersect1d(np.intersect1d(one, two), three)
        kept = [sample.take(np.isin(sample.question, shared)) for sample in samples]
        protocol, naive, expert = (sample.by_question() for sample in kept)
        return cls(protocol, naive, expert, sum(map(len, kept)))

    def above_naive(self, arm: Sample) -> Sample:
        """Return what an arm has over the naive one, on each question."""
        return Sample(arm.values - self.naive.values, arm.question, arm.cluster)


@dataclass(frozen=True)
class Ratio:
    """A ratio of two means with Fieller's limits; None where the set is unbounded."""

    value: float
    limits: tuple[float, float] | None


def recovered(protocol: Outcomes, naive: Outcomes, expert: Outcomes, *, level: float = LEVEL) -> Recovered:
    """Measure the gap recovered by one protocol with one judge."""
    arms = (protocol, naive, expert)
    hard = Arms.of(_sample(arm, _half_ties(arm)) for arm in arms)
    soft = Arms.of(_sample(arm, arm.p_right) for arm in arms)
    if not len(hard.naive):
        none = NoData(why="no question was judged in all three of protocol, naive and expert")
        return Recovered(pgr=none, probabilistic=none, gained=none, gap=none)
    return Recovered(
        pgr=_ratio(hard, level),
        probabilistic=_ratio(soft, level),
        gained=difference(hard.above_naive(hard.protocol), level=level),
        gap=difference(hard.above_naive(hard.expert), level=level),
    )


def fieller(x: Floats, y: Floats, cluster: Codes, *, level: float = LEVEL) -> Ratio:
    """Return mean(x) / mean(y) and the set of r for which mean(x) - r mean(y) is not significantly off 0."""
    count = len(x)
    groups = np.unique(cluster, return_inverse=True)[1]
    many = int(groups.max()) + 1
    sums = np.stack([np.bincount(groups, v - v.mean(), many) / count for v in (x, y)])
    covariance = sums @ sums.T * (many / max(many - 1, 1))
    top, bottom = float(x.mean()), float(y.mean())
    if many < 2:
        return Ratio(top / bottom if bottom else 0.0, None)
    q2 = t_quantile(level, many - 1) ** 2
    a = bottom**2 - q2 * covariance[1, 1]
    if not (a > 0):
        return Ratio(top / bottom if bottom else 0.0, None)
    b = top * bottom - q2 * covariance[0, 1]
    c = top**2 - q2 * covariance[0, 0]
    root = sqrt(max(0.0, b * b - a * c))
    return Ratio(top / bottom, (float((b - root) / a), float((b + root) / a)))


def _half_ties(arm: Outcomes) -> Floats:
    return np.where(arm.tied, 0.5, arm.correct.astype(np.float64))


def _sample(arm: Outcomes, values: Floats) -> Sample:
    return nested(arm, values, arm.scored, "question")


def _ratio(arms: Arms, level: float) -> Measure:
    gained, whole = arms.above_naive(arms.protocol), arms.above_naive(arms.expert)
    if whole.mean <= 0:
        return NoData(why="not estimable, because the expert was no better than the naive judge")
    if gained.n_clusters < 2:
        return NoData(why=ONE_CLUSTER)
    found = fieller(gained.values, whole.values, gained.cluster, level=level)
    if found.limits is None:
        return NoData(why="not estimable, because expert minus naive is too close to 0 for a bounded interval")
    return Estimate(
        value=found.value,
        low=found.limits[0],
        high=found.limits[1],
        level=level,
        method="Fieller, t over clusters",
        n_clusters=gained.n_clusters,
        n_questions=len(gained),
        n_judgments=arms.judgments,
    )
