"""Browsing a tournament on a full screen: find debates, read one, hold two of them or two judges against each other."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from debate.errors import UsageError
from debate.store import Store
from debate.tui.browsing.beside import transcripts
from debate.tui.browsing.pairs import Comparison
from debate.tui.browsing.paper import Asking, Paper
from debate.tui.browsing.reader import Opened, Reader
from debate.tui.browsing.rows import HEAD, Rows
from debate.tui.browsing.wanted import HELP, wanted
from debate.tui.closing import Closing

LIST_KEYS = "Enter read · / find · space mark · c compare · r refresh · ? help · q leave"
LIST_HELP = f"""A line is a debate: its id, how it stands, the game, who plays (* argues the right answer), how many
rulings are right of how many, and the question. "later" stands where a person has still to rule.

  up down, j k     a line up or down      page keys, g G   a page, the ends
  Enter            read the debate        /                find: {HELP}
  space            mark it                c                hold the marked one against this one
  r                read the list anew     Esc              all debates again
  q                leave

[v] stands in the passage, [~] stands there but for a slip, [x] does not."""


class Browser(Closing[None]):
    """The researcher's screens. They hold answers and names: a judge's are others, in another process."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #head, #columns, #keys, #note { height: auto; padding: 0 1; }
    #columns { text-style: bold; }
    #head, #columns, #note { text-wrap: nowrap; text-overflow: ellipsis; }
    #keys { color: $text-muted; }
    Rows, Reading { padding: 0 1; scrollbar-size-vertical: 1; }
    Asking, Telling { align: center middle; }
    #dialog { width: 78; height: auto; max-height: 100%; border: solid $primary; padding: 0 1; background: $surface; }
    """

    def __init__(self, store: Store, tournament: str, line: str = "") -> None:
        super().__init__()
        self.store = store
        self.tournament = tournament
        self.line = line

    def on_mount(self) -> None:
        """Begin with the list."""
        self.push_screen(Listing(self.line))


class Listing(Paper):
    """The debates."""

    keys, help = LIST_KEYS, LIST_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark"),
        Binding("c", "compare"),
        Binding("r,f5", "anew"),
        Binding("escape", "all"),
        Binding("q", "quit"),
    ]

    def __init__(self, line: str) -> None:
        super().__init__()
        self.asked = self.line = line

    def middle(self) -> ComposeResult:
        """Lay out the list."""
        yield Static(Text(HEAD, no_wrap=True), id="columns", markup=False)
        yield Rows(self.app.store, self.app.tournament)

    @property
    def rows(self) -> Rows:
        """The lines."""
        return self.query_one(Rows)

    def on_mount(self) -> None:
        """Fill the list."""
        self.look("")
        if self.asked:
            self.look(self.asked)
        self.rows.focus()

    def look(self, line: str) -> None:
        """List what a line of words asks for."""
        try:
            self.rows.look(wanted(line))
        except UsageError as exc:
            self.note(str(exc))
            return
        self.line = line
        n = len(self.rows)
        self.head(f"{self.app.tournament} · {n:,} debate{'' if n == 1 else 's'}{f' · {line}' if line else ''}")
        self.note("" if n else "nothing is like this: / finds otherwise, Esc shows all")

    def on_rows_chosen(self, chosen: Rows.Chosen) -> None:
        """Read a debate."""
        self.app.push_screen(Reader(chosen.listed, self.rows.neighbour))

    def action_find(self) -> None:
        """Ask which debates to list."""

        def asked(line: str | None) -> None:
            if line is not None:
                self.look(line)

        self.app.push_screen(Asking("Find debates", HELP, self.line), asked)

    def action_all(self) -> None:
        """List all debates again."""
        self.look("")

    def action_anew(self) -> None:
        """Read the list anew: a run may have played on."""
        self.look(self.line)

    def action_mark(self) -> None:
        """Mark a debate, or take the mark off."""
        row = self.rows.current()
        if row is None:
            return
        self.rows.marked = "" if self.rows.marked == row.id else row.id
        self.rows.refresh()
        self.note(f"{row.id} is marked: c at another compares them" if self.rows.marked else "")

    def action_compare(self) -> None:
        """Hold the marked debate against this one."""
        row = self.rows.current()
        if row is None:
            return
        if not self.rows.marked or self.rows.marked == row.id:
            self.note("mark one debate with the space bar, go to another, and press c")
            return
        one, other = (Opened(self.app, id) for id in (self.rows.marked, row.id))
        sides = ((one.debate, one.told(withheld=True)), (other.debate, other.told(withheld=True)))
        self.app.push_screen(Comparison("two debates", list(transcripts(*sides, keys=(one.key, other.key)))))

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()
