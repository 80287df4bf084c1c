"""How well debaters win judges over, arguing the right answer and arguing a wrong one.

Copies of a question are averaged first, as everywhere.
"""

from __future__ import annotations

import numpy as np

from debate.stats.bouts import Bouts, Side
from debate.stats.column import Floats
from debate.stats.estimate import LEVEL, Measure, NoData, Unit
from debate.stats.intervals import average, difference, proportion
from debate.stats.sample import Sample


def win_rate(bouts: Bouts, *, side: Side = "all", unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate the share of rulings won, on one side or on both, ties half."""
    sample = bouts.sample(bouts.score, unit)
    if side != "all":
        sample = sample.take(bouts.right == int(side == "right_side"))
    return proportion(sample, level=level, empty="no valid ruling")


def judge_accuracy(bouts: Bouts, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate how often judges were right about these debates, whoever argued what."""
    known = ~np.isnan(bouts.told)
    return proportion(bouts.sample(bouts.told, unit).take(known), level=level, empty="no answer is known")


def mean_belief(bouts: Bouts, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate the mean final belief obtained for one's own answer."""
    return average(bouts.sample(bouts.belief, unit), level=level, within=(0.0, 1.0), empty="no valid ruling")


def log_odds_per_round(bouts: Bouts, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate the net change of log odds toward one's own answer, per round.

    In a two-sided debate it belongs to the match, in a one-sided one to the speaker.
    """
    return _of_known(bouts, bouts.log_odds, unit, level)


def log_odds_per_100_words(bouts: Bouts, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate the net change of log odds toward one's own answer, per 100 words of one's own."""
    spoken = np.where(bouts.words > 0, bouts.words, np.nan)
    return _of_known(bouts, np.asarray(100.0 * bouts.gain / spoken), unit, level)


def win_rate_gap(bouts: Bouts, *, level: float = LEVEL) -> Measure:
    """Estimate the win rate arguing right answers less that arguing wrong ones, on questions argued both ways."""
    return gap(bouts.sample(bouts.score, side=bouts.right), level=level, shares=True)


def log_odds_gap(bouts: Bouts, *, level: float = LEVEL) -> Measure:
    """Estimate the same gap in log odds per round: what a protocol has to make large."""
    known = bouts.started > 0
    if not known.any():
        return NoData(why=NO_PRIOR)
    return gap(bouts.sample(bouts.log_odds, rulings=bouts.started, side=bouts.right).take(known), level=level)


def gap(sample: Sample, *, level: float = LEVEL, shares: bool = False) -> Measure:
    """Estimate right side minus wrong side, paired by question, both sides weighing the same.

    Args:
        sample: numbers whose `side` is 1 for the right side and 0 for a wrong one; others are left out.
        level: of the interval.
        shares: whether the numbers are in [0, 1].
    """
    assert sample.side is not None
    sided = sample if sample.side.min(initial=0) >= 0 else sample.take(sample.side >= 0)
    rulings, sums = (sided.by_side(values) for values in (None, sided.values))
    shared = np.flatnonzero((rulings > 0).all(axis=1))
    if not len(shared):
        return NoData(why="no question was argued from both sides")
    means = sums[shared] / rulings[shared]
    cluster = np.zeros(len(rulings), np.int32)
    cluster[sided.question] = sided.cluster
    paired = Sample(means[:, 1] - means[:, 0], shared.astype(np.int32), cluster[shared])
    measured = difference(paired, level=level) if shares else average(paired, level=level)
    return measured.model_copy(update={"n_judgments": int(rulings[shared].sum())})


NO_PRIOR = "no judge was asked for its belief before the first argument"


def _of_known(bouts: Bouts, values: Floats, unit: Unit, level: float) -> Measure:
    if not len(bouts):
        return NoData(why="no valid ruling")
    asked = bouts.sample(values, unit, rulings=bouts.started).take(~np.isnan(values))
    return average(asked, level=level, empty=NO_PRIOR)
