"""Who argues what in each match of a tournament, how much was said from there, and what went wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, func, select

from debate.domain import agent
from debate.sanitize import restore
from debate.stats.column import NONE, Codes, Column, Rows
from debate.store.tables import MATCH, PLAYER, SEAT, TURN

KINDS = ("model", "human", "builtin", "mixed")
MOST = 4_000
"""Of more matches than this the words of an even share are counted, by their places in the plan."""


class Sides:
    """Columns over the matches, and over the two seats of each."""

    def __init__(self, connection: Connection, tournament: int, ordinals: Rows) -> None:
        self.connection = connection
        self.ordinals = ordinals
        self.ours = MATCH.c.tournament == tournament
        match, seat, player, argues = self._columns(
            select(SEAT.c.match, SEAT.c.seat, SEAT.c.player, SEAT.c.argues)
            .select_from(SEAT.join(MATCH, MATCH.c.ordinal == SEAT.c.match))
            .where(self.ours, SEAT.c.argues.is_not(None), SEAT.c.player.is_not(None))
            .order_by(SEAT.c.match, SEAT.c.place)
        )
        row = np.searchsorted(ordinals, np.array(match, np.intp))
        column = np.arange(len(row)) - np.searchsorted(row, row)
        two = column < 2  # a third side has no column
        self.at = row[two], column[two]
        self.seat = Column.of(seat).take(two)
        self.argues = self._filled(np.array(argues, np.int32)[two], NONE)
        self.player, self.agents = self._players(Column.of(player).take(two))
        self.rounds = np.zeros(len(ordinals), np.int32)
        self.words = self._filled(np.zeros(int(two.sum()), np.int32), 0)
        self.conceded = np.zeros(self.argues.shape, bool)
        self._hear(tournament)
        self.broken = self._broken(tournament)

    def _players(self, seated: Column) -> tuple[Column, Column]:
        """Return who sits where, and the kind of those who argue in each match."""
        known = {row.id: row for row in self.connection.execute(select(PLAYER.c.id, PLAYER.c.name, PLAYER.c.model))}
        names = tuple(sorted({restore(row.name) for row in known.values()}))
        code = [names.index(restore(known[id].name)) for id in seated.names]
        kind = [KINDS.index(agent(restore(known[id].model))) for id in seated.names]
        player, kinds = (self._filled(np.array(codes, np.int32)[seated.codes], NONE) for codes in (code, kind))
        both = np.where(kinds[:, 1] >= 0, _mixed(kinds), kinds[:, 0])
        return Column(player, names), Column(both.astype(np.int32), KINDS)

    def _hear(self, tournament: int) -> None:
        """Count words and rounds, and see who conceded, without taking a text out of the database."""
        c = TURN.c
        match, last, any_conceded = self._columns(
            self._turns(c.match, func.max(c.round), func.max(c.conceded)).group_by(c.match)
        )
        self.rounds[self._rows(match)] = last
        if any(any_conceded):
            match, seat = self._columns(self._turns(c.match, c.seat).where(c.conceded == 1))
            self.conceded[self._seats(match, seat)[0]] = True
        text = func.replace(c.text, "\n", " ")
        words = func.sum(func.length(text) - func.length(func.replace(text, " ", "")) + 1)
        said = self._turns(c.match, c.seat, words).group_by(c.match, c.seat)
        step = -(-len(self.ordinals) // MOST)
        if step > 1:
            said = said.where(c.match.in_(self.ordinals[::step].tolist()))
        match, seat, counts = self._columns(said)
        places, there = self._seats(match, seat)
        self.words[places] = np.array(counts, np.int32)[there]

    def _broken(self, tournament: int) -> Column:
        c = TURN.c
        first = self._turns(c.match, c.seat, c.state).where(c.state != "ok").order_by(c.match.desc(), c.index.desc())
        match, seat, state = self._columns(first)
        places, there = self._seats(match, seat)
        states = Column.of(state)
        broken = np.full(self.argues.shape, NONE, np.int32)
        broken[places] = states.codes[there]  # of several turns the first is written last
        return Column(broken, states.names)

    def _turns(self, *columns: Any) -> Select[Any]:
        return select(*columns).select_from(TURN.join(MATCH, MATCH.c.ordinal == TURN.c.match)).where(self.ours)

    def _columns(self, query: Select[Any]) -> Any:
        """Return the columns of a query, from the driver as they are."""
        cursor: Any = self.connection.execute(query).cursor
        return tuple(zip(*cursor.fetchall(), strict=True)) or ((),) * len(query.selected_columns)

    def _rows(self, match: Any) -> Rows:
        return np.searchsorted(self.ordinals, np.array(match, np.intp))

    def _seats(self, match: Any, seat: Any) -> tuple[tuple[Rows, Rows], Rows]:
        """Return where such seats of such matches have their columns, and which of those given have one."""
        many = len(self.seat.names)
        code = {name: i for i, name in enumerate(self.seat.names)}
        seats = np.fromiter((code.get(name, many) for name in seat), np.intp, len(seat))
        known = self.at[0] * (many + 1) + self.seat.codes
        asked = self._rows(match) * (many + 1) + seats
        order = np.argsort(known)
        found = np.searchsorted(known, asked, sorter=order)
        place = order[np.minimum(found, len(order) - 1)] if len(order) else found
        there = np.flatnonzero(known[place] == asked) if len(order) else np.zeros(0, np.intp)
        return (self.at[0][place[there]], self.at[1][place[there]]), there

    def _filled(self, values: Codes, filler: int) -> Codes:
        whole = np.full((len(self.ordinals), 2), filler, np.int32)
        whole[self.at] = values
        return whole


def _mixed(kinds: Codes) -> Codes:
    return np.where(kinds[:, 0] == kinds[:, 1], kinds[:, 0], KINDS.index("mixed")).astype(np.int32)
