"""What many judges believe of each answer: rows of numbers over the answers, which are few, so column by column."""

from __future__ import annotations

from functools import reduce

import numpy as np

from debate.stats.column import Codes, Floats


def belief_in(beliefs: Floats, answer: Codes) -> Floats:
    """Return what each row holds of one answer; NaN where the answer is -1."""
    held = np.full(len(beliefs), np.nan)
    for one, believed in enumerate(beliefs.T):
        np.copyto(held, believed, where=answer == one)
    return held


def largest(beliefs: Floats) -> Floats:
    """Return the largest that each row holds; NaN where it holds nothing."""
    return np.asarray(reduce(np.fmax, beliefs.T))


def largest_but(beliefs: Floats, answer: Codes) -> Floats:
    """Return the largest that each row holds of any answer but one."""
    most = np.full(len(beliefs), -np.inf)
    for one, believed in enumerate(beliefs.T):
        np.fmax(most, believed, out=most, where=answer != one)
    return most


def misses(beliefs: Floats, answer: Codes) -> Floats:
    """Return the sum over answers of (1[answer] - p)^2; answers that a row does not hold add nothing."""
    total = np.zeros(len(beliefs))
    for one, believed in enumerate(beliefs.T):
        total += np.nan_to_num(((answer == one) - believed) ** 2, copy=False)
    return total
