"""Pacing, in made-up time: how wide a line is, how long calls wait, and what is never tried again."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import statistics
from collections.abc import Awaitable, Callable

import pytest

from debate.domain import Completion, Request
from debate.errors import (
    AccountError,
    BudgetReached,
    Permanent,
    ProviderError,
    TimedOut,
    Transient,
    Unreachable,
)
from debate.providers.pacing import Line, Pacer
from debate.providers.width import START
from tests import builders
from tests.clock import virtually

Clock = Callable[[], float]


class Endpoint:
    """An account that answers as `behave(number of the call, now)` says: with an error, or in so many seconds."""

    account = "test"
    paid = True

    def __init__(self, clock: Clock, behave: Callable[[int, float], ProviderError | AccountError | float]) -> None:
        self.clock = clock
        self.behave = behave
        self.sent: list[float] = []
        self.flying = self.widest = 0

    async def complete(self, request: Request) -> Completion:
        self.sent.append(self.clock())
        self.flying += 1
        self.widest = max(self.widest, self.flying)
        try:
            answer = self.behave(len(self.sent), self.clock())
            await asyncio.sleep(answer if isinstance(answer, float) else 0.01)
            if isinstance(answer, float):
                return builders.completion()
            raise answer
        finally:
            self.flying -= 1

    async def aclose(self) -> None:
        pass


async def nothing(attempt: int) -> None:
    pass


def unheard(attempt: int, error: ProviderError, latency_s: float) -> None:
    pass


def ask(pacer: Pacer, endpoint: Endpoint, attempts: int = 6) -> Awaitable[tuple[Completion, int, float]]:
    return pacer.complete(endpoint, builders.request(), before=nothing, failed=unheard, attempts=attempts)


def pacer(clock: Clock, ceiling: int = 64, **more: float) -> Pacer:
    return Pacer(ceiling, clock=clock, seed=1, **more)  # type: ignore[arg-type]  # timeout_s is the only other


def busy(after: float | None = None) -> Transient:
    return Transient("busy", busy=True, retry_after_s=after)


def test_a_call_that_succeeds_is_made_once() -> None:
    """The attempt's number, its latency and one announcement come back for a call that just works."""

    async def main(clock: Clock) -> None:
        announced: list[int] = []

        async def before(attempt: int) -> None:
            announced.append(attempt)

        endpoint = Endpoint(clock, lambda n, now: 2.5)
        done = await pacer(clock).complete(endpoint, builders.request(), before=before, failed=unheard)
        assert (done[1], done[2], announced) == (1, 2.5, [1])

    virtually(main)


def test_every_attempt_is_announced_and_every_failure_told() -> None:
    """C7: transient errors are tried again, each attempt under its own number."""

    async def main(clock: Clock) -> None:
        announced: list[int] = []
        told: list[tuple[int, str, float]] = []

        async def before(attempt: int) -> None:
            announced.append(attempt)

        endpoint = Endpoint(clock, lambda n, now: Transient(f"HTTP 50{n}") if n < 4 else 1.0)
        done = await pacer(clock).complete(
            endpoint,
            builders.request(),
            before=before,
            failed=lambda n, error, latency: told.append((n, str(error), round(latency, 3))),
        )
        assert (done[1], announced) == (4, [1, 2, 3, 4])
        assert told == [(1, "HTTP 501", 0.01), (2, "HTTP 502", 0.01), (3, "HTTP 503", 0.01)]

    virtually(main)


def test_server_errors_do_not_narrow_the_line() -> None:
    """C7: a mix of 500, 502 and 503 costs attempts, not concurrency."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: Transient("HTTP 503") if n % 3 == 0 else 1.0)
        paced = pacer(clock, 20)
        await asyncio.gather(*(ask(paced, endpoint) for _ in range(200)))
        assert paced.line("test").width.limit == 20
        assert endpoint.widest == 20

    virtually(main)


@pytest.mark.parametrize("error", [Permanent("no such model"), AccountError("no quota left")])
def test_what_cannot_get_better_is_not_tried_again(error: ProviderError | AccountError) -> None:
    """C4: a refused request and a used-up quota are raised after one attempt, which is told of."""

    async def main(clock: Clock) -> None:
        told: list[ProviderError] = []
        endpoint = Endpoint(clock, lambda n, now: error)
        paced = pacer(clock)
        with pytest.raises(type(error), match=str(error)):
            await paced.complete(
                endpoint, builders.request(), before=nothing, failed=lambda n, error, latency: told.append(error)
            )
        assert len(endpoint.sent) == len(told) == 1
        assert paced.line("test").flying == 0

    virtually(main)


def test_the_last_failure_is_raised() -> None:
    """C11: after its last attempt a call fails with the error of that attempt."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: Transient(f"failure {n}"))
        with pytest.raises(Transient, match="failure 3"):
            await ask(pacer(clock), endpoint, attempts=3)
        assert len(endpoint.sent) == 3

    virtually(main)


def test_waits_grow() -> None:
    """Without a Retry-After, each wait is longer than the one before, up to a minute."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: Transient("HTTP 500"))
        with pytest.raises(Transient):
            await ask(pacer(clock), endpoint)
        waits = [b - a for a, b in itertools.pairwise(endpoint.sent)]
        assert all(later > sooner for sooner, later in itertools.pairwise(waits))
        assert waits[0] < 1.1
        assert waits[-1] < 61

    virtually(main)


def test_a_storm_of_429_narrows_the_line_and_passes() -> None:
    """C1: nine of ten calls refused for ten minutes walk the line down to one; all are answered, and it recovers."""

    async def main(clock: Clock) -> None:
        stormy = 600.0
        endpoint = Endpoint(clock, lambda n, now: busy(89) if now < stormy and n % 10 else 1.0)
        paced = pacer(clock, 64)
        line = paced.line("test")
        narrowest: list[float] = []

        async def watch() -> None:
            while clock() < stormy:
                narrowest.append(line.width.limit)
                await asyncio.sleep(1)

        watching = asyncio.create_task(watch())
        done = await asyncio.gather(*(ask(paced, endpoint, 12) for _ in range(3000)))
        await watching
        assert len(done) == 3000
        assert min(narrowest) <= 2
        assert sum(t < stormy for t in endpoint.sent) < 64 * 4
        assert line.width.limit > 16
        assert clock() < 2 * stormy

    virtually(main)


def test_calls_told_to_wait_alike_do_not_wake_alike() -> None:
    """C3: a hundred calls with the same Retry-After come back after it, spread out."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: busy(20) if n <= 100 else 0.1)
        paced = pacer(clock, 100)
        await asyncio.gather(*(ask(paced, endpoint) for _ in range(100)))
        again = sorted(endpoint.sent[100:])
        assert again[0] >= 20.0
        assert statistics.pstdev(again) > 2.0
        assert max(sum(a <= t < a + 0.1 for t in again) for a in again) <= 10

    virtually(main)


def test_nobody_calls_while_the_account_rests() -> None:
    """C3: a Retry-After stops calls that have not failed themselves, too."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: busy(30) if n == 1 else 1.0)
        paced = pacer(clock, 8)
        first = asyncio.ensure_future(ask(paced, endpoint))
        await asyncio.sleep(1)
        await asyncio.gather(first, *(ask(paced, endpoint) for _ in range(8)))
        assert min(endpoint.sent[1:]) >= 30.0

    virtually(main)


def test_those_in_flight_together_narrow_the_line_once() -> None:
    """C1: a burst of refusals is one sign that the account is busy, not sixty-four."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: busy(5) if n <= 64 else 1.0)
        paced = pacer(clock, 64)
        calls = [asyncio.ensure_future(ask(paced, endpoint)) for _ in range(64)]
        await asyncio.sleep(0.1)
        assert paced.line("test").width.limit == 32
        assert paced.line("test").why == "busy"
        await asyncio.gather(*calls)
        assert paced.line("test").why == ""

    virtually(main)


def test_a_vanished_network_is_waited_for() -> None:
    """C8: five minutes without a network cost waiting, and no call fails, though it is tried more than six times."""

    async def main(clock: Clock) -> None:
        gone = (10.0, 310.0)
        endpoint = Endpoint(clock, lambda n, now: Unreachable("gone") if gone[0] <= now < gone[1] else 1.0)
        paced = pacer(clock, 4)
        tried: list[int] = []
        seen: list[str] = []

        async def watch() -> None:
            await asyncio.sleep(100)
            seen.append(paced.line("test").why)

        done = await asyncio.gather(*(ask(paced, endpoint, 3) for _ in range(60)), watch())
        tried = [outcome[1] for outcome in done[:-1] if outcome]
        assert len(tried) == 60
        assert seen == ["away"]
        during = [t for t in endpoint.sent if gone[0] <= t < gone[1]]
        assert len(during) < 25
        assert clock() < gone[1] + 120

    virtually(main)


def test_a_lone_call_outlasts_a_vanished_network() -> None:
    """C8: attempts that find the account away do not count towards those a call has."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: Unreachable("gone") if 1 <= now < 301 else 0.5)
        paced = pacer(clock, 4)
        await ask(paced, endpoint, 2)
        await asyncio.sleep(1)
        assert (await ask(paced, endpoint, 2))[1] > 2

    virtually(main)


def test_patience_ends() -> None:
    """C8: an account that stays away is given up after five timeouts, by all its calls together."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: Unreachable("gone") if now >= 5 else 0.5)
        paced = pacer(clock, 8, timeout_s=60.0)
        done = await asyncio.gather(*(ask(paced, endpoint) for _ in range(200)), return_exceptions=True)
        assert sum(isinstance(outcome, Unreachable) for outcome in done) > 100
        assert 300 < clock() < 500

    virtually(main)


def test_an_account_that_never_answered_gets_its_attempts_and_no_more() -> None:
    """C15: a name that does not resolve is not waited for as a lost network is."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: Unreachable("no such host"))
        with pytest.raises(Unreachable):
            await ask(pacer(clock), endpoint, 3)
        assert len(endpoint.sent) == 3

    virtually(main)


def test_a_retry_after_beyond_patience_is_not_waited_for() -> None:
    """C8: an account that is to be left alone for a day stops the run, which can go on then."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: busy(86_400))
        with pytest.raises(AccountError, match="not to be called again for 1,440 minutes"):
            await ask(pacer(clock), endpoint)
        assert clock() < 1
        assert len(endpoint.sent) == 1

    virtually(main)


def test_a_stop_is_not_waited_for() -> None:
    """A4: what waits for a busy account, to be sent or to be sent again, is asked at once whether it still may be."""

    async def main(clock: Clock) -> None:
        stopped = False

        async def before(attempt: int) -> None:
            if stopped:
                raise BudgetReached("stopped")

        paced = pacer(clock)
        endpoint = Endpoint(clock, lambda n, now: busy(300))
        calls = [
            asyncio.ensure_future(paced.complete(endpoint, builders.request(), before=before, failed=unheard))
            for _ in range(20)
        ]
        await asyncio.sleep(1)
        stopped = True
        paced.stop()
        done = await asyncio.gather(*calls, return_exceptions=True)
        assert {type(outcome) for outcome in done} == {BudgetReached}
        assert clock() < 2

    virtually(main)


def test_a_slow_server_is_not_flooded() -> None:
    """A server that never refuses but answers one call in thirty seconds is sent what it can answer in time."""

    async def main(clock: Clock) -> None:
        timeout, service = 180.0, 30.0
        free = 0.0

        def serve(n: int, now: float) -> ProviderError | float:
            nonlocal free
            free = max(free, now) + service
            if free - now <= timeout:
                return free - now
            free -= service
            return TimedOut("no reply", billed=True)

        endpoint = Endpoint(clock, serve)
        paced = pacer(clock, 64, timeout_s=timeout)
        await asyncio.gather(*(ask(paced, endpoint) for _ in range(64)), return_exceptions=True)
        assert paced.line("test").width.limit < 8

    virtually(main)


def test_a_line_widens_only_while_that_brings_more() -> None:
    """A server with 270 workers that never refuses is not sent a thousand calls at once for long."""

    async def main(clock: Clock) -> None:
        ends = [0.0] * 270

        def serve(n: int, now: float) -> float:
            end = max(heapq.heappop(ends), now) + 1.0
            heapq.heappush(ends, end)
            return end - now

        endpoint = Endpoint(clock, serve)
        paced = pacer(clock, 5000)
        await asyncio.gather(*(ask(paced, endpoint) for _ in range(9000)))
        assert START <= paced.line("test").width.limit < 1100

    virtually(main)


def test_a_line_widens_to_what_is_asked_where_the_server_bears_it() -> None:
    """A server without limits is used at the width that the tournament allows."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: 1.0)
        paced = pacer(clock, 1000)
        await asyncio.gather(*(ask(paced, endpoint) for _ in range(6000)))
        assert endpoint.widest == 1000
        assert clock() < 9

    virtually(main)


def test_the_ceiling_holds() -> None:
    """No more calls are in flight than the tournament allows, whoever makes them."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: 0.1 * (1 + n % 7))
        await asyncio.gather(*(ask(paced, endpoint) for paced in [pacer(clock, 10)] for _ in range(500)))
        assert endpoint.widest == 10

    virtually(main)


def test_what_stops_a_run_passes_and_frees_the_place() -> None:
    """C22: an announcement that is refused is neither sent nor retried."""

    async def main(clock: Clock) -> None:
        async def before(attempt: int) -> None:
            raise BudgetReached("max_calls = 3")

        endpoint = Endpoint(clock, lambda n, now: 1.0)
        paced = pacer(clock, 1)
        with pytest.raises(BudgetReached):
            await paced.complete(endpoint, builders.request(), before=before, failed=unheard)
        assert endpoint.sent == []
        await ask(paced, endpoint)

    virtually(main)


def test_cancelled_calls_leave_no_hole() -> None:
    """Calls cancelled in flight, waiting for a place, resting or backing off give back what they held."""

    async def main(clock: Clock) -> None:
        endpoint = Endpoint(clock, lambda n, now: busy(10) if n % 3 == 0 else 5.0)
        paced = pacer(clock, 3)
        calls = [asyncio.ensure_future(ask(paced, endpoint)) for _ in range(40)]
        for number, call in enumerate(calls):
            await asyncio.sleep(0.7)
            if number % 2:
                call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        line: Line = paced.line("test")
        assert line.flying == 0
        await asyncio.gather(*(ask(paced, endpoint) for _ in range(10)))
        assert line.flying == 0

    virtually(main)


def test_a_bug_is_not_an_outage() -> None:
    """What is not a provider's error passes at once and is not tried again."""

    async def main(clock: Clock) -> None:
        def broken(n: int, now: float) -> float:
            raise ZeroDivisionError

        endpoint = Endpoint(clock, broken)
        with pytest.raises(ZeroDivisionError):
            await ask(pacer(clock), endpoint)
        assert len(endpoint.sent) == 1

    virtually(main)
