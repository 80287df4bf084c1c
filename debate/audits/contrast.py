"""How far does a pair stand from what its two players do with others, measured by how far other pairs stand?

A pair's value is predicted as the sum of an effect of each of its players, fitted to every pair (a round-robin
analysis of variance; Kenny and La Voie 1984, "The social relations model"). Its residual is divided by the spread of
the *other* pairs' residuals (an externally studentised residual; Cook and Weisberg 1982), since honest pairs differ
too, and never by less than its own sampling error.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from debate.audits.blocks import Blocks
from debate.stats.column import Codes, Floats
from debate.stats.tails import t_quantile

PLAYERS = 5
"""Fewer do not tell a pair apart: of four players, two pairs that share nobody have the same residual."""

SOME = 4
"""So many tell that some pair stands out; three tell nothing: three effects of players fit any three pairs."""


@dataclass(frozen=True)
class Contrast:
    """The additive prediction of pairs by their players, and what is left of each pair."""

    blocks: Blocks
    design: Floats
    """Two axes, pair and player: how many of its two seats the player has."""

    @classmethod
    def of(cls, blocks: Blocks, players: Codes) -> Contrast:
        """Predict pairs from players; `players` has two axes: pair (of all pairs) and its two players."""
        sat = players[blocks.pairs]
        named, seats = np.unique(sat, return_inverse=True)
        design = np.zeros((len(sat), len(named)))
        np.add.at(design, (np.arange(len(sat))[:, None], seats.reshape(sat.shape)), 1.0)
        return cls(blocks, design)

    @cached_property
    def _root(self) -> Floats:
        """An orthonormal basis of what players explain, weighted by how many blocks a pair has."""
        weighted = self.design * self._weight[:, None]
        left, size, _ = np.linalg.svd(weighted, full_matrices=False)
        return np.asarray(left[:, size > 1e-9 * size.max(initial=1.0)])

    @cached_property
    def _weight(self) -> Floats:
        return np.asarray(np.sqrt(self.blocks.counts / self.blocks.counts.mean()))

    @cached_property
    def _leverage(self) -> Floats:
        return np.asarray((self._root**2).sum(axis=1))

    @property
    def freedom(self) -> int:
        """How many other pairs' residuals are free, once the players and the pair itself are fitted."""
        return int(len(self.design) - self._root.shape[1] - 1)

    @cached_property
    def quantile(self) -> float:
        """The 97.5% point of t on the free residuals."""
        return t_quantile(max(self.freedom, 1), 0.975)

    @property
    def estimable(self) -> bool:
        """Whether any pair can be told from what its players do with others."""
        return self.design.shape[1] >= PLAYERS and self.freedom >= 1 and bool((self._leverage < 1 - 1e-9).all())

    @property
    def tells_some(self) -> bool:
        """Whether, of four players who have all met, some pair can be told from what players do with others.

        The rests of two pairs that share nobody are then the same: which of the two it is cannot be told.
        """
        return self.design.shape == (6, SOME) and self.freedom >= 1 and bool((self._leverage < 1 - 1e-9).all())

    @cached_property
    def deviations(self) -> Floats:
        """By pair: its value less the prediction from its players' other pairs."""
        return np.asarray(self._left(self.blocks.means[None, :])[0] / (1 - self._leverage))

    @cached_property
    def spread(self) -> float:
        """The variance between honest pairs beyond sampling error, by moments; a single outlier is trimmed."""
        left = self._left(self.blocks.means[None, :])[0] * self._weight
        squares = np.sort(left**2 / (1 - self._leverage))
        kept = squares[:-1] if len(squares) > PLAYERS else squares
        return max(0.0, float(kept.sum() / max(self.freedom, 1) - self.blocks.error.mean()))

    def errors(self, means: Floats, error: Floats | None = None) -> Floats:
        """Return the standard error of every pair's deviation: two axes, draw and pair."""
        own = self.blocks.error if error is None else error
        return self._errors(self._left(means), own)

    def _errors(self, left: Floats, own: Floats) -> Floats:
        squares = left * self._weight
        squares *= squares
        variance: Floats = squares.sum(axis=1, keepdims=True) - np.divide(squares, 1 - self._leverage, out=squares)
        variance /= max(self.freedom, 1)
        sampling = own.sum(axis=-1, keepdims=True) - own
        sampling /= max(len(self.design) - 1, 1)
        np.maximum(variance, 0.0, out=variance)
        variance -= sampling
        np.maximum(variance, 0.0, out=variance)
        variance += own
        variance /= 1 - self._leverage
        np.sqrt(variance, out=variance)
        return variance

    @cached_property
    def own_errors(self) -> Floats:
        """By pair: the standard error of its deviation."""
        return np.asarray(self.errors(self.blocks.means[None, :])[0])

    def studentised(self, means: Floats, error: Floats | None = None) -> Floats:
        """Return every pair's deviation in units of its standard error: two axes, draw and pair."""
        left = self._left(means)
        errors = self._errors(left, self.blocks.error if error is None else error)
        left /= 1 - self._leverage
        if errors.min(initial=np.inf) > 0:
            left /= errors
            return left
        return np.divide(left, errors, out=np.zeros_like(left), where=errors > 0)

    def _left(self, means: Floats) -> Floats:
        """Residuals of the weighted fit, in the values' own unit."""
        weighted = means * self._weight
        weighted -= (weighted @ self._root) @ self._root.T
        weighted /= self._weight
        return weighted
