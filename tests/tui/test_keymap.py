"""A judge's own keys: read from a file, checked as a whole, shown wherever keys are named; and the palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from debate.errors import ConfigError
from debate.tui.judging import keymap
from debate.tui.judging.app import JudgeApp
from tests.tui.screens import believe, judging, press, reader, screen, until
from tests.tui.studied import sat, study


def written(folder: Path, text: str) -> Path:
    """A file of keys."""
    path = folder / "keys.toml"
    path.write_text(text)
    return path


def refused(folder: Path, text: str) -> str:
    """What is said of a file of keys that cannot be."""
    with pytest.raises(ConfigError) as raised:
        keymap.chosen(written(folder, text))
    return str(raised.value)


def test_the_file_stands_where_settings_stand(tmp_path: Path) -> None:
    """In XDG_CONFIG_HOME, or in the home's .config; without a file the keys are the usual ones."""
    assert keymap.path({"XDG_CONFIG_HOME": "/x"}) == Path("/x/debate/keys.toml")
    assert keymap.path({"HOME": "/h"}) == Path("/h/.config/debate/keys.toml")
    assert keymap.chosen(tmp_path / "keys.toml") == {}


def test_keys_are_called_as_they_look(tmp_path: Path) -> None:
    """One or several, by sign or by name."""
    path = written(tmp_path, '[judge]\nquotes = "o"\nfind = ["f", "/"]\nnext-speech = "tab"\n')
    assert keymap.chosen(path) == {"quotes": "o", "find": "f,slash", "next-speech": "tab"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[judge]\nquote = "o"', 'nothing called "quote", perhaps "quotes"'),
        ('[judge]\nquotes = "ctrl+enter"', '"ctrl+enter" is no key'),
        ('[judge]\nquotes = "ctrl+p"', "opens the palette everywhere"),
        ('[judge]\nquotes = "5"', "digits are the belief"),
        ('[judge]\nquotes = "n"', '"n" would be for next-speech and for quotes'),
        ('[judge]\nundo = "Enter"', '"Enter" would be for undo and for open'),
        ("[judge]\nquotes = 5", '= "a key", or a list of keys'),
        ('judge = "x"', "[judge] is a table"),
        ('[watch]\nx = "y"', "there is only [judge], not [watch]"),
        ("[judge", "not valid TOML"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    """Names that there are not, keys that no terminal sends, and one key for two things."""
    assert said in refused(tmp_path, text)


async def test_chosen_keys_work_and_are_shown(tmp_path: Path) -> None:
    """On the line of keys and in the sheet; the usual key does nothing then."""
    with sat(study(tmp_path, 1)) as sight:
        app = JudgeApp(sight, "test", chosen={"quotes": "o", "help": "f2"})
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "enter")
            shown = await believe(pilot, 50)
            assert "o quotes" in shown
            assert "f2 help" in shown
            assert "Quotes" not in await press(pilot, "p")
            assert "Nothing was quoted so far" in await press(pilot, "o")
            assert "o                 the quotes" in await press(pilot, "f2")


async def test_the_palette_does_what_keys_do(tmp_path: Path) -> None:
    """Found by words, each with its key; what only a key is good for is not in it; a paste is no escape."""
    async with judging(study(tmp_path, 1)) as pilot:
        await press(pilot, "enter", "enter")
        await believe(pilot, 50)
        await press(pilot, "ctrl+p")
        palette = pilot.app.screen
        assert isinstance(palette, CommandPalette)
        await until(pilot, lambda: "go on: begin" in screen(pilot))
        shown = screen(pilot)
        for other in ("quit", "screenshot", "theme", "scroll by a line"):
            assert other not in shown.lower()
        asked = palette.query_one(Input)
        asked.insert_text_at_cursor("\u202e\x1b]0;x\x07")
        assert asked.value == ""
        asked.insert_text_at_cursor("write a note")
        await until(pilot, lambda: "find words" not in screen(pilot) and "write a note on" in screen(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "A note on this speech of Debater A" in screen(pilot))
        await press(pilot, "ctrl+p")
        assert not isinstance(pilot.app.screen, CommandPalette), "nothing stands over a question"
        await press(pilot, "escape")
        assert reader(pilot).session.stage == "reading"
        assert "q leaves; everything is kept" in await press(pilot, "ctrl+c")
