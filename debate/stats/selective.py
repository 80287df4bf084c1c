"""How much would be right if the judge ruled only where it is surest: risk against coverage.

Rulings in order of confidence, the surest first; risk is the weighted share of those covered that are not correct
[El-Yaniv and Wiener 2010]. Rulings of equal confidence enter together, in equal parts, so that no order among them
matters. The area under the curve is the mean risk over all coverages, taken over the steps.
"""

from __future__ import annotations

import numpy as np

from debate.domain import Value
from debate.stats.column import Floats
from debate.stats.outcomes import Outcomes

DIGITS = 12
COVERAGES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class Covered(Value):
    """What is wrong among the surest rulings."""

    coverage: float
    """The share of rulings that are covered."""
    risk: float
    """The share of these that are not correct; ties are not."""


class Selective(Value):
    """Risk by coverage, and its mean."""

    curve: tuple[Covered, ...] = ()
    area: float | None = None
    n_judgments: int = 0


def selective(outcomes: Outcomes) -> Selective:
    """Measure risk against coverage of valid rulings whose answer is known."""
    known = np.flatnonzero(outcomes.scored)
    if not len(known):
        return Selective()
    sure = np.round(outcomes.confidence[known], DIGITS)
    wrong = (~outcomes.correct[known]).astype(np.float64)
    weight = outcomes.sample(outcomes.confidence).take(outcomes.scored).weights
    covered, missed = _steps(sure, wrong, weight)
    points = tuple(
        Covered(coverage=share, risk=float(np.interp(share, covered, missed)) / share) for share in COVERAGES
    )
    return Selective(curve=points, area=_area(covered, missed), n_judgments=len(known))


def _steps(sure: Floats, wrong: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Return what is covered and what of it is wrong, after each level of confidence, from none to all."""
    _, level = np.unique(-sure, return_inverse=True)
    covered = np.cumsum(np.bincount(level, weight))
    missed = np.cumsum(np.bincount(level, weight * wrong))
    return np.append(0.0, covered / covered[-1]), np.append(0.0, missed / covered[-1])


def _area(covered: Floats, missed: Floats) -> float:
    """Integrate missed/covered over coverage; between two steps missed is a line a + b c, so a log c + b c."""
    slope = np.diff(missed) / np.diff(covered)
    start = missed[:-1] - slope * covered[:-1]
    logs = np.where(covered[:-1] > 0, np.log(covered[1:] / np.where(covered[:-1] > 0, covered[:-1], 1.0)), 0.0)
    return float((start * logs + slope * np.diff(covered)).sum())
