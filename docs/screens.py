"""The screens in `docs/judging.md`, made by sitting at them: a small debate, a judge, and keys."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from debate import quotes
from debate.domain import (
    Debate,
    Ended,
    Key,
    Match,
    Passage,
    Player,
    Posed,
    Protocol,
    Question,
    Said,
    Seat,
    Tournament,
    Turn,
    match_id,
)
from debate.store import Store
from debate.store.studies.blind import Blind
from debate.store.studies.sittings import enrol
from debate.tui.judging.app import JudgeApp

PAGE = Path(__file__).resolve().parent / "judging.md"
PASSAGE = (
    "The ferry left Oskarvik at six in the morning with forty crates of herring. Captain Brandt signed the manifest "
    "himself, though the mate had counted only thirty-eight. At noon the harbour master opened the hold and found two "
    "crates filled with sand. Brandt said that the sand was ballast, but the mate had seen him load it at night."
)
ANSWERS = ("He was hiding two crates of sand", "He had counted the crates himself")
SPEECHES = (
    "The count did not bear him out: <quote>the mate had counted only thirty-eight</quote>. He signed for forty all "
    "the same, and two of them were <quote>crates filled with sand</quote>. Whoever signs for what is not there hides "
    "what is there instead.",
    "Sand in a hold is ordinary: <quote>the sand was ballast</quote>. A captain who signs <quote>the manifest "
    "himself</quote> has looked at his cargo, and <quote>he counted it twice</quote>.",
    "Nobody loads ballast in the dark: <quote>the mate had seen him load it at night</quote>. And no line says that "
    "he counted anything.",
    "My opponent has one witness, who was not asked to count. The signature is the only count that was made.",
)
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("queue", ()),
    ("prior", ("enter", "enter", "5", "5")),
    ("reading", ("enter",)),
    ("belief", ("enter", "7", "0")),
    ("quotes", ("enter", "p")),
    ("review", ("p", "enter", "8", "5", "enter")),
)
_BLOCK = re.compile(r"(<!-- screen:(\w+) -->\n).*?(<!-- screen:end -->)", re.DOTALL)


def played() -> tuple[Question, Debate]:
    """Return the debate that is shown."""
    passage = Passage.of(PASSAGE, "The ferry")
    posed = Posed.of("Why did the captain sign for forty crates?", ANSWERS, passage)
    players = (Player(name="one", model="builtin/advocate"), Player(name="two", model="builtin/skimmer"))
    seats = tuple(Seat(seat="AB"[n], player=player, argues=n) for n, player in enumerate(players))
    rules = Protocol(name="debate", rounds=2)
    id = match_id(posed.id, rules, seats, 0, "", "")
    match = Match(id=id, question=posed, protocol=rules, seats=seats, shown=(0, 1))
    turns = []
    for index, text in enumerate(SPEECHES):
        said, found = quotes.mark(text, PASSAGE)
        beat = index // 2 + 1
        turns.append(
            Turn(index=index, seat="AB"[index % 2], round=beat, beat=beat, kind="argument", text=said, quotes=found)
        )
    question = Question(posed=posed, key=Key(question=posed.id, correct=0))
    return question, Debate(match=match, turns=tuple(turns))


async def screens(size: tuple[int, int] = (80, 24), *, last: str = "") -> dict[str, str]:
    """Return what a judge sees at each step, up to the last that is wanted, by the name of the step."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "debates.db"
        with Store.open(path, create=True) as store:
            await _kept(store)
            enrol(store, "ferry", "j07")
        with Blind.open(path, "j07") as blind:
            async with JudgeApp(blind, "ferry").run_test(size=size) as pilot:
                for name, keys in STEPS:
                    await pilot.press(*keys)
                    await pilot.pause()
                    found[name] = shown(pilot)
                    if name == last:
                        break
    return found


async def _kept(store: Store) -> None:
    """Have the debate in a database as if it had been played there."""
    question, debate = played()
    seated = tuple(seat.player for seat in debate.match.seats if seat.player)
    spec = Tournament(name="ferry", seed=3, controls=(), debaters=seated, protocols=(debate.match.protocol,))
    store.pin(spec, {}, [question], [debate.match])
    async with store.run("ferry") as run:
        await run.claim(1)
        for turn in debate.turns:
            await run.write(Said(match=debate.match.id, turn=turn))
        await run.write(Ended(match=debate.match.id, state="done"))


def shown(pilot: Pilot[Any]) -> str:
    """Return what is on a screen, as text."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def page(text: str, made: dict[str, str]) -> str:
    """Return the page with the screens in their places."""
    return _BLOCK.sub(lambda found: f"{found[1]}```text\n{made[found[2]]}\n```\n{found[3]}", text)


def main() -> None:
    """Write the screens into the page."""
    PAGE.write_text(page(PAGE.read_text("utf-8"), asyncio.run(screens())), "utf-8")


if __name__ == "__main__":
    main()
