"""A process at work on a tournament: what it claims, what it writes, and what has been spent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from debate.domain import Claimed, Limits, Row
from debate.errors import StoreError
from debate.store import claims, ledger
from debate.store.books import Books, stamp
from debate.store.file.database import Database
from debate.store.group import Group, Rows
from debate.store.owners import Owner
from debate.store.reading import Reader
from debate.store.writer import Writer

LEASE_S = 60.0  # how long the claims of a run hold that has fallen silent


class Run:
    """A run: `async with store.run(NAME) as run`. While it is open it alone writes, and only through `write`."""

    def __init__(
        self,
        database: Database,
        reader: Reader,
        tournament: int,
        limits: Limits,
        *,
        lease_s: float = LEASE_S,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._reader = reader
        self._books = Books(tournament, 0, limits, clock, lease_s)
        self._writer: Writer | None = None

    async def __aenter__(self) -> Self:
        books = self._books
        await asyncio.to_thread(self._enrol)
        self._writer = Writer(self._database, lambda c: Group(c, books), idle_s=books.lease_s / 3)
        self._writer.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        writer = self._open
        writer.put(Group.leave)
        await writer.close()
        if writer.broken is not None:
            await asyncio.to_thread(self._leave)
            if error is None:
                raise writer.broken

    def _enrol(self) -> None:
        books = self._books
        now = books.clock()
        with self._database.writing() as connection:
            until = now + books.lease_s
            books.run = claims.enrol(connection, books.tournament, Owner.here(), until=until, at=stamp(now))
            books.total = ledger.spend(connection, books.tournament)

    def _leave(self) -> None:
        """Give up the claims past a writer that is broken; if that fails too, they end with their lease."""
        with suppress(StoreError), self._database.writing(patience_s=0) as connection:
            claims.leave(connection, self._books.run, at=stamp(self._books.clock()))

    async def claim(self, n: int) -> tuple[Claimed, ...]:
        """Claim up to `n` matches in the order of the plan; none means that nothing is left for this run now."""
        ordinals = await self._open.put(lambda group: group.claim(n))
        return await asyncio.to_thread(self._reader.claimed, ordinals)

    async def hold(self, ids: Sequence[str]) -> tuple[Claimed, ...]:
        """Claim those of some matches that are done and no other run has claimed, to ask about them."""
        ordinals = await self._open.put(lambda group: group.hold(list(ids)))
        return await asyncio.to_thread(self._reader.claimed, ordinals)

    def write(self, *rows: Row) -> asyncio.Future[None]:
        """Queue rows as one unit; the future is done when they are durable.

        Cancelling the future withdraws nothing. It ends in BudgetReached if a cap refuses the unit, in LostClaim if
        another run has taken the match, and in StoreError, as all others do, if the database can take no more.
        """
        return self._open.put(Rows(rows))

    async def others(self) -> int:
        """Return how many matches of this tournament other runs have claimed now."""
        return await asyncio.to_thread(self._reader.elsewhere, self._books.tournament, self._books.run)

    @property
    def calls(self) -> int:
        """Calls made for the tournament by all its runs."""
        return self._books.total.calls

    @property
    def spent_usd(self) -> float:
        """What replies cost, as far as prices are known."""
        return self._books.total.spent_usd

    @property
    def spent_max_usd(self) -> float:
        """The most that can have been spent: with failed calls that may have been billed, and those not answered."""
        return self._books.total.spent_max_usd + self._books.total.reserved_usd

    @property
    def reserved_usd(self) -> float:
        """What calls without an outcome may cost."""
        return self._books.total.reserved_usd

    @property
    def spend(self) -> ledger.Spend:
        """All sums of the tournament."""
        return self._books.total

    @property
    def _open(self) -> Writer:
        if self._writer is None:
            raise RuntimeError("a run is used inside `async with`")
        return self._writer
