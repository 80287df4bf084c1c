"""Carry a tournament out: check and agree on everything that comes before spending, then run it and watch."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from debate import forecast, preparing, prompts
from debate.cli import consent, ending, planning
from debate.cli.faces import Face, Silent, face
from debate.cli.signals import Signals
from debate.cli.tally import Tally
from debate.cli.watched import Watched
from debate.config.checking import models
from debate.domain import Tournament, agent
from debate.errors import AccountError, DebateError, PlanChanged, StoreError
from debate.events import Event
from debate.forecast import Forecast
from debate.sent import replies
from debate.store import Status, Store
from debate.tournament import Result, Stop, run

if TYPE_CHECKING:
    from debate.cli.page import Page

LOOK_S = 1.0  # between two looks at the database
CODES = {"done": 0, "failures": 3, "budget": 4, "waiting": 8, "interrupted": ending.INTERRUPTED}


def carry_out(
    tournament: Tournament, store: Store, page: Page, *, yes: bool = False, retry_failed: bool = False
) -> Result:
    """Run a tournament as far as it goes, and leave with the exit code that says how far that was.

    Nothing is pinned, called or spent before everything that can be checked has been.
    """
    expected = planned(tournament, store)
    left = unfinished(expected, tournament, store, retry_failed=retry_failed)
    if left:
        share = left / max(expected.matches, 1)
        consent.agreed(
            page,
            expected,
            tournament.limits,
            expected.likely_usd * share,
            yes=yes,
            show=lambda: planning.show(page, expected),
        )
    watch = _Watch(tournament, store, page, retry_failed=retry_failed)
    result = asyncio.run(watch.go(probing=bool(left)))
    told(page, tournament, store, result, code=watch.code)
    if watch.gone:
        raise typer.Exit(ending.PIPE)
    if code := watch.code or CODES[result.ending]:
        raise typer.Exit(code)
    return result


def planned(tournament: Tournament, store: Store | None = None) -> Forecast:
    """Return what a tournament comes to; one that is pinned otherwise is an error."""
    pinned = store.pinned(tournament.name) if store else None
    templates = pinned.templates if pinned and tournament.prompts is None else prompts.load(tournament.prompts)
    chosen = preparing.drawn(tournament)
    if store and pinned and (changed := tuple(preparing.differences(pinned, tournament, templates, chosen, store))):
        raise PlanChanged(tournament.name, changed)
    return forecast.forecast(tournament, chosen, templates)


def unfinished(expected: Forecast, tournament: Tournament, store: Store, *, retry_failed: bool) -> int:
    """Return how many matches still have something to be paid for."""
    pinned = store.pinned(tournament.name)
    if pinned is None:
        return expected.matches
    states = store.status(tournament.name).matches
    over = states.get("set-aside", 0) + (0 if retry_failed else states.get("failed", 0))
    if pinned.tournament.judges == tournament.judges and pinned.tournament.views == tournament.views:
        over += states.get("done", 0)
    return max(0, expected.matches - over)


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
        self.gone = False
        """Whether whoever read what is printed has gone away."""

    async def go(self, *, probing: bool) -> Result:
        """Check keys and models, pin the plan, and run it."""
        tournament = self.tournament
        named = [model for _, model in models(tournament) if agent(model) != "human"]
        find = replies(self.store)
        async with Watched(tournament.endpoints, limits=tournament.limits, replies=find) as providers:
            if probing:
                await providers.accepted(named)
            prepared = preparing.prepare(tournament, self.store)
            if prepared.added and not self.page.as_json:
                self.page.note(f"{prepared.matches} matches planned, {prepared.added} of them new")
            return await self._run(providers)

    async def _run(self, providers: Watched) -> Result:
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
        looked = drawn = -1e9
        loop = asyncio.get_running_loop()
        while True:
            if loop.time() - looked >= LOOK_S:
                looked = loop.time()
                with suppress(StoreError):
                    self.tally.look(await asyncio.to_thread(self._status))
                if self.tournament.peek:
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
    from debate.report import report

    try:
        rows = report(store, name).accuracy
    except DebateError:
        return ""
    return "peeked: " + ", ".join(f"{row.protocol} {row.view} {row.judge} {row.accuracy.value}" for row in rows)


def told(page: Page, tournament: Tournament, store: Store, result: Result, *, code: int) -> None:
    """Say how a run ended and how to go on."""
    status = store.status(tournament.name)
    code = code or CODES[result.ending]
    again = following(result)
    if page.as_json:
        with suppress(OSError):
            page.event(
                schema="debate.event/1",
                event="ended",
                ending=result.ending,
                why=result.why,
                exit_code=code,
                matches=status.matches,
                calls=result.calls,
                spent_usd=status.spent_usd,
                spent_max_usd=status.spent_max_usd,
                go_on=again,
            )
        return
    for line in (*summary(result, status), *([f"go on with: {again}"] if again else ())):
        page.note(line)


def summary(result: Result, status: Status) -> list[str]:
    """Return what a run came to, in a few lines."""
    done, total = status.matches.get("done", 0), sum(status.matches.values())
    counted = f"{done} of {total} matches done, {status.judgments} judgments, ${status.spent_usd:.4f} spent"
    if status.spent_max_usd > status.spent_usd:
        counted += f" (at most ${status.spent_max_usd:.4f})"
    if result.ending == "done" and not result.calls:
        return [f'"{status.name}" is finished: nothing to do ({counted})']
    lost = ", ".join(
        f"{status.matches.get(state, 0)} {words}"  # type: ignore[call-overload]
        for state, words in (("failed", "failed"), ("set-aside", "set aside"))
        if status.matches.get(state, 0)  # type: ignore[call-overload]
    )
    first = {
        "done": "finished",
        "failures": f"stopped: {result.why}" if result.why else f"finished, but for {lost}",
        "budget": f"stopped: {result.why}",
        "waiting": f"{status.matches.get('waiting', 0)} matches wait for people",
        "interrupted": "stopped; what was paid for is kept",
    }[result.ending]
    where = f"see what came out with: debate report {status.name}"
    return [f"{first}: {counted}, {result.calls} calls now", *([where] if result.ending == "done" else [])]


def following(result: Result) -> str | None:
    """Return the command that goes on, or None where there is nothing left to do."""
    if result.ending == "done":
        return None
    if result.ending == "budget":
        return ending.command(max_calls="N") if "calls" in result.why else ending.command(max_cost="USD")
    if result.ending == "failures":
        command = ending.command()
        return command if "--retry-failed" in command else f"{command} --retry-failed"
    return ending.command()


def database(url: str) -> Path:
    """Return the file of a database, for messages."""
    from debate.store.opening import location

    return Path(os.path.relpath(location(url)))
