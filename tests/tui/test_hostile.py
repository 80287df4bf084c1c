"""Text that would like to be obeyed stands everywhere at once: in questions, answers, names, reasons, surveys."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from debate.domain import Asked, Ended, Failure, Judgment, Key, Passage, Posed, Protocol, Question, Ruled, Said, Study
from debate.store import Store
from debate.store.studies.blind import Blind
from debate.store.studies.sittings import enrol
from debate.tui.browsing.app import Browser
from debate.tui.judging.app import JudgeApp
from debate.tui.judging.clerk import Clerk
from debate.tui.monitor import Monitor
from debate.tui.watching import Watching
from tests import builders
from tests.cli.driving import Terminal
from tests.cli.hostile import FORBIDDEN, HOSTILE
from tests.tui.screens import SMALL, WIDEST, press, screen, until
from tests.tui.walked import JUDGED, _stepped

NAME = f"t {HOSTILE}".replace("\x00", "")
ASKED = (
    Asked(name="clear", text=f"How clear? {HOSTILE}", options=(HOSTILE, f"very {HOSTILE}")),
    Asked(name=f"which {HOSTILE}", text=HOSTILE, kind="choice", options=(f"a {HOSTILE}", f"b {HOSTILE}")),
)
OBEYED = ("\x1b]52;", "\x1b]0;owned", "\x1b]8;", "\x1bP+q", "\x1b_x", "\x1bc", "\u202e", "\u200b", "\x9b", "\x9d")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two debates in which all that anybody can write is hostile; the second has failed."""
    path = tmp_path_factory.mktemp("hostile") / "debates.db"
    asyncio.run(_played(path))
    return path


@pytest.fixture
def mine(database: Path, tmp_path: Path) -> Path:
    """The same, for a test that writes."""
    return Path(shutil.copy(database, tmp_path / "debates.db"))


async def _played(path: Path) -> None:
    players = tuple(builders.player(f"{name} {HOSTILE}", f"lab/{name} {HOSTILE}") for name in ("ada", "bob"))
    game = Protocol(name="debate", rounds=2)
    questions = [_question(n) for n in range(2)]
    matches = [builders.match(one.posed, protocol=game, players=players) for one in questions]
    study = Study(survey=ASKED, instructions=HOSTILE, feedback="practice", practice=1)
    spec = builders.tournament(name=NAME, debaters=players, protocols=(game,), judging=study)
    with Store.open(path, create=True) as store:
        store.pin(spec, {"debate/debater": HOSTILE}, questions, matches)
        async with store.run(NAME) as run:
            await run.claim(10)
            for match in matches:
                for index in range(4):
                    turn = builders.turn(index, "AB"[index % 2], HOSTILE, round=index // 2 + 1, scratchpad=HOSTILE)
                    await run.write(Said(match=match.id, turn=turn))
                await run.write(Ruled(judgment=_ruling(match.id)))
            await run.write(Ended(match=matches[0].id, state="done"))
            fault = Failure(match=matches[1].id, where=HOSTILE, kind=HOSTILE, message=HOSTILE, player=HOSTILE)
            await run.write(fault)
            await run.write(Ended(match=matches[1].id, state="done"))


def _question(number: int) -> Question:
    passage = Passage.of(f"{builders.STORY} {HOSTILE} {number}", f"The ferry {HOSTILE}")
    posed = Posed.of(f"Why {number}? {HOSTILE}", (f"sand {HOSTILE}", f"ballast {HOSTILE}"), passage)
    return Question(posed=posed, key=Key(question=posed.id, correct=0, domain=HOSTILE, tags=(HOSTILE,)))


def _ruling(match: str) -> Judgment:
    return Judgment(
        id=f"v1-{match}",
        match=match,
        judge=f"jo {HOSTILE}",
        kind="model",
        view="full",
        channel="offline",
        purpose="study",
        state="valid",
        shown=(0, 1),
        final=(0.6, 0.4),
        reason=HOSTILE,
    )


def harmless(shown: str) -> None:
    """Nothing on a screen is more than letters."""
    assert not FORBIDDEN.findall(shown.replace("\n", ""))


async def pasted(pilot: Pilot[None]) -> str:
    """Paste hostile text where the cursor is."""
    focused = pilot.app.focused
    assert focused is not None
    focused.post_message(events.Paste(HOSTILE))
    await pilot.pause()
    return screen(pilot)


@pytest.mark.parametrize("size", [SMALL, WIDEST])
async def test_no_screen_of_a_judge_obeys(mine: Path, size: tuple[int, int]) -> None:
    """F1, F2, F4, F6: from the list to the end of a session, with everything hostile, and a paste in each line."""
    with Store.open(mine) as store:
        enrol(store, NAME, "j07")
    with Blind.open(mine, "j07") as blind:
        app = JudgeApp(blind, NAME, Clerk(told=lambda _: 0, right=lambda: 1))
        async with app.run_test(size=size) as pilot:
            for shown in (await _stepped(pilot, JUDGED[:6])).values():
                harmless(shown)
            harmless(await pasted(pilot))
            for keys in ("enter", "z", "enter", "p", "slash"):
                harmless(await press(pilot, keys))
            harmless(await pasted(pilot))
            for keys in ("enter", "escape", "enter", "d"):
                harmless(await press(pilot, keys))
            harmless(await pasted(pilot))
            for keys in ("enter", "escape", "escape"):
                harmless(await press(pilot, keys))
            assert "The right answer is" in screen(pilot)
            await press(pilot, "enter", "ctrl+p")
            harmless(await pasted(pilot))


@pytest.mark.parametrize("size", [SMALL, WIDEST])
async def test_no_screen_of_a_researcher_obeys(database: Path, size: tuple[int, int]) -> None:
    """F1, F2, F4, F6: the list, the reader in every view, two debates, two judges, what is looked for; and watch."""
    with Store.open(database, readonly=True) as store:
        async with Browser(store, NAME).run_test(size=size) as pilot:
            for key in ("space", "j", "c", "full_stop", "tab", "q", "enter", *"vvvvxxnR", "slash"):
                harmless(await press(pilot, key))
            harmless(await pasted(pilot))
            for key in ("enter", "c", "escape", "q", "slash"):
                harmless(await press(pilot, key))
            harmless(await pasted(pilot))
            harmless(await press(pilot, "enter"))
        async with Monitor(store, NAME, Watching(), 60.0).run_test(size=size) as watch:
            await until(watch, lambda: watch.app._exit)
            harmless(screen(watch))


@pytest.mark.parametrize(("keys", "words"), [(b"\rnvvx", ("browse",)), (b"\r\r50\r?\r", ("judge", "--as", "j07"))])
def test_no_terminal_is_told_anything(mine: Path, keys: bytes, words: tuple[str, ...]) -> None:
    """F1, F2, F4: byte by byte, on the screens of `browse` and `judge`, and on the way out."""
    with Terminal(*words, "--db", mine, cwd=mine.parent) as terminal:
        terminal.until(lambda: "Enter" in terminal.text and "help" in terminal.text)
        terminal.press(keys[:1])
        terminal.until(lambda: "sand" in terminal.text)
        for key in (*keys[1:], 0x11):
            terminal.press(bytes([key]))
        terminal.end()
    assert not [told for told in OBEYED if told in terminal.text]
