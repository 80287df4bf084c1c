"""Is the terminal large enough? Where it is not, one line says so, and everything waits behind it."""

from __future__ import annotations

from typing import Any

from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

WIDTH, HEIGHT = 80, 24
TWO, THREE = 120, 160
"""From so many columns on, the quotes stand beside the transcript, and each side in a column of its own."""


def too_small() -> Static:
    """Return what is shown instead of a broken layout."""
    return Static(f"too small: {WIDTH}x{HEIGHT} is needed, or debate judge --plain", id="small", markup=False)


def fit(screen: Screen[Any], size: Size, *, sides: bool = True) -> None:
    """Lay a screen out for the size that there is; where only one side speaks, it has no column of its own."""
    three = size.width >= THREE and sides
    screen.set_class(size.width < WIDTH or size.height < HEIGHT, "small")
    screen.set_class(size.width >= TWO and not three, "two")
    screen.set_class(three, "three")
