"""Short ways to play a whole tournament in a test: a database, a bank of its own, and scripted players."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from debate.domain import Ask, Completion, Judge, Limits, Player, Question, Tournament
from debate.preparing import prepare
from debate.providers import Providers
from debate.providers.scripted import Scripted
from debate.store import Store
from debate.tournament import Result, Stop, run
from tests.builders import STORY, question

Speak = Callable[[Any], Any]
"""Takes an ask, or the whole request where its parameter is called `request`."""


def bank(path: Path, questions: Iterable[Question]) -> str:
    """Write questions as a bank, and return its name for a tournament file."""
    lines = []
    for number, asked in enumerate(questions):
        posed, key = asked.posed, asked.key
        line: dict[str, Any] = {
            "id": f"q-{number}",
            "text": posed.text,
            "answers": list(posed.answers),
            "correct": key.correct,
            "share": key.share,
        }
        if posed.passage:
            line["passage"] = {"id": posed.passage.id, "title": posed.passage.title, "text": posed.passage.text}
        lines.append(json.dumps(line))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def questions(n: int) -> list[Question]:
    """So many questions, each on a passage of its own; the right answer alternates."""
    return [
        question(
            f"Why, for the {i}th time, did he sign?", correct=i % 2, story=f"It was the voyage of year {i}. {STORY}"
        )
        for i in range(n)
    ]


def spec(folder: Path, *, asked: Sequence[Question] | int = 2, **more: Any) -> Tournament:
    """A tournament of two scripted players and a scripted judge on a bank of its own."""
    chosen = questions(asked) if isinstance(asked, int) else asked
    base: dict[str, Any] = {
        "name": "test",
        "seed": 7,
        "questions": (bank(folder / "bank.jsonl", chosen),),
        "controls": (),
        "debaters": (Player(name="ada", model="lab/ada"), Player(name="bob", model="lab/bob")),
        "judges": (Judge(name="jo", model="lab/jo"),),
        "limits": Limits(concurrency=4, max_failures=1.0),
    }
    return Tournament(**base | more)


async def played(
    store: Store, tournament: Tournament, speak: Speak, *, stop: Stop | None = None, **more: Any
) -> Result:
    """Prepare and run a tournament with one script for everyone."""
    prepare(tournament, store)
    given = {"lab": Scripted(speak)}
    async with Providers(given=given, limits=tournament.limits) as providers:
        return await run(store, tournament.name, limits=tournament.limits, providers=providers, stop=stop, **more)


def transcripts(store: Store, name: str = "test") -> dict[str, tuple[str, ...]]:
    """What was said in every debate."""
    return {d.match.id: tuple(t.text for t in d.turns) for d, _ in store.debates(name)}


def counting(script: Callable[[Ask], str | Completion], seen: list[Ask]) -> Speak:
    """Keep every ask."""

    def speak(ask: Ask) -> str | Completion:
        seen.append(ask)
        return script(ask)

    return speak


def stopping(script: Callable[[Ask], str | Completion], seen: list[Ask], calls: int, stop: Stop) -> Speak:
    """Keep every ask, and ask for a stop after so many calls."""

    def speak(ask: Ask) -> str | Completion:
        if len(seen) >= calls:
            stop.ask()
        seen.append(ask)
        return script(ask)

    return speak


async def assert_goes_on(
    folder: Path,
    tournament: Tournament,
    script: Callable[[Ask], str | Completion],
    *,
    cuts: Iterable[int],
    state: Callable[[Store], object] = transcripts,
) -> None:
    """Cut a tournament after so many calls and play on: it ends as it would have, and pays for no call twice."""
    once: list[Ask] = []
    with Store.open(folder / "whole.db", create=True) as whole:
        await played(whole, tournament, counting(script, once))
        for calls in cuts:
            first: list[Ask] = []
            second: list[Ask] = []
            with Store.open(folder / f"cut-{calls}.db", create=True) as cut:
                stop = Stop()
                await played(cut, tournament, stopping(script, first, calls, stop), stop=stop)
                await played(cut, tournament, counting(script, second))
                assert state(cut) == state(whole)
            assert len(first) + len(second) == len(once)
