"""One debate in the browser: read by speeches, as its judges see it, or as what was really sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from debate.domain import Debate, Judgment, Key, View
from debate.errors import UsageError
from debate.sent import Sent, sent
from debate.store.listing import Listed, key, waiting
from debate.tui.browsing.beside import judges, ruling
from debate.tui.browsing.blocks import Block, about, prompts, ruled, seen, spoken
from debate.tui.browsing.pairs import Comparison
from debate.tui.browsing.paper import Asking, Paper
from debate.tui.browsing.text import Part, Reading

if TYPE_CHECKING:
    from debate.tui.browsing.app import Browser

VIEWS: tuple[View | None, ...] = (None, "full", "quotes", "opening")
READ_KEYS = "n p speech · / find · v view · c judges · x calls · ] [ debate · ? help · q"
READ_HELP = """  up down, j k     a line          space, page keys   a page            g G   the ends
  n p              the next or the previous speech or ruling
  /                find words in the text; then . the next, , the one before
  v                as a researcher; as a judge sees it: all, verified quotes, the first round
  c                hold two judges of this debate against each other
  x                what was really sent, call by call
  R                show what models ruled although a person has still to rule
  ] [              the next or the previous debate of the list
  q, Esc           back"""


class Opened:
    """A debate that was opened, and what may be told of its rulings."""

    def __init__(self, app: Browser, match: str) -> None:
        self._app = app
        self.debate: Debate = app.store.debate(match, app.tournament)
        self.judgments: tuple[Judgment, ...] = app.store.judgments(match, app.tournament)
        self.waiting = waiting(app.store, app.tournament, match)
        self.key: Key | None = key(app.store, app.tournament, self.debate.match.question.id)

    def told(self, *, withheld: bool) -> tuple[Judgment, ...]:
        """Return the rulings: those of people alone, while a person has still to rule."""
        people = withheld and self.waiting
        return tuple(one for one in self.judgments if not people or one.kind == "human")

    @property
    def calls(self) -> str:
        """How many calls were made for it, and what they have cost."""
        calls = self._app.store.calls(self.debate.match.id, self._app.tournament)
        cost = sum((call.reply.completion.usage.cost_usd or 0.0) for call in calls if call.reply)
        return f"{len(calls)} calls, ${cost:.4f}"

    def sent(self, *, withheld: bool) -> tuple[Sent, ...]:
        """Return what was really sent; what judges were asked is left out while a person has still to rule."""
        every = sent(self._app.store, self.debate.match.id, self._app.tournament)
        return tuple(one for one in every if not (withheld and self.waiting and one.call.purpose == "judge"))


class Reader(Paper):
    """One debate."""

    keys, help = READ_KEYS, READ_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"step({by})") for key, by in (("n", 1), ("p", -1))),
        *(Binding(key, f"again({by})") for key, by in (("full_stop", 1), ("comma", -1))),
        *(Binding(key, f"other({by})") for key, by in (("right_square_bracket", 1), ("left_square_bracket", -1))),
        Binding("v", "view"),
        Binding("c", "compare"),
        Binding("x", "calls"),
        Binding("R", "reveal"),
    ]

    def __init__(self, row: Listed, neighbour: Callable[[int], Listed | None]) -> None:
        super().__init__()
        self.row = row
        self.neighbour = neighbour
        self.view: View | None = None
        self.withheld = True
        self.raw = False
        self.words = ""

    def on_mount(self) -> None:
        """Show the debate."""
        self.query_one(Reading).focus()
        self.call_after_refresh(self.open)

    def open(self) -> None:
        """Read the debate and show it from its beginning."""
        self.opened = Opened(self.app, self.row.id)
        self.draw()

    def draw(self, *, keep: bool = False) -> None:
        """Show the debate as it is looked at."""
        opened = self.opened
        as_seen = f" · as a judge sees it: {self.view}" if self.view else f" · {opened.calls}"
        self.head(f"{self.row.id} · {self.row.protocol} · {self.row.state}{as_seen}")
        self.query_one(Reading).show(self._parts(opened), keep=keep)
        hidden = self.view is None and self.withheld and any(one.kind != "human" for one in opened.judgments)
        still = ", ".join(opened.waiting)
        self.note(f"{still} has still to rule: what models ruled is not shown (R shows it)" if still and hidden else "")

    def _parts(self, opened: Opened) -> list[Part]:
        if self.raw:
            return _by_heading(list(prompts(opened.sent(withheld=self.withheld))))
        if self.view is not None:
            return _by_heading(list(seen(opened.debate, self.view)[1]))
        debate = opened.debate
        parts = [list(about(debate, opened.key)), *(list(spoken(debate, turn)) for turn in debate.turns)]
        parts += [list(ruled(one, opened.key)) for one in opened.told(withheld=self.withheld)]
        return [(part, None) for part in parts]

    def action_step(self, by: int) -> None:
        """Go to another speech or ruling."""
        self.query_one(Reading).step(by)

    def action_view(self) -> None:
        """Look at the debate in another way."""
        self.raw = False
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        self.draw()

    def action_calls(self) -> None:
        """Show what was really sent, or the debate again."""
        self.raw, self.view = not self.raw, None
        try:
            self.draw()
        except UsageError as exc:
            self.raw = False
            self.note(str(exc))

    def action_reveal(self) -> None:
        """Show what models ruled, or not."""
        self.withheld = not self.withheld
        self.draw(keep=True)

    def action_other(self, by: int) -> None:
        """Read another debate of the list."""
        row = self.neighbour(by)
        if row is None:
            self.note("there is no other debate on this side")
            return
        self.row = row
        self.open()

    def action_find(self) -> None:
        """Ask for words to find in the text."""

        def asked(words: str | None) -> None:
            if words:
                self.words = words
                self.action_again(1)

        self.app.push_screen(Asking("Find in this debate", "Enter finds; then . the next, , the one before"), asked)

    def action_again(self, by: int) -> None:
        """Go to where the words stand next, or before."""
        if self.words:
            at, of = self.query_one(Reading).find(self.words, by)
            self.note(f"{at} of {of}: {self.words}" if of else f"nowhere: {self.words}")

    def action_compare(self) -> None:
        """Ask for two judges, and hold their rulings against each other."""
        opened = self.opened
        names = sorted({one.judge for one in opened.told(withheld=self.withheld)})
        if len(names) < 2:
            people = f"; {', '.join(opened.waiting)} has still to rule" if opened.waiting else ""
            self.note(f"fewer than two judges have ruled on this debate{people}")
            return

        def asked(line: str | None) -> None:
            if line is None:
                return
            try:
                two = [ruling(opened.told(withheld=self.withheld), name, opened.waiting) for name in _two(line, names)]
            except UsageError as exc:
                self.note(str(exc))
                return
            pairs = list(judges(opened.debate, two[0], two[1], opened.key))
            self.app.push_screen(Comparison("two judges", pairs, list(about(opened.debate, opened.key))))

        told = f"{', '.join(names)}: type two names"
        self.app.push_screen(Asking("Which two judges?", told, " ".join(names[:2])), asked)


def _two(line: str, names: Sequence[str]) -> list[str]:
    """Return the two judges that are meant; a name may hold spaces."""
    given = [name for name in names if name in line] if line not in names else []
    words = given if len(given) == 2 else line.replace(",", " ").split()
    if len(words) != 2:
        raise UsageError(f"type two of {', '.join(names)}, with a space between")
    return words


def _by_heading(blocks: Sequence[Block]) -> list[Part]:
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == "heading":
            parts.append([])
        parts[-1].append(block)
    return [(part, None) for part in parts]
