"""What rulings look like from the seats that argue: beliefs in a seat's own answer against the answer it faces.

In a one-sided debate that is every other answer together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias

import numpy as np

from debate.stats.accuracy import clip
from debate.stats.beliefs import belief_in, largest_but, misses
from debate.stats.column import NONE, Codes, Column, Flags, Floats, Rows
from debate.stats.estimate import Unit
from debate.stats.outcomes import TIE, Outcomes
from debate.stats.sample import Sample, together

Side: TypeAlias = Literal["all", "right_side", "wrong_side"]


@dataclass(frozen=True, eq=False)
class Seen:
    """One row per valid ruling and seat that argues; each column is worked out when it is asked for."""

    outcomes: Outcomes
    ruling: Rows
    seat: Codes

    @classmethod
    def of(cls, outcomes: Outcomes, seats: Sequence[int] = (0, 1)) -> Seen:
        """See each valid ruling from the seats that argue in it."""
        argues = outcomes.debates.argues >= 0
        rows = [np.flatnonzero(outcomes.valid & argues[:, seat][outcomes.debate]) for seat in seats]
        return cls(outcomes, np.concatenate(rows), np.repeat(np.array(seats, np.int32), list(map(len, rows))))

    def take(self, rows: Flags) -> Seen:
        """Return those rows only."""
        return self if rows.all() else Seen(self.outcomes, self.ruling[rows], self.seat[rows])

    def __len__(self) -> int:
        return len(self.ruling)

    @cached_property
    def debate(self) -> Codes:
        """The row of the debate."""
        return self.outcomes.debate.take(self.ruling)

    @cached_property
    def place(self) -> Codes:
        """The seat's place among those of all debates."""
        return 2 * self.debate + self.seat

    @cached_property
    def question(self) -> Codes:
        """The question that was argued."""
        return self.outcomes.debates.question.codes.take(self.debate)

    @cached_property
    def cluster(self) -> Codes:
        """The cluster of that question."""
        return self.outcomes.debates.cluster.codes.take(self.debate)

    @cached_property
    def right(self) -> Codes:
        """1 where the seat argues the right answer, 0 where a wrong one, -1 where that is not known."""
        return _right(self.outcomes).take(self.place)

    @cached_property
    def own(self) -> Codes:
        """The answer that the seat argues."""
        return self.outcomes.debates.argues.ravel().take(self.place)

    @cached_property
    def belief(self) -> Floats:
        """The final belief in the seat's own answer."""
        return belief_in(self._held, self.own)

    @cached_property
    def misses(self) -> Floats:
        """The sum over answers of (1[own] - p)^2."""
        return misses(self._held, self.own)

    @cached_property
    def score(self) -> Floats:
        """1 for a win, 1/2 for a tie, 0 for a loss."""
        faced = self.outcomes.debates.argues[:, ::-1].ravel().take(self.place)
        other, alone = belief_in(self._held, faced), np.flatnonzero(faced < 0)
        if len(alone):
            other[alone] = largest_but(self._held[alone], self.own[alone])
        margin = self.belief - other
        return np.where(np.abs(margin) < TIE, 0.5, margin > 0)

    @cached_property
    def started(self) -> tuple[Rows, Floats]:
        """The rows whose judge said what it believed before any argument, and its belief in the seat's own answer."""
        path = self.outcomes.path
        before = np.flatnonzero(path.after_round == 0)
        start = np.full(len(self.outcomes), NONE, np.int32)
        start[path.ruling[before]] = before
        begun = start.take(self.ruling)
        rows = np.flatnonzero(begun >= 0)
        return rows, belief_in(path.beliefs.take(begun[rows], axis=0), self.own[rows])

    def sample(self, values: Floats) -> Sample:
        """Nest one number per row in questions and clusters, by side."""
        return Sample(values, self.question, self.cluster, side=self.right)

    @cached_property
    def _held(self) -> Floats:
        return self.outcomes.beliefs.take(self.ruling, axis=0)


@dataclass(frozen=True)
class Bouts:
    """One row per seat of a debate that was ruled on: what its valid rulings come to, each number their mean."""

    player: Column
    opponent: Column
    question: Codes
    cluster: Codes
    right: Codes
    """1 where the seat argues the right answer, 0 where a wrong one, -1 where that is not known."""
    faced: Codes
    """The same of the seat across."""
    words: Codes
    rulings: Floats
    """How many they are."""
    score: Floats
    """The share won, ties half."""
    told: Floats
    """The share in which the judge was right; NaN where that is not known."""
    belief: Floats
    """The final belief in the seat's own answer."""
    started: Floats
    """The rulings whose judges were asked for their belief before any argument."""
    gain: Floats
    """By how much the log odds of the seat's own answer rose in those; NaN without any."""
    log_odds: Floats
    """The same per round."""

    @classmethod
    def of(cls, outcomes: Outcomes, unit: Unit = "question") -> Bouts:
        """See debates from the seats that argue in them; by judgment, each ruling is a row of its own."""
        return _of(outcomes, unit)

    def take(self, rows: Flags | Rows) -> Bouts:
        """Return those rows only."""
        if rows.dtype == bool and rows.all():
            return self
        taken = {name: getattr(self, name)[rows] for name in _NUMBERS}
        return replace(self, player=self.player.take(rows), opponent=self.opponent.take(rows), **taken)

    def of_player(self, name: str, side: Side = "all") -> Bouts:
        """Return the rows of one player, on one side."""
        rows = self.player.is_in(name)
        return self.take(rows if side == "all" else rows & (self.right == int(side == "right_side")))

    def by_player(self) -> Iterator[tuple[str, Bouts]]:
        """Yield each player with its rows."""
        for rows in together(self.player.codes):
            yield self.player.names[self.player.codes[rows[0]]], self.take(rows)

    def sample(
        self, values: Floats, unit: Unit = "question", *, rulings: Floats | None = None, side: Codes | None = None
    ) -> Sample:
        """Nest one number per row in questions and clusters, each the mean of its rulings or of so many of them."""
        many = self.rulings if rulings is None else rulings
        return Sample(values, self.question, self.cluster, unit, side=side, rulings=many)

    def __len__(self) -> int:
        return len(self.score)


_NUMBERS = tuple(field.name for field in fields(Bouts) if field.name not in ("player", "opponent"))


def logit(p: Floats) -> Floats:
    """Return log odds, beliefs cut to [0.01, 0.99]."""
    cut = clip(p)
    return np.asarray(np.log(cut / (1 - cut)))


@lru_cache(maxsize=1)  # several measures of the same rulings follow each other
def _of(outcomes: Outcomes, unit: Unit) -> Bouts:
    one, other = (_seated(outcomes, seat, unit) for seat in (0, 1))  # one after the other takes half of the memory
    names = outcomes.debates.player.names
    player, opponent = (
        Column(np.concatenate([getattr(part, name).codes for part in (one, other)]), names)
        for name in ("player", "opponent")
    )
    numbers = {name: np.concatenate([getattr(one, name), getattr(other, name)]) for name in _NUMBERS}
    return Bouts(player=player, opponent=opponent, **numbers)


def _seated(outcomes: Outcomes, seat: int, unit: Unit) -> Bouts:
    """Average over the rulings of each debate, or over each by itself, as one seat sees them."""
    debates, seen = outcomes.debates, Seen.of(outcomes, (seat,))
    cell, many = (seen.debate, len(debates)) if unit == "question" else (np.arange(len(seen)), len(seen))
    rulings = np.bincount(cell, minlength=many)
    used = np.flatnonzero(rulings)
    at = used if unit == "question" else seen.debate
    right, player = _right(outcomes).reshape(-1, 2)[at], debates.player
    began, prior = seen.started
    started = np.bincount(cell[began], minlength=many)[used]
    gain = logit(seen.belief[began]) - logit(prior)

    def mean(values: Floats | Flags) -> Floats:
        return np.asarray(np.bincount(cell, values, many)[used] / rulings[used])

    def begun(values: Floats) -> Floats:
        total = np.bincount(cell[began], values, many)[used]
        return np.asarray(np.divide(total, started, out=np.full(len(used), np.nan), where=started > 0))

    return Bouts(
        player=Column(player.codes[at, seat], player.names),
        opponent=Column(player.codes[at, 1 - seat], player.names),
        question=debates.question.codes[at],
        cluster=debates.cluster.codes[at],
        right=right[:, seat],
        faced=right[:, 1 - seat],
        words=debates.words[at, seat],
        rulings=rulings[used].astype(np.float64),
        score=mean(seen.score),
        told=np.where(debates.correct[at] >= 0, mean(outcomes.correct.take(seen.ruling)), np.nan),
        belief=mean(seen.belief),
        started=started.astype(np.float64),
        gain=begun(gain),
        log_odds=begun(gain / np.maximum(outcomes.rounds.take(seen.ruling[began]), 1)),
    )


def _right(outcomes: Outcomes) -> Codes:
    """Tell of every seat of every debate whether it argues the right answer; -1 where that is not known."""
    debates = outcomes.debates
    right = np.where(debates.correct[:, None] < 0, NONE, debates.argues == debates.correct[:, None])
    return np.asarray(right.ravel(), np.int32)
