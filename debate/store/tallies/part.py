"""Which matches are read together, and which of them are looked at closely?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, select

from debate.stats.column import Rows
from debate.store.tables import MATCH
from debate.store.tables.kept import SIZE

MOST = 4_000
"""Of more matches than this, quotes and words are read of an even share, by their places in the plan."""


@dataclass(frozen=True)
class Part:
    """The matches of one tournament among neighbours in the plan."""

    tournament: int
    number: int
    """Their ordinals divided by the size of a part."""
    before: int = 0
    """How many matches of the tournament are in earlier parts."""
    every: int = 1
    """Of this many matches, one is looked at closely."""

    def holds(self, match: ColumnElement[int]) -> ColumnElement[bool]:
        """Return what the ordinals of this part fulfil, and those of other tournaments among them."""
        return match.between(self.number * SIZE, self.number * SIZE + SIZE - 1)

    @property
    def ours(self) -> ColumnElement[bool]:
        """What a row of the table of matches fulfils: it is read by its ordinal, not by its tournament."""
        return and_(self.holds(MATCH.c.ordinal), MATCH.c.tournament + 0 == self.tournament)

    @property
    def first(self) -> int:
        """The first of the matches here that is looked at closely."""
        return -self.before % self.every

    def close(self, ordinals: Rows) -> Rows:
        """Return the ordinals of the matches that are looked at closely."""
        return ordinals[self.first :: self.every]


def parts(connection: Connection, tournament: int) -> Iterator[Part]:
    """Yield the parts of a tournament, in the order of the plan."""
    number = MATCH.c.ordinal.op("/")(SIZE)
    counted = select(number, func.count()).where(MATCH.c.tournament == tournament).group_by(number).order_by(number)
    rows = connection.execute(counted).all()
    every = max(1, -(-sum(count for _, count in rows) // MOST))
    before = 0
    for part, count in rows:
        yield Part(tournament, part, before, every)
        before += count
