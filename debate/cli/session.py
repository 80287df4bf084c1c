"""A run and its display: what is told of it, what the database says meanwhile, and what stops it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from debate import preparing
from debate.cli import ending
from debate.cli.faces import Face, Silent, face
from debate.cli.flights import Flights
from debate.cli.signals import Signals
from debate.cli.tally import Tally
from debate.domain import Tournament
from debate.errors import AccountError, DebateError, StoreError
from debate.events import Event
from debate.plural import count
from debate.sent import replies
from debate.store import Status, Store
from debate.tournament import Result, Stop, run

if TYPE_CHECKING:
    from debate.cli.page import Page

LOOK_S = 1.0  # between two looks at the database, and never less than
RATIO = 20  # times what one look takes
PEEK_S = 10.0  # between two looks at the accuracy, which takes longer


class Session:
    """A run and its display."""

    def __init__(self, tournament: Tournament, store: Store, page: Page, *, retry_failed: bool) -> None:
        self.tournament = tournament
        self.store = store
        self.page = page
        self.retry_failed = retry_failed
        self.stop = Stop()
        self.tally = Tally(tournament.name)
        self.face: Face = Silent()
        self.code = 0
        """The exit code of a signal that came, or 0."""
        self.lost: BaseException | None = None
        """What went wrong in a task that nobody waits for."""
        self.gone = False
        """Whether whoever read what is printed has gone away."""

    async def go(self, models: Iterable[str]) -> Result:
        """See that the keys and models that are needed are accepted, pin the plan, and run it."""
        tournament = self.tournament
        find = replies(self.store)
        async with Flights(tournament.endpoints, limits=tournament.limits, replies=find) as providers:
            await providers.accepted(models)
            prepared = preparing.prepare(tournament, self.store)
            if prepared.added and not self.page.as_json:
                self.page.note(f"{count(prepared.matches, 'match', 'matches')} planned, {prepared.added} of them new")
            return await self._run(providers)

    async def _run(self, providers: Flights) -> Result:
        asyncio.get_running_loop().set_exception_handler(self._notice)
        result = await self._watched(providers)
        if self.lost is not None:
            raise self.lost
        return result

    def _notice(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Keep what a task raised, and stop: a run that goes on past a bug would say that all is well.

        Connections that break off complain here as well; whoever uses them is told in another way.
        """
        if self.lost is None and isinstance(context.get("future"), asyncio.Task):
            self.lost = context.get("exception")
            self.stop.ask()

    async def _watched(self, providers: Flights) -> Result:
        self.face = face(self.page)
        looking = asyncio.create_task(self._look(providers))
        try:
            with Signals(self.stop, say=self.page.note, leaving=self._abandon) as signals:
                try:
                    return await run(
                        self.store,
                        self.tournament.name,
                        limits=self.tournament.limits,
                        providers=providers,
                        tell=self._tell,
                        stop=self.stop,
                        retry_failed=self.retry_failed,
                    )
                except asyncio.CancelledError:
                    if not signals.code:
                        raise
                    return Result("interrupted", "the grace period is over", 0, self._status().matches)
                except (AccountError, StoreError):
                    self._close()
                    self.page.note(f"what was paid for is kept; go on with: {ending.command()}")
                    raise
                finally:
                    self.code = signals.code
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking
            self._close()

    def _tell(self, event: Event) -> None:
        self.tally.count(event)
        try:
            self.face.tell(event)
        except OSError:
            self._leave()

    async def _look(self, providers: Flights) -> None:
        """Look at the database every now and then, and draw what there is to see."""
        loop = asyncio.get_running_loop()
        look = peek = 0.0  # when it is time again
        draw = loop.time() + self.face.every_s
        while True:
            if (began := loop.time()) >= look:
                with suppress(StoreError):
                    self.tally.look(await asyncio.to_thread(self._status))
                look = began + max(LOOK_S, RATIO * (loop.time() - began))
            if self.tournament.peek and loop.time() >= peek:
                peek = loop.time() + PEEK_S
                self.tally.peeked = await asyncio.to_thread(peeked, self.store, self.tournament.name)
            self.tally.flying = providers.flying
            if loop.time() >= draw:
                draw = loop.time() + self.face.every_s
                self._draw()
            await asyncio.sleep(min(LOOK_S, self.face.every_s))

    def _draw(self) -> None:
        try:
            self.face.draw(self.tally)
        except OSError:
            self._leave()

    def _leave(self) -> None:
        """Stop, since nobody reads any more."""
        if not self.gone:
            self.gone, self.face = True, Silent()
            self.stop.ask()

    def _close(self) -> None:
        with suppress(OSError):
            self.face.close()

    def _abandon(self) -> None:
        """Leave at once what is in flight."""
        self._close()
        self.page.note(f"left at once: replies that were in flight are lost; go on with: {ending.command()}")

    def _status(self) -> Status:
        return self.store.status(self.tournament.name)


def peeked(store: Store, name: str) -> str:
    """Return the running accuracy of each judge, as one line."""
    from debate.report import running

    try:
        accuracy = running(store, name)
    except DebateError:
        return ""
    return f"peeked: {accuracy}" if accuracy else ""
