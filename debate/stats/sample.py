"""What a mean is taken over: numbers nested in questions, questions in clusters, and perhaps judged by people.

The copies of a question (seatings, repeats, judges) share its weight, so that no question counts more for having
been asked more often. A variance sums the influence of each row, w (y - m), within groups before squaring: the
linearised variance of a ratio (Cochran 1977, ch. 6), which for one row per question is the textbook s^2/n.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from debate.stats.column import Codes, Flags, Floats, Rows
from debate.stats.estimate import Unit

MANY = 4
"""With so many rows to a question it pays to average them first."""
SPARSE = 8
"""With more possible pairs to a row than this, pairs are told apart by sorting."""


@dataclass(frozen=True)
class Sample:
    """One number per row: a judgment, or several. `side` splits a question's rows into halves of equal weight."""

    values: Floats
    question: Codes
    cluster: Codes
    unit: Unit = "question"
    judge: Codes | None = None
    """Who ruled, where the judges are people: a sample of those who might have."""
    side: Codes | None = None
    rulings: Floats | None = None
    """The judgments that each row is the mean of, where that is not one."""

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: Flags | Rows) -> Sample:
        """Return the sample of those rows only."""
        judge, side = (None if codes is None else codes[rows] for codes in (self.judge, self.side))
        return replace(
            self,
            values=self.values[rows],
            question=self.question[rows],
            cluster=self.cluster[rows],
            judge=judge,
            side=side,
            rulings=None if self.rulings is None else self.rulings[rows],
        )

    @cached_property
    def weights(self) -> Floats:
        """The weight of each row; they sum to 1."""
        if self.unit == "judgment":
            return np.full(len(self), 1.0 / len(self)) if self.rulings is None else self.rulings / self.rulings.sum()
        if self.side is None:
            return _shares(self.question, self.rulings)
        sides, side = self._sides
        cell = self.question * len(sides) + side
        copies = np.bincount(cell, self.rulings, (int(cell.max(initial=-1)) // len(sides) + 1) * len(sides))
        questions = np.count_nonzero(copies.reshape(-1, len(sides)), axis=0)
        rulings = 1.0 if self.rulings is None else self.rulings
        return np.asarray(rulings / (copies[cell] * questions[side] * len(sides)))

    @cached_property
    def mean(self) -> float:
        """The weighted mean."""
        return float(self.weights @ self.values)

    def variance(self, groups: Codes) -> float:
        """Return the variance of the mean where whole groups of rows are the independent draws.

        G/(G-1) sum_g (sum_{i in g} w_i (y_i - m))^2, m the mean of the row's side; 0 for a single group.
        """
        sums = np.bincount(groups, self.influence)
        many = self.n_clusters if groups is self.cluster else _different(groups)
        return 0.0 if many < 2 else float(many / (many - 1) * (sums @ sums))

    def third_moment(self, groups: Codes) -> float:
        """Return the third central moment of the mean: sum_g (sum_{i in g} w_i (y_i - m))^3."""
        return float((np.bincount(groups, self.influence) ** 3).sum())

    @cached_property
    def influence(self) -> Floats:
        """What each row adds to the error of the mean."""
        return np.asarray(self.weights * (self.values - self._centres))

    @property
    def _centres(self) -> Floats | float:
        if self.side is None or self.unit == "judgment":
            return self.mean
        _, side = self._sides
        means = np.bincount(side, self.weights * self.values) / np.bincount(side, self.weights)
        return np.asarray(means[side])

    @cached_property
    def _sides(self) -> tuple[Rows, Codes]:
        """The different sides, and which of them each row has."""
        assert self.side is not None
        return renumbered(self.side - self.side.min(initial=0))

    @property
    def n_judgments(self) -> int:
        """How many judgments there are."""
        return len(self) if self.rulings is None else int(self.rulings.sum())

    @cached_property
    def n_questions(self) -> int:
        """How many different questions there are."""
        return _different(self.question)

    @cached_property
    def n_clusters(self) -> int:
        """How many different clusters there are."""
        return _different(self.cluster)

    @cached_property
    def n_judges(self) -> int:
        """How many people ruled; 0 where the judges are not people."""
        return 0 if self.judge is None else _different(self.judge)

    def by_question(self) -> Sample:
        """Return one row per question: the mean of its copies."""
        weights = self.rulings if self.side is None and self.unit == "question" else self.weights
        weight = np.bincount(self.question, weights)
        asked = np.flatnonzero(weight)
        total = np.bincount(self.question, self.values if weights is None else weights * self.values)
        cluster = np.zeros(len(weight), np.int32)
        cluster[self.question] = self.cluster
        rulings = np.bincount(self.question, self.rulings)[asked].astype(np.float64)
        return Sample(total[asked] / weight[asked], asked.astype(np.int32), cluster[asked], self.unit, rulings=rulings)

    @property
    def condensed(self) -> Sample:
        """The same with one row per question, where questions are all that its mean and its variance know."""
        plain = self.unit == "question" and self.side is None and self.judge is None
        return self.by_question() if plain and len(self) > MANY * (int(self.question.max()) + 1) else self

    def by_side(self, values: Floats | None = None) -> Floats:
        """Add up values over the judgments of each question and side, or count these: (questions, 2)."""
        assert self.side is not None
        many, asked = self.rulings, int(self.question.max(initial=-1)) + 1
        added = many if values is None else values if many is None else many * values
        found = np.bincount(2 * self.question + self.side, added, 2 * asked)
        return np.asarray(found.reshape(-1, 2), np.float64)


def pairs(one: Codes | Rows, other: Codes | Rows) -> Codes:
    """Number the different pairs of two columns of codes."""
    if len(other) and (other == other[0]).all():
        wide = one.astype(np.int64) + 1
    else:
        wide = (one.astype(np.int64) + 1) * (int(other.max(initial=0)) + 2) + other + 1
    if wide.max(initial=0) > SPARSE * len(wide):
        return np.asarray(np.unique(wide, return_inverse=True)[1], np.int32)
    used = np.zeros(int(wide.max(initial=-1)) + 1, bool)  # few possible pairs: no need to sort
    used[wide] = True
    found = np.flatnonzero(used)
    number = np.zeros(len(used), np.int32)
    number[found] = np.arange(len(found), dtype=np.int32)
    return np.asarray(number[wide], np.int32)


def renumbered(codes: Codes | Rows) -> tuple[Rows, Codes]:
    """Return the different codes, ascending, and for each row the place of its code among them."""
    used = np.flatnonzero(np.bincount(codes.ravel()))
    place = np.zeros(int(used[-1]) + 1 if len(used) else 0, np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    return used, place[codes]


def together(codes: Codes | Rows) -> list[Rows]:
    """Return the rows of each code, codes and rows ascending; small numbers are sorted by digits, which is fast."""
    order = np.argsort(codes.astype(np.min_scalar_type(codes.max(initial=0))), kind="stable")
    return np.split(order, np.flatnonzero(np.diff(codes[order])) + 1) if len(codes) else []


def firsts(codes: Codes) -> Rows:
    """Return the first row of each code; codes are 0, 1, 2, ... and each of them occurs."""
    found = np.zeros(int(codes.max(initial=-1)) + 1, np.intp)
    found[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return found


def _different(codes: Codes) -> int:
    """Count the different codes: small numbers, so that counting is faster than sorting."""
    return int(np.count_nonzero(np.bincount(codes))) if len(codes) else 0


def _shares(question: Codes, rulings: Floats | None) -> Floats:
    copies = np.bincount(question, rulings)
    return np.asarray((1.0 if rulings is None else rulings) / (copies[question] * np.count_nonzero(copies)))
