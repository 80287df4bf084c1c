"""Every debate of a tournament with all that is known of it, as another database can take it in."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, select

from debate.domain import Judge, Judgment, Key, Question, Tournament
from debate.errors import UsageError
from debate.sanitize import restore
from debate.store import mapping, queries
from debate.store.guests import guests
from debate.store.played import Played
from debate.store.reading import REPLIED, Reader
from debate.store.store import Store
from debate.store.tables import CALL, FAILURE, JUDGMENT, MATCH, RECORD, REPLY, TOURNAMENT, TURN


def give(store: Store, name: str) -> Iterator[Played]:
    """Yield the debates of a tournament in the order of the plan, as of one moment.

    One that was played elsewhere is given under the names that it came with.
    """
    with store.database.reading() as connection:
        row = connection.execute(select(TOURNAMENT).where(TOURNAMENT.c.name == name)).one_or_none()
        if row is None:
            raise UsageError(f'"{store.database.path}" holds no tournament "{name}"')
        giving = _Giving(connection, Reader(store.database), row)
        for ordinals in queries.ordinals(connection, row.id):
            yield from giving.block(ordinals)


class _Giving:
    def __init__(self, connection: Connection, reader: Reader, row: Row[Any]) -> None:
        self.connection = connection
        self.reader = reader
        self.name = row.name
        self.planned = Tournament.model_validate(json.loads(row.spec))
        self.judges = {judge.name: judge for judge in self.planned.judges}
        self.keys = {key.question: key for key in queries.keys(connection, row.id)}

    def block(self, ordinals: Sequence[int]) -> Iterator[Played]:
        """Yield the debates of some matches."""
        times, calls, lost = self._times(ordinals), self._calls(ordinals), self._lost(ordinals)
        records = self.connection.execute(select(RECORD).where(RECORD.c.match.in_(ordinals)))
        sources = {row.match: row for row in records}
        states = dict(
            self.connection.execute(select(MATCH.c.ordinal, MATCH.c.state).where(MATCH.c.ordinal.in_(ordinals))).all()
        )
        debates = self.reader.debates(self.connection, ordinals)
        for ordinal, (debate, judgments) in zip(ordinals, debates, strict=True):
            source, posed = sources.get(ordinal), debate.match.question
            yield Played(
                source=restore(source.source) if source else self.name,
                record=restore(source.id) if source else debate.match.id,
                question=Question(posed=posed, key=self.keys.get(posed.id) or Key(question=posed.id)),
                debate=debate,
                state=states[ordinal],
                judgments=judgments,
                judges=self._judges(judgments, source),
                calls=tuple(mapping.stored_call(row, debate.match.id) for row in calls[ordinal]),
                at=times[ordinal],
                failures=tuple(mapping.failure(row, debate.match.id) for row in lost[ordinal]),
                planned=self.planned,
                meta=json.loads(source.meta) if source else {},
            )

    def _judges(self, judgments: Sequence[Judgment], source: Row[Any] | None) -> dict[str, Judge]:
        """Return who ruled: those who ruled elsewhere as they are known from there."""
        known = self.judges | (guests(source.judges) if source else {})
        return {each.judge: known[each.judge] for each in judgments if each.judge in known}

    def _times(self, ordinals: Sequence[int]) -> defaultdict[int, dict[str, str]]:
        """Return by match when each turn was made and each ruling, where that is known."""
        found: defaultdict[int, dict[str, str]] = defaultdict(dict)
        said = select(TURN.c.match, TURN.c.index, TURN.c.at).where(TURN.c.match.in_(ordinals), TURN.c.at != "")
        for match, index, at in self.connection.execute(said):
            found[match][f"turn:{index}"] = at
        ruled = select(JUDGMENT.c.match, JUDGMENT.c.id, JUDGMENT.c.at)
        for match, id, at in self.connection.execute(ruled.where(JUDGMENT.c.match.in_(ordinals), JUDGMENT.c.at != "")):
            found[match][id] = at
        return found

    def _calls(self, ordinals: Sequence[int]) -> defaultdict[int, list[RowMapping]]:
        both = select(*CALL.c, *REPLIED).select_from(CALL.outerjoin(REPLY, REPLY.c.call == CALL.c.id))
        found: defaultdict[int, list[RowMapping]] = defaultdict(list)
        for row in self.connection.execute(both.where(CALL.c.match.in_(ordinals)).order_by(CALL.c.id)).mappings():
            found[row["match"]].append(row)
        return found

    def _lost(self, ordinals: Sequence[int]) -> defaultdict[int, list[RowMapping]]:
        """Return by match what failed for good."""
        found: defaultdict[int, list[RowMapping]] = defaultdict(list)
        failed = select(FAILURE).where(FAILURE.c.match.in_(ordinals)).order_by(FAILURE.c.id)
        for row in self.connection.execute(failed).mappings():
            found[row["match"]].append(row)
        return found
