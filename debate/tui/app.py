"""Judging on a full screen: a queue, and one transcript at a time, by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from debate import sanitize
from debate.domain import Deed
from debate.store.blind import Blind, Place
from debate.studies import wording
from debate.studies.session import Refused, allowed
from debate.tui.sitting import Sitting
from debate.tui.transcript import rendered

LEAST_WIDTH, LEAST_HEIGHT = 80, 24
STATES = {"open": "to do", "submitted": "judged", "skipped": "skipped", "invalid": "not counted"}
Told = Callable[[int], int | None]
"""Returns the right answer of a sitting that is over, where the study tells it."""


class JudgeApp(App[None]):
    """The judge's screens."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { layout: vertical; }
    #head { height: auto; max-height: 9; padding: 0 1; }
    #text { height: 1fr; padding: 0 1; border-top: solid $primary-darken-2; border-bottom: solid $primary-darken-2; }
    #body { height: auto; }
    #gauge, #payoff, #keys, #note { height: auto; padding: 0 1; }
    #keys { color: $text-muted; }
    #note { color: $warning; }
    OptionList { height: 1fr; border: none; }
    #dialog { width: 76; height: auto; max-height: 90%; border: solid $primary; padding: 1 2; background: $surface; }
    Dialog { align: center middle; }
    """

    def __init__(self, blind: Blind, tournament: str, told: Told) -> None:
        super().__init__()
        self.blind = blind
        self.tournament = tournament
        self.told = told
        self.study = blind.study(tournament)

    def on_mount(self) -> None:
        """Begin with the queue."""
        self.push_screen(Queue())


class Queue(Screen[None]):
    """What there is to judge."""

    app: JudgeApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit", "leave"),
        Binding("h,question_mark,f1", "help", "help"),
    ]

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Static(id="head", markup=False)
        yield OptionList(markup=False)
        yield Static("Enter opens a transcript · ↑↓ choose · h how this works · q leave", id="keys", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        self.refill()

    def on_screen_resume(self) -> None:
        """Fill the list again after a transcript."""
        self.refill()

    def refill(self) -> None:
        """Show the judge's transcripts and how they stand."""
        places = self.app.blind.queue(self.app.tournament)
        todo = sum(place.state == "open" for place in places)
        self.query_one("#head", Static).update(
            Text(sanitize.line(f"{self.app.tournament} · judge {self.app.blind.judge} · {todo} of {len(places)} to do"))
        )
        found = self.query_one(OptionList)
        at = found.highlighted or 0
        found.clear_options()
        found.add_options([Option(_entry(n, place), id=str(place.id)) for n, place in enumerate(places, 1)])
        first = next((n for n, place in enumerate(places) if place.state == "open"), at)
        found.highlighted = first if places else None
        found.focus()

    def on_option_list_option_selected(self, chosen: OptionList.OptionSelected) -> None:
        """Open a transcript that is not judged yet."""
        places = {str(place.id): place for place in self.app.blind.queue(self.app.tournament)}
        place = places[str(chosen.option.id)]
        if place.state == "open":
            self.app.push_screen(Reader(place))

    def action_help(self) -> None:
        """Show the instructions."""
        self.app.push_screen(Dialog(wording.instructions(self.app.study), "Enter closes this"))

    def action_quit(self) -> None:
        """Leave; everything is stored."""
        self.app.exit()


def _entry(number: int, place: Place) -> Text:
    state = "begun" if place.begun and place.state == "open" else STATES[place.state]
    return Text(f"{number:>3}  {state:<11} {sanitize.line(place.question, 200)}", no_wrap=True, overflow="ellipsis")


class Reader(Screen[None]):
    """One transcript."""

    app: JudgeApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "on", "next", priority=True),
        Binding("right", "nudge(5)", priority=True),
        Binding("left", "nudge(-5)", priority=True),
        Binding("right_square_bracket", "nudge(1)"),
        Binding("left_square_bracket", "nudge(-1)"),
        Binding("d", "stop", "decide now"),
        Binding("b", "back", "back"),
        Binding("x", "skip", "skip"),
        Binding("p", "quotes", "quotes"),
        Binding("v", "hidden", "hidden characters"),
        Binding("h,question_mark,f1", "help", "help"),
        Binding("q,escape", "leave", "leave"),
        Binding("down,j", "scroll(1)", priority=True),
        Binding("up,k", "scroll(-1)", priority=True),
        Binding("pagedown,space", "page(1)"),
        Binding("pageup", "page(-1)"),
        Binding("home,g", "edge(-1)"),
        Binding("end,G", "edge(1)"),
    ]

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.percent = 50
        self.digits = ""
        self.only_quotes = False
        self.sitting: Sitting

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Static(id="head", markup=False)
        with VerticalScroll(id="text", can_focus=False):
            yield Static(id="body", markup=False)
        yield Static(id="gauge", markup=False)
        yield Static(id="payoff", markup=False)
        yield Static(id="keys", markup=False)
        yield Static(id="note", markup=False)

    def on_mount(self) -> None:
        """Take the sitting up where it was left."""
        self.sitting = Sitting(self.app.blind, self.place.id, self.app.study)
        self.percent = self.sitting.session.percent
        self.set_interval(1.0, self._hide)
        self.draw(to_new=True)

    def on_unmount(self) -> None:
        """Give it back if it is not over."""
        self.sitting.leave()

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small; nothing is lost."""
        small = event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT
        self.note(f"this terminal is small: {LEAST_WIDTH}x{LEAST_HEIGHT} or --plain reads better" if small else "")

    def on_key(self, event: events.Key) -> None:
        """Count the time, show the text again after a silence, and take digits as a belief."""
        self.sitting.touch()
        self.query_one("#text").visible = True
        if event.character and event.character.isdigit() and self.sitting.session.stage == "belief":
            self.digits = (self.digits + event.character)[-2:]
            self._set(int(self.digits))
            event.stop()

    def draw(self, *, to_new: bool = False) -> None:
        """Show what the sitting says."""
        sitting, session = self.sitting, self.sitting.session
        ballot = sitting.ballot()
        asked = sanitize.clean(ballot.question.text)
        answers = (sanitize.line(ballot.question.answers[answer]) for answer in ballot.shown)
        head = [f"{self.app.tournament} · {wording.heading(session)}", asked]
        head += [f"{letter}) {answer}" for letter, answer in zip("AB", answers, strict=False)]
        self.query_one("#head", Static).update(Text("\n".join(head)))
        told = wording.instructions(sitting.study) if session.stage == "instructions" else None
        text, line = rendered(ballot, only_quotes=self.only_quotes) if told is None else (Text(told), 0)
        self.query_one("#body", Static).update(text)
        self._gauge()
        self.query_one("#keys", Static).update(Text(self._keys()))
        if to_new and session.stage == "reading":
            self.call_after_refresh(self.query_one("#text", VerticalScroll).scroll_to, y=line, animate=False)
        if not session.over and session.stage == "review":
            self._review()

    def _gauge(self) -> None:
        session = self.sitting.session
        asking = session.stage == "belief"
        gauge = f"belief  {wording.gauge(self.percent)}" if asking else ""
        held = wording.held(session)
        self.query_one("#gauge", Static).update(Text(f"{gauge}   {held}".strip()))
        self.query_one("#payoff", Static).update(
            Text(wording.payoff(self.sitting.study, session, self.percent) if asking else "")
        )

    def _keys(self) -> str:
        stage = self.sitting.session.stage
        if stage == "belief":
            ends = " · d decide now" if "stop" in allowed(self.sitting.session, self.sitting.study) else ""
            return f"←→ 5  [ ] 1  digits · Enter takes it{ends} · p quotes · x skip · h help · q leave"
        if stage == "instructions":
            return "Enter begins · ↑↓ scroll · x skip · q leave"
        return "Enter goes on · ↑↓ space scroll · p quotes only · x skip · h help · q leave"

    def note(self, said: str) -> None:
        """Tell the judge something on the last line."""
        self.query_one("#note", Static).update(Text(sanitize.line(said)))

    def do(self, kind: Deed, *, percent: int | None = None, text: str = "") -> bool:
        """Do something, and show what it led to; say why where it cannot be done."""
        try:
            self.sitting.do(kind, percent=percent, text=text)
        except Refused as refused:
            self.note(str(refused))
            return False
        self.note("")
        self.digits = ""
        if self.sitting.session.over:
            self._over()
        return True

    def _over(self) -> None:
        right = self.app.told(self.place.id) if self.sitting.session.stage == "submitted" else None
        self.app.pop_screen()
        if right is not None:
            ballot = self.sitting.ballot()
            letter, answer = "AB"[ballot.shown.index(right)], ballot.question.answers[right]
            self.app.push_screen(Dialog(f"The right answer is {letter}: {answer}", "Enter closes this"))

    def action_on(self) -> None:
        """Go on: begin, read on, or take the belief that the gauge shows."""
        stage = self.sitting.session.stage
        if stage == "instructions":
            self.do("begin")
        elif stage == "reading" or (stage == "belief" and self.do("believe", percent=self.percent)):
            self.do("next")
        if not self.sitting.session.over:
            self.draw(to_new=True)

    def action_stop(self) -> None:
        """Decide now."""
        if "stop" in allowed(self.sitting.session, self.sitting.study) and self.do("believe", percent=self.percent):
            self.do("stop")
            self.draw()

    def action_nudge(self, by: int) -> None:
        """Move the gauge; to the right is more for A's side of the bar, B."""
        if self.sitting.session.stage == "belief":
            self.digits = ""
            self._set(self.percent - by)

    def _set(self, percent: int) -> None:
        self.percent = min(99, max(1, percent))
        self._gauge()

    def action_back(self) -> None:
        """Change the belief."""
        if self.sitting.session.stage == "review" and self.do("back"):
            self.draw()

    def action_skip(self) -> None:
        """Skip the transcript, with a reason."""

        def skipped(why: str | None) -> None:
            if why:
                self.do("skip", text=why)

        self.app.push_screen(
            Dialog("Why do you skip this transcript?", "Enter skips it · Esc goes back", ask=True), skipped
        )

    def action_quotes(self) -> None:
        """Show the quotes alone, or all."""
        self.only_quotes = not self.only_quotes
        self.draw()

    def action_hidden(self) -> None:
        """Say how many hidden characters there are."""
        n = sum(sanitize.hidden(speech.text) for speech in self.sitting.ballot().speeches)
        self.note(f"{n} hidden characters, made visible where they stand" if n else "no hidden characters")

    def action_help(self) -> None:
        """Show the instructions."""
        self.app.push_screen(Dialog(wording.instructions(self.sitting.study), "Enter closes this"))

    def action_leave(self) -> None:
        """Go back to the queue; the transcript waits as it is."""
        self.do("pause")
        self.app.pop_screen()

    def action_scroll(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one("#text", VerticalScroll).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        text = self.query_one("#text", VerticalScroll)
        text.scroll_relative(y=by * max(text.size.height - 2, 1), animate=False)

    def action_edge(self, to: int) -> None:
        """Scroll to the start or the end."""
        text = self.query_one("#text", VerticalScroll)
        text.scroll_to(y=0 if to < 0 else text.max_scroll_y, animate=False)

    def _hide(self) -> None:
        if self.sitting.idle:
            self.query_one("#text").visible = False
            self.note("paused: press any key to read on; this time is not counted")

    def _review(self) -> None:
        session = self.sitting.session
        said = f"You say A {session.percent}, B {100 - session.percent}.\n\nWhy? One or two sentences."

        def reviewed(reason: str | None) -> None:
            if reason is None:
                self.action_back()
                return
            if reason:
                self.do("reason", text=reason)
            self.do("submit")
            if not self.sitting.session.over:
                self._review()

        hint = "Enter hands it in · Esc goes back"
        self.app.push_screen(Dialog(said, hint, ask=True, given=session.reason), reviewed)


class Dialog(ModalScreen[str | None]):
    """Something to read, or a line to write."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close"), Binding("enter", "close")]

    def __init__(self, said: str, hint: str, *, ask: bool = False, given: str = "") -> None:
        super().__init__()
        self.said, self.hint, self.ask, self.given = said, hint, ask, given

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with VerticalScroll(id="dialog"):
            yield Static(Text(sanitize.clean(self.said)), markup=False)
            if self.ask:
                yield Input(value=self.given, id="words")
            yield Static(Text(f"\n{self.hint}"), markup=False)

    def on_mount(self) -> None:
        """Put the cursor where it is written."""
        if self.ask:
            self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back what was written."""
        self.dismiss(event.value.strip())

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
