"""What do the rules exclude that a study declared beforehand?

They are applied once, on request, and leave a reason, so that what they took out can be measured beside the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from debate.domain import Value
from debate.sanitize import restore
from debate.stats.outcomes import Outcomes
from debate.store.store import Store
from debate.store.studies.progress import overview
from debate.store.studies.sittings import entered, invalidate
from debate.store.tables import JUDGMENT, MATCH, SITTING
from debate.store.tallies.tally import EXCLUDED

TOO_FAST = "faster than the study's rule"
_BY_RULE = "by rule: "
"""What the reason of a ruling begins with that a rule took out."""

Ruling = tuple[str, str, str]
"""A match, a judge and a view."""


class Excluded(Value):
    """What was excluded of one judge, and by which rule."""

    judge: str
    rulings: int
    why: str


@dataclass(frozen=True)
class Declared:
    """Which rulings the rules take out, and why: those that still count, and those that do so no more."""

    standing: Mapping[Ruling, str]
    taken: Mapping[Ruling, str]

    def of(self, found: Outcomes) -> tuple[str, ...]:
        """Return for each ruling why a rule takes it out; empty where none does."""
        every = {**self.standing, **self.taken}
        match, judge, view = found.column("match"), found.judge, found.view
        people = found.judge_kind.is_in("human")
        return tuple(
            every.get((match.text(i) or "", judge.text(i) or "", view.text(i) or ""), "") if people[i] else ""
            for i in range(len(found))
        )


def exclude(store: Store, name: str) -> tuple[Excluded, ...]:
    """Take out of what is measured whatever the declared rules exclude: whole judges, and single rulings."""
    found = []
    for one in overview(store, name).judges:
        if one.excluded:
            why, only = "; ".join(one.excluded), None
        elif one.too_fast:
            why, only = TOO_FAST, one.too_fast
        else:
            continue
        if n := invalidate(store, name, one.judge, _BY_RULE + why, only=only):
            found.append(Excluded(judge=one.judge, rulings=n, why=why))
    return tuple(found)


def declared(store: Store, name: str) -> Declared:
    """Return which rulings the rules that were declared beforehand take out, whether they have been applied or not."""
    with store.database.reading() as connection:
        tournament, spec = entered(connection, name)
        rules = spec.judging
        c = JUDGMENT.c
        rows = connection.execute(
            select(MATCH.c.id, c.judge, c.view, c.superseded_by)
            .select_from(JUDGMENT.join(MATCH, MATCH.c.ordinal == c.match))
            .where(MATCH.c.tournament == tournament, c.kind == "human", c.superseded_by.startswith(EXCLUDED))
        )
        taken = {(row.id, restore(row.judge), row.view): restore(row.superseded_by)[len(EXCLUDED) :] for row in rows}
        if not (rules.exclude_fast_s or rules.exclude_attention or rules.exclude_repeat):
            return Declared({}, taken)
        sat = connection.execute(
            select(MATCH.c.id.label("match"), SITTING.c.id, SITTING.c.judge, SITTING.c.view)
            .select_from(SITTING.join(MATCH, MATCH.c.ordinal == SITTING.c.match))
            .where(SITTING.c.tournament == tournament, SITTING.c.state == "submitted")
        ).all()
    judges = {one.judge: one for one in overview(store, name).judges}
    standing: dict[Ruling, str] = {}
    for row in sat:
        judge = judges[restore(row.judge)]
        if judge.excluded:
            standing[row.match, judge.judge, row.view] = "; ".join(judge.excluded)
        elif row.id in judge.too_fast:
            standing[row.match, judge.judge, row.view] = TOO_FAST
    return Declared(standing, taken)
