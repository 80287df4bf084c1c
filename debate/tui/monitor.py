"""A run that is watched on a full screen: how it stands, what has failed, and a pause in which nothing moves.

Only this process pauses or is left: the run goes on, and nothing of it is held while nobody looks.
"""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from debate import sanitize
from debate.store import Store
from debate.tui.closing import Closing
from debate.tui.watching import Watching, failed

KEYS = "p pause · f failures · r look now · ↑↓ scroll · q leaves, the run goes on"
LEFT, TOLD, HUNG_UP = 130, 143, 129


class Monitor(Closing[int]):
    """How a run goes on; returns the exit code if it was left before the run ended."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #head, #keys, #note { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    #keys { color: $text-muted; }
    #page { padding: 1 1; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "pause"),
        Binding("f", "failures"),
        Binding("r", "again"),
        Binding("q,escape", "leave(0)"),
        Binding("ctrl+c", f"leave({LEFT})", priority=True),
        Binding("down,j", "scroll(1)"),
        Binding("up,k", "scroll(-1)"),
        Binding("pagedown,space", "scroll(12)"),
        Binding("pageup", "scroll(-12)"),
    ]

    def __init__(
        self, store: Store, name: str, watching: Watching, every: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self.store, self.tournament, self.watching, self.every, self.clock = store, name, watching, every, clock
        self.paused = False
        self.failures = False

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Static(id="head", markup=False)
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="lines", markup=False)
        yield Static(KEYS, id="keys", markup=False)
        yield Static(id="note", markup=False)

    def on_mount(self) -> None:
        """Begin to look, and leave as if by key when told to end or hung up on."""
        self.run_worker(self._watch(), exclusive=True)
        if threading.current_thread() is threading.main_thread():
            for number, code in ((signal.SIGTERM, TOLD), (signal.SIGHUP, HUNG_UP)):
                asyncio.get_running_loop().add_signal_handler(number, self.exit, code)

    async def _watch(self) -> None:
        while True:
            if not self.paused:
                await self._look()
                if not self.watching.running:
                    self.exit()
            await asyncio.sleep(self.every)

    async def _look(self) -> None:
        """Look without holding the keys up, however long the database has to be waited for."""
        await asyncio.to_thread(self.watching.look_at, self.store, self.tournament, self.clock())
        await self.draw()

    async def draw(self) -> None:
        """Show what was seen."""
        if not self.query("#head"):
            return  # it was left while it was looked
        stands = self.watching.status
        if stands is None:
            self.query_one("#note", Static).update(Text(self.watching.trouble))
            return
        lines = list(self.watching.lines())
        head = f"{lines[0]}{' · paused' if self.paused else ''}"
        if self.failures:
            lines = [lines[0], "", *await asyncio.to_thread(lambda: list(failed(self.store, self.tournament)))]
            if not self.query("#head"):
                return
        self.query_one("#head", Static).update(Text(head, "bold"))
        self.query_one("#lines", Static).update(Text("\n").join(Text(line) for line in lines[1:]))
        said = "paused: nothing is looked at; the run goes on · p goes on" if self.paused else self.watching.trouble
        self.query_one("#note", Static).update(Text(sanitize.line(said)))

    async def action_pause(self) -> None:
        """Look no more, or look again."""
        self.paused = not self.paused
        await (self.draw() if self.paused else self._look())

    async def action_failures(self) -> None:
        """Show what has failed, or how it stands again."""
        self.failures = not self.failures
        await self.draw()
        self.query_one("#page").scroll_home(animate=False)

    async def action_again(self) -> None:
        """Look now."""
        await self._look()

    def action_leave(self, code: int) -> None:
        """Leave; the run goes on."""
        self.exit(code, return_code=code)

    def action_scroll(self, by: int) -> None:
        """Scroll."""
        self.query_one("#page").scroll_relative(y=by, animate=False)
