"""What a plan can detect: the smallest difference it has an 80% chance to show, and the questions it takes.

With n questions of k judgments each per arm, e = (1 + (k-1) rho) / k, the mean of the two arms where their k differ,
and z = z_{1-alpha/2} + z_{power}:

    paired      d^2 = z^2 (D e - d^2) / n    D the share of judgments on which the arms disagree
    unpaired    d^2 = z^2 2 p (1-p) e / n

[Connor 1987 for paired proportions; Kish 1965 for the design effect k e.] z_{1-alpha/2} is Student's t with n-1 or
2(n-1) df.
"""

from __future__ import annotations

from math import inf, sqrt
from typing import Any

from debate.domain import Value
from debate.stats.tails import normal_quantile, t_quantile

ALPHA = 0.05
POWER = 0.8
ASSUMED = "assumed"
"""Where discordance and correlation come from, where no data say."""
DISCORDANCE = 0.25
"""The share of questions on which two arms disagree, where no data say otherwise."""
CORRELATION = 0.4
"""Within the judgments of one question, where no data say otherwise."""
BASE = 0.7
"""The accuracy around which unpaired arms are compared."""
MOST = 10_000_000


class Power(Value):
    """The smallest difference that a plan can detect, and what was assumed."""

    paired: float | None
    unpaired: float | None
    """None where there are too few questions for any difference."""
    n_questions: int
    per_question: float
    per_question_b: float | None = None
    """In the other arm, where that differs."""
    alpha: float = ALPHA
    power: float = POWER
    discordance: float = DISCORDANCE
    correlation: float = CORRELATION
    base: float = BASE
    source: str = ASSUMED
    """Where discordance and correlation come from."""


def mde(n_questions: int, per_question: float = 1.0, **assumed: Any) -> Power:
    """Return the smallest difference in accuracy that two arms of a plan can show, paired and unpaired.

    Args:
        n_questions: questions (or passages, where several share one) in each arm.
        per_question: judgments of a question in each arm.
        assumed: `per_question_b`, `alpha`, `power`, `discordance`, `correlation`, `base`, `source`.
    """
    plan = Power(paired=None, unpaired=None, n_questions=n_questions, per_question=per_question, **assumed)
    return plan.model_copy(update={"paired": _at_most_1(_paired(plan)), "unpaired": _at_most_1(_unpaired(plan))})


def questions_needed(
    difference: float, per_question: float = 1.0, *, paired: bool = True, **assumed: Any
) -> int | None:
    """Return how many questions each arm needs to show a difference; None where no number will do."""

    def enough(n: int) -> bool:
        found = mde(n, per_question, **assumed)
        detected = found.paired if paired else found.unpaired
        return detected is not None and detected <= difference

    if difference <= 0 or not enough(MOST):
        return None
    low, high = 1, 2
    while not enough(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def detectable(error: float, df: float, *, alpha: float = ALPHA, power: float = POWER) -> float:
    """Return the difference that a test with this standard error shows with the given power."""
    return error * _quantiles(df, alpha, power)


def _paired(plan: Power) -> float:
    z = _quantiles(plan.n_questions - 1, plan.alpha, plan.power)
    return z * sqrt(plan.discordance * _noise(plan) / (plan.n_questions + z * z)) if z < inf else inf


def _unpaired(plan: Power) -> float:
    z = _quantiles(2 * (plan.n_questions - 1), plan.alpha, plan.power)
    return z * sqrt(2 * plan.base * (1 - plan.base) * _noise(plan) / plan.n_questions) if z < inf else inf


def _noise(plan: Power) -> float:
    """Return what is left of the variance of a question when its judgments are averaged, over the two arms."""
    copies = (plan.per_question, plan.per_question_b or plan.per_question)
    return sum((1 + (k - 1) * plan.correlation) / k for k in copies) / 2


def _quantiles(df: float, alpha: float, power: float) -> float:
    if df < 1:
        return inf
    return t_quantile(df, 1 - alpha / 2) + normal_quantile(power)


def _at_most_1(difference: float) -> float | None:
    return difference if difference < 1 else None
