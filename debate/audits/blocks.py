"""What is a pair's value on a question, less what the question does to every pair?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from debate.audits.score import Score
from debate.stats.column import Codes, Flags, Floats

SWEEPS = 50
CLOSE = 1e-10
FLOOR = 0.25
"""The least sampling variance of a pair, as a share of what all values together would give it."""


@dataclass(frozen=True)
class Blocks:
    """The values of some pairs on the questions that they debated.

    `residuals` has two axes, pair and block, and is 0 where the pair has no value there.
    """

    pairs: Codes
    """Which pairs, ascending."""
    means: Floats
    """By pair: the mean over its blocks, less the blocks' own effects."""
    counts: Codes
    """By pair: how many blocks it has a value on."""
    residuals: Floats
    error: Floats
    """By pair: the sampling variance of the mean."""

    @classmethod
    def of(cls, score: Score, *, fewest: int, blocks: int) -> Blocks:
        """Average a score within pair and block, and take the blocks' effects out by alternating least squares.

        Pairs with values on fewer than `fewest` blocks are left out. `blocks` is how many blocks there are in all.
        """
        table, there = _table(score, blocks)
        kept = np.flatnonzero(there.sum(axis=1) >= fewest).astype(np.int32)
        table, there = table[kept], there[kept]
        means = _without_blocks(table, there)
        counts = there.sum(axis=1).astype(np.int32)
        return cls(kept, means[0], counts, means[1], _error(table, there, means[1]))


def _table(score: Score, blocks: int) -> tuple[Floats, Flags]:
    read = ~np.isnan(score.values)
    pairs = int(score.pair.max(initial=-1)) + 1
    cell = score.pair[read].astype(np.int64) * blocks + score.block[read]
    n = np.bincount(cell, minlength=pairs * blocks).reshape(pairs, blocks)
    total = np.bincount(cell, score.values[read], minlength=pairs * blocks).reshape(pairs, blocks)
    return total / np.maximum(n, 1), n > 0


def _without_blocks(table: Floats, there: Flags) -> tuple[Floats, Floats]:
    per_pair, per_block = np.maximum(there.sum(axis=1), 1), np.maximum(there.sum(axis=0), 1)
    effect = np.zeros(table.shape[1])
    means = np.zeros(len(table))
    for _ in range(SWEEPS):
        before = means
        means = ((table - effect) * there).sum(axis=1) / per_pair
        effect = ((table - means[:, None]) * there).sum(axis=0) / per_block
        if np.abs(means - before).max(initial=0.0) < CLOSE:
            break
    return means, np.where(there, table - means[:, None] - effect, 0.0)


def _error(table: Floats, there: Flags, residuals: Floats) -> Floats:
    n = there.sum(axis=1)
    shared = there.sum(axis=0) > 1
    freed = 1 - 1 / np.maximum(there.sum(axis=0), 1)  # a block's effect takes its share of the spread with it
    known = (there & shared).sum(axis=1)
    spread = (residuals**2 / np.where(shared, freed, 1.0)).sum(axis=1) / np.maximum(known - 1, 1)
    held = table[there]
    least = FLOOR * float(held.var()) if held.size else 0.0
    return np.asarray(np.maximum(spread, least) / np.maximum(n, 1))
