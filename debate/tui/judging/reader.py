"""One transcript on a full screen: read, believe, note, mark, find, and hand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static

from debate import sanitize
from debate.domain import Deed
from debate.studies import wording
from debate.studies.session import Refused, Session, allowed
from debate.studies.sight import Place
from debate.tui.judging import around
from debate.tui.judging.doing import Doing
from debate.tui.judging.handing import Handing
from debate.tui.judging.keys import DIGITS, READER, keys
from debate.tui.judging.looking import Looking
from debate.tui.judging.marking import Marking
from debate.tui.judging.pane import Pane
from debate.tui.judging.sitting import Sitting
from debate.tui.size import fit, too_small
from debate.tui.transcript import both, safe
from debate.tui.words import faint, keyline

if TYPE_CHECKING:
    from debate.tui.judging.app import JudgeApp

LOOK_S = 1.0
"""How often it is looked whether a silence has grown long, or whether what is awaited has come."""


class Reader(Screen[None]):
    """One transcript."""

    app: JudgeApp
    BINDINGS: ClassVar[list[BindingType]] = [
        # each has priority, so that keys are taken in the order in which they were pressed, however fast
        *(Binding(key.pressed, f"act({key.does!r}, {key.by})", id=key.name, priority=True) for key in READER),
        *(Binding(digit, f"act('digit', {digit})", priority=True) for digit in DIGITS),
    ]

    def __init__(self, place: Place, number: int, of: int) -> None:
        super().__init__()
        self.place, self.number, self.of = place, number, of
        self.percent = 50
        self.digits = ""
        self.resting = False
        self.sitting: Sitting
        self.looking = Looking(self)
        self.marking = Marking(self)
        self.handing = Handing(self)
        self.doing = Doing(self)

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Static(id="head", markup=False)
        with Horizontal(id="panes"):
            yield Pane(id="text")
            yield Pane(id="other")
            yield Pane(id="side")
            yield Static(id="rest", markup=False)
        yield Static(id="gauge", markup=False)
        yield Static(id="payoff", markup=False)
        yield Static(id="keys", markup=False)
        yield Static(id="note", markup=False)
        yield too_small()

    def on_mount(self) -> None:
        """Take the sitting up where it was left."""
        app, clerk = self.app, self.app.clerk
        self.sitting = Sitting(
            app.sight,
            self.place.id,
            app.study,
            seated=clerk.seated,
            conditions=f"{app.size.width}x{app.size.height} {clerk.conditions}".strip(),
            consent=clerk.consent,
        )
        session = self.sitting.session
        self.percent = session.percent if session.gauge is None else session.gauge
        self.set_interval(LOOK_S, self._look)
        self.watch(self.text, "scroll_y", self._more, init=False)
        self.draw(to_new=True)
        self.call_after_refresh(self.handing.resumed)

    def on_unmount(self) -> None:
        """Give it back if it is not over."""
        self.sitting.leave()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the columns out for the new size; nothing is lost, and the reader stays where they are."""
        wide = self.classes
        fit(self, event.size, sides=both(self.sitting.ballot()))
        if self.classes != wide and self.is_mounted:
            self.call_after_refresh(self.draw)

    def on_key(self) -> None:
        """Note that somebody is there, whatever key it was."""
        self.touch()

    def action_act(self, name: str, by: int | None) -> None:
        """Do what a key is for; after a silence or a break it only shows the text again."""
        away = self.has_class("hidden")
        self.touch()
        if not away and not self.session.over:
            getattr(self.doing, name)(*(() if by is None else (by,)))

    def touch(self) -> None:
        """Note that the judge is there."""
        self.sitting.touch()
        self.sitting.keys += 1
        if self.has_class("hidden"):
            self.remove_class("hidden")
            self.resting = False
            self.note("")

    # what is shown

    @property
    def session(self) -> Session:
        """Where the sitting stands."""
        return self.sitting.session

    @property
    def text(self) -> Pane:
        """The transcript, or what stands in its place."""
        return self.query_one("#text", Pane)

    def draw(self, *, to_new: bool = False) -> None:
        """Show what the sitting says."""
        ballot = self.sitting.ballot()
        self._head()
        fit(self, self.app.size, sides=both(ballot))
        self.looking.show(around.shown(self.sitting, side="A" if self.has_class("three") else ""))
        self.draw_gauge()
        self.show_keys()
        if to_new and self.session.stage in ("reading", "instructions", "waiting"):
            self.call_after_refresh(self.looking.to_round, self.session.revealed)
        if self.session.stage == "reading" and (hint := around.hints(ballot, key=self.app.named("hidden"))):
            self.note(hint)

    def _head(self) -> None:
        practice = "practice · " if self.place.purpose == "practice" else ""
        place = f"{self.app.tournament} · {practice}transcript {self.number} of {self.of}"
        where = f"{place} · {wording.heading(self.session)}"
        width, less = max(self.app.size.width - 4, 40), faint(self.app.theme)
        said = around.head(self.sitting.ballot(), where, width, key=self.app.named("question"), less=less)
        self.query_one("#head", Static).update(said)

    def draw_gauge(self) -> None:
        """Show the belief as it stands, and what follows from it."""
        self.query_one("#gauge", Static).update(around.beliefs(self.session, self.percent))
        self._more()

    def _more(self) -> None:
        lines = round(self.text.max_scroll_y - self.text.scroll_offset.y)
        key = self.app.named("page-down")
        said = around.below(self.sitting.study, self.session, self.percent, lines, key=key)
        self.query_one("#payoff", Static).update(Text(said))

    def show_keys(self) -> None:
        """Show what can be done."""
        able = allowed(self.session, self.sitting.study)
        said = keys(self.session, able, marking=self.marking.on, chosen=self.app.chosen)
        self.query_one("#keys", Static).update(keyline(said))

    def note(self, said: str) -> None:
        """Tell the judge something on the last line."""
        self.query_one("#note", Static).update(Text(sanitize.line(safe(said), max(self.app.size.width - 2, 20))))

    def _look(self) -> None:
        if self.sitting.session.over:
            return
        if self.sitting.idle and not self.resting:
            self.hide("Paused. Press any key to read on; this time is not counted.")
        if self.session.stage == "belief" and self.percent != self.session.percent:
            self.sitting.draft(percent=self.percent)
        if self.session.stage == "waiting":
            self.sitting.renew()
            if not self.sitting.awaited:
                self.draw()
                self.note("the next round is here: Enter reads it")

    def hide(self, said: str) -> None:
        """Hide the text until a key is pressed, and say why."""
        self.resting = True
        self.add_class("hidden")
        self.query_one("#rest", Static).update(Text(said))
        self.note("")

    # what is done

    def do(self, kind: Deed, **what: Any) -> bool:
        """Do something, and show what it led to; say why where it cannot be done."""
        self.sitting.seen = self.looking.seen
        try:
            self.sitting.do(kind, **what)
        except Refused as refused:
            self.note(str(refused))
            return False
        self.note("")
        self.digits = ""
        if self.session.over:
            self.handing.over()
        return True
