"""Ways to sit at the judge's screens in a test: press keys, and read what stands there."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from debate.tui.judging.app import JudgeApp
from debate.tui.judging.clerk import Clerk
from debate.tui.judging.reader import Reader
from debate.tui.words import Words
from tests.tui.studied import sat

SMALL, WIDE, WIDEST = (80, 24), (120, 40), (200, 60)


def screen(pilot: Pilot[Any]) -> str:
    """What is on the screen, as text."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def words(shown: str) -> str:
    """What a screen says, without the frames and the ends of lines."""
    return " ".join(re.sub("[│▌┆▊▎▁▔┌┐└┘─]", " ", shown).split())


@asynccontextmanager
async def judging(
    path: Path, *, size: tuple[int, int] = SMALL, judge: str = "j07", clerk: Clerk | None = None
) -> AsyncIterator[Pilot[None]]:
    """Open the judge's screens at the queue."""
    with sat(path, judge) as blind:
        async with JudgeApp(blind, "test", clerk).run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press keys, one after the other, and return the screen."""
    await pilot.press(*keys)
    await pilot.pause()
    return screen(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    """Put text where the cursor is, at once: keys are tested elsewhere, and cost time."""
    pilot.app.screen.query_one(Words).value = text
    await pilot.pause()


async def believe(pilot: Pilot[None], percent: int) -> str:
    """Type a belief, and have it taken."""
    return await press(pilot, *f"{percent:02d}", "enter")


async def until(pilot: Pilot[Any], so: Callable[[], bool]) -> None:
    """Let the screen work until something is so."""
    for _ in range(500):
        if so():
            return
        await pilot.pause(0.01)
    raise AssertionError("waited in vain")


def reader(pilot: Pilot[None]) -> Reader:
    """The transcript that is open."""
    found = next(screen for screen in reversed(pilot.app.screen_stack) if isinstance(screen, Reader))
    return found
