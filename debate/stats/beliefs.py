"""What many judges believe of each answer: rows of numbers over the answers, which are few."""

from __future__ import annotations

from functools import reduce

import numpy as np

from debate.stats.column import Codes, Floats


def belief_in(beliefs: Floats, answer: Codes) -> Floats:
    """Return what each row holds of one answer; NaN where the answer is -1."""
    if not beliefs.size:
        return np.full(len(beliefs), np.nan)
    places = np.arange(len(beliefs)) * beliefs.shape[1] + answer
    held = np.asarray(beliefs.ravel().take(places, mode="clip"))
    held[(answer < 0) | (answer >= beliefs.shape[1])] = np.nan
    return held


def largest(beliefs: Floats) -> Floats:
    """Return the largest that each row holds; NaN where it holds nothing."""
    return np.asarray(reduce(np.fmax, beliefs.T))


def largest_but(beliefs: Floats, answer: Codes) -> Floats:
    """Return the largest that each row holds of any answer but one."""
    others = (np.where(answer == one, -np.inf, held) for one, held in enumerate(beliefs.T))
    return np.asarray(reduce(np.fmax, others, np.full(len(beliefs), -np.inf)))


def misses(beliefs: Floats, answer: Codes) -> Floats:
    """Return the sum over answers of (1[answer] - p)^2; answers that a row does not hold add nothing."""
    return np.asarray(sum(np.fmax(((answer == one) - held) ** 2, 0.0) for one, held in enumerate(beliefs.T)))
