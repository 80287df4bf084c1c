"""Whether a judge that says 80% is right four times in five."""

from __future__ import annotations

import numpy as np

from debate.domain import Value
from debate.stats.column import Floats
from debate.stats.estimate import LEVEL, ONE_CLUSTER, Estimate, Measure, NoData, Unit
from debate.stats.forecasts import BINS, Forecasts
from debate.stats.intervals import Range, estimate, percentiles, resample, resummed
from debate.stats.logistic import fit
from debate.stats.outcomes import TIE, Outcomes
from debate.stats.sample import Sample

DRAWS = 2000
MOST_DRAWN = 4_000_000
"""Above this many outcomes to draw, sums within bins are normal for all purposes."""


class Bin(Value):
    """One bin of a reliability curve, [low, high); the last is closed."""

    low: float
    high: float
    n: int
    """Judgments in the bin."""
    confidence: float
    accuracy: float


class Murphy(Value):
    """The Brier score in parts: reliability - resolution + uncertainty + within_bins, exactly [Murphy 1973].

    `within_bins` is the variance of forecasts within bins less twice their covariance with the event
    [Stephenson et al. 2008]; it is 0 where all forecasts of a bin are equal.
    """

    reliability: float
    resolution: float
    uncertainty: float
    within_bins: float

    @property
    def brier(self) -> float:
        """The sum of the parts."""
        return self.reliability - self.resolution + self.uncertainty + self.within_bins


class Calibration(Value):
    """Everything about the calibration of one group of judgments."""

    ece: Measure
    ece_if_perfect: float | None = None
    """The mean ECE of a perfectly calibrated judge with these confidences: finite samples never give 0."""
    ece_if_perfect_95: float | None = None
    """The 95% quantile of the same: an ECE above it is evidence of miscalibration."""
    ece_debiased: float | None = None
    """ECE less that mean, not below 0."""
    murphy: Murphy | None = None
    auroc: Measure
    """How well confidence tells right from wrong rulings."""
    slope: Measure
    """Of the logistic regression of being right on the logit of confidence; 1 is calibrated, less is overconfident."""
    intercept: Measure
    bins: tuple[Bin, ...] = ()


def calibration(
    outcomes: Outcomes, *, unit: Unit = "question", seed: int = 0, draws: int = DRAWS, level: float = LEVEL
) -> Calibration:
    """Measure the calibration of a group of judgments."""
    forecasts = Forecasts.of(outcomes, unit)
    if not len(forecasts.weight):
        none = NoData(why="no valid judgment of a question with a known right answer")
        return Calibration(ece=none, auroc=none, slope=none, intercept=none)
    sample = outcomes.sample(outcomes.confidence, unit=unit).take(outcomes.scored)
    value = ece(forecasts)
    perfect = _ece_if_perfect(forecasts, draws, seed)
    slope, intercept = _recalibration(forecasts, sample, level)
    return Calibration(
        ece=_resampled(sample, value, ece_over_clusters(forecasts, draws, seed, level), level),
        ece_if_perfect=float(perfect.mean()),
        ece_if_perfect_95=float(np.quantile(perfect, 0.95)),
        ece_debiased=max(0.0, value - float(perfect.mean())),
        murphy=murphy(forecasts) if outcomes.beliefs.shape[1] == 2 else None,
        auroc=_auroc_measure(forecasts, sample, draws, seed, level),
        slope=slope,
        intercept=intercept,
        bins=bins(forecasts),
    )


def ece(forecasts: Forecasts) -> float:
    """Return the expected calibration error: sum_k w_k |accuracy_k - confidence_k| over bins [Naeini et al. 2015]."""
    gaps = np.bincount(forecasts.bin, forecasts.weight * (forecasts.event - forecasts.confidence), BINS)
    return float(np.abs(gaps).sum())


def murphy(forecasts: Forecasts) -> Murphy:
    """Split the Brier score over the ten bins."""
    f, o, w = forecasts.confidence, forecasts.event, forecasts.weight
    mass = np.bincount(forecasts.bin, w, BINS)
    used = np.maximum(mass, np.finfo(float).tiny)
    f_bin = np.bincount(forecasts.bin, w * f, BINS) / used
    o_bin = np.bincount(forecasts.bin, w * o, BINS) / used
    base = float(w @ o)
    f_rest, o_rest = f - f_bin[forecasts.bin], o - o_bin[forecasts.bin]
    return Murphy(
        reliability=float(mass @ (f_bin - o_bin) ** 2),
        resolution=float(mass @ (o_bin - base) ** 2),
        uncertainty=base * (1 - base),
        within_bins=float(w @ (f_rest**2 - 2 * f_rest * o_rest)),
    )


def auroc(forecasts: Forecasts) -> float | None:
    """Return the chance that a right ruling is more confident than a wrong one, equal confidences half.

    The weighted Mann-Whitney statistic [Hanley and McNeil 1982]; None where all are right or all are wrong.
    """
    levels, at = forecasts.levels
    right = np.bincount(at, forecasts.weight * forecasts.event, len(levels))
    wrong = np.bincount(at, forecasts.weight * (1 - forecasts.event), len(levels))
    if min(right.sum(), wrong.sum()) <= 0:
        return None
    below = np.cumsum(wrong) - wrong
    return float(right @ (below + wrong / 2) / (right.sum() * wrong.sum()))


def bins(forecasts: Forecasts) -> tuple[Bin, ...]:
    """Return the reliability curve: the bins that hold a judgment."""
    mass = np.bincount(forecasts.bin, forecasts.weight, BINS)
    confidence = np.bincount(forecasts.bin, forecasts.weight * forecasts.confidence, BINS)
    event = np.bincount(forecasts.bin, forecasts.weight * forecasts.event, BINS)
    first = forecasts.bin[: int(forecasts.judgment.max(initial=-1)) + 1]  # the halves of ties come after
    judgments = np.bincount(first, minlength=BINS)
    return tuple(
        Bin(
            low=k / BINS,
            high=(k + 1) / BINS,
            n=int(judgments[k]),
            confidence=float(confidence[k] / mass[k]),
            accuracy=float(event[k] / mass[k]),
        )
        for k in range(BINS)
        if mass[k] > 0
    )


def _by_cluster(forecasts: Forecasts, values: Floats) -> Floats:
    """Sum values over clusters and bins: an array (clusters, bins)."""
    clusters = int(forecasts.cluster.max()) + 1
    cells = np.bincount(forecasts.cluster * BINS + forecasts.bin, values, clusters * BINS)
    return np.asarray(cells.reshape(clusters, BINS), np.float64)


def ece_over_clusters(forecasts: Forecasts, draws: int, seed: int, level: float) -> tuple[float, float]:
    """Return the percentile interval of the ECE, whole clusters resampled: biased upward, as every ECE is."""
    gaps = _by_cluster(forecasts, forecasts.weight * (forecasts.event - forecasts.confidence))
    mass = _by_cluster(forecasts, forecasts.weight).sum(axis=1)
    times = resample(len(gaps), draws=draws, seed=seed)
    return percentiles(np.abs(resummed(times, gaps)).sum(axis=1) / resummed(times, mass), level)


def _ece_if_perfect(forecasts: Forecasts, draws: int, seed: int) -> Floats:
    """Draw the ECE of a judge whose confidences are true [Broecker and Smith 2007]."""
    rng = np.random.default_rng(seed)
    if len(forecasts.weight) * draws <= MOST_DRAWN:
        right = rng.random((draws, len(forecasts.weight))) < forecasts.confidence
        gaps = (right - forecasts.confidence) * forecasts.weight
        sums = np.zeros((draws, BINS))
        for k in np.unique(forecasts.bin):
            sums[:, k] = gaps[:, forecasts.bin == k].sum(axis=1)
    else:
        variance = forecasts.weight**2 * forecasts.confidence * (1 - forecasts.confidence)
        sums = rng.normal(size=(draws, BINS)) * np.sqrt(np.bincount(forecasts.bin, variance, BINS))
    return np.asarray(np.abs(sums).sum(axis=1))


def _auroc_measure(forecasts: Forecasts, sample: Sample, draws: int, seed: int, level: float) -> Measure:
    value = auroc(forecasts)
    if value is None:
        return NoData(why="all rulings are right, or all are wrong")
    fine, place = forecasts.levels
    levels, coarse = np.unique(np.round(fine, 2), return_inverse=True)  # fine enough to resample
    at = coarse[place]
    clusters = int(forecasts.cluster.max()) + 1
    cells = (forecasts.cluster * len(levels) + at).astype(np.intp)
    size = clusters * len(levels)
    right = np.bincount(cells, forecasts.weight * forecasts.event, size).reshape(clusters, -1)
    wrong = np.bincount(cells, forecasts.weight * (1 - forecasts.event), size).reshape(clusters, -1)
    times = resample(clusters, draws=draws, seed=seed)[:1000]
    drawn_right, drawn_wrong = resummed(times, right), resummed(times, wrong)
    below = np.cumsum(drawn_wrong, axis=1) - drawn_wrong / 2
    both = drawn_right.sum(axis=1) * drawn_wrong.sum(axis=1)
    kept = both > 0
    drawn = (drawn_right * below).sum(axis=1)[kept] / both[kept]
    return _resampled(sample, value, percentiles(drawn, level) if len(drawn) else None, level)


def _resampled(sample: Sample, value: float, limits: Range | None, level: float) -> Estimate:
    if sample.n_clusters < 2:
        return estimate(sample, value, None, level, why=ONE_CLUSTER)
    return estimate(sample, value, limits, level, method="percentile bootstrap over clusters")


def _recalibration(forecasts: Forecasts, sample: Sample, level: float) -> tuple[Measure, Measure]:
    """Fit logit P(right) = intercept + slope logit(confidence), errors by cluster [Cox 1958]."""
    levels, at = forecasts.levels
    p = np.clip(levels, 0.01, 0.99)
    design = np.stack([np.ones(len(p)), np.log(p / (1 - p))], axis=1)
    if np.ptp(design[:, 1]) < TIE:
        return (NoData(why="every confidence is the same"),) * 2
    if not forecasts.cluster.any():
        return (NoData(why=ONE_CLUSTER),) * 2
    found = fit(design, forecasts.event, weight=forecasts.weight, cluster=forecasts.cluster, at=at)
    low, high = found.interval(level)
    slope, intercept = (
        estimate(sample, float(found.coefficients[k]), (float(low[k]), float(high[k])), level, method=found.method)
        for k in (1, 0)
    )
    return slope, intercept
