"""Every main screen, met by walking through: what stands in `shown/`, at three sizes.

`python -m tests.tui.walked` writes them anew; look at what has changed before it is kept.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from debate.domain import Asked, Judge, Protocol, Study
from debate.store import Store
from debate.store.studies.blind import Blind
from debate.store.studies.sittings import enrol
from debate.tui.browsing.app import Browser
from debate.tui.judging.app import JudgeApp
from debate.tui.judging.clerk import Clerk
from debate.tui.monitor import Monitor
from debate.tui.watching import Watching
from docs.screens import SPEECHES
from tests.runs import played, spec
from tests.tui import studied
from tests.tui.screens import screen, until
from tests.tui.test_judge_live import LIVE, speak
from tests.tui.test_watching import status

SIZES = ((80, 24), (120, 40), (200, 60))
FOLDER = Path(__file__).parent / "shown"
SURVEY = (Asked(name="clear", text="How clear was the debate?", options=("not at all", "very")),)
EXPERT = Protocol(name="expert", rounds=0)

Step = tuple[str, tuple[str, ...]]
JUDGED: tuple[Step, ...] = (
    ("queue", ()),
    ("instructions", ("enter",)),
    ("prior", ("enter",)),
    ("round", ("5", "5", "enter")),
    ("quotes", ("p",)),
    ("note", ("p", "c", *"odd")),
    ("marking", ("enter", "m")),
    ("belief", ("1", "enter", "7", "0")),
    ("help", ("question_mark",)),
    ("break", ("escape", "b")),
    ("second round", ("b", "enter")),
    ("review", ("enter", "8", "5", "enter")),
    ("survey", ("S", "a", "n", "d", "enter")),
    ("feedback", ("4", "enter")),
    ("history", ("enter", "home", "enter")),
    ("skipping", ("enter", "enter", "x")),
    ("end of session", (*"odd", "enter")),
)
EXPERTS: tuple[Step, ...] = (("passage search", ("enter", "enter", "slash", *"crates", "enter")),)
SEATED: tuple[Step, ...] = (("asking", ("enter", "enter", "6", "0", "enter")), ("waiting", (*"Who?", "enter")))
BROWSED: tuple[Step, ...] = (
    ("list", ()),
    ("reader", ("enter",)),
    ("side by side", ("escape", "space", "j", "c")),
)


async def walk(size: tuple[int, int]) -> dict[str, str]:
    """Return every screen by its name."""
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("judged", "expert", "seat"):
            (root / name).mkdir()
        found |= await _judged(_study(root / "judged"), size, JUDGED)
        expert = studied.study(root / "expert", 1, games=(EXPERT,), arms=("expert",))
        found |= await _judged(expert, size, EXPERTS)
        found |= await _judged(await asyncio.to_thread(_seat, root / "seat"), size, SEATED)
        found |= await _browsed(root / "judged" / "debates.db", size)
    return found | await _watched(size)


def _study(folder: Path) -> Path:
    """Two debates with quotes, one for practice; what the second says is longer than a small screen."""
    return studied.study(folder, 2, texts=SPEECHES, practice=1, survey=SURVEY, feedback="practice", swing=10)


def _seat(folder: Path) -> Path:
    """A debate that is played up to the seat of its judge."""
    path = folder / "debates.db"
    sits = Study(reason=False)
    with Store.open(path, create=True) as store:
        tournament = spec(
            folder, asked=1, judges=(Judge(name="j07", model="human/j07"),), protocols=(LIVE,), judging=sits
        )
        asyncio.run(played(store, tournament, speak))
    return path


async def _judged(path: Path, size: tuple[int, int], steps: Iterable[Step]) -> dict[str, str]:
    with Store.open(path) as store:
        enrol(store, "test", "j07")
    with Blind.open(path, "j07") as blind:
        clerk = Clerk(told=lambda _: 0, right=lambda: 1)
        async with JudgeApp(blind, "test", clerk).run_test(size=size) as pilot:
            return await _stepped(pilot, steps)


async def _browsed(path: Path, size: tuple[int, int]) -> dict[str, str]:
    with Store.open(path, readonly=True) as store:
        async with Browser(store, "test").run_test(size=size) as pilot:
            found = await _stepped(pilot, BROWSED)
    return {f"browse: {name}": shown for name, shown in found.items()}


async def _stepped(pilot: Pilot[Any], steps: Iterable[Step]) -> dict[str, str]:
    found = {}
    await pilot.pause()
    for name, keys in steps:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause()
        found[name] = screen(pilot)
    return found


class _Still(Watching):
    """A run that stands as it is."""

    def look_at(self, store: Store, name: str, now: float) -> bool:
        """See the same again."""
        return self.look(status(40, calls=900, turns=160, judgments=80, spent_usd=1.5), (), 0.0)


async def _watched(size: tuple[int, int]) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "w.db", create=True) as store:
        async with Monitor(store, "first", _Still(max_cost_usd=5.0), 0.05).run_test(size=size) as pilot:
            await until(pilot, lambda: "at work" in screen(pilot))
            return {"watch": screen(pilot)}


def brief(shown: dict[str, str]) -> str:
    """Return screens as they are kept: lines that repeat, and long rules, are told by their number."""
    return "".join(f"=== {name}\n{chr(10).join(_lines(text))}\n" for name, text in shown.items())


def _lines(text: str) -> Iterator[str]:
    for line, same in groupby(text.split("\n")):
        times = sum(1 for _ in same)
        yield re.sub(r"(\S)\1{11,}|( ){12,}", lambda run: f"{run[0][0]}<{len(run[0])}>", line)
        if times > 1:
            yield f"<{times} times>"


def kept(size: tuple[int, int]) -> Path:
    """Return the file of a size."""
    return FOLDER / f"{size[0]}x{size[1]}.txt"


def main() -> None:
    """Write them."""
    for size in SIZES:
        kept(size).write_text(brief(asyncio.run(walk(size))), "utf-8")


if __name__ == "__main__":
    main()
