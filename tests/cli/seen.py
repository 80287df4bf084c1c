"""A judge at a terminal of their own: keys are typed, and what stands on the screen is read."""

from __future__ import annotations

from pathlib import Path

from tests.cli.driving import Terminal
from tests.tui.emulated import Emulated


class Seen:
    """A judge at a terminal of 80x24, and what stands on it."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.screen = Emulated()
        self._fed = 0

    def shows(self, words: str) -> None:
        """Wait until something stands on the screen."""

        def there() -> bool:
            written = self.terminal.text
            self.screen.feed(written[self._fed :])
            self._fed = len(written)
            return words in self.screen.text

        self.terminal.until(there)

    def press(self, keys: str) -> None:
        """Type keys."""
        self.terminal.press(keys.encode())


def sitting_down(path: Path, *words: object, **more: str) -> Terminal:
    """Begin on a terminal of 80x24."""
    return Terminal("judge", "test", "--as", "j07", "--db", path, *words, cwd=path.parent, size=(80, 24), **more)
