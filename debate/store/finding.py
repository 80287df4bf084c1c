"""Which match is meant by an id, or by the beginning of one."""

from __future__ import annotations

from sqlalchemy import Connection, select

from debate.errors import UsageError
from debate.store.tables import MATCH, TOURNAMENT

SHOWN = 5
SCHEME = "m1-"


def find(connection: Connection, prefix: str, name: str | None) -> str:
    """Return the one match id that begins with `prefix`; the `m1-` may be left out."""
    found = {id for _, id in _beginning(connection, prefix, name)}
    if not found and not prefix.startswith(SCHEME):
        found = {id for _, id in _beginning(connection, SCHEME + prefix, name)}
    if len(found) == 1:
        return found.pop()
    where = f' in "{name}"' if name else ""
    if not found:
        raise UsageError(f'no match begins with "{prefix}"{where}')
    more = ", ..." if len(found) > SHOWN else ""
    raise UsageError(f'"{prefix}" begins several matches{where}: {", ".join(sorted(found)[:SHOWN])}{more}')


def ordinal(connection: Connection, match_id: str, name: str | None) -> int:
    """Return the ordinal of a match. Tournaments may plan the same match: then one must be named."""
    there: dict[str, int] = {}
    for key, tournament in _tournaments(connection, name):
        this = select(MATCH.c.ordinal).where(MATCH.c.tournament == key, MATCH.c.id == match_id)
        if (found := connection.scalar(this)) is not None:
            there[tournament] = found
    if len(there) == 1:
        return next(iter(there.values()))
    if not there:
        raise UsageError(f'there is no match "{match_id}"' + (f' in "{name}"' if name else ""))
    raise UsageError(f'match "{match_id}" is in several tournaments: {", ".join(there)}: name one')


def _beginning(connection: Connection, prefix: str, name: str | None) -> list[tuple[str, str]]:
    """Return the first few matches of each tournament that begin with `prefix`, through the index on both."""
    after = prefix + "\U0010ffff"
    return [
        (tournament, id)
        for key, tournament in _tournaments(connection, name)
        for id in connection.scalars(
            select(MATCH.c.id)
            .where(MATCH.c.tournament == key, MATCH.c.id >= prefix, MATCH.c.id < after)
            .limit(SHOWN + 1)
        )
    ]


def _tournaments(connection: Connection, name: str | None) -> list[tuple[int, str]]:
    every = select(TOURNAMENT.c.id, TOURNAMENT.c.name).order_by(TOURNAMENT.c.id)
    if name is not None:
        every = every.where(TOURNAMENT.c.name == name)
    return list(connection.execute(every))
