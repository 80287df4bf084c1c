"""What sways a judge besides the arguments: the order of the answers, and how long each side spoke."""

from __future__ import annotations

from functools import lru_cache, reduce

import numpy as np

from debate.domain import Value
from debate.stats.column import Floats
from debate.stats.estimate import LEVEL, ONE_CLUSTER, Estimate, Measure, NoData
from debate.stats.intervals import average, estimate, proportion
from debate.stats.logistic import fit
from debate.stats.outcomes import TIE, Outcomes
from debate.stats.sample import Sample, firsts, pairs

UNCOUNTED = "no valid ruling, other than ties, on a two-sided debate whose words were counted"
EQUAL = "both sides always spoke as many words"


class Swaps(Value):
    """What happens when a judge reads the same transcript with the answers displayed the other way round."""

    consistency: Measure
    """The same answer wins in every order; a tie in one only is inconsistent [Khan et al. 2024]."""
    accuracy_in_all_orders: Measure
    """The right answer wins in every order."""


def position_bias(outcomes: Outcomes, *, level: float = LEVEL) -> Measure:
    """Estimate by how much the first displayed answer is favoured: +0.5 is always, -0.5 never.

    1/2 [P(first chosen | first is right) + P(first chosen | first is not right)] - 1/2, ties half.
    """
    sample = _first_chosen(outcomes)
    if isinstance(sample, NoData):
        return sample
    measured = average(sample, level=level, within=(0.0, 1.0))
    return _shifted(measured, -0.5)


def chose_first(outcomes: Outcomes, *, level: float = LEVEL) -> Measure:
    """Estimate how often the first displayed answer is chosen; a fair coin, and a perfect judge, do half the time.

    Rulings weigh the same whether or not the first answer is right.
    """
    sample = _first_chosen(outcomes)
    if isinstance(sample, NoData):
        return sample
    return proportion(sample, level=level)


def length_bias(outcomes: Outcomes, *, level: float = LEVEL) -> Measure:
    """Estimate how the log odds of a side's being chosen rise with the logarithm of its words over the other's.

    The slope of a logistic regression given which side is right; ties are left out. 0.7 means that twice the words
    multiply the odds by 2^0.7 = 1.6.
    """
    design, event, sample = _longer(outcomes)
    if not len(event):
        return NoData(why=UNCOUNTED)
    if np.ptp(np.abs(design[:, 0])) < TIE and np.abs(design[:, 0]).max() < TIE:
        return NoData(why=EQUAL)
    if sample.n_clusters < 2:
        return NoData(why=ONE_CLUSTER)
    found = fit(design, event, weight=sample.weights, cluster=sample.cluster)
    low, high = found.interval(level)
    limits = float(low[0]), float(high[0])
    return estimate(sample, float(found.coefficients[0]), limits, level, method=found.method)


def chose_longer(outcomes: Outcomes, *, level: float = LEVEL) -> Measure:
    """Estimate how often the side with more words is chosen, weighing rulings the same whether or not it is right."""
    design, event, sample = _longer(outcomes)
    unequal = np.abs(design[:, 0]) > TIE
    longer_chosen = (event == 1) == (design[:, 0] > 0)
    longer_right = (design[:, 1] > 0) == (design[:, 0] > 0)
    sided = Sample(
        longer_chosen.astype(np.float64), sample.question, sample.cluster, side=longer_right.astype(np.int32)
    ).take(unequal)
    if not len(sample):
        return NoData(why=UNCOUNTED)
    if not len(sided):
        return NoData(why=EQUAL)
    if sided.side is None or len(np.unique(sided.side)) < 2:
        return NoData(why="the longer side was never, or always, right")
    return proportion(sided, level=level)


def swaps(outcomes: Outcomes, *, level: float = LEVEL) -> Swaps:
    """Compare a judge's rulings on the same transcript over the orders in which the answers were displayed."""
    rows = np.flatnonzero(outcomes.valid & (outcomes.first >= 0))
    read = (outcomes.debate, outcomes.judge.codes, outcomes.view.codes, outcomes.heard)
    ballot = reduce(pairs, (codes[rows] for codes in read))
    first_of = firsts(pairs(ballot, outcomes.first[rows]))
    orders = np.bincount(ballot[first_of]) if len(ballot) else np.zeros(0, np.int64)
    several = orders > 1
    if not several.any():
        none = NoData(why="no transcript was judged in two orders")
        return Swaps(consistency=none, accuracy_in_all_orders=none)
    rulings = outcomes.select(rows)
    low, high = np.full(len(orders), 99), np.full(len(orders), -99)
    np.minimum.at(low, ballot, rulings.chosen)
    np.maximum.at(high, ballot, rulings.chosen)
    right = np.ones(len(orders))
    np.minimum.at(right, ballot, np.where(rulings.correct_answer < 0, np.nan, rulings.correct))
    once = np.zeros(len(rulings), bool)
    once[np.unique(ballot, return_index=True)[1]] = True
    once &= several[ballot]
    keyed = once & (rulings.correct_answer >= 0)
    same = rulings.sample((low == high)[ballot].astype(np.float64)).take(once)
    unkeyed = "no question here has a known right answer"
    return Swaps(
        consistency=proportion(same, level=level),
        accuracy_in_all_orders=proportion(rulings.sample(right[ballot]).take(keyed), level=level, empty=unkeyed),
    )


@lru_cache(maxsize=1)  # two measures of the same rulings follow each other
def _first_chosen(outcomes: Outcomes) -> Sample | NoData:
    rows = outcomes.scored & (outcomes.first >= 0)
    if not rows.any():
        return NoData(why="no valid ruling on a known answer says which answer was displayed first")
    margin = outcomes.margin_of(outcomes.first, rows)
    values = np.where(margin == 0, 0.5, (margin > 0).astype(np.float64))
    right = outcomes.first == outcomes.correct_answer
    if not right[rows].any() or right[rows].all():
        return NoData(why="the right answer was never, or always, displayed first")
    plain = outcomes.sample(values)
    return Sample(values, plain.question, plain.cluster, judge=plain.judge, side=right.astype(np.int32)).take(rows)


@lru_cache(maxsize=1)
def _longer(outcomes: Outcomes) -> tuple[Floats, Floats, Sample]:
    """Return (log word ratio, which side is right), whether seat one was chosen, and how rulings are nested."""
    debates, at = outcomes.debates, outcomes.debate
    words, right = np.maximum(debates.words, 1).astype(np.float64), debates.on_right_side.astype(np.float64)
    sides = np.stack([np.log(words[:, 0] / words[:, 1]), right[:, 0] - right[:, 1]], axis=1)
    two = np.asarray(((debates.argues >= 0) & (debates.words > 0)).all(axis=1))
    one, other = (outcomes.belief_in(debates.argues[:, seat].take(at)) for seat in (0, 1))
    margin = one - other
    rows = np.flatnonzero(outcomes.scored & two[at] & (np.abs(margin) >= TIE))
    return sides.take(at[rows], axis=0), (margin[rows] > 0).astype(np.float64), outcomes.sample(margin).take(rows)


def _shifted(measured: Measure, by: float) -> Measure:
    if not isinstance(measured, Estimate):
        return measured
    moved = {name: None if (v := getattr(measured, name)) is None else v + by for name in ("value", "low", "high")}
    return measured.model_copy(update=moved)
