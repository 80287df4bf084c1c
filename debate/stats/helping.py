"""How often a protocol turned a judge's wrong ruling right, and a right one wrong.

Against the same judge's naive ruling on the same question. Where a question was ruled on several times, each share
counts: help is mean((1 - naive) protocol), harm is mean(naive (1 - protocol)), so that help less harm is the
difference in accuracy.
"""

from __future__ import annotations

import numpy as np

from debate.domain import Value
from debate.stats.accuracy import nested
from debate.stats.column import Floats
from debate.stats.comparisons import Paired
from debate.stats.estimate import LEVEL, Measure, NoData
from debate.stats.intervals import proportion
from debate.stats.outcomes import Outcomes
from debate.stats.sample import Sample


class Helped(Value):
    """What became of a judge's naive rulings."""

    helped: Measure
    """The share of questions that were wrong without and right with it."""
    harmed: Measure
    """The share that were right without and wrong with it."""


def helped(arm: Outcomes, naive: Outcomes, *, level: float = LEVEL) -> Helped:
    """Measure what an arm did to the naive rulings of its judge, on the questions that both have."""
    samples = (nested(found, found.correct.astype(np.float64), found.scored, "question") for found in (arm, naive))
    both = Paired.of(*samples)
    if not len(both):
        nothing = NoData(why="no question was ruled on both ways")
        return Helped(helped=nothing, harmed=nothing)
    return Helped(helped=_share(both, (1 - both.b) * both.a, level), harmed=_share(both, both.b * (1 - both.a), level))


def _share(both: Paired, values: Floats, level: float) -> Measure:
    found = proportion(Sample(values, both.question, both.cluster), level=level)
    return found.model_copy(update={"n_judgments": both.judgments})
