"""Who argues what in each match of a tournament, how much was said from there, and what went wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
from sqlalchemy import Connection, func, select

from debate.domain import agent
from debate.sanitize import restore
from debate.stats.column import NONE, Codes, Column
from debate.store.tables import MATCH, PLAYER, SEAT, TURN

KINDS = ("model", "human", "builtin", "mixed")


class Sides:
    """Columns over the matches, and over the two seats of each."""

    def __init__(self, connection: Connection, tournament: int, ordinals: Any) -> None:
        players = {row.id: row for row in connection.execute(select(PLAYER.c.id, PLAYER.c.name, PLAYER.c.model))}
        names = tuple(sorted({restore(row.name) for row in players.values()}))
        code = {id: names.index(restore(row.name)) for id, row in players.items()}
        kind = {id: KINDS.index(agent(restore(row.model))) for id, row in players.items()}
        shape = (len(ordinals), 2)
        self.argues = np.full(shape, NONE, np.int32)
        self.rounds = np.zeros(len(ordinals), np.int32)
        self.words = np.zeros(shape, np.int32)
        self.conceded = np.zeros(shape, bool)
        player, kinds = (np.full(shape, NONE, np.int32) for _ in range(2))
        broken = np.full(shape, NONE, np.int32)
        states: list[str] = []
        self.place: dict[tuple[int, str], tuple[int, int]] = {}
        argued = (
            select(SEAT.c.match, SEAT.c.seat, SEAT.c.player, SEAT.c.argues)
            .select_from(SEAT.join(MATCH, MATCH.c.ordinal == SEAT.c.match))
            .where(MATCH.c.tournament == tournament, SEAT.c.argues.is_not(None), SEAT.c.player.is_not(None))
            .order_by(SEAT.c.match, SEAT.c.place)
        )
        row_of = {ordinal: row for row, ordinal in enumerate(ordinals.tolist())}
        for match, seat, id, argues in connection.execute(argued):
            row = row_of[match]
            column = int(self.argues[row, 0] >= 0)
            if self.argues[row, column] >= 0:
                continue  # a third side has no column
            self.place[match, seat] = (row, column)
            self.argues[row, column] = argues
            player[row, column] = code[id]
            kinds[row, column] = kind[id]
        self._hear(connection, tournament, row_of)
        self._see_what_broke(connection, tournament, broken, states)
        self.player = Column(player, names)
        self.broken = Column(broken, tuple(states))
        self.agents = Column(np.where(kinds[:, 1] >= 0, _mixed(kinds), kinds[:, 0]).astype(np.int32), KINDS)

    def _hear(self, connection: Connection, tournament: int, row_of: dict[int, int]) -> None:
        """Count words and rounds, and see who conceded, without taking a text out of the database."""
        text = func.replace(TURN.c.text, "\n", " ")
        words = func.sum(func.length(text) - func.length(func.replace(text, " ", "")) + 1)
        said = (
            select(TURN.c.match, TURN.c.seat, words, func.max(TURN.c.conceded), func.max(TURN.c.round))
            .select_from(TURN.join(MATCH, MATCH.c.ordinal == TURN.c.match))
            .where(MATCH.c.tournament == tournament)
            .group_by(TURN.c.match, TURN.c.seat)
        )
        for match, seat, count, conceded, last in connection.execute(said):
            self.rounds[row_of[match]] = max(self.rounds[row_of[match]], last)
            if at := self.place.get((match, seat)):
                self.words[at] = count
                self.conceded[at] = bool(conceded)

    def _see_what_broke(self, connection: Connection, tournament: int, broken: Codes, states: list[str]) -> None:
        first = (
            select(TURN.c.match, TURN.c.seat, TURN.c.state)
            .select_from(TURN.join(MATCH, MATCH.c.ordinal == TURN.c.match))
            .where(MATCH.c.tournament == tournament, TURN.c.state != "ok")
            .order_by(TURN.c.match, TURN.c.index)
        )
        for match, seat, state in connection.execute(first):
            at = self.place.get((match, seat))
            if at and broken[at] == NONE:
                if state not in states:
                    states.append(state)
                broken[at] = states.index(state)


def _mixed(kinds: Codes) -> Codes:
    return np.where(kinds[:, 0] == kinds[:, 1], kinds[:, 0], KINDS.index("mixed")).astype(np.int32)
