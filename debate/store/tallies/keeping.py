"""What a tournament comes to, from the tallies of its parts: kept ones where they are, and else worked out.

A tally is forgotten by triggers when a row changes that it was worked out from, so that a kept one says what would be
worked out now; it saves the reading of every row.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from debate.sanitize import store as escaped
from debate.store.store import Store
from debate.store.tables import MATCH, TALLY, TOURNAMENT
from debate.store.tallies.part import Part, parts
from debate.store.tallies.tally import VERSION, Tally

UNPLAYED = "open"


def tally(connection: Connection, tournament: int, *, excluded: bool = False) -> Tally:
    """Return what a tournament comes to, if wanted with the rulings that declared rules took out."""
    every = list(parts(connection, tournament))
    kept = {} if excluded else _kept(connection, every)
    found = [kept[part] if part in kept else Tally.read(connection, part, excluded=excluded) for part in every]
    return Tally.together(found or [Tally.read(connection, Part(tournament, -1))])


def keep(store: Store, name: str) -> int:
    """Keep the tallies of a tournament's parts, as far as they were played, and return how many are new."""
    with store.database.reading() as connection:
        tournament = connection.scalars(select(TOURNAMENT.c.id).where(TOURNAMENT.c.name == escaped(name))).one()
        every = list(parts(connection, tournament))
        kept = _kept(connection, every)
    return sum(_keep(store, part) for part in every if part not in kept)


def _keep(store: Store, part: Part) -> bool:
    """Work out and keep the tally of a part, unless some of it is not played."""
    with store.database.writing() as connection:
        if connection.scalar(select(MATCH.c.ordinal).where(part.ours, MATCH.c.state == UNPLAYED).limit(1)):
            return False
        c = TALLY.c
        connection.execute(delete(TALLY).where(c.part == part.number, c.tournament == part.tournament))
        row = {"part": part.number, "tournament": part.tournament, "every": part.every, "first": part.first}
        data = Tally.read(connection, part).dumped
        connection.execute(insert(TALLY).values(**row, version=VERSION, data=data))
    return True


def _kept(connection: Connection, every: Sequence[Part]) -> dict[Part, Tally]:
    """Return what is kept of parts, if it was worked out in the way that it would be now."""
    if not every:
        return {}
    c, tournament = TALLY.c, every[0].tournament
    query = select(c.part, c.every, c.first, c.data).where(c.tournament == tournament, c.version == VERSION)
    kept = {tuple(where): data for *where, data in connection.execute(query)}
    known = {part: (part.number, part.every, part.first) for part in every}
    return {part: Tally.loaded(kept[where]) for part, where in known.items() if where in kept}
