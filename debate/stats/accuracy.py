"""How often judges find the right answer, and how good their probabilities are."""

from __future__ import annotations

from typing import get_args

import numpy as np

from debate.domain import JudgmentState, Value
from debate.stats.beliefs import misses
from debate.stats.column import Flags, Floats
from debate.stats.estimate import LEVEL, Measure, NoData, Unit, known
from debate.stats.intervals import average, proportion
from debate.stats.outcomes import Outcomes
from debate.stats.sample import Sample

CLIP = (0.01, 0.99)
"""Logarithms see beliefs cut to the range of the human gauge, so that one certain error is not infinite."""
ROUND_PRICE = 0.05
"""What a round costs a judge, in bits [Michael et al. 2023]."""
LOPSIDED = 0.05
"""Missing rulings that differ by more than this between the sides are worth a warning."""


class Bounds(Value):
    """Accuracy if every missing ruling were wrong, and if every one were right."""

    low: float | None = None
    high: float | None = None
    n_judgments: int = 0
    n_missing: int = 0
    missing_right_side: float | None = None
    """The share of rulings missing where the side heard argued the right answer (one-sided protocols)."""
    missing_wrong_side: float | None = None

    @property
    def lopsided(self) -> bool:
        """Whether rulings are missing more often on one side than on the other."""
        right, wrong = self.missing_right_side, self.missing_wrong_side
        return right is not None and wrong is not None and abs(right - wrong) > LOPSIDED


def accuracy(outcomes: Outcomes, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate the share of valid judgments that are correct; a tie is not.

    One-sided protocols: the mean of the two sides' accuracies over the same questions [Khan et al. 2024].
    """
    return _proportion(outcomes, outcomes.correct.astype(np.float64), outcomes.scored, unit, level)


def accuracy_all(outcomes: Outcomes, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate the share of all judgments that are correct: what is not valid counts as wrong."""
    return _proportion(outcomes, outcomes.correct.astype(np.float64), outcomes.correct_answer >= 0, unit, level)


def bounds(outcomes: Outcomes, *, unit: Unit = "question") -> Bounds:
    """Return accuracy were all missing rulings wrong, and were all of them right."""
    keyed = outcomes.correct_answer >= 0
    missing = keyed & ~outcomes.valid
    right, wrong = (_missing_share(outcomes, missing, side) for side in (1, 0))
    low = accuracy_all(outcomes, unit=unit)
    high = _proportion(outcomes, (outcomes.correct | missing).astype(np.float64), keyed, unit, LEVEL)
    return Bounds(
        low=low.value,
        high=high.value,
        n_judgments=int(keyed.sum()),
        n_missing=int(missing.sum()),
        missing_right_side=right,
        missing_wrong_side=wrong,
    )


def side_accuracy(outcomes: Outcomes, *, right: bool, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate accuracy where the only side heard argued the right answer, or a wrong one."""
    side = outcomes.on_right_side
    if not (side >= 0).any():
        chosen = len(outcomes) and outcomes.debates.open_role[outcomes.debate].all()
        return NoData(why="the side was chosen, not assigned" if chosen else "both sides are heard in every debate")
    rows = outcomes.scored & (side == int(right))
    values = outcomes.correct.astype(np.float64)
    why = f"no valid judgment of a side that argued {'the right' if right else 'a wrong'} answer"
    return proportion(outcomes.sample(values, unit=unit).take(rows), level=level, empty=why)


def probabilistic(outcomes: Outcomes, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate mean belief in the right answer."""
    return _average(outcomes, outcomes.p_right, unit, level, within=(0.0, 1.0))


def brier(outcomes: Outcomes, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate the Brier score: (1 - p)^2 of the right answer, and half the sum over answers where there are more."""
    return _average(outcomes, brier_scores(outcomes), unit, level, within=(0.0, 1.0))


def brier_scores(outcomes: Outcomes) -> Floats:
    """Return each judgment's Brier score, in [0, 1]."""
    return np.where(outcomes.scored, misses(outcomes.beliefs, outcomes.correct_answer) / 2, np.nan)


def log_score(outcomes: Outcomes, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate mean log belief in the right answer, in nats; 0 is perfect, log 1/2 = -0.69 is a coin."""
    return _clipped(outcomes, np.log(clip(outcomes.p_right)), unit, level)


def judge_score(outcomes: Outcomes, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate log2 belief in the right answer less 0.05 for each round read [Michael et al. 2023]."""
    scores = np.log2(clip(outcomes.p_right)) - ROUND_PRICE * outcomes.rounds
    return _clipped(outcomes, scores, unit, level)


def ties(outcomes: Outcomes) -> int:
    """Count the rulings in which the right answer shares the largest belief."""
    return int((outcomes.tied & outcomes.scored).sum())


def invalid(outcomes: Outcomes) -> dict[JudgmentState, int]:
    """Count the judgments that are not valid, by state."""
    counts = outcomes.state.counts
    return {state: counts[state] for state in get_args(JudgmentState) if state != "valid" and counts.get(state)}


def clip(p: Floats) -> Floats:
    """Cut beliefs to the range that logarithms may see."""
    return np.clip(p, *CLIP)


def is_one_sided(outcomes: Outcomes) -> bool:
    """Tell whether every judgment heard one side only."""
    return len(outcomes) > 0 and bool((outcomes.on_right_side >= 0).all())


def nested(outcomes: Outcomes, values: Floats, rows: Flags, unit: Unit) -> Sample:
    """Nest values in their questions; in a one-sided protocol both sides weigh the same.

    The sides are compared on the questions that have both, where that is at least half of them.
    """
    if unit == "judgment" or not is_one_sided(outcomes):
        return outcomes.sample(values, unit=unit).take(rows)
    sample = outcomes.sample(values, unit=unit, sides=True).take(rows)
    assert sample.side is not None
    first, second = (np.unique(sample.question[sample.side == side]) for side in (0, 1))
    shared = np.intersect1d(first, second)
    both = np.isin(sample.question, shared)
    return sample.take(both) if 2 * len(shared) >= sample.n_questions else sample


def _proportion(outcomes: Outcomes, values: Floats, rows: Flags, unit: Unit, level: float) -> Measure:
    sample = nested(outcomes, values, rows, unit)
    return _lone_side(sample) or proportion(sample, level=level, empty=_why(outcomes))


def _average(
    outcomes: Outcomes, values: Floats, unit: Unit, level: float, within: tuple[float, float] = (-np.inf, np.inf)
) -> Measure:
    sample = nested(outcomes, values, outcomes.scored, unit)
    return _lone_side(sample) or average(sample, level=level, within=within, empty=_why(outcomes))


def _clipped(outcomes: Outcomes, values: Floats, unit: Unit, level: float) -> Measure:
    found = _average(outcomes, values, unit, level)
    p = outcomes.p_right[outcomes.scored]
    beyond = int(((p < CLIP[0]) | (p > CLIP[1])).sum())
    if not known(found) or not beyond:
        return found
    return found.model_copy(update={"method": f"{found.method}; {beyond} beliefs cut to [{CLIP[0]}, {CLIP[1]}]"})


def _lone_side(sample: Sample) -> NoData | None:
    if sample.side is None or not len(sample) or len(np.unique(sample.side)) == 2:
        return None
    argued = "the right answer" if sample.side[0] else "a wrong answer"
    return NoData(why=f"only the side that argues {argued} was judged")


def _missing_share(outcomes: Outcomes, missing: Flags, side: int) -> float | None:
    rows = outcomes.on_right_side == side
    return float(missing[rows].mean()) if rows.any() else None


def _why(outcomes: Outcomes) -> str:
    if not len(outcomes):
        return "no judgment"
    if outcomes.valid.any():
        return "no question here has a known right answer"
    return f"0 of {len(outcomes)} judgments are valid"
