"""Do people judge better the longer they sit? Their later rulings against their earlier ones."""

from __future__ import annotations

import numpy as np

from debate.domain import Value
from debate.stats.estimate import LEVEL, Measure, NoData, known
from debate.stats.intervals import difference, proportion
from debate.stats.outcomes import Outcomes
from debate.stats.sample import Sample, firsts, renumbered

FEWEST = 4
"""Who ruled less often than this has no halves to speak of."""


class Learning(Value):
    """Accuracy in the first and in the second half of each person's rulings, in the order in which they were made."""

    first: Measure
    second: Measure
    change: Measure
    """Second minus first, one number for each person, t over people."""
    n_judges: int = 0


def learning(outcomes: Outcomes, *, level: float = LEVEL) -> Learning:
    """Measure how much better people judge in the second half of what they judged than in the first.

    change = mean over people of (accuracy in the second half - accuracy in the first); of an odd number the middle
    ruling is left out. Rulings of one person are in the order in which they were recorded [Michael et al. 2023].
    """
    people = outcomes.select(outcomes.scored & outcomes.judge_kind.is_in("human"))
    _, judge = renumbered(people.judge.codes)
    many = np.bincount(judge)
    order = np.lexsort((people.order, judge))
    place = np.empty(len(judge), np.intp)
    place[order] = np.arange(len(judge)) - firsts(judge[order])[judge[order]]
    half = many[judge] // 2
    often = many[judge] >= FEWEST
    early, late = often & (place < half), often & (place >= many[judge] - half)
    if not early.any():
        none = NoData(why=f"no person ruled {FEWEST} times or more")
        return Learning(first=none, second=none, change=none)
    right = people.correct.astype(np.float64)
    who = np.flatnonzero(many >= FEWEST).astype(np.int32)
    first, second = (np.bincount(judge[rows], right[rows], len(many))[who] / (many[who] // 2) for rows in (early, late))
    sitting = people.sample(right).take(often)
    return Learning(
        first=proportion(people.sample(right).take(early), level=level),
        second=proportion(people.sample(right).take(late), level=level),
        change=_over_people(Sample(second - first, who, who), sitting, level),
        n_judges=len(who),
    )


def _over_people(changes: Sample, sitting: Sample, level: float) -> Measure:
    """Estimate the mean change; people are the clusters, and `sitting` what they ruled on."""
    found = difference(changes, level=level)
    if not known(found):
        return found
    return found.model_copy(
        update={
            "method": found.method.replace("over clusters", "over people"),
            "why": found.why.replace("cluster of questions", "such person"),
            "n_questions": sitting.n_questions,
            "n_judgments": len(sitting),
        }
    )
