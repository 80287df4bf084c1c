"""How surprising are the largest of many statistics, when nothing is going on?

All tests of a tournament are one family. Draws of the null give every statistic at once, so that what depends on
each other stays so; p-values are those of the largest statistic that is still in the running (step-down max-T;
Westfall and Young 1993, algorithm 2.8).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from debate.audits.blocks import Blocks
from debate.audits.contrast import Contrast
from debate.stats.column import Codes, Floats

DRAWS = 1_999
TINY = 1e-300
TAIL = 12.0
"""Degrees of freedom of the differences between honest pairs: heavier tails than normal ones."""


def drawn(contrasts: Sequence[Contrast], *, draws: int, blocks: int, seed: int) -> list[Floats]:
    """Return statistics under the null, for each contrast: two axes, draw and pair.

    Honest pairs differ by a scaled t; sampling error moves whole blocks by one normal multiplier each, the same for
    every pair and feature (a wild bootstrap; Cameron, Gelbach and Miller 2008); error variances vary as chi-squared.
    """
    chance = np.random.default_rng(seed)
    moves = chance.standard_normal((draws, blocks))
    return [_null(contrast, moves, chance) for contrast in contrasts]


def _null(contrast: Contrast, moves: Floats, chance: np.random.Generator) -> Floats:
    held: Blocks = contrast.blocks
    scale = np.sqrt(held.error) / np.maximum(_length(held.residuals), TINY)
    noise = moves @ (held.residuals * scale[:, None]).T
    honest = chance.standard_t(TAIL, noise.shape) * np.sqrt(contrast.spread * (TAIL - 2) / TAIL)
    free = np.maximum(held.counts - 1, 1)
    error = held.error * chance.chisquare(free, noise.shape) / free
    return contrast.studentised(honest + noise, error)


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
        largest = np.maximum(largest, null[:, test])
        p[test] = (1 + np.count_nonzero(largest >= observed[test])) / (len(null) + 1)
    p[order] = np.maximum.accumulate(p[order])
    return p


def alone(observed: Floats, null: Floats) -> Floats:
    """Return each test's own p-value, uncorrected: (b + 1) / (B + 1)."""
    return np.asarray((1 + (null >= observed).sum(axis=0)) / (len(null) + 1))
