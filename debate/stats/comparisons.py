"""Whether two arms differ, on the questions that both of them played."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import asin, sqrt

import numpy as np

from debate.domain import Value
from debate.stats.accuracy import nested
from debate.stats.column import Codes, Floats
from debate.stats.estimate import LEVEL, ONE_CLUSTER, Estimate, Measure, NoData
from debate.stats.intervals import difference, standard_error, t_quantile
from debate.stats.outcomes import Outcomes
from debate.stats.power import detectable
from debate.stats.sample import Sample
from debate.stats.tails import beta_cdf, t_cdf

MOST_ENUMERATED = 20
"""Up to this many clusters that differ, all 2^n assignments of signs are looked at."""
DRAWS = 19_999
EQUAL = 1e-12


class Comparison(Value):
    """Arm a minus arm b."""

    a: str
    b: str
    difference: Measure
    p: float | None = None
    p_adjusted: float | None = None
    """By Holm's method over the family."""
    family: str = ""
    test: str = ""
    effect_size: float | None = None
    """Cohen's h of the two proportions."""
    effect_low: float | None = None
    effect_high: float | None = None
    """Its interval; none where a proportion is 0 or 1."""
    mean_a: float | None = None
    mean_b: float | None = None
    """Of each arm on the shared questions."""
    difference_all: Measure | None = None
    """Between the arms' means on all of their own questions; None where they played the same ones."""
    margin: float | None = None
    """Within so much, arms count as equal."""
    p_equivalent: float | None = None
    """Of two one-sided tests that the true difference is within the margin."""
    discordant: float | None = None
    """The share of shared questions on which the arms differ."""
    mde: float | None = None
    """The smallest difference that these questions had an 80% chance to show."""
    n_questions: int = 0
    n_only_a: int = 0
    n_only_b: int = 0
    """Questions that the other arm did not play: they are left out."""


@dataclass(frozen=True)
class Paired:
    """Two arms' means on the questions they share."""

    a: Floats
    b: Floats
    question: Codes
    cluster: Codes
    judgments: int
    only_a: int
    only_b: int

    @classmethod
    def of(cls, a: Sample, b: Sample) -> Paired:
        """Average the copies of each question within each arm, and keep the questions that both have."""
        one, other = a.by_question(), b.by_question()
        shared, at, of = np.intersect1d(one.question, other.question, return_indices=True)
        rows = [int(np.isin(sample.question, shared).sum()) for sample in (a, b)]
        return cls(
            one.values[at],
            other.values[of],
            shared.astype(np.int32),
            one.cluster[at],
            sum(rows),
            len(one) - len(shared),
            len(other) - len(shared),
        )

    @cached_property
    def difference(self) -> Sample:
        """The difference on each question."""
        return Sample(self.a - self.b, self.question, self.cluster)

    def __len__(self) -> int:
        return len(self.question)


@dataclass(frozen=True)
class PValue:
    """A p-value and how it was had."""

    p: float
    test: str


def compare_accuracy(
    a: Outcomes, b: Outcomes, *, names: tuple[str, str], seed: int = 0, margin: float | None = None
) -> Comparison:
    """Compare how often two arms' judgments are correct, paired by question."""
    samples = [nested(arm, arm.correct.astype(np.float64), arm.scored, "question") for arm in (a, b)]
    return compare(samples[0], samples[1], names=names, seed=seed, margin=margin)


def compare(
    a: Sample,
    b: Sample,
    *,
    names: tuple[str, str],
    seed: int = 0,
    level: float = LEVEL,
    margin: float | None = None,
) -> Comparison:
    """Compare the means of two arms on the questions that they share.

    Args:
        a: one arm.
        b: the other, its questions and clusters numbered alike.
        names: of both.
        seed: of the permutations.
        level: of the intervals.
        margin: where it is given, equivalence within it is tested, too.
    """
    paired = Paired.of(a, b)
    if not len(paired):
        return Comparison(
            a=names[0],
            b=names[1],
            difference=NoData(why="no question with a known answer was judged in both arms"),
            n_only_a=paired.only_a,
            n_only_b=paired.only_b,
        )
    shown = difference(paired.difference, level=level)
    tested = sign_flip(paired.difference, seed=seed)
    error, df = standard_error(paired.difference)
    effect = h_interval(paired, level=level)
    return Comparison(
        a=names[0],
        b=names[1],
        effect_low=effect[0] if effect else None,
        effect_high=effect[1] if effect else None,
        difference=shown.model_copy(update={"n_judgments": paired.judgments}),
        p=tested.p,
        test=tested.test,
        effect_size=cohen_h(float(paired.a.mean()), float(paired.b.mean())),
        discordant=float((np.abs(paired.difference.values) > EQUAL).mean()),
        mean_a=float(paired.a.mean()),
        mean_b=float(paired.b.mean()),
        difference_all=apart(a, b, level=level) if paired.only_a or paired.only_b else None,
        margin=margin,
        p_equivalent=None if margin is None else equivalent(paired.difference, margin=margin),
        mde=detectable(error, df) if df > 0 and error > 0 else None,
        n_questions=len(paired),
        n_only_a=paired.only_a,
        n_only_b=paired.only_b,
    )


def apart(a: Sample, b: Sample, *, level: float = LEVEL) -> Measure:
    """Estimate the difference of two arms' means on all questions of each, some of which both may have played.

    m_a - m_b -+ t SE, SE^2 = G/(G-1) sum_g (I_a,g - I_b,g)^2, I the influence of cluster g on each mean: the sandwich
    of a regression on the arm [Liang and Zeger 1986], which knows that a shared question is hard for both.
    """
    groups = np.concatenate([a.cluster, b.cluster])
    sums = np.bincount(groups, np.concatenate([a.influence, -b.influence]))
    clusters = len(np.unique(groups))
    value = a.mean - b.mean
    found = Estimate(
        value=value,
        level=level,
        method="none",
        n_clusters=clusters,
        n_questions=len(np.union1d(a.question, b.question)),
        n_judgments=len(a) + len(b),
    )
    if clusters < 2:
        return found.model_copy(update={"why": ONE_CLUSTER})
    half = t_quantile(level, clusters - 1) * sqrt(clusters / (clusters - 1) * float(sums @ sums))
    limits = {"low": max(-1.0, value - half), "high": min(1.0, value + half)}
    return found.model_copy(update={**limits, "method": "t over clusters, questions of either arm"})


def sign_flip(sample: Sample, *, seed: int = 0, draws: int = DRAWS) -> PValue:
    """Test that differences are as likely to be negative as positive.

    Whole clusters change sign together; those without a difference are dropped. With equal sizes, as with one row
    per question, this is the exact test of McNemar (1947), a binomial; up to 20 clusters every assignment is
    enumerated; beyond, p = (b + 1) / (B + 1) over random ones [Phipson and Smyth 2010].
    """
    _, codes = np.unique(sample.cluster, return_inverse=True)
    sums = np.bincount(codes, sample.values)
    sums = sums[np.abs(sums) > EQUAL]
    if not len(sums):
        return PValue(1.0, "sign-flip permutation, no question differs")
    sizes = np.abs(sums)
    if np.ptp(sizes) < EQUAL * sizes.max():
        name = "exact McNemar" if sample.n_clusters == len(sample) and abs(sizes[0] - 1) < EQUAL else "exact sign"
        return PValue(_binomial(int((sums > 0).sum()), len(sums)), name)
    observed = abs(float(sums.sum())) - EQUAL * float(sizes.sum())
    if len(sums) <= MOST_ENUMERATED:
        return PValue(float((np.abs(_all_sums(sizes)) >= observed).mean()), "sign-flip permutation, exact")
    beyond = _random_beyond(sizes, observed, draws, seed)
    return PValue((beyond + 1) / (draws + 1), f"sign-flip permutation, {draws:,} draws")


def equivalent(sample: Sample, *, margin: float) -> float | None:
    """Return the p-value of two one-sided tests that the true difference is within the margin [Schuirmann 1987].

    Where no question differs from another there is no error: then it is the tail beyond the t at which the bound of
    `intervals.difference`, t^2 / (clusters + t^2), reaches the margin. None with one cluster.
    """
    error, df = standard_error(sample)
    nearest = margin - abs(sample.mean)
    if df < 1:
        return None
    if error > EQUAL:
        return t_cdf(df, -nearest / error)
    if nearest <= 0:
        return 1.0
    return t_cdf(df, -sqrt((df + 1) * nearest / (1 - nearest))) if nearest < 1 else 0.0


def holm(comparisons: tuple[Comparison, ...], *, family: str) -> tuple[Comparison, ...]:
    """Adjust the p-values of one family: max over the smaller ones of (m - rank) p [Holm 1979]."""
    tested = sorted((i for i, c in enumerate(comparisons) if c.p is not None), key=lambda i: comparisons[i].p or 0.0)
    adjusted: dict[int, float] = {}
    floor = 0.0
    for rank, i in enumerate(tested):
        floor = max(floor, min(1.0, (len(tested) - rank) * (comparisons[i].p or 0.0)))
        adjusted[i] = floor
    return tuple(
        c.model_copy(update={"p_adjusted": adjusted.get(i), "family": family}) for i, c in enumerate(comparisons)
    )


def cohen_h(a: float, b: float) -> float:
    """Return 2 asin sqrt(a) - 2 asin sqrt(b): 0.2 is small, 0.5 medium, 0.8 large [Cohen 1988]."""
    return 2 * asin(sqrt(min(1.0, max(0.0, a)))) - 2 * asin(sqrt(min(1.0, max(0.0, b))))


def h_interval(paired: Paired, *, level: float = LEVEL) -> tuple[float, float] | None:
    """Return the interval of Cohen's h by the delta method, t over clusters; None where a mean is 0 or 1.

    2 asin sqrt(p) has the slope 1 / sqrt(p (1 - p)), so the influence of a question is that of each mean times its
    slope, one less the other.
    """
    means = float(paired.a.mean()), float(paired.b.mean())
    if not all(EQUAL < mean < 1 - EQUAL for mean in means):
        return None
    one, other = ((arm - m) / sqrt(m * (1 - m)) for arm, m in zip((paired.a, paired.b), means, strict=True))
    error, df = standard_error(Sample(one - other, paired.question, paired.cluster))
    if df < 1:
        return None
    half = t_quantile(level, df) * error
    return cohen_h(*means) - half, cohen_h(*means) + half


def _binomial(wins: int, n: int) -> float:
    """Return the two-sided p-value of a fair coin: twice the smaller tail, at most 1."""
    fewer = min(wins, n - wins)
    return min(1.0, 2 * beta_cdf(n - fewer, fewer + 1, 0.5))


def _all_sums(sizes: Floats) -> Floats:
    sums = np.zeros(1)
    for size in sizes:
        sums = np.concatenate([sums + size, sums - size])
    return sums


def _random_beyond(sizes: Floats, observed: float, draws: int, seed: int) -> int:
    rng = np.random.default_rng(seed)
    beyond = 0
    for start in range(0, draws, 1000):
        flips = rng.integers(0, 2, size=(min(1000, draws - start), len(sizes))) * 2.0 - 1.0
        beyond += int((np.abs(flips @ sizes) >= observed).sum())
    return beyond
