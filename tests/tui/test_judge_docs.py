"""The page for judges shows the screens as they are."""

from __future__ import annotations

from docs import screens


async def test_the_screens_in_the_page_for_judges_are_current() -> None:
    """Run `make docs` where this fails."""
    text = screens.PAGE.read_text("utf-8")
    made = await screens.screens()
    assert screens.page(text, made) == text
    assert set(made) == {found[2] for found in screens._BLOCK.finditer(text)}
