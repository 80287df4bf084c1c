"""Does a judge favour debaters that were made by its own maker?

A difference in differences: what its kin wins before this judge and before judges of other makers, less the same for
debaters who are nobody's kin here, so that neither the strength of the kin nor the leniency of the judge counts.
Within right and wrong sides, which weigh the same, question by question.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from debate.domain import Value
from debate.stats.bouts import Bouts
from debate.stats.column import Floats
from debate.stats.estimate import LEVEL, Measure, NoData
from debate.stats.intervals import average
from debate.stats.outcomes import Outcomes
from debate.stats.sample import Sample, renumbered

Makers = Mapping[str, str | None]


class Favour(Value):
    """How much more of its kin's rulings a judge gives away."""

    judge: str
    maker: str
    favour: Measure
    """In [-2, 2]: 0 is fair."""


def favours(outcomes: Outcomes, makers: Makers, *, level: float = LEVEL) -> tuple[Favour, ...]:
    """Measure the favour of every judge that has kin among the debaters.

    Args:
        outcomes: rulings on debates that were read whole.
        makers: of judges and debaters, by name; None where a name does not tell.
        level: of the intervals.
    """
    found = []
    debaters = _debaters(outcomes)
    for judge in outcomes.judge.present:
        maker = makers.get(judge)
        kin = [name for name in debaters if makers.get(name) == maker]
        if maker and kin:
            found.append(Favour(judge=judge, maker=maker, favour=_favour(outcomes, judge, maker, makers, level)))
    return tuple(found)


def _debaters(outcomes: Outcomes) -> tuple[str, ...]:
    return outcomes.debates.player.take(renumbered(outcomes.debate)[0]).present


def _favour(outcomes: Outcomes, judge: str, maker: str, makers: Makers, level: float) -> Measure:
    strangers = [name for name in outcomes.judge.present if makers.get(name) != maker]
    if not strangers:
        return NoData(why="every judge has the same maker")
    known = {maker} | {makers.get(name) for name in strangers} - {None}
    sides = [name for name in _debaters(outcomes) if makers.get(name) == maker]
    neither = [name for name in _debaters(outcomes) if makers.get(name) not in known]
    cells = [
        (sign * _means(outcomes.select(outcomes.judge.is_in(*before)), players))
        for before, players, sign in (
            ([judge], sides, 1.0),
            ([judge], neither, -1.0),
            (strangers, sides, -1.0),
            (strangers, neither, 1.0),
        )
    ]
    total = np.sum(cells, axis=0)
    if np.isnan(total).all():
        return NoData(why="no question was argued by kin and by others before both kinds of judge, on the same side")
    return average(_sample(outcomes, total), level=level, within=(-2.0, 2.0))


def _means(rulings: Outcomes, players: list[str]) -> Floats:
    """Return what players win, by question and side, wrong and right in turn; NaN where nothing is."""
    bouts = Bouts.of(rulings)
    rows = bouts.player.is_in(*players) & (bouts.right >= 0) if players else np.zeros(len(bouts), np.bool_)
    most = 2 * len(rulings.debates.question.names)
    cell = 2 * bouts.question[rows] + bouts.right[rows]
    count = np.bincount(cell, bouts.rulings[rows], most)
    total = np.bincount(cell, bouts.rulings[rows] * bouts.score[rows], most)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _sample(outcomes: Outcomes, values: Floats) -> Sample:
    at = np.flatnonzero(~np.isnan(values))
    cluster = np.zeros(len(values) // 2, np.int32)
    cluster[outcomes.debates.question.codes] = outcomes.debates.cluster.codes
    question = (at // 2).astype(np.int32)
    return Sample(values[at], question, cluster[question])
