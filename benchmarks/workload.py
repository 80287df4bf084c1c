"""The one workload of the benchmarks: debates of three rounds and one ruling, seven calls each, four of them deep."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from debate import plan, prompts
from debate.domain import Endpoint, Judge, Key, Limits, Pairing, Passage, Player, Posed, Question, Tournament
from debate.providers import Provider, Providers
from debate.store import Store
from debate.tournament import Result, run

CALLS, DEPTH = 7, 4
NAME = "bench"
WORDS = ("river", "stone", "harbour", "captain", "letter", "winter", "engine", "signal", "garden", "promise")

Messages = list[dict[str, str]]


def question(number: int) -> Question:
    """A question on a passage of its own, of about 3,000 characters."""
    chance = random.Random(number)
    passage = Passage.of(" ".join(chance.choices(WORDS, k=3_000 // 7)))
    answers = ("Because the letter was a promise.", "Because the engine was in danger.")
    posed = Posed.of(f"Question {number}: why did the captain change the signal?", answers, passage)
    return Question(posed=posed, key=Key(question=posed.id, correct=number % 2))


def spec(model: str, *, concurrency: int, endpoints: dict[str, Endpoint] | None = None, repeats: int = 1) -> Tournament:
    """A tournament in which two players meet `repeats` times on every question, before one judge."""
    return Tournament(
        name=NAME,
        repeats=repeats,
        controls=(),
        pairing=Pairing(both_sides=False),
        debaters=tuple(Player(name=n, model=model, max_output_tokens=400, scratchpad=False) for n in ("ada", "bob")),
        judges=(Judge(name="jo", model=model, max_output_tokens=400),),
        limits=Limits(concurrency=concurrency, max_failures=1.0),
        endpoints=endpoints or {},
    )


@contextmanager
def pinned(folder: Path, tournament: Tournament, debates: int, label: str = "run") -> Iterator[Store]:
    """A new database in which the workload is planned."""
    asked = [question(number) for number in range(debates)]
    with Store.open(folder / f"{label}.db", create=True) as store:
        store.pin(tournament, prompts.load(), asked, plan.matches(tournament, [each.posed for each in asked]))
        yield store


async def play(store: Store, tournament: Tournament, given: dict[str, Provider] | None = None) -> Result:
    """Play and judge what is planned."""
    async with Providers(tournament.endpoints, limits=tournament.limits, given=given) as providers:
        return await run(store, NAME, limits=tournament.limits, providers=providers)


async def replay(debates: list[list[list[Messages]]], call: Callable[[Messages], Awaitable[Any]], at_once: int) -> None:
    """Make the same calls with the same dependencies and nothing else: beats in turn, a beat's calls together."""
    slots = asyncio.Semaphore(at_once)

    async def limited(messages: Messages) -> None:
        async with slots:
            await call(messages)

    async def one(beats: list[list[Messages]]) -> None:
        for beat in beats:
            await asyncio.gather(*map(limited, beat))

    await asyncio.gather(*map(one, debates))
