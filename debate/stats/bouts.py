"""What the rulings on a debate come to for each seat that argues in it: one row a seat, each number a mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias

import numpy as np

from debate.stats.accuracy import clip
from debate.stats.column import Codes, Column, Flags, Floats, Rows
from debate.stats.estimate import Unit
from debate.stats.outcomes import Outcomes
from debate.stats.sample import Sample, together
from debate.stats.seen import Seen, rightness

Side: TypeAlias = Literal["all", "right_side", "wrong_side"]


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
    means = _Means.of(seen, unit)
    at = means.rows if unit == "question" else seen.debate
    right, player = rightness(outcomes).reshape(-1, 2)[at], debates.player
    return Bouts(
        player=Column(player.codes[at, seat], player.names),
        opponent=Column(player.codes[at, 1 - seat], player.names),
        question=debates.question.codes[at],
        cluster=debates.cluster.codes[at],
        right=right[:, seat],
        faced=right[:, 1 - seat],
        words=debates.words[at, seat],
        rulings=means.rulings.astype(np.float64),
        score=means.over(seen.score),
        told=np.where(debates.correct[at] >= 0, means.over(outcomes.correct.take(seen.ruling)), np.nan),
        belief=means.over(seen.belief),
        **_gains(seen, means),
    )


def _gains(seen: Seen, means: _Means) -> dict[str, Floats]:
    """Average how belief in the seat's own answer rose, over the rulings that began with one."""
    began, prior = seen.started
    begun = means.of_some(began)
    gain = logit(seen.belief[began]) - logit(prior)
    rounds = np.maximum(seen.outcomes.rounds.take(seen.ruling[began]), 1)
    return {
        "started": begun.rulings.astype(np.float64),
        "gain": begun.over(gain),
        "log_odds": begun.over(gain / rounds),
    }


@dataclass(frozen=True)
class _Means:
    """Means of rulings: over those of one debate, or of one alone."""

    at: Codes | Rows
    """For each ruling, the mean that it enters."""
    rows: Rows
    """The means that some ruling enters, ascending."""

    @classmethod
    def of(cls, seen: Seen, unit: Unit) -> _Means:
        if unit == "judgment":
            each = np.arange(len(seen))
            return cls(each, each)
        return cls(seen.debate, np.flatnonzero(np.bincount(seen.debate)))

    def of_some(self, rulings: Rows) -> _Means:
        """Return the same means over some of the rulings only."""
        return _Means(self.at[rulings], self.rows)

    @cached_property
    def rulings(self) -> Rows:
        """How many rulings enter each."""
        return np.asarray(np.bincount(self.at, minlength=self._many)[self.rows])

    def over(self, values: Floats | Flags) -> Floats:
        """Return the means of one number per ruling; NaN where none enters."""
        total = np.bincount(self.at, values, self._many)[self.rows]
        return np.asarray(np.divide(total, self.rulings, out=np.full(len(total), np.nan), where=self.rulings > 0))

    @property
    def _many(self) -> int:
        return int(self.rows[-1]) + 1 if len(self.rows) else 0
