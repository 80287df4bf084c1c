"""What a tournament comes to, from the tallies of its parts: kept ones where they are, and else worked out again."""

from __future__ import annotations

from sqlalchemy import Connection

from debate.store.part import Part, parts
from debate.store.tally import Tally


def tally(connection: Connection, tournament: int) -> Tally:
    """Return what a tournament comes to."""
    found = [Tally.read(connection, part) for part in parts(connection, tournament)]
    return Tally.together(found or [Tally.read(connection, Part(tournament, -1))])
