"""Who beat whom: the rulings of two-sided debates as wins and losses, on each cluster of questions.

A ruling is a win, a loss, or for a tie half of each. The copies of one question and pair of players share a weight
of 1, so that a question weighs the same however often it was judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Literal, TypeAlias

import numpy as np

from debate.stats.beliefs import belief_in
from debate.stats.bradley_terry import Graph, fitted, strengths
from debate.stats.column import Codes, Flags, Floats, Rows
from debate.stats.outcomes import TIE, Outcomes
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

Role: TypeAlias = Literal["all", "right_side", "wrong_side"]
Node: TypeAlias = tuple[str, Role]


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

    def wins(self, times: Floats) -> Floats:
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

    def meetings(self, times: Floats) -> tuple[Floats, Floats]:
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

    def _counted(self, times: Floats, at: Codes) -> Floats:
        """Add up the entries of each code in each draw: (draws, codes)."""
        parts = []
        many, wide = int(at.max(initial=-1)) + 1, max(1, BLOCK // max(self.clusters, 1))
        for start in range(0, many, wide):
            width = min(wide, many - start)
            here = (at >= start) & (at < start + width)
            place = self.cluster[here].astype(np.intp) * width + at[here] - start
            table = np.bincount(place, self.weight[here], self.clusters * width)
            parts.append(times @ table.reshape(self.clusters, width))
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

    def rate(self, times: Floats, *, ridge: float | None = None) -> Floats:
        """Return the ratings of each draw: (draws, players)."""
        kept = self.ridge if ridge is None else ridge
        best = strengths(self.all_wins, ridge=kept)
        step = max(1, BLOCK // len(self.names) ** 2)
        parts = [
            fitted(*self.meetings(times[i : i + step]), ridge=kept, start=best, close=CLOSE)
            for i in range(0, len(times), step)
        ]
        return MEAN + POINTS * np.concatenate(parts)


def contests(outcomes: Outcomes, *, split: bool = False, among: Flags | None = None) -> Contests:
    """Read the rulings of two-sided debates as wins and losses.

    Args:
        outcomes: any judgments; those that are not valid or not two-sided are left out.
        among: the judgments that are meant, if not all of them.
        split: tell a player who argues the right answer from the same player arguing a wrong one.
    """
    debates = outcomes.debates
    usable = np.asarray((debates.argues >= 0).all(axis=1))
    if split:
        usable &= debates.on_right_side.sum(axis=1) == 1
    meant = outcomes.valid if among is None else outcomes.valid & among
    rows = np.flatnonzero(meant & usable[outcomes.debate])
    rulings, won = _by_debate(outcomes, rows)
    node = 2 * debates.player.codes + debates.on_right_side if split else debates.player.codes
    met = np.flatnonzero((rulings > 0) & (node[:, 0] != node[:, 1]))
    found = _Met(node[met], debates.question.codes[met], debates.cluster.codes[met], rulings[met], won[met])
    return _contests(debates.player.names, found, debates.player.codes[met], split)


@dataclass(frozen=True)
class _Met:
    """One row per debate: what is the same for all its rulings, and how many of them went to the first seat."""

    node: Codes
    question: Codes
    cluster: Codes
    rulings: Floats
    won: Floats


def _by_debate(outcomes: Outcomes, rows: Rows) -> tuple[Floats, Floats]:
    """Return how many of these rulings each debate has, and how many of them its first seat won, ties half."""
    at, held, many = outcomes.debate[rows], outcomes.beliefs[rows], len(outcomes.debates)
    one, other = (belief_in(held, outcomes.debates.argues[at, seat]) for seat in (0, 1))
    score = np.where(np.abs(one - other) < TIE, 0.5, one > other)
    rulings, won = np.bincount(at, minlength=many), np.bincount(at, score, many)
    return rulings.astype(np.float64), np.asarray(won, np.float64)


def _contests(players: tuple[str, ...], met: _Met, player: Codes, split: bool) -> Contests:
    copies = pairs(met.question, pairs(np.minimum(*player.T), np.maximum(*player.T)))
    share = 1.0 / np.bincount(copies, met.rulings)[copies]
    used, seats = renumbered(met.node)
    _, clusters = renumbered(met.cluster)
    entry = pairs(clusters, pairs(seats[:, 0], seats[:, 1]))
    first = firsts(entry)
    one, other = seats[first].T
    weight = np.concatenate([np.bincount(entry, share * part) for part in (met.won, met.rulings - met.won)])
    some = weight > 0
    return Contests(
        names=tuple(_node(players, int(code), split) for code in used),
        winner=np.concatenate([one, other])[some],
        loser=np.concatenate([other, one])[some],
        weight=weight[some],
        cluster=np.tile(clusters[first], 2)[some],
        counts=tuple(map(int, np.bincount(seats.ravel(), np.repeat(met.rulings, 2), len(used)))),
        questions=len(renumbered(met.question)[0]),
        rulings=int(met.rulings.sum()),
    )


def _node(players: tuple[str, ...], code: int, split: bool) -> Node:
    if not split:
        return players[code], "all"
    return players[code // 2], "right_side" if code % 2 else "wrong_side"
