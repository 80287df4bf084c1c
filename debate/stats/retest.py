"""How steady judges are: what they believe when they read the same transcript a second time."""

from __future__ import annotations

import numpy as np

from debate.domain import Value
from debate.stats.column import Floats, Rows
from debate.stats.estimate import LEVEL, Measure, NoData
from debate.stats.intervals import average, proportion
from debate.stats.outcomes import Outcomes
from debate.stats.sample import Sample, pairs

WHY = "nobody ruled on the same transcript twice"


class Retest(Value):
    """First rulings against repeats by the same judges on the same ballots."""

    same: Measure
    """The share in which the same answer was chosen; a tie is the same as a tie alone."""
    moved: Measure
    """The mean change of the belief in the first answer, up or down."""
    n_judges: int = 0


def retest(outcomes: Outcomes, *, level: float = LEVEL) -> Retest:
    """Compare rulings of the purpose `repeat` with those of the study by the same judge on the same ballot."""
    nothing = Retest(same=NoData(why=WHY), moved=NoData(why=WHY))
    if not outcomes.purpose.is_in("repeat").any():
        return nothing
    valid = outcomes.select(outcomes.valid)
    first, again = _matched(valid)
    if not len(first):
        return nothing
    one, other = valid.select(first), valid.select(again)
    same = (one.chosen == other.chosen).astype(np.float64)
    moved = np.abs(one.beliefs[:, 0] - other.beliefs[:, 0])
    return Retest(
        same=proportion(_sample(one, same), level=level),
        moved=average(_sample(one, moved), level=level, within=(0.0, 1.0)),
        n_judges=len(np.unique(one.judge.codes)),
    )


def _matched(valid: Outcomes) -> tuple[Rows, Rows]:
    """Return the rows of the first rulings and, in the same order, of their repeats."""
    ballot = pairs(pairs(valid.debate, valid.judge.codes), pairs(valid.view.codes, valid.heard))
    rows = [np.flatnonzero(valid.purpose.is_in(purpose)) for purpose in ("study", "repeat")]
    _, at, of = np.intersect1d(ballot[rows[0]], ballot[rows[1]], return_indices=True)
    return rows[0][at], rows[1][of]


def _sample(rulings: Outcomes, values: Floats) -> Sample:
    found = rulings.debate
    return Sample(values, rulings.debates.question.codes[found], rulings.debates.cluster.codes[found])
