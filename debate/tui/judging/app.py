"""Judging on a full screen: a queue, and one transcript at a time, by keys alone."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Mapping
from itertools import cycle
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.theme import Theme

from debate.studies.sight import Sight
from debate.tui.judging.clerk import Clerk
from debate.tui.judging.keys import READER, shown
from debate.tui.judging.queue import Queue

CONTRAST = Theme(
    name="high-contrast",
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
THEMES = ("textual-dark", "textual-light", "high-contrast", "ansi-dark")


class JudgeApp(App[None]):
    """The judge's screens."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "judge.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("T", "theme", "colours")]

    def __init__(self, sight: Sight, tournament: str, clerk: Clerk | None = None) -> None:
        super().__init__()
        self.sight = sight
        self.tournament = tournament
        self.clerk = clerk or Clerk()
        self.study = sight.study(tournament)
        self.chosen: Mapping[str, str] = {}
        self.register_theme(CONTRAST)
        self._themes = cycle([*(name for name in THEMES if name in self.available_themes)])
        self.theme = next(self._themes)

    def on_mount(self) -> None:
        """Begin with the queue, and leave as if by key when told to end or hung up on."""
        self.push_screen(Queue())
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self.exit)

    def judged(self) -> None:
        """Run until the judge leaves.

        Raises:
            Exception: what went wrong, once the terminal is as it was before.
        """
        self.run()
        if self._exception is not None:
            raise self._exception

    def _fatal_error(self) -> None:
        # Textual would print a traceback with the values of all variables, and so with text that models wrote.
        self._close_messages_no_wait()

    def named(self, action: str) -> str:
        """Return how the key for something is called on the screen."""
        return shown(next(key for key in READER if key.name == action), self.chosen)

    def action_theme(self) -> None:
        """Change the colours; none of them means anything."""
        self.theme = next(self._themes)
