"""Who beat whom: the rulings of two-sided debates as wins and losses, on each cluster of questions.

A ruling is a win, a loss, or for a tie half of each. The copies of one question and pair of players share a weight
of 1, so that a question weighs the same however often it was judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import TypeAlias

import numpy as np

from debate.stats.bouts import Bouts, Side
from debate.stats.bradley_terry import Graph, fitted, strengths
from debate.stats.column import Codes, Floats
from debate.stats.intervals import Draws, resummed
from debate.stats.sample import firsts, pairs, renumbered

POINTS = 400 / log(10)
"""Elo points per nat."""
MEAN = 1500.0
RIDGE = 0.1
"""The precision of the prior, where one is needed: a standard deviation of 3.2 nats, or 550 points."""
FEW = 10
"""With fewer wins or losses than this a player may lack them in a resample: then the ridge is on."""
CLOSE = 1e-3
"""The last step, in nats, of a resample's fit. Newton's steps square what is left: the error is under 1e-5."""
BLOCK = 4_000_000
"""Numbers that are worked on at once."""

Node: TypeAlias = tuple[str, Side]


@dataclass(frozen=True)
class Contests:
    """Who beat whom on which cluster of questions how often: one entry for each cluster and pair of players."""

    names: tuple[Node, ...]
    winner: Codes
    loser: Codes
    weight: Floats
    cluster: Codes
    counts: tuple[int, ...]
    questions: int
    rulings: int

    @cached_property
    def clusters(self) -> int:
        """How many clusters there are."""
        return int(self.cluster.max(initial=-1)) + 1

    def wins(self, times: Floats | Draws) -> Floats:
        """Return who beat whom how often, when each draw takes clusters so many times.

        Args:
            times: (draws, clusters). The result is (draws, players, players).
        """
        players = len(self.names)
        at = pairs(self.winner, self.loser)
        first = firsts(at)
        found = np.zeros((len(times), players * players))
        found[:, self.winner[first].astype(np.intp) * players + self.loser[first]] = self._counted(times, at)
        return found.reshape(len(times), players, players)

    def meetings(self, times: Floats | Draws) -> tuple[Floats, Floats]:
        """Return who won how often, (draws, players), and who met whom how often, (draws, players, players)."""
        players = len(self.names)
        one, other = np.minimum(self.winner, self.loser), np.maximum(self.winner, self.loser)
        at = pairs(one, other)
        first = firsts(at)
        found, met = np.zeros((len(times), players, players)), self._counted(times, at)
        found[:, one[first], other[first]] = found[:, other[first], one[first]] = met
        won = np.zeros((len(times), players))
        winners, of = renumbered(self.winner)
        won[:, winners] = self._counted(times, of)
        return won, found

    def _counted(self, times: Floats | Draws, at: Codes) -> Floats:
        """Add up the entries of each code in each draw: (draws, codes)."""
        parts = []
        many, wide = int(at.max(initial=-1)) + 1, max(1, BLOCK // max(self.clusters, 1))
        for start in range(0, many, wide):
            width = min(wide, many - start)
            here = (at >= start) & (at < start + width)
            place = self.cluster[here].astype(np.intp) * width + at[here] - start
            table = np.asarray(np.bincount(place, self.weight[here], self.clusters * width), np.float64)
            parts.append(resummed(times, table.reshape(self.clusters, width)))
        return np.concatenate(parts, axis=1) if parts else np.zeros((len(times), 0))

    @cached_property
    def all_wins(self) -> Floats:
        """Who beat whom over all clusters: (players, players)."""
        return np.asarray(self.wins(np.ones((1, self.clusters)))[0])

    @cached_property
    def ridge(self) -> float:
        """The ridge that these data need: decided once, and kept in every resample."""
        won, lost = self.all_wins.sum(axis=1), self.all_wins.sum(axis=0)
        short = bool((np.minimum(won, lost) < FEW).any())
        return RIDGE if short or Graph.of(self.all_wins).separated else 0.0

    def rate(self, times: Floats | Draws, *, ridge: float | None = None) -> Floats:
        """Return the ratings of each draw: (draws, players)."""
        kept = self.ridge if ridge is None else ridge
        best = strengths(self.all_wins, ridge=kept)
        step = max(1, BLOCK // len(self.names) ** 2)
        parts = [
            fitted(*self.meetings(times[i : i + step]), ridge=kept, start=best, close=CLOSE)
            for i in range(0, len(times), step)
        ]
        return MEAN + POINTS * np.concatenate(parts)


def contests(bouts: Bouts, *, split: bool = False) -> Contests:
    """Read the rulings of two-sided debates as wins and losses.

    Args:
        bouts: what rulings on debates come to; seats without another across are left out.
        split: tell a player who argues the right answer from the same player arguing a wrong one.
    """
    if split:
        met = bouts.take((bouts.opponent.codes >= 0) & (bouts.right >= 0) & (bouts.right + bouts.faced == 1))
        node = np.stack([2 * met.player.codes + met.right, 2 * met.opponent.codes + met.faced])
    else:
        met = between(bouts)
        node = np.stack([met.player.codes, met.opponent.codes])
    return _contests(met, node, split)


def between(bouts: Bouts) -> Bouts:
    """Return those in which two different players argued."""
    return bouts.take((bouts.opponent.codes >= 0) & (bouts.opponent.codes != bouts.player.codes))


def _contests(met: Bouts, node: Codes, split: bool) -> Contests:
    one, other = met.player.codes, met.opponent.codes
    copies = pairs(met.question, pairs(np.minimum(one, other), np.maximum(one, other)))
    won = 2 * met.rulings * met.score / np.bincount(copies, met.rulings)[copies]  # each ruling is seen twice
    used, (winner, loser) = renumbered(node)
    _, cluster = renumbered(met.cluster)
    entry = pairs(cluster, pairs(winner, loser))
    weight = np.asarray(np.bincount(entry, won), np.float64)
    first = firsts(entry)[weight > 0]
    return Contests(
        names=tuple(_node(met.player.names, int(code), split) for code in used),
        winner=winner[first],
        loser=loser[first],
        weight=weight[weight > 0],
        cluster=cluster[first],
        counts=tuple(map(int, np.bincount(winner, met.rulings))),
        questions=len(renumbered(met.question)[0]),
        rulings=int(met.rulings.sum()) // 2,
    )


def _node(players: tuple[str, ...], code: int, split: bool) -> Node:
    if not split:
        return players[code], "all"
    return players[code // 2], "right_side" if code % 2 else "wrong_side"
