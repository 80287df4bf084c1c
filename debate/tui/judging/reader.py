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
from debate.tui import transcript
from debate.tui.judging import around
from debate.tui.judging.dialogs import Dialog
from debate.tui.judging.handing import Handing
from debate.tui.judging.keys import DIGITS, READER, keys, sheet
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
        if not away:
            getattr(self, f"key_to_{name}")(*(() if by is None else (by,)))

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
        self._gauge()
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

    def _gauge(self) -> None:
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
            self._hide("Paused. Press any key to read on; this time is not counted.")
        if self.session.stage == "belief" and self.percent != self.session.percent:
            self.sitting.draft(percent=self.percent)
        if self.session.stage == "waiting":
            self.sitting.renew()
            if not self.sitting.awaited:
                self.draw()
                self.note("the next round is here: Enter reads it")

    def _hide(self, said: str) -> None:
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

    def key_to_on(self) -> None:
        """Go on: begin, read on, or take the belief that the gauge shows."""
        if self.marking.on:
            self.marking.take()
            return
        stage = self.session.stage
        if stage == "instructions":
            self.do("begin")
        elif stage in ("reading", "waiting"):
            self.do("next")
        elif stage == "belief" and self.do("believe", percent=self.percent):
            if "ask" in allowed(self.session, self.sitting.study):
                self.handing.question()
                return
            self.do("next")
        self.handing.shown(to_new=True)

    def key_to_stop(self) -> None:
        """Decide now."""
        if "stop" in allowed(self.session, self.sitting.study) and self.do("believe", percent=self.percent):
            self.do("stop")
            self.handing.shown()

    def key_to_nudge(self, by: int) -> None:
        """Move the gauge: to the right is more for B, as on the bar."""
        if self.session.stage == "belief":
            self.digits = ""
            self._set(self.percent - by)

    def key_to_digit(self, digit: int) -> None:
        """Take a digit of a belief, or what a mark says; while reading, go to that round."""
        if self.marking.on:
            self.marking.tag(digit)
        elif self.session.stage == "belief":
            said = self.digits + str(digit)
            self.digits = said if said == "100" else said[-2:]  # whoever types 100 is sure, and does not mean 00
            self._set(int(self.digits))
        elif digit:
            self.looking.to_round(min(digit, self.session.revealed))

    def key_to_unmark(self) -> None:
        """Take a mark away."""
        if self.marking.on:
            self.marking.remove()

    def _set(self, percent: int) -> None:
        self.percent = min(99, max(1, percent))
        self._gauge()

    def key_to_skip(self) -> None:
        """Skip the transcript, with a reason."""
        self.handing.skip()

    def key_to_note_down(self) -> None:
        """Write a note on the speech that is being read."""
        self.handing.note()

    def key_to_mark(self) -> None:
        """Mark sentences."""
        self.marking.begin()

    def key_to_find(self) -> None:
        """Find words."""
        self.app.push_screen(
            Dialog("Find:", "Enter finds · then . and , go on and back", ask=True, key=self.touch), self.looking.find
        )

    def key_to_hit(self, by: int) -> None:
        """Go to the next or the previous place that was found."""
        self.looking.hit(by)

    def key_to_panel(self) -> None:
        """Show the quotes in passage order, the passage where it is read, or the transcript again."""
        self.looking.turn()

    def key_to_speech(self, by: int) -> None:
        """Go to the next or the previous speech."""
        self.looking.to_speech(by)

    def key_to_question(self) -> None:
        """Show the question and the answers in full."""
        ballot = self.sitting.ballot()
        answers = [f"{x}) {ballot.question.answers[n]}" for x, n in zip("AB", ballot.shown, strict=False)]
        self.app.push_screen(Dialog("\n\n".join([ballot.question.text, *answers]), "Enter closes this"))

    def key_to_hidden(self) -> None:
        """Say how many hidden characters there are, and which."""
        found = transcript.inspected(self.sitting.ballot().speeches)
        said = "\n".join(found) or "No hidden characters so far."
        self.app.push_screen(Dialog(said, "They are spelled out where they stand · Enter closes this"))

    def key_to_rest(self) -> None:
        """Take a break: the text is hidden, and the time is not counted."""
        self.do("pause")
        self._hide("A break. Press any key to read on; this time is not counted.")

    def key_to_help(self) -> None:
        """Show what can be done here, and the instructions."""
        told = wording.instructions(self.sitting.study, self.sitting.ballot(), live=self.session.live)
        able = sheet(self.app.chosen, believing=self.session.stage == "belief")
        self.app.push_screen(Dialog(f"{able}\n\n{told}", "↑↓ scroll · Enter closes this"))

    def key_to_leave(self) -> None:
        """Go back to the queue; the transcript waits as it is."""
        if self.marking.on:
            self.marking.end()
        elif not self.looking.home():
            self.do("pause")
            self.dismiss()

    def key_to_scroll(self, by: int) -> None:
        """Scroll by a line, or choose a sentence while marking."""
        if self.marking.on:
            self.marking.move(by)
        else:
            self.looking.scroll(by)

    def key_to_page(self, by: int) -> None:
        """Scroll by a page."""
        self.looking.scroll(by * max(self.text.size.height - 2, 1))

    def key_to_edge(self, to: int) -> None:
        """Scroll to the start or the end."""
        self.looking.scroll(to * 10**9)
