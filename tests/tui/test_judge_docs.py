"""The screens are what the page for judges shows, at 80 columns; and what stands in `shown/`, at three sizes."""

from __future__ import annotations

import pytest

from docs import screens
from tests.tui.walked import SIZES, brief, kept, walk


async def test_the_screens_in_the_page_for_judges_are_current() -> None:
    """Run `make docs` where this fails."""
    text = screens.PAGE.read_text("utf-8")
    made = await screens.screens()
    assert screens.page(text, made) == text
    assert set(made) == {found[2] for found in screens._BLOCK.finditer(text)}


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_looks_as_it_did(size: tuple[int, int]) -> None:
    """Character by character, at three sizes; `python -m tests.tui.walked` writes what is meant to be otherwise."""
    assert brief(await walk(size)) == kept(size).read_text("utf-8")
