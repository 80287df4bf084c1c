"""How strengths are fitted to wins: Bradley-Terry by Newton's method, for many resamples at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from debate.stats.column import Flags, Floats

STEPS = 100
CLOSE = 1e-9
BLOCK = 50_000
"""Numbers that are worked on at once: more do not stay near the processor."""
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
    each = wins.reshape(-1, *wins.shape[-2:])
    found = fitted(each.sum(axis=-1), each + np.swapaxes(each, -1, -2), ridge=ridge, start=start, close=close)
    return found.reshape(wins.shape[:-1])


def fitted(won: Floats, played: Floats, *, ridge: float, start: Floats | None, close: float) -> Floats:
    """Return the same from what it rests on: how often each won, (draws, players), and how often which two met."""
    s = np.zeros(won.shape) if start is None else np.broadcast_to(start, won.shape).copy()
    many = max(1, BLOCK // played.shape[-1] ** 2)
    for first in range(0, len(s), many):
        block = slice(first, first + many)
        s[block] = _climbed(s[block], played[block], won[block], ridge, close)
    return s


def _climbed(s: Floats, played: Floats, won: Floats, ridge: float, close: float) -> Floats:
    """Return the most likely strengths, sought from strengths s on."""
    for _ in range(STEPS):
        step = _step(played, won, s, ridge)
        size = np.abs(step).max(axis=-1, keepdims=True)
        s = np.clip(s + step * np.minimum(1.0, 2.0 / np.maximum(size, 1e-12)), -FAR, FAR)
        s -= s.mean(axis=-1, keepdims=True)
        if size.max() < close:
            break
    return s


def _step(played: Floats, won: Floats, s: Floats, ridge: float) -> Floats:
    """Return Newton's step from strengths s, for each of several matrices of meetings.

    With e = exp(s), i is expected to win played_ij e_i / (e_i + e_j), whose slope in s_j is
    -played_ij e_i e_j / (e_i + e_j)^2: one exponential for each player.
    """
    e = np.exp(s)
    both = e[:, :, None] + e[:, None, :]
    share = played / both
    gradient = won - e * share.sum(axis=-1) - ridge * s
    share /= both
    hessian = share
    hessian *= -e[:, :, None]
    hessian *= e[:, None, :]
    diagonal = ridge - hessian.sum(axis=-1)
    np.einsum("...ii->...i", hessian)[...] += diagonal + 1e-12 * (1 + diagonal.max(axis=-1, keepdims=True))
    # The mean is free in the likelihood: a flat direction, which a small constant in the Hessian closes.
    hessian += (np.maximum(diagonal.mean(axis=-1), 1e-9) / s.shape[-1])[:, None, None]
    return np.asarray(np.linalg.solve(hessian, gradient[..., None])[..., 0])
