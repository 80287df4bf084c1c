"""Short ways to a study that people judge: a database of finished debates, and judges who act in it."""

from __future__ import annotations

import asyncio
import io
import sqlite3
from collections.abc import Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from debate import quotes
from debate.domain import Ended, Judgment, Match, Posed, Protocol, Question, Ruled, Said, Study, Tournament
from debate.store import Store
from debate.store.studies.blind import Blind
from debate.store.studies.sittings import enrol
from debate.tui.judging.plain import Left, Plain
from debate.tui.judging.sitting import Sitting
from tests import builders
from tests.runs import questions

SECRET_PLAYERS, SECRET_JUDGE = ("sentinel-ada", "sentinel-bob"), "sentinel-jo"
SPEECHES = ("Two crates held sand.", "The captain counted them.", "The mate saw it.", "Nobody saw the mate.")
GAME = Protocol(name="debate", rounds=2)


def study(
    folder: Path,
    n: int = 2,
    *,
    texts: Sequence[str] = SPEECHES,
    games: Sequence[Protocol] = (GAME,),
    spoken: Any = None,
    key: Any = None,
    asked: str = "",
    ruling: str = "",
    **settings: Any,
) -> Path:
    """Write a database with a finished debate on each of `n` questions, under each of the games.

    Args:
        ruling: why a model has ruled as it did, on each; none has where empty.
    """
    path = folder / "debates.db"
    chosen = [one.model_copy(update={"key": one.key.model_copy(update=key or {})}) for one in questions(n)]
    if asked:
        chosen = [_asking(one, asked) for one in chosen]
    players = tuple(builders.player(name, f"lab/{name}-model") for name in SECRET_PLAYERS)
    matches = [
        builders.match(one.posed, protocol=game, players=players, argues=(k % 2, 1 - k % 2))
        for k, one in enumerate(chosen)
        for game in games
    ]
    spec = builders.tournament(name="test", debaters=players, protocols=tuple(games), judging=Study(**settings))
    with Store.open(path, create=True) as store:
        store.pin(spec, {"debate/debater": "Speak."}, chosen, matches)
        _apart(_play(store, matches, texts, spoken or {}, ruling))
    return path


def _asking(question: Question, text: str) -> Question:
    """The same question in other words."""
    posed = Posed.of(f"{text} {question.posed.text}", question.posed.answers, question.posed.passage)
    return Question(posed=posed, key=question.key.model_copy(update={"question": posed.id}))


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """Do asynchronous work from a test of either kind."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def _quoted(text: str, match: Match) -> tuple[str, dict[str, Any]]:
    """A speech, with what it quotes in tags looked for in the passage."""
    if "<quote>" not in text or match.question.passage is None:
        return text, {}
    said, found = quotes.mark(text, match.question.passage.text)
    return said, {"quotes": found}


async def _play(
    store: Store, matches: Iterable[Match], texts: Sequence[str], more: dict[str, Any], ruling: str
) -> None:
    async with store.run("test") as run:
        await run.claim(100)
        for match in matches:
            seats = [seat.seat for seat in match.seats if seat.argues is not None]
            for index in range(len(seats) * match.protocol.rounds):
                text, found = _quoted(texts[index % len(texts)], match)
                turn = builders.turn(
                    index,
                    seats[index % len(seats)],
                    text,
                    round=index // len(seats) + 1,
                    scratchpad="sentinel-scratchpad",
                    **found | more,
                )
                await run.write(Said(match=match.id, turn=turn))
            if ruling:
                said = Judgment(id=f"v1-{match.id}", match=match.id, judge=SECRET_JUDGE, kind="model", reason=ruling)
                await run.write(Ruled(judgment=said))
            await run.write(Ended(match=match.id, state="done"))


def spec(path: Path) -> Tournament:
    """The tournament of a database."""
    with Store.open(path, readonly=True) as store:
        pinned = store.pinned("test")
    assert pinned is not None
    return pinned.tournament


def enter(path: Path, judge: str = "j07") -> None:
    """Give a judge their transcripts."""
    with Store.open(path) as store:
        enrol(store, "test", judge)


def sat(path: Path, judge: str = "j07") -> Blind:
    """Enrol a judge, and open the database as their process does."""
    enter(path, judge)
    return Blind.open(path, judge)


def answering(*answers: str) -> tuple[Plain, io.StringIO]:
    """A judge at plain prompts who gives these answers, and then closes the input."""
    left = iter(answers)
    out = io.StringIO()

    def ask(prompt: str) -> str:
        print(prompt, end="", file=out)
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return Plain(out, ask), out


def plainly(path: Path, *answers: str, judge: str = "j07") -> str:
    """Judge everything that is open by plain prompts, and return what was printed."""
    face, out = answering(*answers)
    with sat(path, judge) as blind:
        for place in blind.queue("test"):
            if place.state != "open":
                continue
            sitting = Sitting(blind, place.id, blind.study("test"))
            try:
                face.judge(sitting)
            except Left:
                break
            finally:
                sitting.leave()
    return out.getvalue()


def rows(path: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the database holds, read past every guard."""
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(query, values).fetchall()


def ruled(path: Path) -> list[tuple[Any, ...]]:
    """The rulings of people, without times."""
    return rows(
        path,
        "SELECT judgment.match, judge, kind, judgment.view, purpose, state, final, reason, superseded_by IS NULL, "
        "(SELECT group_concat(after_round || p) FROM belief WHERE judgment = judgment.ordinal) "
        "FROM judgment WHERE kind = 'human' ORDER BY judgment.ordinal",
    )


def acted(path: Path) -> list[tuple[Any, ...]]:
    """What was done in all sittings, without times, counts of keys, and what was left half written."""
    beside = "'$.active_ms', '$.idle_ms', '$.keys', '$.seen'"
    return rows(
        path,
        f"SELECT sitting, kind, json_remove(rest, {beside}, CASE kind WHEN 'begin' THEN '$.text' ELSE '$.seen' END)"
        " FROM act WHERE kind <> 'draft' ORDER BY sitting, number",
    )
