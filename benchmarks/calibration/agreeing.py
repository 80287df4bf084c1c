"""How often alpha's interval covers, of three judges on one transcript of each question.

From 60 questions on its promise is that of the grid, under 60 it is exempt.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from benchmarks.calibration.coverage import Row
from debate.stats.agreement import alpha_nominal, jackknife
from debate.stats.column import Floats

JUDGES = 3
ALIKE = 1.0
"""The standard deviation, in logits, of how much a question leans to one answer, the same for every judge."""
MIDDLES = (0.5, 1.7)
"""Of leanings: with the second one answer is chosen four times in five."""
MANY = 200_000
"""Questions from which the truth is taken, which has no formula."""


def agreeing(sizes: tuple[int, ...], repetitions: int, *, seed: int) -> Iterator[Row]:
    """Yield the coverage for each number of questions and each middle, of those tournaments that had an interval."""
    for questions in sizes:
        for middle in MIDDLES:
            rng = np.random.default_rng([seed, questions, round(10 * middle)])
            each = np.arange(questions, dtype=np.int32)
            truth, share = _truth(middle)
            drawn = (jackknife(_ballots(rng, questions, middle), each) for _ in range(repetitions))
            found = [limits for limits in drawn if limits]
            yield {
                "measure": "alpha",
                "questions": questions,
                "per_passage": 1,
                "design": f"{JUDGES} judges",
                "chosen": round(share, 2),
                "repetitions": repetitions,
                "estimable": len(found) / repetitions,
                "coverage": sum(low <= truth <= high for low, high in found) / len(found),
                "width": float(np.mean([high - low for low, high in found])),
            }


@cache
def _truth(middle: float) -> tuple[float, float]:
    """Return alpha and the share of the first answer over very many questions."""
    table = _ballots(np.random.default_rng(0), MANY, middle)
    alpha = alpha_nominal(table)
    assert alpha is not None
    return alpha, float(table[:, 0].sum() / table.sum())


def _ballots(rng: np.random.Generator, questions: int, middle: float) -> Floats:
    """Count the choices of judges who share what a question looks like, and nothing else."""
    leaning = 1 / (1 + np.exp(-rng.normal(middle, ALIKE, questions)))
    first = rng.binomial(JUDGES, leaning).astype(np.float64)
    return np.stack([first, JUDGES - first], axis=1)
