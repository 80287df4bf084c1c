"""Who argues what in each match, how much was said from there, and what went wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, func, select

from debate.stats.column import NONE, Codes, Column, Rows
from debate.store.tables import MATCH, SEAT, TURN
from debate.store.tallies.frame import Frame
from debate.store.tallies.part import Part


def sides(connection: Connection, part: Part, ordinals: Rows) -> Frame:
    """Return columns over the matches of a part, and over the two seats of each; players are called by their keys."""
    return _Sides(connection, part, ordinals).columns


class _Sides:
    def __init__(self, connection: Connection, part: Part, ordinals: Rows) -> None:
        self.connection = connection
        self.part = part
        self.ordinals = ordinals
        match, seat, player, argues = self._read(
            select(SEAT.c.match, SEAT.c.seat, SEAT.c.player, SEAT.c.argues)
            .select_from(SEAT.join(MATCH, MATCH.c.ordinal == SEAT.c.match))
            .where(part.holds(SEAT.c.match), part.ours, SEAT.c.argues.is_not(None), SEAT.c.player.is_not(None))
            .order_by(SEAT.c.match, SEAT.c.place)
        )
        row = self._rows(match)
        column = np.arange(len(row)) - np.searchsorted(row, row)
        two = column < 2  # a third side has no column
        self.at = row[two], column[two]
        self.seat = Column.of(seat).take(two)
        seated = Column.of(player).take(two)
        self.columns = {
            "argues": self._filled(np.array(argues, np.int32)[two]),
            "player": Column(self._filled(seated.codes), seated.names),
            "rounds": self._rounds(),
            "words": self._words(),
            "conceded": self._conceded(),
            "broken": self._broken(),
        }

    def _rounds(self) -> Codes:
        c = TURN.c
        match, last = self._read(self._turns(c.match, func.max(c.round)).group_by(c.match))
        rounds = np.zeros(len(self.ordinals), np.int32)
        rounds[self._rows(match)] = last
        return rounds

    def _words(self) -> Codes:
        """Count the words of the matches that are looked at, without taking a text out of the database."""
        c = TURN.c
        text = func.replace(c.text, "\n", " ")
        words = func.sum(func.length(text) - func.length(func.replace(text, " ", "")) + 1)
        said = self._turns(c.match, c.seat, words).group_by(c.match, c.seat)
        match, seat, counts = self._read(said.where(c.match.in_(self.part.close(self.ordinals).tolist())))
        places, there = self._seats(match, seat)
        found = self._filled(np.zeros(len(self.at[0]), np.int32), 0)
        found[places] = np.array(counts, np.int32)[there]
        return found

    def _conceded(self) -> np.ndarray:
        match, seat = self._read(self._turns(TURN.c.match, TURN.c.seat).where(TURN.c.conceded == 1))
        found = np.zeros((len(self.ordinals), 2), bool)
        found[self._seats(match, seat)[0]] = True
        return found

    def _broken(self) -> Column:
        c = TURN.c
        first = self._turns(c.match, c.seat, c.state).where(c.state != "ok").order_by(c.match.desc(), c.index.desc())
        match, seat, state = self._read(first)
        places, there = self._seats(match, seat)
        states = Column.of(state)
        broken = np.full((len(self.ordinals), 2), NONE, np.int32)
        broken[places] = states.codes[there]  # of several turns the first is written last
        return Column(broken, states.names)

    def _turns(self, *columns: Any) -> Select[Any]:
        turns = TURN.join(MATCH, MATCH.c.ordinal == TURN.c.match)
        return select(*columns).select_from(turns).where(self.part.holds(TURN.c.match), self.part.ours)

    def _read(self, query: Select[Any]) -> Any:
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

    def _filled(self, values: Codes, filler: int = NONE) -> Codes:
        whole = np.full((len(self.ordinals), 2), filler, np.int32)
        whole[self.at] = values
        return whole
