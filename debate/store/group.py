"""The rows of one transaction: checked against claims and caps first, then collected by table, then inserted.

What a run knows in memory (`Books`) is changed by `keep`, after the commit, and not before.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, update

from debate import sanitize
from debate.domain import Ended, Failure, Fault, Intent, Reply, Row, Ruled, Said, Took
from debate.store import claims, ledger, mapping
from debate.store.batch import Batch
from debate.store.books import Books, news, stamp
from debate.store.claims import LostClaim
from debate.store.ledger import Ledger
from debate.store.tables import JUDGMENT, SEAT

ROW_BYTES = 500  # about what a row takes besides its texts


class Rows:
    """Rows that belong together: all are recorded, or none."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.rows = rows

    def __call__(self, group: Group) -> None:
        """Check the unit as a whole, then add its rows."""
        held = group.held
        for row in self.rows:
            match = _ABOUT[type(row)](row)
            if match is not None and match not in held:
                group.late(self.rows)
                raise LostClaim(f'another run plays "{match}" now')
        intents = [row for row in self.rows if type(row) is Intent]
        if intents:
            group.ledger.admit(intents)
        for row in self.rows:
            _ADD[type(row)](group, row)

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return sum(map(_size, self.rows))


def _size(row: Row) -> int:
    match row:
        case Reply():
            return ROW_BYTES + len(row.completion.text) + len(row.completion.thinking)
        case Said():
            return ROW_BYTES + len(row.turn.text) + len(row.turn.scratchpad)
        case _:
            return ROW_BYTES


class Group:
    """Rows on their way into one transaction."""

    def __init__(self, connection: Connection, books: Books) -> None:
        self.connection = connection
        self.books = books
        self.now = books.clock()
        self.at = stamp(self.now)
        self.news = news(connection, books)
        self.held = dict(books.held)
        self.lost = set(books.lost)
        if self.news.epoch != books.epoch:
            self._give_up()
        self.flights = dict(books.flights)
        self.ledger = Ledger(books.own, self.news.others, books.limits)
        self.batch = Batch()
        self.ended: list[tuple[int, str]] = []
        self.leaving = False
        self._call = self.news.call
        self._judgment = self.news.judgment

    def _give_up(self) -> None:
        """Part with the matches that another run has taken since the last commit."""
        ours = claims.held(self.connection, self.books.run)
        for match, ordinal in self.books.held.items():
            if ordinal not in ours:
                del self.held[match]
                self.lost.add(ordinal)

    def claim(self, n: int) -> list[int]:
        """Claim up to `n` more matches, and return their ordinals."""
        books = self.books
        claims.free(self.connection, books.tournament, books.run, now=self.now, at=self.at)
        taken = claims.take(self.connection, books.tournament, books.run, n, but=self.lost)
        self.held |= {match: ordinal for ordinal, match in taken}
        return [ordinal for ordinal, _ in taken]

    def hold(self, ids: list[str]) -> list[int]:
        """Claim those of some matches that are done, and return their ordinals."""
        books = self.books
        claims.free(self.connection, books.tournament, books.run, now=self.now, at=self.at)
        taken = claims.hold(self.connection, books.tournament, books.run, ids, but=self.lost)
        self.held |= {match: ordinal for ordinal, match in taken}
        return [ordinal for ordinal, _ in taken]

    def leave(self) -> None:
        """Give up every claim when this group is committed."""
        self.held.clear()
        self.leaving = True

    def intent(self, intent: Intent) -> None:
        """Add a call that is about to be made."""
        self._call += 1
        self.flights[intent.call] = (self._call, intent.reserve_usd)
        self.ledger.charge(intent)
        self.batch.add("call", mapping.call_row(self._call, self.held[intent.match], self.books.run, intent, self.at))

    def outcome(self, row: Reply | Fault, *, late: bool = False) -> None:
        """Add how a call ended."""
        id, reserve_usd = self.flights.pop(row.call)
        self.ledger.settle(row, reserve_usd)
        self.batch.add("reply", mapping.reply_row(id, row, self.at, late=late))

    def said(self, row: Said) -> None:
        """Add a turn."""
        self.batch.add("turn", mapping.turn_row(self.held[row.match], row.turn, self.at))
        self.ledger.own["turns"] += 1

    def took(self, row: Took) -> None:
        """Note at a seat what it argues, beside the turn that says so."""
        seat = (SEAT.c.match == self.held[row.match]) & (SEAT.c.seat == sanitize.store(row.seat))
        self.connection.execute(update(SEAT).where(seat).values(argues=row.argues))

    def ruled(self, row: Ruled) -> None:
        """Add a judgment and its beliefs."""
        self._judgment += 1
        judgment = row.judgment
        self.batch.add("judgment", mapping.judgment_row(self._judgment, self.held[judgment.match], judgment, self.at))
        for belief in mapping.belief_rows(self._judgment, judgment):
            self.batch.add("belief", belief)
        self.ledger.own["judgments"] += 1
        if row.supersedes is not None:
            earlier = (JUDGMENT.c.match == self.held[judgment.match]) & (JUDGMENT.c.id == row.supersedes)
            self.connection.execute(update(JUDGMENT).where(earlier).values(superseded_by=judgment.id))

    def failed(self, row: Failure) -> None:
        """Add what failed for good."""
        self.batch.add("failure", mapping.failure_row(self.held[row.match], row, self.at))

    def end(self, row: Ended) -> None:
        """Give a match up in the state that it is in."""
        self.ended.append((self.held.pop(row.match), row.state))

    def late(self, rows: tuple[Row, ...]) -> None:
        """Record what paid calls answered though their match is another run's now: it was paid for."""
        for row in rows:
            if isinstance(row, Reply | Fault) and row.call in self.flights:
                self.outcome(row, late=True)

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
        books.lost = self.lost
        books.epoch = self.news.epoch
        books.held = self.held
        books.flights = self.flights
        books.own = self.ledger.sums
        books.total = books.own + self.news.others


_ADD: dict[type[Row], Callable[[Group, Any], None]] = {
    Intent: Group.intent,
    Reply: Group.outcome,
    Fault: Group.outcome,
    Said: Group.said,
    Took: Group.took,
    Ruled: Group.ruled,
    Failure: Group.failed,
    Ended: Group.end,
}

_of_match = attrgetter("match")
_ABOUT: dict[type[Row], Callable[[Any], str | None]] = {
    Intent: _of_match,
    Reply: lambda _: None,  # the outcome of a call follows its call
    Fault: lambda _: None,
    Said: _of_match,
    Took: _of_match,
    Ruled: attrgetter("judgment.match"),
    Failure: _of_match,
    Ended: _of_match,
}
"""The match that a row is about."""
