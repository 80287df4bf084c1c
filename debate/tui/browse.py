"""Browsing a tournament on a full screen: find debates, read one, hold two of them or two judges against each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from debate import sanitize
from debate.domain import Debate, Judgment, Key, View
from debate.errors import UsageError
from debate.sent import Sent, sent
from debate.store import Store
from debate.store.listing import Listed, key, waiting
from debate.tui.browse_rows import HEAD, Rows
from debate.tui.browse_text import Part, Reading
from debate.tui.browsing import Block, about, prompts, ruled, seen, spoken
from debate.tui.browsing_pairs import Pair, judges, ruling, transcripts
from debate.tui.browsing_wanted import HELP, wanted

LEAST_WIDTH, LEAST_HEIGHT = 80, 24
VIEWS: tuple[View | None, ...] = (None, "full", "quotes", "opening")

LIST_KEYS = "Enter read · / find · space mark · c compare · r refresh · ? help · q leave"
READ_KEYS = "n p speech · / find · v view · c judges · x calls · ] [ debate · ? help · q"
PAIR_KEYS = ". , difference · n p part · Tab both, one, other · / find · ? help · q back"
LIST_HELP = f"""A line is a debate: its id, how it stands, the game, who plays (* argues the right answer), how many
rulings are right of how many, and the question. "later" stands where a person has still to rule.

  up down, j k     a line up or down      page keys, g G   a page, the ends
  Enter            read the debate        /                find: {HELP}
  space            mark it                c                hold the marked one against this one
  r                read the list anew     Esc              all debates again
  q                leave

[v] stands in the passage, [~] stands there but for a slip, [x] does not."""
READ_HELP = """  up down, j k     a line          space, page keys   a page            g G   the ends
  n p              the next or the previous speech or ruling
  /                find words in the text; then . the next, , the one before
  v                as a researcher; as a judge sees it: all, verified quotes, the first round
  c                hold two judges of this debate against each other
  x                what was really sent, call by call
  R                show what models ruled although a person has still to rule
  ] [              the next or the previous debate of the list
  q, Esc           back"""
PAIR_HELP = """  . ,              the next or the previous part that differs
  n p              the next or the previous part
  Tab              both, one of them, the other
  /                find words; then . and , go by what was found
  q, Esc           back"""


class Browser(App[None]):
    """The researcher's screens. They hold answers and names: a judge's are others, in another process."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #head, #columns, #keys, #note { height: auto; padding: 0 1; }
    #columns { text-style: bold; }
    #head, #columns, #note { text-wrap: nowrap; text-overflow: ellipsis; }
    #keys { color: $text-muted; }
    Rows, Reading { padding: 0 1; }
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


class Paper(Screen[None]):
    """A screen with a line about what it shows, a line of keys, and a line for what there is to say."""

    app: Browser
    keys = ""
    help = ""
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
        self.query_one("#head", Static).update(Text(sanitize.clean(said), no_wrap=True, overflow="ellipsis"))

    def note(self, said: str) -> None:
        """Say something on the last line."""
        self.query_one("#note", Static).update(Text(sanitize.line(said), no_wrap=True, overflow="ellipsis"))

    def on_resize(self) -> None:
        """Say so where the terminal is too small; nothing is lost."""
        if self.app.size.width < LEAST_WIDTH or self.app.size.height < LEAST_HEIGHT:
            self.note(f"smaller than {LEAST_WIDTH}x{LEAST_HEIGHT}: `debate show` reads better")

    def action_help(self) -> None:
        """Say what the keys do."""
        self.app.push_screen(Telling(self.help))

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.app.pop_screen()

    def action_find(self) -> None:
        """Ask for words to find."""


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


class Comparison(Paper):
    """Two of something, part by part."""

    keys, help = PAIR_KEYS, PAIR_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"step({by})") for key, by in (("n", 1), ("p", -1))),
        *(Binding(key, f"differ({by})") for key, by in (("full_stop", 1), ("comma", -1))),
        Binding("tab", "side", priority=True),
    ]

    def __init__(self, what: str, pairs: Sequence[Pair], preface: Sequence[Block] = ()) -> None:
        super().__init__()
        self.what = what
        self.pairs = pairs
        self.preface = [(preface, None)] if preface else []
        self.side = 0
        self.words = ""

    def on_mount(self) -> None:
        """Show them."""
        self.query_one(Reading).focus()
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Show both, or one of them."""
        one, other = self.pairs[0].names
        self.head(f"{self.what} · {('both', 'one', 'the other')[self.side]} · {one} | {other}")
        self.query_one(Reading).show([*self.preface, *map(self._part, self.pairs)])

    def _part(self, pair: Pair) -> Part:
        one, other = (
            [Block.of("title", f"{pair.heading}: {name}{'' if pair.differs else ' (the same)'}"), *blocks]
            for name, blocks in zip(pair.names, (pair.left, pair.right), strict=True)
        )
        return ((one, other), (one, None), (other, None))[self.side]

    def action_side(self) -> None:
        """Show both, one, or the other."""
        self.side = (self.side + 1) % 3
        self.draw()

    def action_step(self, by: int) -> None:
        """Go to another part."""
        self.query_one(Reading).step(by)

    def action_differ(self, by: int) -> None:
        """Go to another part that differs, or by what was found."""
        reading = self.query_one(Reading)
        if self.words:
            at, of = reading.find(self.words, by)
            self.note(f"{at} of {of}: {self.words}" if of else f"nowhere: {self.words}")
        elif not reading.step(by, only=self._differing()):
            self.note("no other difference on this side")

    def _differing(self) -> set[int]:
        return {n for n, pair in enumerate(self.pairs, len(self.preface)) if pair.differs}

    def action_find(self) -> None:
        """Ask for words to find in the text."""

        def asked(words: str | None) -> None:
            self.words = words or ""
            if words:
                self.action_differ(1)

        self.app.push_screen(Asking("Find in both", "Enter finds; then . and ,; nothing goes by differences"), asked)


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
            yield Input(value=sanitize.line(self.given))
            yield Static(Text(sanitize.clean(self.hint)), markup=False)

    def on_mount(self) -> None:
        """Put the cursor where it is written."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the line."""
        self.dismiss(event.value.strip())

    def action_close(self) -> None:
        """Go back without one."""
        self.dismiss(None)
