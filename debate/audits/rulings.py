"""What did judges make of each audited debate?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from debate.audits.corpus import Corpus
from debate.stats.column import NONE, Codes, Flags, Floats
from debate.stats.outcomes import Outcomes


@dataclass(frozen=True)
class Rulings:
    """Means over the judges of a debate; NaN where nobody ruled."""

    belief: Floats
    """Two axes, debate and seat: final belief in the answer argued there, over whole transcripts."""
    right: Floats
    """By debate: final belief in the right answer."""
    moved: Floats
    """By debate: how far belief travelled from round to round, summed."""
    alone: Floats
    """Two axes, debate and seat: belief in the answer argued there, where only that seat was heard."""


def rulings(corpus: Corpus, outcomes: Outcomes) -> Rulings:
    """Average the valid rulings of every debate, each judge once."""
    debate = rows_of(corpus, outcomes)
    many = len(corpus)
    used = (debate >= 0) & outcomes.valid & outcomes.purpose.is_in("study")
    whole = used & outcomes.view.is_in("full")
    belief = np.full((many, 2), np.nan)
    alone = np.full((many, 2), np.nan)
    for seat in range(2):
        answer = np.where(debate >= 0, corpus.answer[debate, seat], NONE).astype(np.int32)
        held = outcomes.belief_in(answer)
        belief[:, seat] = _mean(held, debate, whole, many)
        alone[:, seat] = _mean(held, debate, used & outcomes.view.is_in("solo") & (outcomes.heard == answer), many)
    right = _mean(outcomes.p_right, debate, whole & outcomes.scored, many)
    travelled, asked = _travelled(corpus, outcomes, debate)
    return Rulings(belief, right, _mean(travelled, debate, whole & asked, many), alone)


def rows_of(corpus: Corpus, outcomes: Outcomes) -> Codes:
    """Return by ruling the row of its debate; -1 where that is not audited."""
    row = {id: i for i, id in enumerate(corpus.id)}
    named = outcomes.debates.match
    of_name = np.array([row.get(name, NONE) for name in named.names] or [NONE], np.int32)
    return of_name[named.codes][outcomes.debate]


def _mean(values: Floats, debate: Codes, rows: Flags, many: int) -> Floats:
    kept = rows & ~np.isnan(values)
    n = np.bincount(debate[kept], minlength=many)
    total = np.bincount(debate[kept], values[kept], minlength=many)
    return np.asarray(np.divide(total, n, out=np.full(many, np.nan), where=n > 0))


def _travelled(corpus: Corpus, outcomes: Outcomes, debate: Codes) -> tuple[Floats, Flags]:
    """Return by judgment how far belief in the first seat's answer travelled, and whether it was asked twice."""
    path = outcomes.path
    if not len(path.ruling):
        return np.full(len(outcomes), np.nan), np.zeros(len(outcomes), np.bool_)
    first = np.where(debate >= 0, corpus.answer[debate, 0], 0)[path.ruling]
    held = np.take_along_axis(path.beliefs, first[:, None].astype(np.intp), axis=1)[:, 0]
    same = path.ruling[1:] == path.ruling[:-1]
    steps = np.abs(np.diff(held))[same]
    moved = np.bincount(path.ruling[1:][same], steps, minlength=len(outcomes))
    asked = np.bincount(path.ruling[1:][same], minlength=len(outcomes)) > 0
    return np.asarray(moved, np.float64), np.asarray(asked)
