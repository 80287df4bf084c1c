"""Carry a tournament out: check and agree on everything that comes before spending, then run it and watch."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import typer

from debate import forecast, preparing, prompts
from debate.cli import consent, ending, outcome, planning
from debate.cli.faces import Face, Silent, face
from debate.cli.signals import Signals
from debate.cli.tally import Tally
from debate.cli.watched import Watched
from debate.domain import Tournament
from debate.errors import AccountError, DebateError, PlanChanged, StoreError
from debate.events import Event
from debate.forecast import Forecast, Left
from debate.sent import replies
from debate.store import Status, Store
from debate.tournament import Result, Stop, run

if TYPE_CHECKING:
    from debate.cli.page import Page

LOOK_S = 1.0  # between two looks at the database
FREE = ("limits", "prices", "endpoints", "peek")  # what may change from one run to the next
PEEK_S = 10.0  # between two looks at the accuracy, which takes longer


def carry_out(
    tournament: Tournament, store: Store, page: Page, *, yes: bool = False, retry_failed: bool = False
) -> Result:
    """Run a tournament as far as it goes, and leave with the exit code that says how far that was.

    Nothing is pinned, called or spent before everything that can be checked has been.
    """
    called: tuple[str, ...] = ()
    if not finished(tournament, store, retry_failed=retry_failed):
        expected = planned(tournament, store)
        left = unfinished(expected, tournament, store, retry_failed=retry_failed)
        consent.agreed(page, expected, left, tournament.limits, yes=yes, show=lambda: planning.show(page, expected))
        called = left.models
    watch = _Watch(tournament, store, page, retry_failed=retry_failed)
    result = asyncio.run(watch.go(called))
    outcome.told(page, tournament, store, result, code=watch.code)
    if watch.gone:
        raise BrokenPipeError(errno.EPIPE, "nobody reads any more")
    if code := watch.code or outcome.CODES[result.ending]:
        raise typer.Exit(code)
    return result


def finished(tournament: Tournament, store: Store, *, retry_failed: bool) -> bool:
    """Tell whether a tournament is pinned just as it is given, and nothing of it is left to do."""
    pinned = store.pinned(tournament.name)
    if pinned is None or pinned.tournament.model_copy(update={n: getattr(tournament, n) for n in FREE}) != tournament:
        return False
    if tournament.pairing.kind == "swiss":  # the next round is not planned yet
        return False
    states = store.status(tournament.name).matches
    return not (states["open"] or states["played"] or (retry_failed and states["failed"]))


def planned(tournament: Tournament, store: Store | None = None) -> Forecast:
    """Return what a tournament comes to; one that is pinned otherwise is an error."""
    pinned = store.pinned(tournament.name) if store else None
    templates = pinned.templates if pinned and tournament.prompts is None else prompts.load(tournament.prompts)
    chosen = preparing.drawn(tournament)
    if store and pinned and (changed := tuple(preparing.differences(pinned, tournament, templates, chosen, store))):
        raise PlanChanged(tournament.name, changed)
    return forecast.forecast(tournament, chosen, templates)


def unfinished(expected: Forecast, tournament: Tournament, store: Store, *, retry_failed: bool) -> Left:
    """Return what is still to be paid for."""
    pinned = store.pinned(tournament.name)
    if pinned is None:
        return expected.left({}, ())
    judged = {judge.name for judge in pinned.tournament.judges}
    return expected.left(store.status(tournament.name).matches, judged, retry_failed=retry_failed)


class _Watch:
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
        async with Watched(tournament.endpoints, limits=tournament.limits, replies=find) as providers:
            await providers.accepted(models)
            prepared = preparing.prepare(tournament, self.store)
            if prepared.added and not self.page.as_json:
                self.page.note(f"{prepared.matches} matches planned, {prepared.added} of them new")
            return await self._run(providers)

    async def _run(self, providers: Watched) -> Result:
        asyncio.get_running_loop().set_exception_handler(self._notice)
        result = await self._watched(providers)
        if self.lost is not None:
            raise self.lost
        return result

    def _notice(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Keep what a task raised, and stop: a run that goes on past a bug would say that all is well."""
        if self.lost is None:
            self.lost = context.get("exception") or RuntimeError(context.get("message"))
            self.stop.ask()

    async def _watched(self, providers: Watched) -> Result:
        self.face = face(self.page)
        looking = asyncio.create_task(self._look(providers))
        try:
            with Signals(self.stop, say=self.page.note, restore=self._close) as signals:
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

    async def _look(self, providers: Watched) -> None:
        """Look at the database every now and then, and draw what there is to see."""
        loop = asyncio.get_running_loop()
        looked, seen, drawn = -LOOK_S, -PEEK_S, loop.time()
        while True:
            if loop.time() - looked >= LOOK_S:
                looked = loop.time()
                with suppress(StoreError):
                    self.tally.look(await asyncio.to_thread(self._status))
            if self.tournament.peek and loop.time() - seen >= PEEK_S:
                seen = loop.time()
                self.tally.peeked = await asyncio.to_thread(peeked, self.store, self.tournament.name)
            self.tally.flying = providers.flying
            if loop.time() - drawn >= self.face.every_s:
                drawn = loop.time()
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
