"""Debates that were played elsewhere become a tournament like any other: listed, shown, judged and reported.

The same record again changes nothing; the same record with other content is an error, and nothing is taken.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select

from debate.domain import Debate, Judgment, Question, Tournament, Value
from debate.errors import InputError
from debate.sanitize import store as escaped
from debate.store import mapping, pin
from debate.store.batch import Batch
from debate.store.books import stamp
from debate.store.store import Store
from debate.store.tables import JUDGMENT, MATCH, RECORD, TOURNAMENT


class Played(Value):
    """One debate that was played elsewhere, with its judgments and its key."""

    source: str
    record: str
    """Its id in the source."""
    content: str
    """The hash of the whole record."""
    question: Question
    debate: Debate
    judgments: tuple[Judgment, ...] = ()
    at: dict[str, str] = {}
    """When, by `turn:INDEX` or the id of a judgment."""
    meta: dict[str, Any] = {}


class Taken(Value):
    """What was taken in."""

    debates: int = 0
    judgments: int = 0
    known: int = 0
    """Records that were there already, as they are."""


def take(store: Store, name: str, debates: Iterable[Played]) -> Taken:
    """Take debates into a tournament of that name, in one transaction.

    Raises:
        InputError: a record that is there has other content now.
    """
    with store.database.writing() as connection:
        return _Taking(connection, name, stamp(time.time())).all(debates)


class _Taking:
    def __init__(self, connection: Connection, name: str, now: str) -> None:
        self.connection = connection
        self.name = name
        self.now = now
        self.tournament = self._entered()
        self.posed: set[str] = set()
        self.problems: list[str] = []

    def _entered(self) -> int:
        spec = Tournament(name=self.name, controls=())
        known = self.connection.scalar(select(TOURNAMENT.c.id).where(TOURNAMENT.c.name == self.name))
        return int(known) if known is not None else pin.pin_tournament(self.connection, spec, self.now)

    def all(self, debates: Iterable[Played]) -> Taken:
        taken = judged = known = 0
        for block in pin.blocks(debates):
            fresh = [one for one in block if self._is_new(one)]
            known += len(block) - len(fresh)
            self._add(fresh)
            taken += len(fresh)
            judged += sum(len(one.judgments) for one in fresh)
        if self.problems:
            raise InputError(self.problems)
        return Taken(debates=taken, judgments=judged, known=known)

    def _is_new(self, one: Played) -> bool:
        there = select(RECORD.c.content).join(MATCH, MATCH.c.ordinal == RECORD.c.match)
        content = self.connection.scalar(
            there.where(MATCH.c.tournament == self.tournament, MATCH.c.id == one.debate.match.id)
        )
        if content not in (None, one.content):
            self.problems.append(f'record "{one.record}" of "{one.source}" is there with other content')
        return content is None

    def _add(self, block: list[Played]) -> None:
        posed = {one.question.posed.id: one.question for one in block}
        pin.pin_questions(self.connection, self.tournament, posed.values())
        pin.Matches(self.connection, self.tournament, self.posed).add(one.debate.match for one in block)
        ordinals = self._ordinals([one.debate.match.id for one in block])
        last = self.connection.scalar(select(func.max(JUDGMENT.c.ordinal))) or 0
        batch = Batch()
        for one in block:
            ordinal = ordinals[one.debate.match.id]
            for turn in one.debate.turns:
                batch.add("turn", mapping.turn_row(ordinal, turn, one.at.get(f"turn:{turn.index}", self.now)))
            for judgment in one.judgments:
                last += 1
                at = one.at.get(judgment.id, self.now)
                batch.add("judgment", mapping.judgment_row(last, ordinal, judgment, at))
                for row in mapping.belief_rows(last, judgment):
                    batch.add("belief", row)
            batch.add("record", self._record(ordinal, one))
            state = "set-aside" if one.debate.broken else "done"
            self.connection.execute(MATCH.update().where(MATCH.c.ordinal == ordinal).values(state=state))
        batch.flush(self.connection)

    def _record(self, ordinal: int, one: Played) -> dict[str, Any]:
        return {
            "match": ordinal,
            "source": escaped(one.source),
            "id": escaped(one.record),
            "content": one.content,
            "meta": mapping.dumps(one.meta),
        }

    def _ordinals(self, ids: list[str]) -> dict[str, int]:
        ours = select(MATCH.c.id, MATCH.c.ordinal).where(MATCH.c.tournament == self.tournament, MATCH.c.id.in_(ids))
        return dict(self.connection.execute(ours).all())
