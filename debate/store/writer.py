"""How units of rows become durable: one thread, and one commit for all that arrived while the last one ran.

Only this thread writes during a run. The event loop puts units into a queue without waiting, and is woken once for
each commit, not once for each unit.
"""

from __future__ import annotations

import asyncio
import threading
import time
import typing
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from debate.errors import DebateError, StoreError, StoreFull
from debate.store.failpoints import hit
from debate.store.file.database import Database
from debate.store.file.faults import waiting

RETRY_S = 1.0  # between attempts to commit to a disk that is full


class Group(typing.Protocol):
    """The units of one transaction, and what must follow in memory once it is durable."""

    def flush(self) -> None:
        """Send every row to the database; the transaction is committed next."""

    def keep(self) -> None:
        """Take over into memory what is now durable."""


class Unit(NamedTuple):
    """What is applied wholly or not at all."""

    apply: Callable[[Any], Any]
    done: asyncio.Future[Any]


class Settled(NamedTuple):
    """A unit and what became of it."""

    unit: Unit
    result: Any = None
    error: BaseException | None = None


class Writer:
    """The thread that commits. `begin` opens a group on a connection; `idle_s` bounds the time between two groups."""

    def __init__(self, database: Database, begin: Callable[[Any], Group], *, idle_s: float) -> None:
        self._database = database
        self._begin = begin
        self._idle_s = idle_s
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[Unit | None] = SimpleQueue()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self.broken: BaseException | None = None
        """Why nothing can be written any more."""

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def put(self, apply: Callable[[Any], Any]) -> asyncio.Future[Any]:
        """Queue a unit now; the future is done when it is durable, and cancelling it withdraws nothing."""
        done = self._loop.create_future()
        if self.broken is not None:
            _fail(done, self.broken)
        else:
            self._queue.put(Unit(apply, done))
        return done

    async def close(self) -> None:
        """Write what is queued and stop the thread; a full disk is not waited for any longer."""
        self._closing.set()
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        stop = False
        while not stop:
            units, stop = self._gather()
            if self.broken is not None:
                self._tell([Settled(unit, error=self.broken) for unit in units])
                continue
            try:
                settled = self._commit_when_possible(units)
            except BaseException as exc:
                self.broken = exc
                settled = [Settled(unit, error=exc) for unit in units]
            self._tell(settled)

    def _gather(self) -> tuple[list[Unit], bool]:
        """Return what is queued, waiting for the first unit; nothing at all means that the claims need renewing."""
        units: list[Unit] = []
        try:
            unit = self._queue.get(timeout=self._idle_s)
            while unit is not None:
                units.append(unit)
                unit = self._queue.get_nowait()
        except Empty:
            return units, False
        return units, True

    def _commit_when_possible(self, units: list[Unit]) -> list[Settled]:
        """Commit, waiting for room on the disk while that may come."""
        began = time.monotonic()
        told = False
        while True:
            try:
                return self._commit(units)
            except StoreFull as full:
                if time.monotonic() - began >= self._database.patience_s or self._closing.wait(RETRY_S):
                    raise
                if self._database.notice and not told:
                    self._database.notice(waiting(full, self._database.patience_s))
                    told = True

    def _commit(self, units: list[Unit]) -> list[Settled]:
        """Commit units together, or one by one where one of them is at fault, so that the others are kept."""
        try:
            return self._commit_together(units)
        except DebateError:
            raise
        except Exception as exc:  # a bug: it stops the run, and not before what others paid for is safe
            if len(units) <= 1:
                self.broken = exc
                return [Settled(unit, error=exc) for unit in units]
        return [settled for unit in units for settled in self._commit([unit])]

    def _commit_together(self, units: list[Unit]) -> list[Settled]:
        with self._database.writing(pending=lambda: sum(map(_size, units))) as connection:
            group = self._begin(connection)
            settled = [_applied(unit, group) for unit in units]
            group.flush()
            hit("before_commit")
        hit("after_commit")
        group.keep()
        return settled

    def _tell(self, settled: list[Settled]) -> None:
        """Wake the event loop once for all of them; a loop that is closed has nobody left to tell."""
        if settled and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_acknowledge, settled)


def _applied(unit: Unit, group: Group) -> Settled:
    try:
        return Settled(unit, result=unit.apply(group))
    except StoreError:
        raise
    except DebateError as refused:
        return Settled(unit, error=refused)


def _size(unit: Unit) -> int:
    """Return about how many bytes a unit writes."""
    return int(getattr(unit.apply, "size", 0))


def _acknowledge(settled: list[Settled]) -> None:
    for each in settled:
        if each.unit.done.done():
            continue
        if each.error is not None:
            _fail(each.unit.done, each.error)
        else:
            each.unit.done.set_result(each.result)


def _fail(done: asyncio.Future[Any], error: BaseException) -> None:
    done.set_exception(error)
    done.exception()  # nobody need be waiting: the run itself reports what stopped it
