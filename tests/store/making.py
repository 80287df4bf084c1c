"""Short ways to a database with a plan in it, and to the rows that a run writes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from debate.domain import Fault, Intent, Limits, Match, Question, Reply, Said, Tournament, digest
from debate.store import Run, Store
from tests import builders

TURNS = 4


def matches(count: int, asked: Question | None = None) -> tuple[Match, ...]:
    """Matches on one question, told apart by their repeat."""
    posed = (asked or builders.question()).posed
    return tuple(builders.match(posed, repeat=number) for number in range(count))


def planned(path: Path, count: int = 3, **more: Any) -> Store:
    """A new database with a tournament of so many matches."""
    store = Store.open(path, create=True)
    plan(store, count, **more)
    return store


def plan(store: Store, count: int = 3, **more: Any) -> Tournament:
    tournament = builders.tournament(**more)
    asked = builders.question()
    store.pin(tournament, {"debate/debater": "Speak."}, [asked], matches(count, asked))
    return tournament


def intent(match: str, index: int = 0, *, call: str | None = None, **more: Any) -> Intent:
    name = call or secrets.token_hex(8)
    return Intent(call=name, match=match, where=f"turn:{index}", purpose="speak", model="openai/x", **more)


def reply(call: Intent, text: str = "I hold my answer.", **more: Any) -> Reply:
    return Reply(call=call.call, completion=builders.completion(text, **more), latency_s=0.1)


def fault(call: Intent, *, billed: bool = False) -> Fault:
    return Fault(call=call.call, error="TimedOut: no reply", billed=billed)


def said(match: str, index: int = 0, text: str = "I hold my answer.", **more: Any) -> Said:
    return Said(match=match, turn=builders.turn(index, "AB"[index % 2], text, round=index // 2 + 1, **more))


def judged(debate_digest: str, match: str) -> str:
    return digest("v1", [match, debate_digest])


def limits(**more: Any) -> Limits:
    return Limits(**more)


async def speak(run: Run, match: str, index: int = 0, **more: Any) -> None:
    """Make one call and record its turn, durably."""
    call = intent(match, index, **more)
    await run.write(call)
    await run.write(reply(call), said(match, index))


def ids(claimed: Iterable[Any]) -> list[str]:
    return [each.debate.match.id for each in claimed]
