"""Which transcripts teach the most: where judges were sure and wrong, changed their minds late, or disagreed.

The first few of each kind by a number that anybody can compute again; equals stand in the order of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import numpy as np

from debate.domain import Value
from debate.stats.belief_paths import last_change
from debate.stats.column import Codes, Flags, Floats, Rows
from debate.stats.outcomes import Outcomes
from debate.stats.sample import pairs

Lesson: TypeAlias = Literal["sure-and-wrong", "swung-late", "judges-split"]
FEW = 3
"""Transcripts of one kind."""
ENOUGH = 1_000
"""Of more rows than this, those that are certainly not the first are not put in order."""
TURNED = 0.2
"""A swing smaller than this, or a disagreement, teaches little."""


class Instructive(Value):
    """One transcript, and what can be learned from it."""

    lesson: Lesson
    match: str
    judge: str
    """Who was wrong or swung; of two that disagree, the one nearer the truth."""
    other: str = ""
    """The one farther from the truth."""
    amount: float
    """Belief in the wrong answer; or by how much belief in the right one changed in the last round, up or down; or
    by how much the beliefs of two judges differ."""


def instructive(outcomes: Outcomes, *, few: int = FEW) -> tuple[Instructive, ...]:
    """Return the most instructive transcripts of each kind, among debates whose answer is known."""
    known = outcomes.scored & (outcomes.debates.seats > 0)[outcomes.debate]
    if not known.any():
        return ()
    return (*_wrong(outcomes, known, few), *_swung(outcomes, known, few), *_split(outcomes, known, few))


def _wrong(outcomes: Outcomes, known: Flags, few: int) -> Iterator[Instructive]:
    doubt = np.where(known & (outcomes.margin < 0), outcomes.confidence, np.nan)
    for row in _largest(doubt, outcomes.debate, few):
        yield _told("sure-and-wrong", outcomes, row, float(doubt[row]))


def _swung(outcomes: Outcomes, known: Flags, few: int) -> Iterator[Instructive]:
    """Belief in the right answer that crossed one half in the last round."""
    change, after = last_change(outcomes), outcomes.p_right
    crossed = known & ((after - change - 0.5) * (after - 0.5) < 0)
    change = np.where(crossed, change, np.nan)
    for row in _largest(np.abs(change), outcomes.debate, few, least=TURNED):
        yield _told("swung-late", outcomes, row, float(change[row]))


def _split(outcomes: Outcomes, known: Flags, few: int) -> Iterator[Instructive]:
    """The two rulings on one ballot that are farthest apart, on either side of one half."""
    rows = np.flatnonzero(known)
    ballot = pairs(pairs(outcomes.debate[rows], outcomes.view.codes[rows]), outcomes.heard[rows])
    order = np.argsort(ballot, kind="stable")
    rows, starts = rows[order], np.flatnonzero(np.diff(ballot[order], prepend=-1))
    p, ends = outcomes.p_right[rows], np.append(starts[1:], len(rows))
    low, high = np.minimum.reduceat(p, starts), np.maximum.reduceat(p, starts)
    apart = np.where((low < 0.5) & (high > 0.5), high - low, np.nan)
    for at in _largest(apart, outcomes.debate[rows[starts]], few, least=TURNED):
        here = slice(starts[at], ends[at])
        nearest = int(rows[here][p[here] == high[at]][-1])
        farthest = int(rows[here][p[here] == low[at]][0])
        told = _told("judges-split", outcomes, nearest, float(apart[at]))
        yield told.model_copy(update={"other": outcomes.judge.text(farthest) or ""})


def _largest(amount: Floats, debate: Codes, few: int, least: float = 0.5) -> list[int]:
    """Return the rows with the largest amounts over `least`, one of each debate."""
    rows: Rows = np.flatnonzero(amount > least)
    rank = -np.round(amount[rows], 9)
    if len(rows) > ENOUGH:
        first = rank <= np.partition(rank, ENOUGH)[ENOUGH]
        if len(np.unique(debate[rows[first]])) >= few:
            rows, rank = rows[first], rank[first]
    ranked = rows[np.lexsort((rows, rank))]
    _, first_of = np.unique(debate[ranked], return_index=True)
    return [int(row) for row in ranked[np.sort(first_of)][:few]]


def _told(lesson: Lesson, outcomes: Outcomes, row: int, amount: float) -> Instructive:
    match = outcomes.debates.match.text(int(outcomes.debate[row])) or ""
    return Instructive(lesson=lesson, match=match, judge=outcomes.judge.text(row) or "", amount=amount)
