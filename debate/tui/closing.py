"""A full screen that leaves the terminal as it was, whatever happens, and shows nobody's text when it fails.

With NO_COLOR in the environment it has no colours at all, and what is chosen is underlined instead.
"""

from __future__ import annotations

import os
from typing import TypeVar

from textual.app import App

Result = TypeVar("Result")
COLOURLESS = "ansi-dark"
"""The theme that has the terminal's own colours, of which NO_COLOR leaves none."""


class Closing(App[Result]):
    """A screen whose errors come out after it is closed."""

    DEFAULT_CSS = """
    OptionList:nocolor > .option-list--option-highlighted, TextArea:nocolor .text-area--cursor {
        text-style: bold underline !important;
    }
    Input:nocolor > .input--cursor { text-style: bold underline !important; }
    """

    def __init__(self) -> None:
        colourless = os.environ.get("NO_COLOR") is not None
        super().__init__(ansi_color=colourless)
        if colourless:
            self.theme = COLOURLESS

    def shown(self) -> Result | None:
        """Run until it is left, and return what it was left with.

        Raises:
            Exception: what went wrong, once the terminal is as it was before.
        """
        left = self.run()
        if self._exception is not None:
            raise self._exception
        return left

    def _fatal_error(self) -> None:
        # Textual would print a traceback with the values of all variables, and so with text that models wrote.
        self._close_messages_no_wait()
