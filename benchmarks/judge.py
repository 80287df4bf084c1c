"""How soon does a judge see a transcript of a megabyte, and how smoothly does it scroll?"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from tests.tui.screens import SMALL, WIDEST, judging, press, reader, screen
from tests.tui.studied import study

MEGABYTE, WANTED_S, TRIES = 2**20, 0.3, 5
SENTENCE = "The ferry left Oskarvik at six in the morning, and forty crates — so it was said — stood in its hold. "


def main() -> None:
    """Print the time to the first paint of a round, and of one step of scrolling, in one column and in three."""
    for size in (SMALL, WIDEST):
        paints: list[float] = []
        steps: list[float] = []
        for _ in range(TRIES):
            with tempfile.TemporaryDirectory() as folder:
                asyncio.run(_measure(Path(folder), size, paints, steps))
        print(
            f"judge: at {size[0]}x{size[1]} a round of 1 MB is painted {1000 * statistics.median(paints):.0f} ms after "
            f"Enter (wanted under {1000 * WANTED_S:.0f} ms), a page further takes "
            f"{1000 * statistics.median(steps):.0f} ms; processor time, medians of {TRIES}"
        )


async def _measure(folder: Path, size: tuple[int, int], paints: list[float], steps: list[float]) -> None:
    speech = (SENTENCE * (MEGABYTE // len(SENTENCE.encode()) + 1))[:MEGABYTE]
    path = study(folder, 1, texts=[speech, "Short."] * 2)
    async with judging(path, size=size) as pilot:
        await press(pilot, "enter", "enter")
        await press(pilot, "5", "0")
        paints.append(await _timed(lambda: _first_paint(pilot)))
        for _ in range(5):
            steps.append(await _timed(lambda: pilot.press("space")))


async def _first_paint(pilot: Pilot[None]) -> None:
    await pilot.press("enter")
    while "The ferry left" not in screen(pilot):
        await pilot.pause()
    assert len(reader(pilot).text.lines) > 10_000


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    began = time.process_time()
    await work()
    return time.process_time() - began
