"""How surprising are the largest of many statistics, when nothing is going on?

All tests of a tournament are one family. Draws of the null give every statistic at once, so that what depends on
each other stays so; p-values are those of the largest statistic that is still in the running (step-down max-T;
Westfall and Young 1993, algorithm 2.8).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeAlias

import numpy as np

from debate.audits.blocks import Blocks
from debate.audits.contrast import Contrast
from debate.stats.column import Codes, Floats

Shape: TypeAlias = tuple[int, ...]

DRAWS = 1_999
TINY = 1e-300
ROUNDING = 1e-9
TAIL = 12.0
"""Degrees of freedom of the differences between honest pairs: heavier tails than normal ones."""


class Chance(Protocol):
    """What the null is drawn from, such as numpy's generator."""

    def standard_normal(self, size: Shape) -> Floats:
        """Draw from a normal distribution."""
        ...

    def standard_t(self, df: float, size: Shape) -> Floats:
        """Draw from a t distribution."""
        ...

    def chisquare(self, df: int | Codes, size: Shape) -> Floats:
        """Draw from chi-squared distributions."""
        ...


def drawn(contrasts: Sequence[Contrast], *, draws: int, blocks: int, chance: Chance) -> Iterator[Floats]:
    """Yield statistics under the null, for each contrast: two axes, draw and pair.

    Honest pairs differ by a scaled t; sampling error moves whole blocks by one normal multiplier each, the same for
    every pair and feature (a wild bootstrap; Cameron, Gelbach and Miller 2008); error variances vary as chi-squared.
    """
    moves = chance.standard_normal((draws, blocks))
    for contrast in contrasts:
        yield _null(contrast, moves, chance)


def _null(contrast: Contrast, moves: Floats, chance: Chance) -> Floats:
    held: Blocks = contrast.blocks
    scale = np.sqrt(held.error) / np.maximum(_length(held.residuals), TINY)
    noise = moves @ (held.residuals * scale[:, None]).T
    noise += chance.standard_t(TAIL, noise.shape) * np.sqrt(contrast.spread * (TAIL - 2) / TAIL)
    free = np.maximum(held.counts - 1, 1)
    same = bool((free == free[0]).all())  # which is faster to draw
    error = held.error * chance.chisquare(int(free[0]) if same else free, noise.shape)
    error /= free
    return contrast.studentised(noise, error)


def _length(rows: Floats) -> Floats:
    return np.asarray(np.sqrt((rows**2).sum(axis=1)))


def step_down(observed: Floats, null: Floats) -> Floats:
    """Return p-values that hold the chance of any false alarm in the family; (b + 1) / (B + 1), never 0.

    Args:
        observed: one statistic a test; larger is more surprising.
        null: two axes, draw and test.
    """
    order: Codes = np.argsort(-observed).astype(np.int32)
    p = np.empty(len(observed))
    largest = np.full(len(null), -np.inf)
    for test in order[::-1]:
        np.maximum(largest, null[:, test], out=largest)
        p[test] = (1 + np.count_nonzero(largest >= observed[test])) / (len(null) + 1)
    p[order] = np.maximum.accumulate(p[order])
    return p


def alone(observed: Floats, null: Floats) -> Floats:
    """Return each test's own p-value, uncorrected: (b + 1) / (B + 1); what differs by rounding alone is as large."""
    return np.asarray((1 + np.count_nonzero(null >= observed - ROUNDING, axis=0)) / (len(null) + 1))
