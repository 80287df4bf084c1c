"""What stands over the screen for a moment: something to read, or a line to write."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from debate.tui.judging.sitting import DRAFT_S
from debate.tui.transcript import safe


class Words(Input):
    """A line that somebody writes; what is pasted into it is shown as safely as anything else."""

    def validate_value(self, value: str) -> str:
        """Spell out what cannot be shown."""
        return safe(value)


class Dialog(ModalScreen[str | None]):
    """Something to read, or a line to write; None where it was left with Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close"),
        Binding("enter", "close"),
        Binding("down,j", "scroll(1)"),
        Binding("up,k", "scroll(-1)"),
        Binding("pagedown,space", "scroll(12)"),
        Binding("pageup", "scroll(-12)"),
    ]

    def __init__(
        self,
        said: str,
        hint: str,
        *,
        ask: bool = False,
        given: str = "",
        kept: Callable[[str], None] | None = None,
        key: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.said, self.hint, self.ask, self.given = said, hint, ask, given
        self.kept, self.key = kept, key

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(id="dialog"):
            with VerticalScroll(id="said", can_focus=False):
                yield Static(Text(safe(self.said)), markup=False)
            if self.ask:
                yield Words(value=self.given, id="words", select_on_focus=False)
            yield Static(Text(self.hint), id="hint", markup=False)

    def on_mount(self) -> None:
        """Put the cursor where it is written, and keep what is written now and then."""
        if self.ask:
            self.query_one(Input).focus()
        if self.kept:
            self.set_interval(DRAFT_S * 0.75, self._keep)

    def _keep(self) -> None:
        assert self.kept is not None
        self.kept(self.query_one(Input).value)

    def on_key(self) -> None:
        """Tell of every key, so that time here is not idle."""
        if self.key:
            self.key()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back what was written."""
        self.dismiss(event.value.strip())

    def action_close(self) -> None:
        """Close without an answer; what was written is kept all the same."""
        if self.kept:
            self._keep()
        self.dismiss(None)

    def action_scroll(self, by: int) -> None:
        """Scroll what is to be read."""
        self.query_one("#said").scroll_relative(y=by, animate=False)
