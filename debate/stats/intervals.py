"""How certain a mean is: intervals whose coverage was measured, on clusters unless rows are asked for."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from debate.stats import tails
from debate.stats.column import Floats, Rows
from debate.stats.estimate import LEVEL, ONE_CLUSTER, Estimate, Measure, NoData
from debate.stats.sample import Sample, pairs

FEW_JUDGES = 5
"""Below this many people a variance between judges cannot be told from chance."""

TINY = 1e-18
"""A variance below this is rounding: every cluster says the same."""

EXACT = 1e-12
"""A share so near to 0 or 1 is 0 or 1."""
SYMMETRIC = 1e-6
"""Skewness below this moves no interval."""

Range = tuple[float, float]
Draws = NDArray[np.float32]
"""How often each draw of a bootstrap takes each cluster: (draws, clusters)."""


def wilson(share: float, n: float, quantile: float) -> Range:
    """Return Wilson's score interval of a proportion.

    (m + q^2/2n -+ q sqrt(m(1-m)/n + q^2/4n^2)) / (1 + q^2/n) [Wilson 1927].
    """
    spread = quantile * quantile / n
    middle = (share + spread / 2) / (1 + spread)
    half = quantile * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return max(0.0, middle - half) if share > 0 else 0.0, min(1.0, middle + half) if share < 1 else 1.0


def normal_quantile(level: float) -> float:
    """Return the two-sided quantile of the normal distribution."""
    return tails.normal_quantile(0.5 + level / 2)


def t_quantile(level: float, df: float) -> float:
    """Return the two-sided quantile of Student's t."""
    return tails.t_quantile(df, 0.5 + level / 2)


def proportion(sample: Sample, *, level: float = LEVEL, empty: str = "no valid judgment") -> Measure:
    """Estimate a proportion.

    By question: Wilson with the effective size n_eff = m(1-m)/SE^2 (the number of clusters where SE is 0) and the t
    quantile on clusters - 1 [Korn and Graubard 1998; Dean and Pagano 2015]. By judgment: Wilson over rows.
    """
    if not len(sample):
        return NoData(why=empty)
    sample = sample.condensed
    share = _certain(sample.mean)
    if sample.unit == "judgment":
        limits = wilson(share, sample.n_judgments, normal_quantile(level))
        return estimate(sample, share, limits, level, method="Wilson over rows")
    variance, df, how = _spread(sample)
    if df < 1:
        return estimate(sample, share, None, level, why=ONE_CLUSTER)
    effective = share * (1 - share) / variance if variance > TINY else df + 1.0
    limits = wilson(share, effective, t_quantile(level, df))
    return estimate(sample, share, limits, level, method=f"Wilson with t, {how}")


def average(
    sample: Sample,
    *,
    level: float = LEVEL,
    within: Range = (-np.inf, np.inf),
    empty: str = "no valid judgment",
    skewed: bool = True,
) -> Measure:
    """Estimate a mean, its interval cut to the range that the quantity can have.

    By question: m - SE g(+-t), t corrected for skewness, without which a mean of few beliefs near 1 is covered 87
    times in a hundred [Hall 1992]. By judgment, or of what is not skewed: m -+ t SE.
    """
    if not len(sample):
        return NoData(why=empty)
    sample = sample.condensed
    if sample.unit == "judgment":
        variance, df, how = sample.variance(np.arange(len(sample), dtype=np.int32)), len(sample) - 1, "over rows"
    else:
        variance, df, how = _spread(sample)
    if df < 1:
        return estimate(sample, sample.mean, None, level, why=ONE_CLUSTER)
    corrected = skewed and sample.unit == "question" and variance > TINY
    skewness = sample.third_moment(sample.cluster) / variance**1.5 if corrected else 0.0
    error, quantile = sqrt(variance), t_quantile(level, df)
    low, high = (sample.mean - error * unskewed(end, skewness) for end in (quantile, -quantile))
    name = "skewness-corrected t" if corrected else "t"
    limits = (max(within[0], low), min(within[1], high))
    return estimate(sample, sample.mean, limits, level, method=f"{name}, {how}")


def unskewed(t: float, skewness: float) -> float:
    """Return the T that Hall's transformation takes to t: t = T + s T^2 / 3 + s^2 T^3 / 27 + s / 6 [Hall 1992].

    `skewness` is that of the mean: of its values over the root of their number.
    """
    if abs(skewness) < SYMMETRIC:
        return t
    return 3 / skewness * (float(np.cbrt(1 + skewness * (t - skewness / 6))) - 1)


def difference(sample: Sample, *, level: float = LEVEL, empty: str = "nothing is shared") -> Measure:
    """Estimate a mean difference of two shares, in [-1, 1].

    m -+ t SE over clusters; where every cluster shows the same difference, m -+ t^2 / (clusters + t^2), the bound
    that Wilson's interval gives of what so many clusters may not have shown.
    """
    found = average(sample, level=level, within=(-1.0, 1.0), empty=empty, skewed=False)
    clusters = sample.n_clusters
    if not isinstance(found, Estimate) or clusters < 2 or sample.variance(sample.cluster) > TINY:
        return found
    half = wilson(0.0, clusters, t_quantile(level, clusters - 1))[1]
    limits = {"low": max(-1.0, found.value - half), "high": min(1.0, found.value + half)}
    return found.model_copy(update={**limits, "method": "Wilson's bound, no variance over clusters"})


def standard_error(sample: Sample) -> tuple[float, int]:
    """Return the standard error of the mean, and its degrees of freedom."""
    variance, df, _ = _spread(sample)
    return sqrt(variance), df


@lru_cache(maxsize=2)  # the groups of a report mostly have the same clusters
def resample(clusters: int, *, draws: int, seed: int) -> Draws:
    """Return how often each draw of a bootstrap takes each cluster: an array (draws, clusters), not to be changed.

    A percentile interval covers less than it promises at 20 clusters: it is for what nothing else serves.
    """
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, clusters, size=(draws, clusters)) + clusters * np.arange(draws)[:, None]
    times = np.bincount(drawn.ravel(), minlength=draws * clusters).reshape(draws, clusters).astype(np.float32)
    times.flags.writeable = False
    return times


def resummed(times: Floats | Draws, table: Floats | Rows) -> Floats:
    """Add up a table's rows in each draw, so many times each: (draws, columns).

    Draws of a bootstrap come in single precision, and so does what they add up to: its error, one in ten million, is
    far under that of a thousand draws.
    """
    return np.asarray(times @ table.astype(times.dtype, copy=False), np.float64)


def percentiles(draws: Floats, level: float = LEVEL) -> Range:
    """Return the percentile interval of the draws of a bootstrap."""
    low, high = np.quantile(draws, [0.5 - level / 2, 0.5 + level / 2])
    return float(low), float(high)


def expanded(draws: Floats, clusters: int, level: float = LEVEL) -> Floats:
    """Return the expanded percentile interval of the draws of a bootstrap over so few clusters, (2, ...).

    Its ends are the quantiles Phi(-+ sqrt(n / (n - 1)) t), t Student's on n - 1, in place of alpha / 2 and its
    complement: a bootstrap's spread is too small by sqrt((n - 1) / n), and its quantiles are normal [Hesterberg 2015].
    """
    beyond = tails.normal_cdf(-sqrt(clusters / (clusters - 1)) * t_quantile(level, clusters - 1))
    return np.asarray(np.quantile(draws, [beyond, 1 - beyond], axis=0))


def _spread(sample: Sample) -> tuple[float, int, str]:
    """Return the variance of the mean, its degrees of freedom, and what it was taken over."""
    over_clusters = sample.variance(sample.cluster)
    if sample.judge is None:
        return over_clusters, sample.n_clusters - 1, "over clusters"
    if sample.n_judges < FEW_JUDGES:
        return over_clusters, sample.n_clusters - 1, f"over clusters, these {sample.n_judges} judges only"
    over_judges = sample.variance(sample.judge)
    over_cells = sample.variance(pairs(sample.cluster, sample.judge))
    both = max(over_clusters, over_judges, over_clusters + over_judges - over_cells)
    return both, min(sample.n_clusters, sample.n_judges) - 1, "over clusters and judges"


def _certain(share: float) -> float:
    """Return a share, without the rounding of weights that do not quite sum to 1."""
    return 1.0 if share > 1 - EXACT else 0.0 if share < EXACT else share


def estimate(
    sample: Sample, value: float, limits: Range | None, level: float = LEVEL, *, method: str = "", why: str = ""
) -> Estimate:
    """Return a number with its interval, if it has one, and what it was taken over."""
    low, high = (None, None) if limits is None else limits
    return Estimate(
        value=value,
        low=low,
        high=high,
        level=level,
        method="none" if limits is None else method,
        unit=sample.unit,
        n_clusters=sample.n_clusters,
        n_questions=sample.n_questions,
        n_judgments=sample.n_judgments,
        why=why,
    )
