"""What rulings look like from the seats that argue: beliefs in a seat's own answer against the answer it faces.

In a one-sided debate that is every other answer together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from debate.stats.beliefs import belief_in, largest_but, misses
from debate.stats.column import NONE, Codes, Flags, Floats, Rows
from debate.stats.outcomes import TIE, Outcomes
from debate.stats.sample import Sample


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
        return rightness(self.outcomes).take(self.place)

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


def rightness(outcomes: Outcomes) -> Codes:
    """Tell of every seat, debate by debate, whether it argues the right answer: 1, 0, or -1 where that is not known."""
    debates = outcomes.debates
    right = np.where(debates.correct[:, None] < 0, NONE, debates.argues == debates.correct[:, None])
    return np.asarray(right.ravel(), np.int32)
