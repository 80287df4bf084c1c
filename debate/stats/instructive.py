"""Which transcripts teach the most: where judges were sure and wrong, changed their minds late, or disagreed.

The first few of each kind by a number that anybody can compute again; equals stand in the order of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import numpy as np

from debate.domain import Value
from debate.stats.column import Codes, Floats, Rows
from debate.stats.outcomes import Outcomes
from debate.stats.paths import last_change
from debate.stats.sample import pairs

Lesson: TypeAlias = Literal["sure-and-wrong", "swung-late", "judges-split"]
FEW = 3
"""Transcripts of one kind."""
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
    known = outcomes.select(outcomes.scored & (outcomes.debates.seats > 0)[outcomes.debate])
    if not len(known):
        return ()
    return (*_wrong(known, few), *_swung(known, few), *_split(known, few))


def _wrong(known: Outcomes, few: int) -> Iterator[Instructive]:
    doubt = np.where(known.margin < 0, np.nanmax(known.beliefs, axis=1), np.nan)
    for row in _largest(doubt, known.debate, few):
        yield _told("sure-and-wrong", known, row, float(doubt[row]))


def _swung(known: Outcomes, few: int) -> Iterator[Instructive]:
    """Belief in the right answer that crossed one half in the last round."""
    change = last_change(known)
    crossed = (known.p_right - change - 0.5) * (known.p_right - 0.5) < 0
    change = np.where(crossed, change, np.nan)
    for row in _largest(np.abs(change), known.debate, few, least=TURNED):
        yield _told("swung-late", known, row, float(change[row]))


def _split(known: Outcomes, few: int) -> Iterator[Instructive]:
    """The two rulings on one ballot that are farthest apart, on either side of one half."""
    ballot = pairs(pairs(known.debate, known.view.codes), known.heard)
    order = np.lexsort((known.p_right, ballot))
    starts = np.flatnonzero(np.diff(ballot[order], prepend=-1))
    low, high = order[starts], order[np.append(starts[1:], len(order)) - 1]
    apart = np.where(
        (known.p_right[low] < 0.5) & (known.p_right[high] > 0.5), known.p_right[high] - known.p_right[low], np.nan
    )
    for at in _largest(apart, known.debate[low], few, least=TURNED):
        told = _told("judges-split", known, int(high[at]), float(apart[at]))
        yield told.model_copy(update={"other": known.judge.text(int(low[at])) or ""})


def _largest(amount: Floats, debate: Codes, few: int, least: float = 0.5) -> list[int]:
    """Return the rows with the largest amounts over `least`, one of each debate."""
    rows: Rows = np.flatnonzero(~np.isnan(amount) & (amount > least))
    ranked = rows[np.lexsort((rows, -np.round(amount[rows], 9)))]
    _, first = np.unique(debate[ranked], return_index=True)
    return [int(row) for row in ranked[np.sort(first)][:few]]


def _told(lesson: Lesson, known: Outcomes, row: int, amount: float) -> Instructive:
    match = known.debates.match.text(int(known.debate[row])) or ""
    return Instructive(lesson=lesson, match=match, judge=known.judge.text(row) or "", amount=amount)
