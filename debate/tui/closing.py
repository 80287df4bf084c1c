"""A full screen that leaves the terminal as it was, whatever happens, and shows nobody's text when it fails."""

from __future__ import annotations

from typing import TypeVar

from textual.app import App

Result = TypeVar("Result")


class Closing(App[Result]):
    """A screen whose errors come out after it is closed."""

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
