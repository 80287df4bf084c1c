"""What the planned comparisons can show: the smallest difference, and the questions that a wanted one takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from debate.domain import Value
from debate.errors import UsageError
from debate.forecast.expected import Forecast
from debate.stats.discordance import WHOLE, Observed, observed
from debate.stats.power import Power, mde, questions_needed
from debate.store import Store
from debate.store.outcomes import outcomes

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


@dataclass(frozen=True)
class Seen:
    """A tournament that was played, by name, and what was observed in it."""

    name: str
    observed: Observed

    def assumed(self, a: str, b: str) -> dict[str, Any]:
        """Return what is taken over for a comparison of two arms, and where each figure comes from."""
        found: dict[str, Any] = {}
        of_these, of_any = self.observed.discordance(a, b), self.observed.overall
        told = "discordance assumed"
        if taken := of_these or of_any:
            found["discordance"] = taken[0]
            which = f"{a} against {b}" if of_these else "all its arms"
            told = f"discordance of {which} on {taken[1]:,} questions"
        if self.observed.correlation is None:
            told += ", correlation assumed"
        else:
            found["correlation"] = self.observed.correlation
            told += f", correlation of {self.observed.n_judgments:,} rulings on {self.observed.n_clusters:,} passages"
        if self.observed.base is not None:
            found["base"] = self.observed.base
        return {**found, "source": f'from "{self.name}": {told}'}


def seen(store: Store, name: str) -> Seen:
    """Read from a tournament that was played what a plan may take over from it.

    Raises:
        UsageError: it is not there, or nobody has ruled in it.
    """
    found = observed(outcomes(store, name).study)
    if not found.n_judgments:
        raise UsageError(f'nothing can be taken over from "{name}": it has no ruling on a question with a known answer')
    return Seen(name, found)


def detection(plan: Forecast, wanted: float | None = None, *, seen: Seen | None = None) -> tuple[Detectable, ...]:
    """Return for each judge what its first protocol against every other arm can show.

    Args:
        plan: the forecast.
        wanted: a difference in accuracy, as a share, for which questions are counted.
        seen: a tournament whose discordance and correlation are taken, too: each comparison comes a second time.
    """
    return tuple(_detectable(plan, wanted, seen))


def _detectable(plan: Forecast, wanted: float | None, seen: Seen | None) -> Iterator[Detectable]:
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
                for assumed in ({}, *([seen.assumed(first, other)] if seen else ())):
                    assumed["per_question_b"] = each[1]
                    yield _one(plan.passages, (first, other, judge), each[0], assumed, wanted)


def _one(
    passages: int, names: tuple[str, str, str], each: float, assumed: dict[str, Any], wanted: float | None
) -> Detectable:
    found = Detectable(a=names[0], b=names[1], judge=names[2], power=mde(passages, each, **assumed))
    if wanted is None:
        return found
    paired, unpaired = (questions_needed(wanted, each, paired=p, **assumed) for p in (True, False))
    return found.model_copy(update={"wanted": wanted, "questions_paired": paired, "questions_unpaired": unpaired})
