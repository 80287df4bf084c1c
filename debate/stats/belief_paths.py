"""How belief in the right answer moves while a debate is read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from debate.domain import Value
from debate.stats.accuracy import clip
from debate.stats.column import Codes, Flags, Floats
from debate.stats.estimate import LEVEL, Estimate, Measure, NoData, Unit
from debate.stats.intervals import average, proportion
from debate.stats.outcomes import TIE, Outcomes

NO_PRIOR = "no judge was asked for its belief before the first argument"


class Step(Value):
    """Belief after one round, over all judgments; one that ended earlier keeps its last belief."""

    after_round: int
    belief: Measure
    accuracy: Measure
    at_risk: int
    """The judgments that were still being read, so that belief could change."""


class Paths(Value):
    """Where belief went in one group of judgments."""

    steps: tuple[Step, ...] = ()
    swings: Measure
    """The share of judgments whose belief crossed one half on the way."""
    last_swings: Measure
    """The share whose belief crossed one half in the last round."""


@dataclass(frozen=True)
class Held:
    """Belief in the right answer: (judgments, rounds); filled forward after an early end."""

    rulings: Outcomes
    rounds: Codes
    belief: Floats
    seen: Flags
    """Whether a belief was recorded, not filled in."""

    @classmethod
    def of(cls, outcomes: Outcomes) -> Held:
        """Take the valid judgments that have a path, and spread it over the rounds."""
        with_path = np.zeros(len(outcomes), bool)
        with_path[outcomes.path.ruling] = True
        rulings = outcomes.select(outcomes.scored & with_path)
        path = rulings.path
        rounds, column = np.unique(path.after_round, return_inverse=True)
        belief = np.full((len(rulings), len(rounds)), np.nan)
        belief[path.ruling, column] = path.beliefs[np.arange(len(column)), rulings.correct_answer[path.ruling]]
        seen = ~np.isnan(belief)
        for k in range(1, len(rounds)):
            belief[:, k] = np.where(seen[:, k], belief[:, k], belief[:, k - 1])
        return cls(rulings, rounds.astype(np.int32), belief, seen)


def paths(outcomes: Outcomes, *, unit: Unit = "question", level: float = LEVEL) -> Paths:
    """Measure the mean belief in the right answer after each round, and how often it swung."""
    held = Held.of(outcomes)
    if not len(held.rulings):
        none = NoData(why="no judge was asked for its beliefs on the way")
        return Paths(swings=none, last_swings=none)
    crossed = _crossed(held.belief)
    several = held.belief.shape[1] > 1
    last = crossed[np.arange(len(crossed)), _last_change(held.seen)] if several else np.zeros(len(crossed), bool)
    return Paths(
        steps=tuple(_step(held, k, unit, level) for k in range(len(held.rounds))),
        swings=_share(held, np.asarray(crossed.any(axis=1)), unit, level),
        last_swings=_share(held, last, unit, level),
    )


def last_change(outcomes: Outcomes) -> Floats:
    """Return how much belief in the right answer changed in the last round of each judgment; NaN where not known."""
    path, before = outcomes.path, np.full(len(outcomes), np.nan)
    right = outcomes.correct_answer[path.ruling]
    earlier = path.after_round < outcomes.rounds[path.ruling]
    belief = path.beliefs[np.arange(len(right)), np.maximum(right, 0)]
    before[path.ruling[earlier]] = belief[earlier]  # rounds ascend, so the last one before the end stays
    return np.asarray(outcomes.p_right - before)


def bits_per_round(outcomes: Outcomes, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate the information gained about the right answer per round, in bits [Michael et al. 2023].

    sum log2(p_end / p_start) / sum rounds, p_start the belief before any argument; the variance is that of the
    ratio, linearised, over clusters.
    """
    before = outcomes.path.after_round == 0
    start = np.full(len(outcomes), np.nan)
    rows = outcomes.path.ruling[before]
    right = outcomes.correct_answer[rows]
    start[rows] = np.where(right >= 0, outcomes.path.beliefs[before, np.maximum(right, 0)], np.nan)
    usable = outcomes.scored & ~np.isnan(start) & (outcomes.rounds > 0)
    if not usable.any():
        return NoData(why=NO_PRIOR)
    bits = np.log2(clip(outcomes.p_right[usable]) / clip(start[usable]))
    rounds = outcomes.rounds[usable].astype(np.float64)
    sample = outcomes.select(usable).sample(bits, unit=unit)
    mean_rounds = float(sample.weights @ rounds)
    ratio = sample.mean / mean_rounds
    around = outcomes.select(usable).sample((bits - ratio * rounds) / mean_rounds, unit=unit)
    return _moved(average(around, level=level), ratio)


def _step(held: Held, k: int, unit: Unit, level: float) -> Step:
    belief = held.belief[:, k]
    known = ~np.isnan(belief)
    sample = held.rulings.sample(belief, unit=unit).take(known)
    right = held.rulings.sample((belief > 0.5 + TIE).astype(np.float64), unit=unit).take(known)
    return Step(
        after_round=int(held.rounds[k]),
        belief=average(sample, level=level, within=(0.0, 1.0)),
        accuracy=proportion(right, level=level),
        at_risk=int(held.seen[:, k].sum()),
    )


def _crossed(belief: Floats) -> Flags:
    """Tell for each judgment and round whether belief passed to the other side of one half since it last left it."""
    side = np.where(np.isnan(belief), 0, np.sign(np.where(np.abs(belief - 0.5) < TIE, 0.0, belief - 0.5)))
    crossed = np.zeros(belief.shape, bool)
    held = side[:, 0]
    for k in range(1, belief.shape[1]):
        crossed[:, k] = (side[:, k] != 0) & (held != 0) & (side[:, k] != held)
        held = np.where(side[:, k] != 0, side[:, k], held)
    return crossed


def _last_change(seen: Flags) -> Codes:
    """Return the last round in which each judgment recorded a belief."""
    return np.asarray(seen.shape[1] - 1 - seen[:, ::-1].argmax(axis=1), np.int32)


def _share(held: Held, flags: Flags, unit: Unit, level: float) -> Measure:
    return proportion(held.rulings.sample(flags.astype(np.float64), unit=unit), level=level)


def _moved(measured: Measure, to: float) -> Measure:
    if not isinstance(measured, Estimate):
        return measured
    by = to - measured.value
    ends = {name: None if (v := getattr(measured, name)) is None else v + by for name in ("low", "high")}
    return measured.model_copy(update={"value": to, **ends})
