"""What do our layers add to a call? CPU of a provider, and of the pacer over it, against the SDK's own best path.

python -m benchmarks.calls
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import openai

from benchmarks.serving import serving
from debate.domain import Endpoint, Message, Part, Player, Request
from debate.providers import Providers
from debate.providers.pacing import Pacer

CALLS, AT_ONCE, ROUNDS = 200, 50, 31
_MANY = httpx2.Limits(max_connections=100_000, max_keepalive_connections=100_000, keepalive_expiry=300)

Call = Callable[[int], Awaitable[object]]


def _texts(number: int) -> tuple[str, str, str]:
    rng = random.Random(number)
    words = ("river", "captain", "letter", "winter", "engine", "signal", "garden", "promise")
    return ("Rules. " * 60, " ".join(rng.choices(words, k=900)), f"Speak, {number}.")


def request(number: int) -> Request:
    """Return a request of about 6,000 characters in three parts."""
    rules, passage, task = _texts(number)
    parts = (Part(text=passage, cache=True), Part(text=task))
    messages = (Message(role="system", parts=(Part(text=rules),)), Message(role="user", parts=parts))
    voice = Player(name="ada", model="lab/mock", temperature=0.7, max_output_tokens=400)
    return Request(sampling=voice, messages=messages, purpose="speak")


def plain(number: int) -> dict[str, Any]:
    """Return the same request as the SDK takes it."""
    rules, passage, task = _texts(number)
    messages = [{"role": "system", "content": rules}, {"role": "user", "content": passage + task}]
    return {"model": "mock", "messages": messages, "max_tokens": 400, "temperature": 0.7}


async def _cpu_ms(call: Call) -> float:
    """Return the CPU of one call in milliseconds, over many that are in flight together."""
    numbers = iter(range(CALLS))

    async def work() -> None:
        for number in numbers:
            await call(number)

    began = time.process_time()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return (time.process_time() - began) / CALLS * 1000


async def _nothing(attempt: int) -> None:
    pass


async def _measured(url: str) -> dict[str, list[float]]:
    pool = openai.DefaultAioHttpClient(limits=_MANY)
    sdk = openai.AsyncOpenAI(api_key="none", base_url=f"{url}/v1", max_retries=0, http_client=pool)
    pacer = Pacer(AT_ONCE)
    requests, bodies = [request(n) for n in range(CALLS)], [plain(n) for n in range(CALLS)]

    async def post(number: int) -> object:
        response = await sdk.post("/chat/completions", cast_to=httpx2.Response, body=bodies[number])
        return json.loads(response.content)["choices"][0]["message"]["content"]

    async with Providers({"lab": Endpoint(api="openai", base_url=f"{url}/v1")}) as providers:
        provider = providers.resolve("lab/mock")

        async def complete(number: int) -> object:
            return await provider.complete(requests[number])

        async def paced(number: int) -> object:
            return await pacer.complete(provider, requests[number], before=_nothing, failed=lambda *_: None)

        ways: dict[str, Call] = {"sdk post": post, "provider": complete, "paced": paced}
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for call in ways.values():
            await _cpu_ms(call)
        for _ in range(ROUNDS):
            for name, call in ways.items():
                taken[name].append(await _cpu_ms(call))
    await sdk.close()
    return taken


def main() -> None:
    """Measure and print one line of JSON."""
    with serving(latency_ms=5) as server:
        taken = asyncio.run(_measured(server.url))
    base = taken["sdk post"]
    ratios = {
        name: round(statistics.median(mine / theirs for mine, theirs in zip(values, base, strict=True)), 3)
        for name, values in taken.items()
    }
    cpu = {name: round(statistics.median(values), 3) for name, values in taken.items()}
    print(json.dumps({"cpu_ms_per_call": cpu, "ratio_to_sdk_post": ratios}))


if __name__ == "__main__":
    main()
