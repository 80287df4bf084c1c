"""What a run knows of itself, and what it must look up at the beginning of every transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from debate.domain import Limits
from debate.store.ledger import COLUMNS, NOTHING, Spend, spent_by_others
from debate.store.prepared import Prepared
from debate.store.tables import CALL, JUDGMENT, RUN


@dataclass
class Books:
    """What a run knows of itself. Only the writer's thread changes it."""

    tournament: int
    run: int
    limits: Limits
    clock: Callable[[], float]
    lease_s: float
    epoch: int = 0
    own: Spend = NOTHING
    total: Spend = NOTHING
    """The sums of the whole tournament, as of the last commit."""
    held: dict[str, int] = field(default_factory=dict)
    """The ordinals of the matches that this run plays, by id."""
    lost: set[int] = field(default_factory=set)
    """The ordinals of matches that other runs took over. They are not claimed again: what this run still has in flight
    for them would be taken for the new play."""
    flights: dict[str, tuple[int, float]] = field(default_factory=dict)
    """The calls without an outcome: their row's id, and what they may cost."""


def stamp(now: float) -> str:
    """Return a time as it is stored: UTC, to the millisecond."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class News(NamedTuple):
    """What other runs may have changed since the last commit."""

    epoch: int
    """How often this run's claims have been taken from it."""
    call: int
    """The last key of a call, and of a judgment: nobody adds any while this transaction runs."""
    judgment: int
    others: Spend


_NEWS = Prepared(
    spent_by_others().add_columns(
        select(RUN.c.epoch).where(RUN.c.id == bindparam("run")).scalar_subquery(),
        select(func.coalesce(func.max(CALL.c.id), 0)).scalar_subquery(),
        select(func.coalesce(func.max(JUDGMENT.c.ordinal), 0)).scalar_subquery(),
    )
)


def news(connection: Connection, books: Books) -> News:
    """Look up what other runs may have changed: one statement, since each one waits for the event loop."""
    row = _NEWS(connection, of=books.tournament, run=books.run).one()
    epoch, call, judgment = row[len(COLUMNS) :]
    return News(epoch, call, judgment, Spend(*row[: len(COLUMNS)]))
