"""Ask about debates that are over, through the same accounts, pacing and caps as play: for audits.

What is asked follows from the calls recorded before, so that a probe goes on where it stopped and nothing is bought
twice; what comes of it is read from those calls, and nothing of the debate is changed.
"""

from __future__ import annotations

import asyncio
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from debate.desk import Desk, Stopped
from debate.domain import Ask, Call, Claimed, Debate, Ended, Failure, Limits, Tournament
from debate.errors import BudgetReached, DebateError, ProviderError
from debate.events import Tell, silent
from debate.prompts import Renderer
from debate.providers import Providers, pacing
from debate.store import LostClaim, Run, Store
from debate.tournament import Ending, Stop


class Probe(typing.Protocol):
    """One thing that is to be found out about a debate."""

    @property
    def where(self) -> str:
        """Under which name its calls are recorded."""
        ...

    def asks(self, calls: Sequence[Call]) -> tuple[Ask, ...]:
        """Return the calls that are still needed, given those that were answered; none where it is done."""
        ...


@dataclass(frozen=True)
class Asked:
    """How it ended."""

    ending: Ending
    why: str = ""
    calls: int = 0
    """Calls made by this run."""
    failed: int = 0
    """Probes of which a call failed for good."""
    busy: int = 0
    """Debates that another run works on, so that they were left alone."""


async def ask(
    store: Store,
    tournament: Tournament,
    matches: Sequence[str],
    probes: Callable[[Debate], Iterable[Probe]],
    *,
    templates: Mapping[str, str],
    secret: str,
    providers: Providers,
    tell: Tell = silent,
    stop: Stop | None = None,
) -> Asked:
    """Ask what is left to ask about some debates of a tournament.

    Raises:
        AccountError: a key or a quota; it can go on later.
        StoreError: the database cannot be written.
    """
    limits = tournament.limits
    async with store.run(tournament.name, limits=limits) as journal:
        desk = Desk(
            renderer=Renderer(templates, secret),
            resolve=providers.resolve,
            pacer=pacing.Pacer(ceiling=limits.concurrency, timeout_s=limits.timeout_s),
            journal=journal,
            limits=limits,
            overrides=tournament.prices,
            endpoints=tournament.endpoints,
            tell=tell,
        )
        return await _Asking(journal, desk, probes, limits, stop or Stop()).go(matches)


class _Asking:
    def __init__(
        self,
        journal: Run,
        desk: Desk,
        probes: Callable[[Debate], Iterable[Probe]],
        limits: Limits,
        stop: Stop,
    ) -> None:
        self.journal = journal
        self.desk = desk
        self.probes = probes
        self.block = max(4, limits.concurrency // 4)
        self.stop = stop
        self.failed = 0
        self.fatal: DebateError | None = None

    async def go(self, matches: Sequence[str]) -> Asked:
        self.stop.tell(self.desk.stop)
        busy = 0
        for start in range(0, len(matches), self.block):
            if self.stop.asked or self.fatal:
                break
            wanted = matches[start : start + self.block]
            held = await self.journal.hold(wanted)
            busy += len(wanted) - len(held)
            await asyncio.gather(*(self._match(one) for one in held))
        return self._asked(busy)

    def _asked(self, busy: int) -> Asked:
        made = self.desk.made
        if isinstance(self.fatal, BudgetReached):
            return Asked("budget", str(self.fatal), made, self.failed, busy)
        if self.fatal:
            raise self.fatal
        if self.stop.asked:
            return Asked("interrupted", "", made, self.failed, busy)
        return Asked("failures" if self.failed else "done", "", made, self.failed, busy)

    async def _match(self, held: Claimed) -> None:
        """Ask all about one debate; what concerns the whole run is kept for `go` to tell."""
        match = held.debate.match.id
        found = await asyncio.gather(
            *(self._probe(match, probe, held.calls.get(probe.where, ())) for probe in self.probes(held.debate)),
            return_exceptions=True,
        )
        for error in found:
            if isinstance(error, Stopped | LostClaim) or error is None:
                continue
            if not isinstance(error, DebateError):
                raise error
            self.fatal = self.fatal or error
            self.desk.stop()
        if not any(isinstance(error, LostClaim) for error in found):
            await self.journal.write(Ended(match=match, state="done"))

    async def _probe(self, match: str, probe: Probe, stored: Sequence[Call]) -> None:
        calls = list(stored)
        while asks := probe.asks(calls):
            made = [self.desk.make(match, probe.where, ask, lambda _: ()) for ask in asks]
            found = await asyncio.gather(*made, return_exceptions=True)
            calls += [call for call in found if isinstance(call, Call)]
            errors = [error for error in found if isinstance(error, BaseException)]
            for error in errors:
                if not isinstance(error, ProviderError):
                    raise error
            if errors:
                self.failed += 1
                self.desk.write(
                    Failure(match=match, where=probe.where, kind=type(errors[0]).__name__, message=str(errors[0]))
                )
                return
