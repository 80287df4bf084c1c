"""The rows of one transaction: checked against claims and caps first, then collected by table, then inserted.

What a run knows in memory (`Books`) is changed by `keep`, after the commit, and not before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, func, select

from debate.domain import Ended, Failure, Fault, Intent, Limits, Reply, Row, Ruled, Said
from debate.store import claims, ledger, mapping
from debate.store.batch import Batch
from debate.store.claims import LostClaim
from debate.store.ledger import NOTHING, Ledger, Spend
from debate.store.tables import CALL, JUDGMENT


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
    flights: dict[str, tuple[int, float]] = field(default_factory=dict)
    """The calls without an outcome: their row's id, and what they may cost."""


def stamp(now: float) -> str:
    """Return a time as it is stored: UTC, to the millisecond."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Rows:
    """Rows that belong together: all are recorded, or none."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.rows = rows

    def __call__(self, group: Group) -> None:
        """Check the unit as a whole, then add its rows."""
        intents = [row for row in self.rows if isinstance(row, Intent)]
        lost = [match for match in map(_match, self.rows) if match is not None and match not in group.held]
        if lost:
            group.late(self.rows)
            raise LostClaim(f'another run plays "{lost[0]}" now')
        if intents:
            group.ledger.admit(intents)
        for row in self.rows:
            group.add(row)


def _match(row: Row) -> str | None:
    """Return the match that a row is about; outcomes of calls follow their call."""
    match row:
        case Reply() | Fault():
            return None
        case Ruled():
            return row.judgment.match
        case _:
            return row.match


class Group:
    """Rows on their way into one transaction."""

    def __init__(self, connection: Connection, books: Books) -> None:
        self.connection = connection
        self.books = books
        self.now = books.clock()
        self.at = stamp(self.now)
        self.epoch = claims.epoch(connection, books.run)
        self.held = self._held()
        self.flights = dict(books.flights)
        self.others = ledger.spend(connection, books.tournament, without=books.run)
        self.ledger = Ledger(books.own, self.others, books.limits)
        self.batch = Batch()
        self.ended: list[tuple[int, str]] = []
        self.leaving = False
        self._calls = _Serial(connection, CALL.c.id)
        self._judgments = _Serial(connection, JUDGMENT.c.ordinal)

    def _held(self) -> dict[str, int]:
        """Return the matches that are still ours: all, unless another run has taken some since the last commit."""
        if self.epoch == self.books.epoch:
            return dict(self.books.held)
        ours = claims.held(self.connection, self.books.run)
        return {match: ordinal for match, ordinal in self.books.held.items() if ordinal in ours}

    def claim(self, n: int) -> list[int]:
        """Claim up to `n` more matches, and return their ordinals."""
        books = self.books
        claims.free(self.connection, books.tournament, books.run, now=self.now, at=self.at)
        taken = claims.take(self.connection, books.tournament, books.run, n)
        self.held |= {match: ordinal for ordinal, match in taken}
        return [ordinal for ordinal, _ in taken]

    def leave(self) -> None:
        """Give up every claim when this group is committed."""
        self.held.clear()
        self.leaving = True

    def add(self, row: Row) -> None:
        """Add one row whose unit has been checked."""
        match row:
            case Intent():
                self._intent(row)
            case Reply() | Fault():
                self._outcome(row)
            case Said():
                self.batch.add("turn", mapping.turn_row(self.held[row.match], row.turn, self.at))
                self.ledger.own["turns"] += 1
            case Ruled():
                self._ruled(row)
            case Failure():
                self.batch.add("failure", mapping.failure_row(self.held[row.match], row, self.at))
            case Ended():
                self.ended.append((self.held.pop(row.match), row.state))

    def late(self, rows: tuple[Row, ...]) -> None:
        """Record what paid calls answered though their match is another run's now: it was paid for."""
        for row in rows:
            if isinstance(row, Reply | Fault):
                self._outcome(row, late=True)

    def _intent(self, intent: Intent) -> None:
        id = self._calls.next()
        self.flights[intent.call] = (id, intent.reserve_usd)
        self.ledger.charge(intent)
        self.batch.add("call", mapping.call_row(id, self.held[intent.match], self.books.run, intent, self.at))

    def _outcome(self, row: Reply | Fault, *, late: bool = False) -> None:
        id, reserve_usd = self.flights.pop(row.call)
        self.ledger.settle(row, reserve_usd)
        self.batch.add("reply", mapping.reply_row(id, row, self.at, late=late))

    def _ruled(self, row: Ruled) -> None:
        ordinal = self._judgments.next()
        judgment = row.judgment
        self.batch.add("judgment", mapping.judgment_row(ordinal, self.held[judgment.match], judgment, self.at))
        for belief in mapping.belief_rows(ordinal, judgment):
            self.batch.add("belief", belief)
        self.ledger.own["judgments"] += 1

    def flush(self) -> None:
        """Insert the rows, and bring the run's own row up to date."""
        self.batch.flush(self.connection)
        claims.release(self.connection, self.ended)
        ledger.keep(self.connection, self.books.run, self.ledger.sums, until=self.now + self.books.lease_s)
        if self.leaving:
            claims.leave(self.connection, self.books.run, at=self.at)

    def keep(self) -> None:
        """Take over into the run's books what is now durable."""
        books = self.books
        books.epoch = self.epoch
        books.held = self.held
        books.flights = self.flights
        books.own = self.ledger.sums
        books.total = books.own + self.others


class _Serial:
    """The next keys of a table: nobody else adds rows while this transaction runs."""

    def __init__(self, connection: Connection, column: Column[int]) -> None:
        self._connection = connection
        self._column = column
        self._last: int | None = None

    def next(self) -> int:
        """Return the next key."""
        if self._last is None:
            self._last = self._connection.scalar(select(func.max(self._column))) or 0
        self._last += 1
        return self._last
