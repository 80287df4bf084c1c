"""What is a belief worth, if this answer or that one is right? Proper rules, shown as points from 0 to 100.

    log        log2 p
    quadratic  1 - (1-p)^2 - (1-(1-p))^2 ... for two answers 1 - 2 (1-p)^2
    spherical  p / sqrt(p^2 + (1-p)^2)

[Gneiting and Raftery 2007.] Each round read costs `penalty`; points are linear in the score, so that the rule stays
proper: whoever says what they believe expects the most.
"""

from __future__ import annotations

from math import log2, sqrt

from debate.domain import ScoringRule, Study

LEAST, MOST = 0.01, 0.99
"""The ends of the gauge."""


def score(rule: ScoringRule, p: float) -> float:
    """Return the score of a belief `p` in the answer that turns out right."""
    if rule == "log":
        return log2(p)
    if rule == "quadratic":
        return 1 - 2 * (1 - p) ** 2
    return p / sqrt(p**2 + (1 - p) ** 2)


def points(study: Study, p: float, rounds: int, of: int) -> float:
    """Return the points for a belief `p` in the right answer after `rounds` of at most `of`."""
    worst = score(study.scoring, LEAST) - study.penalty * of
    best = score(study.scoring, MOST)
    earned = score(study.scoring, p) - study.penalty * rounds
    return 100 * (earned - worst) / (best - worst)


def round_cost(study: Study, of: int) -> float:
    """Return what one more round costs, in points."""
    worst = score(study.scoring, LEAST) - study.penalty * of
    return 100 * study.penalty / (score(study.scoring, MOST) - worst)
