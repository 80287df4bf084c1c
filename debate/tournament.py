"""Run a tournament: claim matches, keep a bounded window of them in play, judge what is played, stop cleanly."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Literal, TypeAlias

from debate import docket, plan, preparing, prompts
from debate.desk import Desk, Stopped
from debate.docket import Hearing
from debate.domain import Claimed, Debate, Ended, Failure, Limits, MatchState, Ruled, Said, Tournament, live, partner_id
from debate.errors import AccountError, BudgetReached, DebateError, StoreError, UsageError
from debate.events import Closed, Failed, Started, Stopping, Tell, silent
from debate.judging import judge_all
from debate.play import Unplayable, Waiting, play
from debate.protocols import due, rules_told
from debate.providers import Providers, pacing
from debate.standing import StandIns
from debate.store import LostClaim, Pinned, Run, Store, standings
from debate.store.studies import releasing, sittings
from debate.window import Window

Ending: TypeAlias = Literal["done", "failures", "budget", "waiting", "interrupted"]

WINDOW = 2
"""Matches in play for each call that may be in flight: while one waits for a reply, another has something to ask.

Simulated with lognormal latencies: of two, the last matches begin early enough to end among others (98% of the ideal);
of one, the places stand empty while the last are played out (96%).
"""
POLL_S = 0.5
"""How often a run looks whether another one, or a person at a judge's seat, has left it something to do."""


@dataclass(frozen=True)
class Result:
    """How a run ended."""

    ending: Ending
    why: str = ""
    calls: int = 0
    """Calls made by this run."""
    matches: dict[MatchState, int] = field(default_factory=dict)
    unruled: int = 0
    """Matches in which a ruling failed."""


class Stop:
    """A request to stop: asked once, a run finishes what is in flight and comes back."""

    def __init__(self) -> None:
        self.asked = False
        self._told: list[Callable[[], None]] = []

    def ask(self) -> None:
        """Ask the run to stop."""
        self.asked = True
        for told in self._told:
            told()

    def tell(self, told: Callable[[], None]) -> None:
        """Have `told` called when the stop is asked for."""
        self._told.append(told)


async def run(
    store: Store,
    name: str,
    *,
    limits: Limits | None = None,
    providers: Providers | None = None,
    tell: Tell = silent,
    stop: Stop | None = None,
    retry_failed: bool = False,
) -> Result:
    """Play and judge what is left of a pinned tournament.

    Raises:
        AccountError: a key or a quota; the run can go on later.
        StoreError: the database cannot be written.
    """
    pinned = store.pinned(name)
    if pinned is None:
        raise UsageError(f'there is no tournament "{name}" in this database')
    limits = limits or pinned.tournament.limits
    if retry_failed:
        store.reopen(name, None, "open")
        store.reopen(name, store.failed_rulings(name), "played")
    async with _providers(pinned.tournament, providers, limits) as accounts, store.run(name, limits=limits) as journal:
        runner = _Runner(store, pinned, journal, accounts, limits, tell, stop or Stop(), retry_failed=retry_failed)
        with _unhurried_gc():
            ending, why = await runner.go()
    return Result(ending, why, runner.calls, dict(store.status(name).matches), len(store.failed_rulings(name)))


@asynccontextmanager
async def _providers(tournament: Tournament, given: Providers | None, limits: Limits) -> AsyncIterator[Providers]:
    if given is not None:
        yield given
        return
    async with Providers(tournament.endpoints, limits=limits) as own:
        yield own


@contextmanager
def _unhurried_gc() -> Iterator[None]:
    """Collect garbage rarely: a run makes many small values that die young (measured: 15-25% of its time)."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


class _Runner:
    def __init__(
        self,
        store: Store,
        pinned: Pinned,
        journal: Run,
        providers: Providers,
        limits: Limits,
        tell: Tell,
        stop: Stop,
        *,
        retry_failed: bool,
    ) -> None:
        self.retry_failed = retry_failed
        self.store = store
        self.pinned = pinned
        self.tournament = pinned.tournament
        self.journal = journal
        self.limits = limits
        self.tell = tell
        self.stop = stop
        self.fatal: DebateError | None = None
        self.failed = 0
        self.total = 0
        self.doubled = False
        self.stand_ins: StandIns | None = None
        self.last: asyncio.Future[None] | None = None
        """The latest row that nobody waits for; rows keep their order, so it is durable when all are."""
        self.judged_by = cache(partial(prompts.judged, pinned.templates))
        self.desk = Desk(
            renderer=prompts.Renderer(pinned.templates, pinned.secret),
            resolve=providers.resolve,
            pacer=pacing.Pacer(ceiling=limits.concurrency, timeout_s=limits.timeout_s),
            journal=journal,
            limits=limits,
            overrides=self.tournament.prices,
            endpoints=self.tournament.endpoints,
            tell=tell,
        )

    @property
    def calls(self) -> int:
        return self.desk.made

    async def go(self) -> tuple[Ending, str]:
        """Play stage after stage until nothing is left, and say how it ended."""
        status = self.store.status(self.tournament.name).matches
        self.total = sum(status.values())
        self.tell(Started(self.tournament.name, self.total, status.get("done", 0)))
        self.failed = status.get("failed", 0) + status.get("set-aside", 0)
        self.stop.tell(lambda: self._stop("asked to stop"))
        if self.stop.asked:
            self._stop("asked to stop")
        await self._drain()
        while not self.halted and await self._next_stage():
            await self._drain()
        return self._ending()

    @property
    def halted(self) -> bool:
        return self.stop.asked or self.fatal is not None

    def _ending(self) -> tuple[Ending, str]:
        if isinstance(self.fatal, BudgetReached):
            return "budget", str(self.fatal)
        if isinstance(self.fatal, _TooManyFailures):
            return "failures", str(self.fatal)
        if self.fatal:
            raise self.fatal
        status = self.store.status(self.tournament.name).matches
        if self.stop.asked and not self._over(status):
            return "interrupted", ""
        if status.get("waiting"):
            return "waiting", ""
        lost = status.get("failed") or status.get("set-aside") or self.store.failed_rulings(self.tournament.name)
        return ("failures", "") if lost else ("done", "")

    def _over(self, states: Mapping[MatchState, int]) -> bool:
        """Tell whether nothing was left to stop: no match, and no stage that is not planned yet."""
        if any(states.get(state) for state in ("open", "played", "waiting")) or (self._doubles and not self.doubled):
            return False
        pairing = self.tournament.pairing
        return pairing.kind != "swiss" or standings(self.store, self.tournament.name)[2] >= pairing.rounds

    @property
    def _doubles(self) -> bool:
        """Whether a judge is shown two consultancies side by side."""
        return any("double" in (judge.views or ()) for judge in self.tournament.judges)

    async def _next_stage(self) -> bool:
        """Plan what depends on results: the next Swiss round, or the ballots that show two consultancies."""
        if self.tournament.pairing.kind == "swiss" and await asyncio.to_thread(self._swiss):
            return True
        if self._doubles and not self.doubled:
            self.doubled = True
            return self.store.reopen(self.tournament.name, None, "played") > 0
        return False

    def _swiss(self) -> bool:
        points, met, paired = standings(self.store, self.tournament.name)
        if paired >= self.tournament.pairing.rounds:
            return False
        pairings = plan.swiss(self.tournament.debaters, points, met, seed=self.tournament.seed, round=paired)
        chosen = preparing.drawn(self.tournament)
        added = preparing.matches(self.tournament, chosen, self.pinned.templates, pairings)
        count = self.store.pin(self.tournament, self.pinned.templates, chosen, added)
        self.total += count
        return count > 0

    async def _drain(self) -> None:
        """Keep the window full until no match is left; matches begun earlier are nearer to their end."""
        window = Window(WINDOW * self.limits.concurrency, broke=self._stop)
        while not (self.halted or window.broken):
            block = await self._claim()
            if not block:
                if window.empty and not await self._others():
                    break
                await (asyncio.sleep(POLL_S) if window.empty else window.change())
            for claimed in block:
                await window.begin(self._match(claimed))
        await window.settle()
        if self.last is not None and not isinstance(self.fatal, StoreError):
            await self.last
        releasing.settle(self.store, self.tournament.name)

    async def _claim(self) -> tuple[Claimed, ...]:
        return await self.journal.claim(max(4, self.limits.concurrency // 4))

    async def _others(self) -> bool:
        """Tell whether another run, or a person at a judge's seat, may leave something to do."""
        return bool(await self.journal.others()) or sittings.attended(self.store, self.tournament.name)

    def _stop(self, why: str) -> None:
        self.desk.stop()
        self.tell(Stopping(why))

    async def _match(self, claimed: Claimed) -> None:
        """Play and judge one match; what concerns the whole run is kept for `go` to tell."""
        debate = claimed.debate
        try:
            state = await self._through(claimed)
        except (LostClaim, Stopped):
            return
        except (AccountError, BudgetReached, StoreError) as exc:
            if self.fatal is None:
                self.fatal = exc
                self._stop(str(exc))
            return
        self.last = self.journal.write(Ended(match=debate.match.id, state=state))
        self.tell(Closed(debate.match.id, state))
        if state in ("failed", "set-aside"):
            self.failed += 1
            self._bear(state)

    async def _through(self, claimed: Claimed) -> MatchState:
        try:
            debate = claimed.debate  # one that is played may have been so elsewhere, by other rules
            if claimed.state != "played":
                debate = self._stood_in(debate)
                debate = await play(debate, self.desk, calls=claimed.calls, tell=self.tell)
        except Waiting:
            return "waiting"
        except Unplayable:
            return "failed"
        if debate.broken:
            return "set-aside"
        known = {judgment.id for judgment in claimed.judgments}
        ruling = docket.live(debate)
        if ruling and ruling.id not in known:
            self.journal.write(Ruled(judgment=ruling))
        wanted = docket.hearings(self.tournament, debate, self.judged_by(rules_told(debate.match.protocol).name))
        left = docket.left(wanted, claimed.judgments, retry_failed=self.retry_failed)
        await self._judge(left, debate, claimed)
        return "done"

    def _stood_in(self, debate: Debate) -> Debate:
        """Return a debate with the speeches that stand in at the seat that is not played."""
        match, base = debate.match, self.tournament.stand_ins
        if base is None or live(match) is None:
            return debate
        self.stand_ins = self.stand_ins or StandIns(self.store, base)
        turns = self.stand_ins.turns(match)
        if turns is None:
            why = f'"{base}" has no whole debate of which the speeches could stand in'
            self.journal.write(Failure(match=match.id, where="stand-ins", kind="StandIns", message=why))
            self.tell(Failed(match.id, "stand-ins", why))
            raise Unplayable
        said = {turn.index for turn in debate.turns}
        for turn in turns:
            if turn.index not in said:
                self.journal.write(Said(match=match.id, turn=turn))
                debate += turn
        return debate

    async def _judge(self, wanted: Sequence[Hearing], debate: Debate, claimed: Claimed) -> None:
        plain = [hearing for hearing in wanted if hearing.view != "double"]
        await judge_all(plain, debate, self.desk, calls=claimed.calls, tell=self.tell)
        doubled = [hearing for hearing in wanted if hearing.view == "double"]
        partner = self._partner(debate) if doubled else None
        if partner:
            await judge_all(doubled, debate, self.desk, calls=claimed.calls, partner=partner, tell=self.tell)

    def _partner(self, debate: Debate) -> Debate | None:
        """Return the stored consultancy for the other answer, to the one that argues the earlier answer."""
        match = debate.match
        mine = next(seat.argues for seat in match.seats if seat.argues is not None)
        for other in range(mine + 1, len(match.question.answers)):
            try:
                partner = self.store.debate(partner_id(match, other), self.tournament.name)
            except UsageError:  # that answer is not argued in this tournament
                continue
            if not due(partner) and not partner.broken:
                return partner
        return None

    def _bear(self, state: str) -> None:
        """Stop the run when more matches have failed than the tournament's limits bear."""
        bearable = max(self.limits.max_failures * self.total, 1)
        if self.failed > bearable and self.fatal is None:
            self.fatal = _TooManyFailures(
                f"{self.failed} of {self.total} matches failed or were set aside, "
                f"more than max_failures = {self.limits.max_failures:g} bears"
            )
            self._stop(str(self.fatal))


class _TooManyFailures(DebateError):
    exit_code = 3
