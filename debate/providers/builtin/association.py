"""Do an answer's words belong to the places that the question speaks of?

The one measure that the built-ins reason with is the log-likelihood ratio of an answer's words near the question's
words, against everywhere: the pointwise mutual information that Clark et al. (2016, "Combining Retrieval,
Statistics, and Inference to Answer Elementary Science Questions") use, with the text at hand for a corpus. Mere
overlap is worse: a wrong answer that was written to be plausible is made of the passage's words.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]


def association(rows: Rows, weights: NDArray[np.float64], *, floor: float) -> float:
    """Return the sum over words of log((floor + mean near the question) / (floor + mean anywhere)).

    Args:
        rows: how much each text (a column) is about each of the answer's words (a row).
        weights: how near each text is to the question; they need not sum to 1.
        floor: keeps the ratio of two absences at 1, and that of two rarities near it.
    """
    total = weights.sum()
    if not rows.size or not total:
        return 0.0
    near = (rows * (weights / total)).sum(axis=1)
    return round(math.fsum(np.log((floor + near) / (floor + rows.mean(axis=1)))), 9)
