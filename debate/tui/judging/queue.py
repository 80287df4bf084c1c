"""The judge's queue: what there is to judge, how long it may take, and what was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from debate import sanitize
from debate.errors import UsageError
from debate.studies import wording
from debate.studies.qualifying import barred
from debate.studies.session import Refused
from debate.studies.sight import Place
from debate.tui.judging.dialogs import Dialog
from debate.tui.judging.handing import CLOSES, outcome
from debate.tui.judging.keys import QUEUE, queue_keys, sheet
from debate.tui.judging.reader import Reader
from debate.tui.judging.sitting import Sitting
from debate.tui.size import fit, too_small
from debate.tui.words import faint, keyline

if TYPE_CHECKING:
    from debate.tui.judging.app import JudgeApp

STATES = {
    "open": "to do",
    "live": "you sit in",
    "submitted": "judged",
    "skipped": "skipped",
    "invalid": "not counted",
    "released": "given back",
}
COLUMNS = f"{'':>3}  {'':<12}{'about':>6}  question"
KIND = {"practice": "practice · "}


class Queue(Screen[None]):
    """What there is to judge."""

    app: JudgeApp
    BINDINGS: ClassVar[list[BindingType]] = [Binding(key.pressed, key.does, id=key.name) for key in QUEUE]

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Static(id="head", markup=False)
        yield Static(COLUMNS, id="columns", markup=False)
        yield OptionList(markup=False)
        yield Static(id="keys", markup=False)
        yield Static(id="note", markup=False)
        yield too_small()

    def on_screen_resume(self) -> None:
        """Fill the list, at first and again after a transcript."""
        self.action_refill()

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small; nothing is lost."""
        fit(self, event.size)
        if self.is_current:
            self.action_refill()

    def action_refill(self) -> None:
        """Show the judge's transcripts and how they stand."""
        self.places = self.app.sight.queue(self.app.tournament)
        self.bars = _bars(self.app, self.places)
        self.draw()
        found = self.query_one(OptionList)
        first = next((n for n, place in enumerate(self.places) if place.todo and not self.bars[place.id]), 0)
        found.highlighted = first if self.places else None
        if not self.places:
            self.note("There is nothing to judge for you here. Tell whoever runs the study.")
        found.focus()

    def draw(self) -> None:
        """Fill the list, and stay where the judge is."""
        self.query_one("#head", Static).update(Text(self._summary(), "bold"))
        self.query_one("#keys", Static).update(keyline(queue_keys(self.app.chosen)))
        found = self.query_one(OptionList)
        at = found.highlighted
        found.clear_options()
        width = max(self.app.size.width - 3, 40)
        found.add_options(
            Option(_entry(n, place, self.bars[place.id], width, faint(self.app.theme)), id=str(place.id))
            for n, place in enumerate(self.places, 1)
        )
        found.highlighted = at

    def _summary(self) -> str:
        todo = [place for place in self.places if place.todo and not self.bars[place.id]]
        minutes = sum(place.minutes for place in todo)
        about = f", about {minutes} minute{'' if minutes == 1 else 's'}" if todo else ""
        judged = sum(place.state == "submitted" for place in self.places)
        barred = sum(bool(bar) for bar in self.bars.values())
        closed = f" · {barred} closed" if barred else ""
        who = f"{self.app.tournament} · judge {self.app.sight.judge}"
        head = f"{who} · {len(todo)} to do{about}{closed} · {judged} judged"
        return sanitize.line(head, max(self.app.size.width - 2, 20))

    def note(self, said: str) -> None:
        """Tell the judge something on the last line."""
        self.query_one("#note", Static).update(Text(sanitize.line(said, max(self.app.size.width - 2, 20))))

    def on_option_list_option_highlighted(self, chosen: OptionList.OptionHighlighted) -> None:
        """Say what can be done with a transcript."""
        self.note(self._about(self._place(chosen.option)))

    def _about(self, place: Place) -> str:
        if not any(one.todo for one in self.places):
            return f"That is all there is to judge. Thank you. {self.app.named('leave')} leaves."
        if bar := self.bars[place.id]:
            return bar
        if place.state == "submitted":
            why = self.app.sight.locked(place.id)
            if why and wording.tells(self.app.study, place.purpose):
                return "Enter says again how it turned out"
            return why or "Enter opens it again, to correct it"
        return "" if place.todo else f"this one is {STATES[place.state]}"

    def _place(self, option: Option) -> Place:
        return next(place for place in self.places if str(place.id) == option.id)

    def on_option_list_option_selected(self, chosen: OptionList.OptionSelected) -> None:
        """Open a transcript that is not judged yet, or one that can still be corrected."""
        place = self._place(chosen.option)
        if bar := self.bars[place.id]:
            self.note(bar)
        elif place.todo:
            self._open(place)
        elif place.state == "submitted":
            self._again(place)
        else:
            self.note(f"this one is {STATES[place.state]}")

    def _open(self, place: Place) -> None:
        try:
            self.app.sight.take(place.id)
        except UsageError as elsewhere:
            self.note(str(elsewhere))
            return
        self.note("")
        self.app.push_screen(Reader(place, self.places.index(place) + 1, len(self.places)))

    def action_undo(self) -> None:
        """Correct the ruling that was handed in last."""
        handed = [place for place in self.places if place.state == "submitted"]
        latest = next((place for place in handed if not self.app.sight.locked(place.id)), None)
        if latest is not None:
            self._amend(latest)
        else:
            self.note(self.app.sight.locked(handed[-1].id) if handed else "nothing was handed in yet")

    def _again(self, place: Place) -> None:
        """Say how a ruling turned out, where that was told; else open it, to correct it."""
        if self.app.sight.locked(place.id) and (told := outcome(self.app, place)):
            self.app.push_screen(Dialog(told, CLOSES))
        else:
            self._amend(place)

    def _amend(self, place: Place) -> None:
        sitting = Sitting(self.app.sight, place.id, self.app.study)
        try:
            sitting.do("amend")
        except Refused as refused:
            self.note(str(refused))
            return
        finally:
            sitting.leave()
        self.app.push_screen(Reader(place, self.places.index(place) + 1, len(self.places)))

    def action_help(self) -> None:
        """Show the instructions."""
        told = f"{sheet(self.app.chosen, queue=True)}\n\n{wording.instructions(self.app.study)}"
        self.app.push_screen(Dialog(told, "↑↓ scroll · Enter closes this"))

    def action_quit(self) -> None:
        """Leave; everything is stored."""
        self.app.exit()


def _bars(app: JudgeApp, places: tuple[Place, ...]) -> dict[int, str]:
    """Return by sitting why it is not open yet."""
    left = sum(place.purpose == "practice" and place.todo for place in places)
    right = app.clerk.right() if app.study.qualify and not left else 0
    return {
        place.id: barred(app.study, place.purpose, practice_left=left, right=right) if place.todo else ""
        for place in places
    }


def _entry(number: int, place: Place, bar: str, width: int, less: str) -> Text:
    """Return the line of a transcript; one line, however long its question is."""
    state = "closed" if bar else "begun" if place.begun and place.state == "open" else STATES[place.state]
    head = f"{number:>3}  {state:<12}{place.minutes:>2} min  "
    kind = KIND.get(place.purpose, "")
    question = sanitize.line(place.question, width - len(head) - len(kind))
    return Text.assemble(head, (kind, "italic"), question, style="" if place.todo and not bar else less, no_wrap=True)
