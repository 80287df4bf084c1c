"""Words that somebody writes, and keys with what they do: the same on every screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from debate.tui.transcript import safe


class Words(TextArea):
    """A sentence or two that somebody writes, wrapped; Enter is done with it.

    What is pasted into it is shown as safely as anything else.
    """

    DEFAULT_CSS = """
    Words, Words:focus {
        height: auto; min-height: 2; max-height: 5; margin: 1 0 0 0; padding: 0 1;
        border-left: thick $primary; background: $foreground 8%;
    }
    """

    class Submitted(Message):
        """Enter was pressed."""

    def __init__(self, given: str) -> None:
        super().__init__(_on_one(given), id="words", compact=True, highlight_cursor_line=False, show_line_numbers=False)
        self.move_cursor(self.document.end)

    @property
    def value(self) -> str:
        """What is written."""
        return self.text

    @value.setter
    def value(self, said: str) -> None:
        self.load_text(_on_one(said))

    def edit(self, edit: Edit) -> EditResult:
        """Take in what is typed or pasted, with what cannot be shown spelled out."""
        edit.text = _on_one(edit.text)
        return super().edit(edit)

    def on_key(self, event: events.Key) -> None:
        """Be done with it."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())

    def action_cursor_page_down(self) -> None:
        """Scroll what stands above."""
        for said in self.screen.query("#said"):
            said.scroll_page_down(animate=False)

    def action_cursor_page_up(self) -> None:
        """Scroll what stands above."""
        for said in self.screen.query("#said"):
            said.scroll_page_up(animate=False)


HIGH_CONTRAST = "high-contrast"


def faint(theme: str) -> str:
    """Return the style of what matters less; where contrast is what matters, it looks like the rest."""
    return "" if theme == HIGH_CONTRAST else "dim"


def _on_one(said: str) -> str:
    return safe(said).replace("\n", " ")


def keyline(said: Sequence[tuple[str, str]]) -> Text:
    """Return a line of keys and what each does."""
    shown = Text()
    for key, does in said:
        shown.append(" · " if shown else "", "dim").append(key, "bold").append(f" {does}")
    return shown
