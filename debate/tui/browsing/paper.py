"""What every screen of the browser has: a line about it, a line of keys, a line for what there is to say; dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from debate import sanitize
from debate.tui.browsing.text import Reading
from debate.tui.words import Words

if TYPE_CHECKING:
    from debate.tui.browsing.app import Browser

LEAST_WIDTH, LEAST_HEIGHT = 80, 24
SMALL = f"smaller than {LEAST_WIDTH}x{LEAST_HEIGHT}: `debate show` reads better"


class Paper(Screen[None]):
    """A screen with a line about what it shows, a line of keys, and a line for what there is to say."""

    app: Browser
    keys = ""
    help = ""
    small = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1,h", "help"),
        Binding("q,escape", "back"),
        Binding("slash", "find"),
    ]

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Static(id="head", markup=False)
        yield from self.middle()
        yield Static(Text(self.keys), id="keys", markup=False)
        yield Static(id="note", markup=False)

    def middle(self) -> ComposeResult:
        """Lay out what is shown."""
        yield Reading()

    def head(self, said: str) -> None:
        """Say what is shown."""
        self.query_one("#head", Static).update(Text(sanitize.line(said), "bold", no_wrap=True, overflow="ellipsis"))

    def note(self, said: str) -> None:
        """Say something on the last line; nothing else to say leaves that the terminal is small, if it is."""
        shown = said or (SMALL if self.small else "")
        self.query_one("#note", Static).update(Text(sanitize.line(shown), no_wrap=True, overflow="ellipsis"))

    def on_resize(self) -> None:
        """Say so where the terminal is too small; nothing is lost."""
        small = self.app.size.width < LEAST_WIDTH or self.app.size.height < LEAST_HEIGHT
        if small != self.small:
            self.small = small
            self.note("")

    def action_help(self) -> None:
        """Say what the keys do."""
        self.app.push_screen(Telling(self.help))

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.app.pop_screen()

    def action_find(self) -> None:
        """Ask for words to find."""


class Telling(ModalScreen[None]):
    """Something to read."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q,question_mark", "close")]

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(id="dialog"):
            yield Static(Text(self.said), markup=False)
            yield Static(Text("\nEnter closes this"), markup=False)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


class Asking(ModalScreen[str | None]):
    """A line to write."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close")]

    def __init__(self, said: str, hint: str, given: str = "") -> None:
        super().__init__()
        self.said, self.hint, self.given = said, hint, given

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(id="dialog"):
            yield Static(Text(sanitize.clean(self.said)), markup=False)
            yield Words(self.given)
            yield Static(Text(sanitize.clean(self.hint)), markup=False)

    def on_mount(self) -> None:
        """Put the cursor where it is written."""
        self.query_one(Words).focus()

    def on_words_submitted(self) -> None:
        """Take the line."""
        self.dismiss(self.query_one(Words).value.strip())

    def action_close(self) -> None:
        """Go back without one."""
        self.dismiss(None)
