"""What do the judges of a debate rule together, and where did too few of them rule?

A panel is everyone who was asked to rule afterwards on one ballot: a debate under a view. Each judge that ruled
validly has one vote, for the answer of its largest belief, its samples and orders averaged; a tie splits the vote.
The panel rules for the answer with most votes. Fewer votes than the quorum are `inconclusive`: counted, and neither
right nor wrong.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from debate.domain import Value
from debate.stats import accuracy
from debate.stats.column import Codes, Column, Flags, Floats
from debate.stats.estimate import LEVEL, Measure, NoData, Unit
from debate.stats.outcomes import TIE, Outcomes
from debate.stats.sample import firsts, pairs

PANEL = "panel"


class Quorum(Value):
    """How right panels were that had a quorum, and how many had none."""

    accuracy: Measure
    """The share of conclusive rulings for the right answer; a tied vote is not right."""
    ties: int = 0
    """Conclusive rulings in which the right answer shares most votes."""
    inconclusive: int = 0
    """Panels with fewer votes than the quorum."""
    n_panels: int = 0
    """All panels, conclusive or not."""


def panels(rulings: Outcomes, quorum: int, *, unit: Unit = "question", level: float = LEVEL) -> Quorum:
    """Measure the panels of the rulings under one protocol and view: accuracy is that of a judge that rules so."""
    ruled, votes = together(rulings)
    enough = votes >= quorum
    conclusive = ruled.select(enough)
    inconclusive = int((~enough).sum())
    found = accuracy.accuracy(conclusive, unit=unit, level=level)
    if isinstance(found, NoData) and inconclusive:
        found = NoData(
            why=f"{inconclusive} of {len(ruled)} panels are inconclusive: they have fewer than {quorum} votes"
        )
    return Quorum(accuracy=found, ties=accuracy.ties(conclusive), inconclusive=inconclusive, n_panels=len(ruled))


def together(rulings: Outcomes) -> tuple[Outcomes, Codes]:
    """Return one row per panel, whose beliefs are the shares of votes, and how many votes each has."""
    asked = rulings.select(rulings.channel.is_in("offline"))
    if not len(asked):
        return asked, np.zeros(0, np.int32)
    ballot = _numbered(pairs(pairs(asked.debate, asked.view.codes), asked.heard))
    cast, of = _votes(asked, ballot)
    many = int(ballot.max()) + 1
    votes = np.bincount(of, minlength=many).astype(np.int32)
    won = np.stack([np.bincount(of, cast[:, answer], many) for answer in range(cast.shape[1])], axis=1)
    shares: Floats = np.where(votes[:, None] > 0, won / np.maximum(votes, 1)[:, None], np.nan)
    return _ruled(asked.select(firsts(ballot)), shares, votes > 0), votes


def _votes(asked: Outcomes, ballot: Codes) -> tuple[Floats, Codes]:
    """Return each judge's vote by answer, and the panel that it is cast in."""
    valid = asked.valid
    seat = _numbered(pairs(ballot[valid], asked.judge.codes[valid]))
    beliefs = np.nan_to_num(asked.beliefs[valid], nan=-1.0)
    count = np.bincount(seat)
    mean = np.stack([np.bincount(seat, beliefs[:, a]) / count for a in range(beliefs.shape[1])], axis=1)
    largest = mean.max(axis=1, keepdims=True) - mean < TIE if len(mean) else mean > 0
    return largest / largest.sum(axis=1, keepdims=True), ballot[valid][firsts(seat)]


def _ruled(first: Outcomes, shares: Floats, valid: Flags) -> Outcomes:
    """Return the rows of panels: what is said of the first ruling of each, but for who ruled and what."""
    return replace(
        first,
        judge=Column.constant(PANEL, len(first)),
        judge_kind=Column.constant(PANEL, len(first)),
        state=Column.of("valid" if ruled else "failed" for ruled in valid),
        beliefs=shares,
    )


def _numbered(codes: Codes) -> Codes:
    """Number codes 0, 1, 2, ... in the order in which each first occurs."""
    _, first, code = np.unique(codes, return_index=True, return_inverse=True)
    place = np.empty(len(first), np.int32)
    place[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    return np.asarray(place[code], np.int32)
