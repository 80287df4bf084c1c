"""How much does a recorded, resumable run cost over the bare SDK making the same calls?

The SDK on its own best path (`client.post`, aiohttp backend, no retries) replays the very messages that a run sent,
with the same dependencies and as many in flight. Runs alternate; the ratio is taken pair by pair.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import openai

from benchmarks import workload
from benchmarks.serving import serving
from benchmarks.workload import CALLS, Messages
from debate.domain import Brief, Completion, Endpoint, Request, Tournament
from debate.providers import Provider, Providers

DEBATES, LATENCY_MS, AT_ONCE, PAIRS = 200, 50, 200, 11
MANY = httpx2.Limits(max_connections=100_000, max_keepalive_connections=100_000, keepalive_expiry=300)
TARGET = 1.25


class Recording:
    """A provider that keeps what is sent, by match and beat."""

    paid = False

    def __init__(self, inner: Provider) -> None:
        self.inner = inner
        self.account = inner.account
        self.sent: defaultdict[str, defaultdict[int, list[Messages]]] = defaultdict(lambda: defaultdict(list))

    async def complete(self, request: Request) -> Completion:
        """Keep a request and pass it on."""
        assert request.ask is not None
        source = request.ask.source
        beat = source.cue.beat if isinstance(source, Brief) else 1_000
        messages = [{"role": message.role, "content": message.text} for message in request.messages]
        self.sent[source.match][beat].append(messages)
        return await self.inner.complete(request)

    async def aclose(self) -> None:
        """Close what is wrapped."""
        await self.inner.aclose()

    @property
    def debates(self) -> list[list[list[Messages]]]:
        """What was sent: by match, then by beat."""
        return [[beats[beat] for beat in sorted(beats)] for beats in self.sent.values()]


def timed(act: Callable[[], Coroutine[Any, Any, object]]) -> tuple[float, float]:
    """Return wall and CPU seconds of a coroutine in an event loop of its own."""
    wall, cpu = time.perf_counter(), time.process_time()
    asyncio.run(act())
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Print the ratios."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        ratios, ours_ms = _measured()
    finally:
        os.sched_setaffinity(0, before)
    for name, values in zip(("wall", "CPU"), zip(*ratios, strict=True), strict=True):
        print(
            f"engine, {DEBATES} debates, {LATENCY_MS} ms, {AT_ONCE} in flight: {name} "
            f"{statistics.median(values):.2f}x the SDK alone (upper bound {_upper(values):.2f}x, "
            f"{PAIRS} pairs; wanted at most {TARGET}x)"
        )
    print(f"engine: {statistics.median(ours_ms):.2f} ms of CPU a call, everything included")


def _measured() -> tuple[list[tuple[float, float]], list[float]]:
    """Return wall and CPU ratios by pair, and our CPU a call; the first pair warms both up and is not counted."""
    other = ("taskset", "-c", "1") if (os.cpu_count() or 1) > 1 else ()
    with serving(before=other, latency_ms=LATENCY_MS) as server, tempfile.TemporaryDirectory() as folder:
        endpoint = Endpoint(api="openai", base_url=f"{server.url}/v1")
        tournament = workload.spec("lab/mock", concurrency=AT_ONCE, endpoints={"lab": endpoint})
        debates = asyncio.run(_recorded(Path(folder), tournament))
        ratios: list[tuple[float, float]] = []
        ours_ms: list[float] = []
        for pair in range(PAIRS + 1):
            with workload.pinned(Path(folder), tournament, DEBATES, f"pair-{pair}") as store:
                play = partial(workload.play, store, tournament)
                bare = partial(_bare, server.url, debates)
                if pair % 2:
                    ours, theirs = timed(play), timed(bare)
                else:
                    theirs, ours = timed(bare), timed(play)
            if pair:
                ratios.append((ours[0] / theirs[0], ours[1] / theirs[1]))
                ours_ms.append(1_000 * ours[1] / (CALLS * DEBATES))
    return ratios, ours_ms


async def _recorded(folder: Path, tournament: Tournament) -> list[list[list[Messages]]]:
    async with Providers(tournament.endpoints, limits=tournament.limits) as providers:
        recording = Recording(providers.resolve("lab/mock"))
        with workload.pinned(folder, tournament, DEBATES, "recorded") as store:
            await workload.play(store, tournament, {"lab": recording})
        return recording.debates


async def _bare(url: str, debates: list[list[list[Messages]]]) -> None:
    http = openai.DefaultAioHttpClient(limits=MANY)
    async with openai.AsyncOpenAI(api_key="none", base_url=f"{url}/v1", max_retries=0, http_client=http) as client:

        async def call(messages: Messages) -> None:
            body = {"model": "mock", "messages": messages, "max_tokens": 400}
            reply = await client.post("/chat/completions", cast_to=httpx2.Response, body=body)
            assert reply.json()["choices"][0]["message"]["content"]

        await workload.replay(debates, call, AT_ONCE)


def _upper(values: tuple[float, ...], draws: int = 2_000) -> float:
    """Return the 95% upper bound of the median, by the bootstrap."""
    chance = random.Random(0)
    medians = sorted(statistics.median(chance.choices(values, k=len(values))) for _ in range(draws))
    return medians[int(0.95 * draws)]


if __name__ == "__main__":
    main()
