"""How strengths are fitted to wins: Bradley-Terry by Newton's method, for many resamples at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from debate.stats.column import Flags, Floats

STEPS = 100
CLOSE = 1e-9
FAR = 30.0
"""Strengths are kept within this many nats of the mean: beyond it a player has won everything."""


@dataclass(frozen=True)
class Graph:
    """Who met whom, and who beat whom."""

    islands: tuple[tuple[int, ...], ...]
    """Groups of players that never met, by number."""
    separated: bool
    """Whether some group never lost to the rest, so that no finite strengths are the most likely."""

    @classmethod
    def of(cls, wins: Floats) -> Graph:
        """Read the graph of a matrix whose (i, j) is how often i beat j."""
        beats = wins > 0
        weak, strong = _joined(beats | beats.T), _joined(beats)
        groups = tuple(dict.fromkeys(tuple(np.flatnonzero(row).tolist()) for row in weak))
        return cls(groups, bool((weak != (strong & strong.T)).any()))


def _joined(edges: Flags) -> Flags:
    """Tell which players a chain of edges leads to, from each: paths twice as long at every step."""
    reached = edges | np.eye(len(edges), dtype=bool)
    for _ in range(len(edges).bit_length()):
        reached = (reached.astype(np.float32) @ reached.astype(np.float32)) > 0
    return np.asarray(reached)


def strengths(wins: Floats, *, ridge: float = 0.0, start: Floats | None = None, close: float = CLOSE) -> Floats:
    """Return the most likely strengths, in nats, with mean 0.

    P(i beats j) = 1 / (1 + exp(s_j - s_i)) [Bradley and Terry 1952; Hunter 2004]. Maximises
    sum_ij wins_ij log P(i beats j) - ridge/2 sum_i s_i^2.

    Args:
        wins: how often i beat j, (..., players, players); leading axes are fitted together.
        ridge: the precision of a normal prior, in 1/nats^2; needed where the data are separated.
        start: strengths to begin from.
        close: the step, in nats, that ends the search.
    """
    played = wins + np.swapaxes(wins, -1, -2)
    won = wins.sum(axis=-1)
    players = wins.shape[-1]
    # The mean is free in the likelihood: a flat direction, which a small constant in the Hessian closes.
    free = np.full((players, players), 1.0 / players)
    s = np.zeros(won.shape) if start is None else np.broadcast_to(start, won.shape).copy()
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(s[..., None, :] - s[..., :, None]))
        gradient = won - (played * p).sum(axis=-1) - ridge * s
        curve = played * p * (1 - p)
        hessian = -curve
        diagonal = curve.sum(axis=-1) + ridge
        np.einsum("...ii->...i", hessian)[...] += diagonal + 1e-12 * (1 + diagonal.max(axis=-1, keepdims=True))
        scale = np.maximum(diagonal.mean(axis=-1), 1e-9)
        step = np.linalg.solve(hessian + scale[..., None, None] * free, gradient[..., None])[..., 0]
        size = np.abs(step).max(axis=-1, keepdims=True)
        s = np.clip(s + step * np.minimum(1.0, 2.0 / np.maximum(size, 1e-12)), -FAR, FAR)
        s -= s.mean(axis=-1, keepdims=True)
        if size.max() < close:
            break
    return s
