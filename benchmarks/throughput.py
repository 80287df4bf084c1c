"""How many calls a second, with a thousand in flight? And how near the ideal, where some replies take much longer?"""

from __future__ import annotations

import asyncio
import heapq
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import workload
from benchmarks.serving import Serving, serving
from benchmarks.workload import CALLS, DEPTH
from debate.domain import Endpoint, Tournament
from debate.providers import Providers

CROWD, LATENCY_MS, WANTED_A_SECOND = 1_000, 500, 700
AT_ONCE, MEAN_MS, SPREAD, WANTED_SHARE = 200, 2_000, 0.6, 0.95
"""`SPREAD` is the sigma of the logarithm: one reply in a hundred takes four times the median."""
DEBATES = 1_500
LONG = 2 * DEBATES
"""Of so many the first and the last, when fewer are in flight than may be, are a fiftieth of the time."""


def main() -> None:
    """Print both figures."""
    with _one_core():
        crowded()
        uneven()


def crowded() -> None:
    """Print calls a second with `CROWD` in flight at `LATENCY_MS`, beginning and end of the run included."""
    with serving(before=_other(), latency_ms=LATENCY_MS) as server:
        took = _played(server, LONG, CROWD)
        most = server.stats()["most_in_flight"]
    rate = CALLS * LONG / took
    print(
        f"throughput: {rate:.0f} calls a second on one core, {LATENCY_MS} ms each, {most} in flight at most "
        f"(wanted at least {WANTED_A_SECOND} with {CROWD:,})"
    )


def uneven() -> None:
    """Print the share of the ideal that is reached.

    The ideal is the same debates in an event simulation: latencies of the same distribution, scaled to what the
    server really gave, as many places, nothing else taking any time; its end, when fewer are in flight than may be,
    is part of it.
    """
    with serving(before=_other(), latency_ms=MEAN_MS, spread=SPREAD) as server:
        took = _played(server, DEBATES, AT_ONCE)
        given = server.stats()["latency_s"]
    ideal = statistics.mean(_ideal(given, seed) for seed in range(5))
    print(
        f"throughput: {ideal / took:.1%} of the ideal, lognormal latency of mean {MEAN_MS / 1000:.0f} s, "
        f"{AT_ONCE} in flight, {DEBATES:,} debates (wanted at least {WANTED_SHARE:.0%})"
    )


def _ideal(given: float, seed: int) -> float:
    """Return how long the debates take when calls take their latency and nothing else takes any time."""
    chance = random.Random(seed)
    mean = given / (CALLS * DEBATES)
    free = [0.0] * AT_ONCE
    waiting = [(0.0, debate, 0) for debate in range(DEBATES)]  # ready at, debate, beat
    last = 0.0
    while waiting:
        ready, debate, beat = heapq.heappop(waiting)
        ends = []
        for _ in range(2 if beat < DEPTH - 1 else 1):
            begins = max(ready, heapq.heappop(free))
            ends.append(begins + mean * chance.lognormvariate(-(SPREAD**2) / 2, SPREAD))
            heapq.heappush(free, ends[-1])
        last = max(last, *ends)
        if beat < DEPTH - 1:
            heapq.heappush(waiting, (max(ends), debate, beat + 1))
    return last


def _played(server: Serving, debates: int, at_once: int) -> float:
    endpoint = Endpoint(api="openai", base_url=f"{server.url}/v1")
    tournament = workload.spec("lab/mock", concurrency=at_once, endpoints={"lab": endpoint})
    with tempfile.TemporaryDirectory() as folder, workload.pinned(Path(folder), tournament, debates) as store:
        asyncio.run(_started(tournament))
        began = time.perf_counter()
        asyncio.run(workload.play(store, tournament))
        return time.perf_counter() - began


async def _started(tournament: Tournament) -> None:
    """Load what the first call loads: start-up is not part of what is measured."""
    async with Providers(tournament.endpoints, limits=tournament.limits) as providers:
        providers.resolve("lab/mock")


def _other() -> tuple[str, ...]:
    return ("taskset", "-c", "1") if (os.cpu_count() or 1) > 1 else ()


@contextmanager
def _one_core() -> Iterator[None]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


if __name__ == "__main__":
    main()
