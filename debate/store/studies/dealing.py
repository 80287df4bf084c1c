"""Who is dealt which transcripts? What a judge is to read is written down once, as sittings."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator, Sequence
from typing import Any, get_args

from sqlalchemy import Connection, Row, func, select

from debate.domain import Tournament, View
from debate.sanitize import store as escaped
from debate.store import mapping
from debate.store.books import stamp
from debate.store.studies import leases
from debate.store.tables import JUDGE, MATCH, PROTOCOL, QUESTION, SEAT, SITTING
from debate.studies.assigning import Item, Purpose, Square, assigned

UNARGUED = ("naive", "expert", "solo")
"""Games in which nobody argues; people judge debates and consultancies."""


class Dealing:
    """A judge's sittings, as they are given."""

    def __init__(self, connection: Connection, tournament: int, spec: Tournament, judge: str) -> None:
        self.connection, self.tournament, self.spec, self.judge = connection, tournament, spec, judge
        self.study = spec.judging

    def mine(self) -> Sequence[Row[Any]]:
        """Return the judge's sittings."""
        ours = (SITTING.c.tournament == self.tournament, SITTING.c.judge == escaped(self.judge))
        return self.connection.execute(select(SITTING).where(*ours)).all()

    def live(self) -> None:
        """Give the debates in which this judge sits; of a passage that they have met, they only play the rest."""
        mine = {row.match for row in self.mine()}
        passages = {ordinal: passage for ordinal, (_, passage) in self._matches().items()}
        met = {passages[match] for match in mine if match in passages}
        rows = self.connection.execute(
            select(MATCH.c.ordinal, MATCH.c.shown)
            .select_from(MATCH.join(SEAT, SEAT.c.match == MATCH.c.ordinal).join(JUDGE, JUDGE.c.id == SEAT.c.judge))
            .where(
                MATCH.c.tournament == self.tournament,
                MATCH.c.state.in_(("open", "waiting")),
                JUDGE.c.model == f"human/{self.judge}",
            )
            .order_by(MATCH.c.ordinal)
        )
        for ordinal, shown in rows.all():
            if ordinal not in mine:
                purpose: Purpose = "repeat" if passages[ordinal] in met else "study"
                met.add(passages[ordinal])
                self._add(ordinal, mapping.ints(shown), "full", purpose, "live")

    def offline(self) -> None:
        """Give transcripts of debates that are over."""
        mine = self.mine()
        counted = [row for row in mine if row.purpose == "study" and row.why != leases.LAPSED]
        room = self.study.items - len(counted) if self.study.items else 0
        items = self._items()
        if not items or (self.study.items and room <= 0):
            return
        passages = {ordinal: passage for ordinal, (_, passage) in self._matches().items()}
        ids = {id: ordinal for ordinal, (id, _) in self._matches().items()}
        dealt = assigned(
            items,
            self.judge,
            self.study.model_copy(update={"items": room}),
            seed=self.spec.seed,
            taken=self._taken(),
            met=[passages[row.match] for row in mine if row.match in passages],
            number=self._number(items, set(passages.values())),
            later=any(row.state != "live" for row in mine),
            passages=passages.values(),
        )
        for one in dealt:
            self._add(ids[one.match], one.shown, one.view, one.purpose, "open")

    def _number(self, items: Sequence[Item], passages: Collection[str]) -> int:
        """Return this judge's turn in the square: the one they have, or the one that the fewest of who count have.

        So who withdraws, is excluded or does not pass practice leaves a turn that the next judge takes.
        """
        known = {item.key: item for item in items}
        rows = self.connection.execute(
            select(SITTING.c.judge, SITTING.c.view, SITTING.c.state, MATCH.c.id)
            .select_from(SITTING.join(MATCH, MATCH.c.ordinal == SITTING.c.match))
            .where(SITTING.c.tournament == self.tournament, SITTING.c.purpose == "study")
            .order_by(SITTING.c.id)
        ).all()
        square = Square(items, self.study, self.spec.seed, passages)
        me, turns = escaped(self.judge), dict[str, int]()
        for row in rows:
            item = known.get((row.id, row.view))
            if item is None or (turn := square.turn(item)) < 0:
                continue
            if row.judge == me or row.state not in ("skipped", "invalid"):
                turns.setdefault(row.judge, turn)
        return turns[me] if me in turns else square.fewest(turns.values())

    def _taken(self) -> dict[tuple[str, View], int]:
        rows = self.connection.execute(
            select(MATCH.c.id, SITTING.c.view, func.count())
            .select_from(SITTING.join(MATCH, MATCH.c.ordinal == SITTING.c.match))
            .where(
                SITTING.c.tournament == self.tournament,
                SITTING.c.purpose == "study",
                SITTING.c.state.not_in(("skipped", "invalid")),
            )
            .group_by(MATCH.c.id, SITTING.c.view)
        )
        return {(id, view): n for id, view, n in rows}

    def _matches(self) -> dict[int, tuple[str, str]]:
        """Return the id of every match and what it is about."""
        rows = self.connection.execute(
            select(MATCH.c.ordinal, MATCH.c.id, func.coalesce(QUESTION.c.passage, QUESTION.c.id))
            .select_from(MATCH.join(QUESTION, QUESTION.c.id == MATCH.c.question))
            .where(MATCH.c.tournament == self.tournament)
        )
        return {ordinal: (id, passage) for ordinal, id, passage in rows}

    def _items(self) -> list[Item]:
        rows = self.connection.execute(
            select(
                MATCH.c.id,
                MATCH.c.shown,
                QUESTION.c.id,
                QUESTION.c.passage,
                QUESTION.c.answers,
                PROTOCOL.c.name,
                PROTOCOL.c.label,
            )
            .select_from(
                MATCH.join(QUESTION, QUESTION.c.id == MATCH.c.question).join(
                    PROTOCOL, PROTOCOL.c.id == MATCH.c.protocol
                )
            )
            .where(MATCH.c.tournament == self.tournament, MATCH.c.state == "done")
            .order_by(MATCH.c.ordinal)
        ).all()
        return [
            Item(match=id, passage=passage or question, shown=mapping.ints(shown) or (0, 1), view=view, arm=arm)
            for id, shown, question, passage, answers, game, label in rows
            if len(json.loads(answers)) == 2
            for arm, view in self._arms(label or game, game)
        ]

    def _arms(self, title: str, game: str) -> Iterator[tuple[str, View]]:
        """Yield the arms under which a game is read."""
        if not self.study.arms:
            if game not in UNARGUED:
                yield title, "full"
            return
        for arm in self.study.arms:
            name, _, view = arm.partition("/")
            if name == title and (not view or view in get_args(View)):
                yield arm, view or "full"  # type: ignore[misc] # one of the views, as was just seen

    def _add(self, match: int, shown: tuple[int, ...], view: View, purpose: Purpose, state: str) -> None:
        place = self.connection.scalar(
            select(func.count()).where(SITTING.c.tournament == self.tournament, SITTING.c.judge == escaped(self.judge))
        )
        now = stamp(time.time())
        row = mapping.sitting_row(
            self.tournament,
            match,
            self.judge,
            place or 0,
            view=view,
            purpose=purpose,
            shown=shown,
            state=state,
            at=now,
        )
        self.connection.execute(SITTING.insert().values(**row))
