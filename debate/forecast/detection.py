"""What the planned comparisons can show: the smallest difference, and the questions that a wanted one takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from debate.domain import Value
from debate.forecast.expected import Forecast
from debate.stats.power import Power, mde, questions_needed

WHOLE = ("full", "double")
"""Views that keep nothing from the judge: the arms that comparisons are made of."""
CONTROLS = ("naive", "expert", "consultancy")


class Detectable(Value):
    """What one planned comparison, arm a minus arm b before one judge, can show."""

    a: str
    b: str
    judge: str
    power: Power
    wanted: float | None = None
    """The difference that was asked about."""
    questions_paired: int | None = None
    questions_unpaired: int | None = None
    """How many questions, or passages, it takes; None where none will do or none was asked about."""


def detection(plan: Forecast, wanted: float | None = None) -> tuple[Detectable, ...]:
    """Return for each judge what its first protocol against every other arm can show.

    Args:
        plan: the forecast.
        wanted: a difference in accuracy, as a share, for which questions are counted.
    """
    return tuple(_detectable(plan, wanted))


def _detectable(plan: Forecast, wanted: float | None) -> Iterator[Detectable]:
    rulings: Counter[tuple[str, str]] = Counter()
    for line in plan.lines:
        if line.judge and line.view in WHOLE:
            rulings[line.judge, line.protocol] += line.rulings
    for judge in dict.fromkeys(judge for judge, _ in rulings):
        arms = [protocol for named, protocol in rulings if named == judge]
        first = next((arm for arm in arms if arm not in CONTROLS), arms[0])
        for other in arms:
            if other != first:
                each = [rulings[judge, arm] / plan.passages for arm in (first, other)]
                yield _one(plan.passages, (first, other, judge), (each[0], each[1]), wanted)


def _one(passages: int, names: tuple[str, str, str], each: tuple[float, float], wanted: float | None) -> Detectable:
    found = Detectable(a=names[0], b=names[1], judge=names[2], power=mde(passages, each[0], per_question_b=each[1]))
    if wanted is None:
        return found
    paired, unpaired = (questions_needed(wanted, each[0], paired=p, per_question_b=each[1]) for p in (True, False))
    return found.model_copy(update={"wanted": wanted, "questions_paired": paired, "questions_unpaired": unpaired})
