"""What was ruled last? For who watches a run: beliefs, and never whether they are right."""

from __future__ import annotations

import json

from sqlalchemy import exists, select

from debate.domain import Value
from debate.sanitize import restore
from debate.store.store import Store
from debate.store.tables import JUDGMENT, MATCH, QUESTION, SITTING, TOURNAMENT


class Latest(Value):
    """One ruling."""

    match: str
    judge: str
    state: str
    final: tuple[float, ...] | None
    question: str

    @property
    def line(self) -> str:
        """The ruling on one line."""
        said = self.state if self.final is None else " ".join(f"{p:.2f}" for p in self.final)
        return f"{self.match[:9]} {self.judge}: {said}  {self.question}"


def latest(store: Store, name: str, n: int) -> tuple[Latest, ...]:
    """Return the last rulings, the newest first, without those of debates on which a person has still to rule."""
    open_ = exists().where(SITTING.c.match == MATCH.c.ordinal, SITTING.c.state == "open")
    rulings = (
        select(MATCH.c.id, JUDGMENT.c.judge, JUDGMENT.c.state, JUDGMENT.c.final, QUESTION.c.text)
        .select_from(
            JUDGMENT.join(MATCH, MATCH.c.ordinal == JUDGMENT.c.match)
            .join(QUESTION, QUESTION.c.id == MATCH.c.question)
            .join(TOURNAMENT, TOURNAMENT.c.id == MATCH.c.tournament)
        )
        .where(TOURNAMENT.c.name == name, ~open_)
        .order_by(JUDGMENT.c.ordinal.desc())
        .limit(n)
    )
    with store.database.reading() as connection:
        return tuple(
            Latest(
                match=match,
                judge=restore(judge),
                state=state,
                final=None if final is None else tuple(json.loads(final)),
                question=restore(text),
            )
            for match, judge, state, final, text in connection.execute(rulings)
        )
