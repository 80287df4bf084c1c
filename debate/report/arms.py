"""What is compared with what: the arms of a report, a protocol under a view before a judge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from debate.report.rows import Recovery, Score, Turned
from debate.stats import asd, helping, pgr
from debate.stats.comparisons import Comparison, compare_accuracy, holm
from debate.stats.outcomes import Outcomes
from debate.stats.proportions import Proportions, proportions

UNARGUED = ("naive", "expert")
"""Controls in which nobody argues."""
PLACES = {"naive": 0, "consultancy": 1, "open-consultancy": 2, "debate": 3, "open-debate": 4, "expert": 9}
VIEWS = {"full": 0, "double": 1, "quotes": 2, "opening": 3, "solo": 4}
KEYS = ("protocol", "rules", "view", "agents", "judge")
"""What tells one arm from another."""
NAIVE = "against naive"
DEBATE = "debate against its controls"


@dataclass(frozen=True)
class Arm:
    """The rulings of one judge on one protocol under one view."""

    protocol: str
    rules: str
    view: str
    agents: str | None
    judge: str
    rulings: Outcomes

    @property
    def label(self) -> str:
        """What it is called beside other judges' arms."""
        return f"{self.name}, {self.judge}"

    @property
    def name(self) -> str:
        """What it is called among the arms of its judge."""
        return label(self.protocol, self.view, self.agents)

    @property
    def argued(self) -> bool:
        """Whether somebody argues in it."""
        return self.rules not in UNARGUED

    @property
    def whole(self) -> bool:
        """Whether nothing that was said is kept from the judge."""
        return self.view in ("full", "double")


def arms(chosen: Outcomes) -> tuple[Arm, ...]:
    """Return every arm, those of one judge together, from least to most helped."""
    found = (
        Arm(str(protocol), str(rules), str(view), agents, str(judge), group)
        for (protocol, rules, view, agents, judge), group in (
            (tuple(keys.values()), group) for keys, group in chosen.group(KEYS)
        )
    )
    return tuple(sorted(found, key=lambda arm: (arm.judge, *rank(arm.protocol, arm.view), arm.agents or "")))


def label(protocol: str | None, view: str | None, agents: str | None = None) -> str:
    """Return what a protocol under a view is called: `human debate` where people argued, `debate` where models did."""
    shown = protocol or "all protocols"
    argued = f"{agents} {shown}" if agents in ("human", "mixed") else shown
    return argued if view in (None, "full") else f"{argued} ({view})"


def rank(protocol: str | None, view: str | None) -> tuple[int, str, int]:
    """Return the place of an arm among those of its judge: naive first, expert last, controls before debates."""
    return PLACES.get(protocol or "", 5), protocol or "", VIEWS.get(view or "full", 9)


def compared(found: tuple[Arm, ...], *, seed: int) -> tuple[Comparison, ...]:
    """Compare, for each judge, whole readings with its naive rulings, and its whole debates with every argued arm.

    The two kinds are two families of tests, over all judges.
    """
    tested: list[Comparison] = []
    for family in (NAIVE, DEBATE):
        own = (_compared(a, b, seed) for which, a, b in contrasts(found) if which == family)
        tested += holm(tuple(own), family=family)
    return tuple(sorted(tested, key=lambda c: (c.a.rpartition(", ")[2], c.family != NAIVE)))


def contrasts(found: tuple[Arm, ...]) -> Iterator[tuple[str, Arm, Arm]]:
    """Yield what is compared with what, and in which family."""
    for judge in dict.fromkeys(arm.judge for arm in found):
        own = [arm for arm in found if arm.judge == judge]
        naive = next((arm for arm in own if arm.rules == "naive"), None)
        whole = next((arm for arm in own if arm.rules == "debate" and arm.view == "full"), None)
        yield from ((NAIVE, arm, naive) for arm in own if naive and arm is not naive and arm.whole)
        if whole:
            others = (arm for arm in own if arm is not whole and arm.argued and (arm.whole or arm.rules == whole.rules))
            yield from ((DEBATE, whole, arm) for arm in others)


def counted(found: tuple[Arm, ...]) -> tuple[Proportions, ...]:
    """Compare, for each judge, every argued arm with its whole debates, each ruling by itself and none paired."""
    rows = []
    for judge in dict.fromkeys(arm.judge for arm in found):
        own = [arm for arm in found if arm.judge == judge and arm.argued and arm.whole]
        whole = next((arm for arm in own if arm.rules == "debate" and arm.view == "full"), None)
        for arm in own:
            if whole and arm is not whole:
                rows.append(proportions(_right(arm), _right(whole), names=(arm.label, whole.label)))
    return tuple(row for row in rows if row)


def _right(arm: Arm) -> tuple[int, int]:
    scored = arm.rulings.scored
    return int(arm.rulings.correct[scored].sum()), int(scored.sum())


def _compared(a: Arm, b: Arm, seed: int) -> Comparison:
    return compare_accuracy(a.rulings, b.rulings, names=(a.label, b.label), seed=seed)


def helped(found: tuple[Arm, ...]) -> Iterator[Turned]:
    """Measure what each arm made of the naive rulings of its judge."""
    for arm in found:
        naive = _control(found, "naive", arm.judge)
        if naive and arm is not naive and arm.whole:
            turned = helping.helped(arm.rulings, naive.rulings)
            yield Turned(protocol=arm.protocol, view=arm.view, agents=arm.agents, judge=arm.judge, **dict(turned))


def recovered(found: tuple[Arm, ...]) -> Iterator[Recovery]:
    """Measure how much of the gap between naive and expert each argued arm closes."""
    for arm in found:
        naive, expert = (_control(found, rules, arm.judge) for rules in UNARGUED)
        if arm.argued and naive and expert:
            shares = pgr.recovered(arm.rulings, naive.rulings, expert.rulings)
            yield Recovery(protocol=arm.protocol, view=arm.view, agents=arm.agents, judge=arm.judge, **dict(shares))


def scores(found: tuple[Arm, ...]) -> Iterator[Score]:
    """Measure what arguing the right answer gains in each argued arm."""
    for arm in found:
        if arm.argued:
            measured = asd.score_difference(arm.rulings)
            yield Score(protocol=arm.protocol, view=arm.view, agents=arm.agents, judge=arm.judge, **dict(measured))


def _control(found: tuple[Arm, ...], rules: str, judge: str) -> Arm | None:
    return next((arm for arm in found if arm.rules == rules and arm.judge == judge), None)
