"""Judging on a full screen: a queue, and one transcript at a time, by keys alone."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable
from itertools import cycle
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.theme import Theme
from textual.widgets import Input

from debate.studies.sight import Sight
from debate.tui.closing import COLOURLESS, Closing
from debate.tui.judging.clerk import Clerk
from debate.tui.judging.keys import ANYWHERE, READER, Chosen, shown
from debate.tui.judging.palette import Doings
from debate.tui.judging.queue import Queue
from debate.tui.judging.reader import Reader
from debate.tui.words import HIGH_CONTRAST

CONTRAST = Theme(
    name=HIGH_CONTRAST,
    primary="#ffff00",
    secondary="#ffff00",
    accent="#00ffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    warning="#ffff00",
    error="#ff8080",
    success="#80ff80",
    dark=True,
    variables={"text-muted": "#ffffff", "primary-darken-2": "#ffffff"},
)
THEMES = ("textual-dark", "textual-light", HIGH_CONTRAST, COLOURLESS)


class JudgeApp(Closing[None]):
    """The judge's screens."""

    CSS_PATH = "judge.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Doings}
    BINDINGS: ClassVar[list[BindingType]] = [Binding(key.pressed, key.does, id=key.name) for key in ANYWHERE]

    def __init__(self, sight: Sight, tournament: str, clerk: Clerk | None = None, chosen: Chosen | None = None) -> None:
        super().__init__()
        self.sight = sight
        self.tournament = tournament
        self.clerk = clerk or Clerk()
        self.study = sight.study(tournament)
        self.chosen: Chosen = chosen or {}
        self.outcomes: dict[int, int | None] = {}
        """The right answers that were told, by sitting."""
        self.register_theme(CONTRAST)
        self._themes = cycle(THEMES)
        if not self.no_color:
            self.theme = next(self._themes)

    def on_mount(self) -> None:
        """Begin with the queue, and leave as if by key when told to end or hung up on."""
        self.set_keymap(dict(self.chosen))
        self.push_screen(Queue())
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self.exit)

    def named(self, action: str) -> str:
        """Return how the key for something is called on the screen."""
        return shown(next(key for key in READER if key.name == action), self.chosen)

    def told(self, sitting: int) -> int | None:
        """Return the right answer of a sitting, where the study tells it; it is asked for once."""
        if sitting not in self.outcomes:
            self.outcomes[sitting] = self.clerk.told(sitting)
        return self.outcomes[sitting]

    async def action_command_palette(self) -> None:  # type: ignore[override] # it waits for the palette to be there
        """Show what can be done on the screen that is open; nothing stands over a question that was asked."""
        if isinstance(self.screen, Queue | Reader):
            palette = CommandPalette(placeholder="What do you want to do?")
            await self.push_screen(palette)
            palette.query_one(Input).restrict = r"[ -~]*"  # what is pasted here is not to be shown otherwise

    def action_help_quit(self) -> None:
        """Say how to leave, to whoever presses ctrl+c out of habit."""
        if isinstance(self.screen, Queue | Reader):
            self.screen.note(f"{self.named('leave')} leaves; everything is kept")

    def action_theme(self) -> None:
        """Change the colours; none of them means anything."""
        if self.no_color:
            return
        self.theme = next(self._themes)
        for screen in self.screen_stack:
            if isinstance(screen, Queue | Reader):
                screen.draw()
