"""Which debates are there? A list of any length, of which only the lines that are seen are read."""

from __future__ import annotations

from array import array
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from debate import sanitize
from debate.store import Store
from debate.store.listing import Listed, Wanted, found, listed

BLOCK = 100
KEPT = 40  # blocks of lines
SHORT = {"set-aside": "aside"}
HERE = Style(reverse=True)


class Rows(ScrollView, can_focus=True):
    """The debates that are looked for, one a line."""

    DEFAULT_CSS = "Rows { height: 1fr; overflow-x: hidden; overflow-y: scroll; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)"),
        Binding("up,k", "move(-1)"),
        Binding("pagedown,ctrl+f", "page(1)"),
        Binding("pageup,ctrl+b", "page(-1)"),
        Binding("home,g", "edge(-1)"),
        Binding("end,G", "edge(1)"),
        Binding("enter", "choose"),
    ]

    class Chosen(Message):
        """A debate was chosen."""

        def __init__(self, listed: Listed) -> None:
            super().__init__()
            self.listed = listed

    def __init__(self, store: Store, tournament: str) -> None:
        super().__init__()
        self._store = store
        self._tournament = tournament
        self._ordinals: array[int] = array("q")
        self._blocks: dict[int, dict[int, Listed]] = {}
        self.at = 0
        self.marked = ""
        """The id of the debate that is marked to be compared."""

    def __len__(self) -> int:
        return len(self._ordinals)

    @property
    def held(self) -> int:
        """How many lines are in memory."""
        return sum(map(len, self._blocks.values()))

    def look(self, wanted: Wanted) -> None:
        """List what is looked for; the debate that the reader is at stays where it is still there."""
        before = self._ordinals[self.at] if self._ordinals else None
        self._ordinals = found(self._store, self._tournament, wanted)
        self._blocks = {}
        self.at = 0 if before is None or before not in self._ordinals else self._ordinals.index(before)
        self.virtual_size = Size(0, len(self._ordinals))
        self._seen()

    def current(self) -> Listed | None:
        """Return the debate that the reader is at."""
        return self._row(self.at) if self._ordinals else None

    def neighbour(self, by: int) -> Listed | None:
        """Go to the next or the previous debate, and return it if there is one."""
        if not 0 <= self.at + by < len(self._ordinals):
            return None
        self.action_move(by)
        return self.current()

    def render_line(self, y: int) -> Strip:
        """Draw one line, reading it if it was not read yet."""
        at, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if at >= len(self._ordinals):
            return Strip.blank(width, self.rich_style)
        row = self._row(at)
        here = at == self.at
        said = line(row, width, mark="+" if row.id == self.marked else ">" if here else " ")
        strip = Strip([Segment(said, self.rich_style + HERE if here else self.rich_style)])
        return strip.adjust_cell_length(width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Go to a line that is clicked; it is opened when it is clicked again."""
        at = event.y + self.scroll_offset.y
        if at < len(self._ordinals):
            again = at == self.at
            self.at = at
            self._seen()
            if again:
                self.action_choose()

    def action_move(self, by: int) -> None:
        """Go down or up."""
        self.at = min(max(self.at + by, 0), max(len(self._ordinals) - 1, 0))
        self._seen()

    def action_page(self, by: int) -> None:
        """Go a page down or up."""
        self.action_move(by * max(self.size.height - 1, 1))

    def action_edge(self, to: int) -> None:
        """Go to the first or the last."""
        self.action_move(to * len(self._ordinals))

    def action_choose(self) -> None:
        """Open the debate."""
        if (row := self.current()) is not None:
            self.post_message(self.Chosen(row))

    def _seen(self) -> None:
        self.scroll_to_region(Region(0, self.at, 1, 1), animate=False, force=True)
        self.refresh()

    def _row(self, at: int) -> Listed:
        block, ordinal = at // BLOCK, self._ordinals[at]
        if block not in self._blocks:
            self._blocks[block] = listed(
                self._store, self._tournament, self._ordinals[block * BLOCK : (block + 1) * BLOCK]
            )
            for old in list(self._blocks)[:-KEPT]:
                del self._blocks[old]
        return self._blocks[block][ordinal]


HEAD = f"  {'match':<10}{'state':<8}{'game':<12}{'players':<16}{'right':>5}  question"


def line(row: Listed, width: int, mark: str = " ") -> str:
    """Return a debate as a line."""
    said = (
        f"{mark} {row.id[:9]:<10}{SHORT.get(row.state, row.state):<8}{_fit(row.protocol, 11)} "
        f"{_fit(' '.join(row.players), 15)} {row.score:>5}  "
    )
    return said + sanitize.line(row.question, max(width - len(HEAD) + len("question"), 10))


def _fit(said: str, width: int) -> str:
    return set_cell_size(sanitize.line(said, width), width)
