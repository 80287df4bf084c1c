"""What each key does at a transcript, under the name that `keys` calls it by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debate.studies import wording
from debate.studies.session import allowed
from debate.tui import transcript
from debate.tui.judging.dialogs import Dialog
from debate.tui.judging.keys import sheet

if TYPE_CHECKING:
    from debate.tui.judging.reader import Reader

HIDDEN = "They are spelled out where they stand; codes that would steer a terminal are left out."


class Doing:
    """What the keys of a reader do."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def on(self) -> None:
        """Go on: begin, read on, or take the belief that the gauge shows."""
        reader = self.reader
        if reader.marking.on:
            reader.marking.take()
            return
        stage = reader.session.stage
        if stage == "instructions":
            reader.do("begin")
        elif stage in ("reading", "waiting"):
            reader.do("next")
        elif stage == "belief" and reader.do("believe", percent=reader.percent):
            if "ask" in allowed(reader.session, reader.sitting.study):
                reader.handing.question()
                return
            reader.do("next")
        reader.handing.shown(to_new=True)

    def stop(self) -> None:
        """Decide now."""
        reader = self.reader
        if "stop" not in allowed(reader.session, reader.sitting.study):
            reader.note(f"you cannot decide early here: {reader.app.named('on')} goes on")
        elif reader.do("believe", percent=reader.percent):
            reader.do("stop")
            reader.handing.shown()

    def nudge(self, by: int) -> None:
        """Move the gauge: to the right is more for B, as on the bar."""
        reader = self.reader
        if reader.session.stage == "belief":
            reader.digits = ""
            self._set(reader.percent - by)

    def digit(self, digit: int) -> None:
        """Take a digit of a belief, or what a mark says; while reading, go to that round."""
        reader = self.reader
        if reader.marking.on:
            reader.marking.tag(digit)
        elif reader.session.stage == "belief":
            said = reader.digits + str(digit)
            reader.digits = said if said == "100" else said[-2:]  # whoever types 100 is sure, and does not mean 00
            self._set(int(reader.digits))
        elif digit:
            reader.looking.to_round(min(digit, reader.session.revealed))

    def unmark(self) -> None:
        """Take a mark away."""
        if self.reader.marking.on:
            self.reader.marking.remove()

    def skip(self) -> None:
        """Skip the transcript, with a reason."""
        self.reader.handing.skip()

    def note_down(self) -> None:
        """Write a note on the speech that is being read."""
        self.reader.handing.note()

    def mark(self) -> None:
        """Mark sentences."""
        self.reader.marking.begin()

    def find(self) -> None:
        """Find words."""
        reader = self.reader
        reader.app.push_screen(
            Dialog("Find:", "Enter finds · then . and , go on and back", ask=True, key=reader.touch),
            reader.looking.find,
        )

    def hit(self, by: int) -> None:
        """Go to the next or the previous place that was found."""
        self.reader.looking.hit(by)

    def panel(self) -> None:
        """Show the quotes in passage order, the passage where it is read, or the transcript again."""
        self.reader.looking.turn()

    def speech(self, by: int) -> None:
        """Go to the next or the previous speech."""
        self.reader.looking.to_speech(by)

    def question(self) -> None:
        """Show the question and the answers in full."""
        ballot = self.reader.sitting.ballot()
        answers = [f"{x}) {ballot.question.answers[n]}" for x, n in zip("AB", ballot.shown, strict=False)]
        self.reader.app.push_screen(Dialog("\n\n".join([ballot.question.text, *answers]), "Enter closes this"))

    def hidden(self) -> None:
        """Say how many hidden characters there are, and which."""
        found = transcript.inspected(self.reader.sitting.ballot().speeches)
        said = "\n".join((*found, "", HIDDEN)) if found else "No hidden characters so far."
        self.reader.app.push_screen(Dialog(said, "Enter closes this"))

    def rest(self) -> None:
        """Take a break: the text is hidden, and the time is not counted."""
        self.reader.do("pause")
        self.reader.hide("A break. Press any key to read on; this time is not counted.")

    def help(self) -> None:
        """Show what can be done here, and the instructions."""
        reader = self.reader
        told = wording.instructions(reader.sitting.study, reader.sitting.ballot(), live=reader.session.live)
        able = sheet(reader.app.chosen, believing=reader.session.stage == "belief")
        reader.app.push_screen(Dialog(f"{able}\n\n{told}", "↑↓ scroll · Enter closes this"))

    def leave(self) -> None:
        """Go back to the queue; the transcript waits as it is."""
        reader = self.reader
        if reader.marking.on:
            reader.marking.end()
        elif not reader.looking.home():
            reader.do("pause")
            reader.dismiss()

    def scroll(self, by: int) -> None:
        """Scroll by a line, or choose a sentence while marking."""
        reader = self.reader
        if reader.marking.on:
            reader.marking.move(by)
        else:
            reader.looking.scroll(by)

    def page(self, by: int) -> None:
        """Scroll by a page."""
        self.reader.looking.scroll(by * max(self.reader.text.size.height - 2, 1))

    def edge(self, to: int) -> None:
        """Scroll to the start or the end."""
        self.reader.looking.scroll(to * 10**9)

    def _set(self, percent: int) -> None:
        self.reader.percent = min(99, max(1, percent))
        self.reader.draw_gauge()
