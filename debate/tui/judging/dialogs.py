"""What stands over the screen for a moment: something to read, or some words to write."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from debate.tui.judging.sitting import DRAFT_S
from debate.tui.transcript import safe
from debate.tui.words import Words


class Dialog(ModalScreen[str | None]):
    """Something to read, or words to write; None where it was left with Esc."""

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
        patient: bool = False,
    ) -> None:
        """Make a dialog.

        Args:
            said: what is to be read.
            hint: the line of keys.
            ask: whether words are asked for.
            given: the words that are there already.
            kept: called with what is written, now and then.
            key: called at every key.
            patient: whether keys that were pressed before it was there, while it was waited for, are not for it.
        """
        super().__init__()
        self.patient, self.since = patient, 0.0
        self.said, self.hint, self.ask, self.given = said, hint, ask, given
        self.kept, self.key = kept, key

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(id="dialog"):
            with VerticalScroll(id="said", can_focus=False):
                yield Static(Text(safe(self.said)), markup=False)
            if self.ask:
                yield Words(self.given)
            yield Static(Text(self.hint), id="hint", markup=False)

    def on_mount(self, event: events.Mount) -> None:
        """Put the cursor where it is written, and keep what is written now and then."""
        self.since = event.time
        if self.ask:
            self.query_one(Words).focus()
            self.call_after_refresh(self._to_the_end)
        elif "scroll" not in self.hint:
            self.call_after_refresh(self._more)
        if self.kept:
            self.set_interval(DRAFT_S * 0.75, self._keep)

    def _to_the_end(self) -> None:
        """Have what is asked on the screen, which is said last, and tell where there is more above it."""
        said = self.query_one("#said")
        said.scroll_end(animate=False)
        if said.max_scroll_y > 0:
            self.query_one("#hint", Static).update(Text(f"{self.hint} · PgUp scrolls"))

    def _more(self) -> None:
        """Tell where there is more than stands on the screen."""
        if self.query_one("#said").max_scroll_y > 0:
            self.query_one("#hint", Static).update(Text(f"↑↓ scroll · {self.hint}"))

    def _keep(self) -> None:
        assert self.kept is not None
        self.kept(self.query_one(Words).value)

    def on_key(self, event: events.Key) -> None:
        """Tell of every key, so that time here is not idle."""
        if self.patient and event.time < self.since:
            event.stop()
        self._touched()

    def on_text_area_changed(self) -> None:
        """Tell of what is typed, too: its keys are not seen here."""
        self._touched()

    def _touched(self) -> None:
        if self.key:
            self.key()

    def on_words_submitted(self) -> None:
        """Give back what was written."""
        self.dismiss(self.query_one(Words).value.strip())

    def action_close(self) -> None:
        """Close without an answer; what was written is kept all the same."""
        if self.kept:
            self._keep()
        self.dismiss(None)

    def action_scroll(self, by: int) -> None:
        """Scroll what is to be read."""
        self.query_one("#said").scroll_relative(y=by, animate=False)
