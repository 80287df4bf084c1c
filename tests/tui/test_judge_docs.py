"""The screens are what the page for judges shows, at 80 columns; and what stands here beside this file, at more."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs import screens

SHOWN = Path(__file__).parent / "shown"


async def test_the_screens_in_the_page_for_judges_are_current() -> None:
    """Run `make docs` where this fails."""
    text = screens.PAGE.read_text("utf-8")
    made = await screens.screens()
    assert screens.page(text, made) == text
    assert set(made) == {found[2] for found in screens._BLOCK.finditer(text)}


@pytest.mark.parametrize("size", [(120, 40), (200, 60)])
async def test_wide_screens_look_as_they_did(size: tuple[int, int]) -> None:
    """Two columns from 120, three from 160, character by character."""
    made = await screens.screens(size, last="reading")
    assert f"{made['reading']}\n" == (SHOWN / f"{size[0]}x{size[1]}.txt").read_text("utf-8")
