"""How fast and how persistently are calls made? One line per account, and the only layer that retries.

A line starts wide, since most endpoints bear it, and lets the endpoint's answers narrow it: it halves when the account
is busy, and holds no more calls than are answered within their time. It widens again while replies come, and only as
long as a wider line brings more replies a second.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Literal

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from debate.domain import Completion, Request
from debate.errors import AccountError, Permanent, ProviderError, TimedOut, Transient, Unreachable
from debate.providers.seam import Provider
from debate.providers.width import Width

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]
Pause = Callable[[float], Awaitable[bool]]
Before = Callable[[int], Awaitable[object]]
Failed = Callable[[int, ProviderError, float], object]

BACKOFF_S, BACKOFF_GROWTH, BACKOFF_MOST_S = 1.0, 3.0, 60.0  # six attempts outlive an incident of a minute
SPREAD = 0.5  # waits are lengthened by up to this share, so that calls that wait alike do not wake alike
PATIENCE = 5.0  # how many timeouts a call waits in all, and an account that has answered may be away


class Line:
    """The calls of one account: those in flight, those waiting, and until when none may start."""

    def __init__(self, ceiling: int, *, patience_s: float, clock: Clock, pause: Pause, chance: random.Random) -> None:
        self.width = Width(ceiling)
        self.flying = 0
        self.replies = 0
        self.why: Literal["", "busy", "away"] = ""
        """Why calls wait, for whoever watches."""
        self.until = 0.0
        """When the next call may start, by the clock; 0 for now."""
        self._away_since: float | None = None
        self._failures = 0
        self._patience_s = patience_s
        self._clock = clock
        self._pause = pause
        self._chance = chance
        self._queue: deque[asyncio.Future[None]] = deque()

    @property
    def room(self) -> int:
        """How many calls may be in flight now: one, while it is not known whether the account is back."""
        return 1 if self.away == "waiting" else int(self.width.limit)

    @property
    def away(self) -> Literal["", "waiting", "given up"]:
        """Whether an account that has answered before cannot be reached, and has been waited for long enough."""
        if self._away_since is None:
            return ""
        return "waiting" if self._clock() - self._away_since <= self._patience_s else "given up"

    async def enter(self) -> None:
        """Take a place: when there is one, and not before the account may be called again."""
        if self._queue or self.flying >= self.room:
            await self._turn()
        else:
            self.flying += 1
        if self.until:
            await self._rest()

    async def _turn(self) -> None:
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():  # it was given in the moment of the cancellation
                self.leave()
            raise

    async def _rest(self) -> None:
        try:
            while (wait := self.until - self._clock()) > 0:
                if not await self._pause(wait * (1 + SPREAD * self._chance.random())):
                    return
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Give a place up to those who wait longest."""
        self.flying -= 1
        while self._queue and self.flying < self.room:
            place = self._queue.popleft()
            if not place.done():
                self.flying += 1
                place.set_result(None)

    def answered(self, flying: int, latency_s: float) -> None:
        """Learn from a reply to a call that was sent as one of `flying`."""
        self.replies += 1
        if self.why:
            self._back()
            if self._clock() >= self.until:
                self.why, self.until = "", 0.0
        self._failures = 0
        if self._queue:
            self.width.grow((flying + self.flying) / 2, latency_s)

    def failed(self, error: ProviderError, *, cuts: int, replies: int) -> None:
        """Learn from a failure of a call that was sent when there had been `cuts` and `replies`.

        Calls that were in flight together when the account became busy narrow the line once, not each.
        """
        if isinstance(error, Unreachable):
            self._lost()
            return
        self._back()
        if isinstance(error, TimedOut):
            self.width.fit(self.replies - replies)
        elif isinstance(error, Transient) and error.busy:
            if cuts == self.width.cuts:
                self._failures += 1
                self.width.halve()
            self._wait("busy", error.retry_after_s or backoff(self._failures))

    def _lost(self) -> None:
        if not self.replies:
            return
        now = self._clock()
        if self._away_since is None:
            self._away_since = now
        if self.away == "given up":
            self.until = 0.0
        elif now >= self.until:  # the others of those in flight add nothing
            self._failures += 1
            self._wait("away", backoff(self._failures))

    def _back(self) -> None:
        if self._away_since is not None:
            self.why, self.until, self._away_since, self._failures = "", 0.0, None, 0

    def _wait(self, why: Literal["busy", "away"], pause_s: float) -> None:
        self.why, self.until = why, max(self.until, self._clock() + pause_s)


def backoff(failures: int) -> float:
    """Return how many seconds to wait after so many failures in a row."""
    return min(BACKOFF_MOST_S, BACKOFF_S * BACKOFF_GROWTH ** min(failures - 1, 9))


class Pacer:
    """Makes calls: as many at once as each account bears, again where trying again may help."""

    def __init__(
        self,
        ceiling: int = 64,
        *,
        timeout_s: float = 180.0,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        seed: int | None = None,
    ) -> None:
        self.lines: dict[str, Line] = {}
        """By account."""
        self._ceiling = ceiling
        self._patience_s = PATIENCE * timeout_s
        self._clock = clock
        self._sleep = sleep
        self._chance = random.Random(seed)
        self._stopped = False
        self._pauses: set[asyncio.Future[None]] = set()

    def line(self, account: str) -> Line:
        """Return the line of an account."""
        found = self.lines.get(account)
        if found is None:
            found = self.lines[account] = Line(
                self._ceiling, patience_s=self._patience_s, clock=self._clock, pause=self._pause, chance=self._chance
            )
        return found

    def stop(self) -> None:
        """Let nothing wait any longer; whether it is made then is for `before` to say."""
        self._stopped = True
        for pause in tuple(self._pauses):
            pause.cancel()

    async def _pause(self, seconds: float) -> bool:
        """Sleep, and tell whether that was not cut short by a stop."""
        if self._stopped:
            return False
        sleeping = asyncio.ensure_future(self._sleep(seconds))
        self._pauses.add(sleeping)
        try:
            await asyncio.wait([sleeping])
        finally:
            self._pauses.discard(sleeping)
            sleeping.cancel()
        return not self._stopped

    async def _nap(self, seconds: float) -> None:
        await self._pause(seconds)

    async def complete(
        self, provider: Provider, request: Request, *, before: Before, failed: Failed, attempts: int = 6
    ) -> tuple[Completion, int, float]:
        """Return a completion, the number of the attempt that brought it, and its latency in seconds.

        Args:
            provider: where the request goes; its account says what it is paced with.
            request: what is asked.
            before: awaited with the attempt's number before each is sent, once it may be; what it raises passes.
            failed: told of each failed attempt at once: its number, the error, and how long it took.
            attempts: how many attempts may fail. Those that find an account away that has answered before do not
                count, and end when patience does.
        """
        line = self.line(provider.account)
        try:
            return await self._attempt(line, provider, request, 1, before, failed)
        except Transient as exc:
            first = exc
        return await self._again(line, provider, request, first, before, failed, attempts)

    async def _attempt(
        self, line: Line, provider: Provider, request: Request, number: int, before: Before, failed: Failed
    ) -> tuple[Completion, int, float]:
        await line.enter()
        try:
            await before(number)
            cuts, replies, flying, sent = line.width.cuts, line.replies, line.flying, self._clock()
            try:
                completion = await provider.complete(request)
            except ProviderError as exc:
                failed(number, exc, self._clock() - sent)
                line.failed(exc, cuts=cuts, replies=replies)
                self._bear(exc)
                raise
            except AccountError as exc:
                failed(number, Permanent(str(exc)), self._clock() - sent)
                raise
            latency_s = self._clock() - sent
            line.answered(flying, latency_s)
            return completion, number, latency_s
        finally:
            line.leave()

    async def _again(
        self,
        line: Line,
        provider: Provider,
        request: Request,
        first: Transient,
        before: Before,
        failed: Failed,
        attempts: int,
    ) -> tuple[Completion, int, float]:
        """Go on after a first failure; calls that succeed at once, nearly all, are spared the retrying machinery."""
        counted = 0

        def stop(state: RetryCallState) -> bool:
            nonlocal counted
            away = line.away if isinstance(_error(state), Unreachable) else ""
            counted += away != "waiting"
            waited = state.idle_for + state.upcoming_sleep
            return away == "given up" or counted >= attempts or waited > self._patience_s

        retrying = AsyncRetrying(
            retry=retry_if_exception_type(Transient), wait=self._wait, stop=stop, sleep=self._nap, reraise=True
        )
        async for attempt in retrying:
            with attempt:
                number = attempt.retry_state.attempt_number
                if number == 1:
                    raise first
                return await self._attempt(line, provider, request, number, before, failed)
        raise first  # not reached: the loop ends by returning or raising

    def _bear(self, error: ProviderError) -> None:
        """Stop where an account asks to be left alone for longer than anything is waited for."""
        after = error.retry_after_s if isinstance(error, Transient) else None
        if after and after > self._patience_s:
            said = str(error).rstrip(".")
            raise AccountError(f"{said}, and asks not to be called again for {after / 60:,.0f} minutes") from None

    def _wait(self, state: RetryCallState) -> float:
        """Return a wait that is no shorter than the endpoint asked for, and unlike that of others."""
        error = _error(state)
        floor = error.retry_after_s if isinstance(error, Transient) else None
        if floor:
            return floor * (1 + SPREAD * self._chance.random() * state.attempt_number)
        return backoff(state.attempt_number) * (1 - SPREAD * self._chance.random())


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None
