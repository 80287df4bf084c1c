"""A terminal as far as a test needs one: what a program wrote to it, as the rows that somebody would see."""

from __future__ import annotations

import re

from rich.cells import cell_len

_CODE = re.compile(
    r"\x1b\[([0-9;?>=<]*)([ -/]*[@-~])"  # control sequences
    r"|\x1b[PX^_\]](?:[^\x07\x1b]|\x1b[^\\])*(?:\x07|\x1b\\)"  # strings, which show nothing
    r"|\x1b[ -/]*[0-~]"
    r"|[\x00-\x1f\x7f]"
)


class Emulated:
    """A screen of so many columns and rows."""

    def __init__(self, width: int = 80, height: int = 24) -> None:
        self.width, self.height = width, height
        self.cells = [[" "] * width for _ in range(height)]
        self.x = self.y = 0

    def feed(self, written: str) -> None:
        """Take in what was written."""
        at = 0
        for found in _CODE.finditer(written):
            self._print(written[at : found.start()])
            at = found.end()
            if found[2]:
                self._control(found[1], found[2])
            elif found[0] in ("\r", "\n", "\b"):
                self._move(found[0])
        self._print(written[at:])

    def _move(self, char: str) -> None:
        if char == "\r":
            self.x = 0
        elif char == "\b":
            self.x = max(self.x - 1, 0)
        elif self.y < self.height - 1:
            self.y += 1
        else:
            self.cells = [*self.cells[1:], [" "] * self.width]

    def _control(self, given: str, code: str) -> None:
        numbers = [int(part) if part.isdigit() else 0 for part in given.split(";")]
        if code in "Hf":
            row, column = (*numbers, 1, 1)[:2] if len(numbers) > 1 else (numbers[0] or 1, 1)
            self.y, self.x = min(max(row, 1), self.height) - 1, min(max(column, 1), self.width) - 1
        elif code == "J":
            self.cells = [[" "] * self.width for _ in range(self.height)]
        elif code == "K":
            self.cells[self.y][self.x :] = [" "] * (self.width - self.x)
        elif code == "C":
            self.x = min(self.x + (numbers[0] or 1), self.width - 1)

    def _print(self, text: str) -> None:
        for char in text:
            size = cell_len(char)
            if size and self.x + size <= self.width:
                self.cells[self.y][self.x] = char
                if size == 2:
                    self.cells[self.y][self.x + 1] = ""
                self.x += size

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join("".join(row).rstrip() for row in self.cells)
