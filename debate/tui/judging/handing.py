"""What is asked in words: a question to the debaters, the reason, the survey, why something is skipped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from debate import sanitize
from debate.domain import Ballot
from debate.studies import wording
from debate.studies.calibrating import Held, calibration, held
from debate.studies.session import Session, allowed, pending, restored
from debate.studies.sight import Place
from debate.tui.judging.dialogs import Dialog

if TYPE_CHECKING:
    from debate.tui.judging.app import JudgeApp
    from debate.tui.judging.reader import Reader


LONGEST = 138  # cells: two lines of a dialog
CLOSES = "Enter closes this"


class Handing:
    """The end of a sitting, step by step."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def resumed(self) -> None:
        """Ask again what was being asked when the sitting was left."""
        reader = self.reader
        if reader.session.stage == "belief" and reader.session.held and reader.session.draft:
            self.question()
        else:
            self.shown(to_new=True)

    def shown(self, *, to_new: bool = False) -> None:
        """Show where the sitting stands, and ask what is to be asked."""
        reader = self.reader
        if reader.session.over:
            return
        reader.draw(to_new=to_new)
        if reader.session.stage == "review":
            self._review()
        elif reader.session.stage == "survey":
            self._survey()

    def _keep(self, text: str) -> None:
        if self.reader.session.stage in ("review", "survey", "belief"):
            percent = self.reader.percent if self.reader.session.stage == "belief" else None
            self.reader.sitting.draft(text=text, percent=percent)

    def _refused(self, refused: str) -> None:
        self.reader.note(refused)

    def question(self) -> None:
        """Put a question to the debaters, or none, and have them go on."""
        reader = self.reader
        said = "What do you ask both debaters? Leave it empty to have them go on without a question."

        def asked(text: str | None) -> None:
            if text is not None:
                reader.do("ask", text=text)
            reader.draw(to_new=True)

        hint = "Enter sends it · Esc goes back to your belief"
        dialog = Dialog(said, hint, ask=True, given=reader.session.draft, kept=self._keep, key=reader.touch)
        reader.app.push_screen(dialog, asked)

    def note(self) -> None:
        """Write a note on the speech that is being read; it is kept as it is written."""
        reader = self.reader
        speech = reader.looking.speech
        if speech is None or "note" not in allowed(reader.session, reader.sitting.study):
            reader.note("there is no speech to note something at")
            return
        before = reader.session.note(speech)

        def keep(text: str) -> None:
            if text.strip() != reader.session.note(speech):
                reader.do("note", about=str(speech), text=text)

        def noted(text: str | None) -> None:
            keep(before if text is None else text)
            reader.draw()

        said = f"A note on this speech of {reader.looking.name_of(speech)}:"
        hint = "Enter keeps it · Esc leaves it as it was"
        dialog = Dialog(said, hint, ask=True, given=before, kept=keep, key=reader.touch)
        reader.app.push_screen(dialog, noted)

    def skip(self) -> None:
        """Skip the transcript, with a reason."""
        reader = self.reader
        if "skip" not in allowed(reader.session, reader.sitting.study):
            reader.note("it cannot be skipped here")
            return

        def skipped(why: str | None) -> None:
            if why:
                reader.do("skip", text=why)

        said = wording.LEAVES_SEAT if reader.session.live else wording.SKIPS
        reader.app.push_screen(Dialog(said, "Enter skips it · Esc goes back", ask=True, key=reader.touch), skipped)

    def _review(self) -> None:
        reader, session = self.reader, self.reader.session
        ballot = reader.sitting.ballot()
        lean = "A" if session.percent > 50 else "B" if session.percent < 50 else "neither answer"
        asked = "Why? One or two sentences." if reader.sitting.study.reason else "Why? You may leave this empty."
        answers = (f"{x}) {ballot.question.answers[n]}" for x, n in zip("AB", ballot.shown, strict=False))
        parts = [
            "\n".join((ballot.question.text, *answers)),
            f"You lean to {lean}: A {session.percent}, B {100 - session.percent}.",
            "\n".join(jotted(ballot, session)),
            *wording.warnings(reader.sitting.study, session),
            asked,
        ]

        def reviewed(reason: str | None) -> None:
            if reason is None:
                reader.do("back")
                reader.draw()
                return
            if reason != session.reason:
                reader.do("reason", text=reason)
            if not reader.do("submit"):
                self._review()
            else:
                self.shown()

        given = session.draft or session.reason
        hint = "Enter hands it in · Esc goes back to your belief"
        dialog = Dialog(
            "\n\n".join(filter(None, parts)), hint, ask=True, given=given, kept=self._keep, key=reader.touch
        )
        reader.app.push_screen(dialog, reviewed)

    def _survey(self) -> None:
        reader, session = self.reader, self.reader.session
        asked = pending(session, reader.sitting.study)
        assert asked is not None, "the survey is not over"

        def answered(text: str | None) -> None:
            if text:
                reader.do("answer", about=asked.name, text=text)
            else:
                reader.do("omit", about=asked.name)
            if not reader.session.over:
                self._survey()

        said = f"{asked.text}\n\n{wording.scale(asked)}"
        hint = "Enter answers · Esc passes it over"
        reader.app.push_screen(
            Dialog(said, hint, ask=True, given=session.draft, kept=self._keep, key=reader.touch), answered
        )

    def over(self) -> None:
        """Go back to the queue, and tell the right answer where the study does."""
        reader = self.reader
        if reader.session.stage == "submitted" and wording.tells(reader.sitting.study, reader.place.purpose):
            reader.note("one moment: how it turned out is looked up")
            reader.call_after_refresh(self._told)
        else:
            reader.dismiss()

    def _told(self) -> None:
        """Tell how it turned out; another process has to say it, which takes a moment."""
        reader = self.reader
        app, told = reader.app, outcome(reader.app, reader.place)
        reader.dismiss()
        if told:
            app.push_screen(Dialog(told, CLOSES, patient=True))


def jotted(ballot: Ballot, session: Session) -> Iterator[str]:
    """Yield what the judge noted and marked: a help to say why."""
    for speech in ballot.speeches:
        by = f"{wording.who(ballot, speech.label)}, round {speech.round}"
        if note := session.note(speech.index):
            yield f"Your note on {by}: {note}"
        for mark in session.marks:
            if mark.speech == speech.index:
                tag = f" as {mark.tag}" if mark.tag else ""
                yield sanitize.line(f"You marked{tag}, {by}: {speech.text[slice(*mark.span)]}", LONGEST)


def outcome(app: JudgeApp, place: Place) -> str:
    """Return how a ruling that was handed in turned out, where the study tells it; at the end of practice, of all."""
    right = app.told(place.id) if wording.tells(app.study, place.purpose) else None
    if right is None:
        return ""
    session = _session(app, place.id)
    said = wording.outcome(app.study, session, app.sight.ballot(place.id, session.revealed), right)
    return "\n\n".join(filter(None, (said, practised(app) if place.purpose == "practice" else "")))


def practised(app: JudgeApp) -> str:
    """Return how sure the judge was in practice and how often right, once practice is over and was told of."""
    places = [place for place in app.sight.queue(app.tournament) if place.purpose == "practice"]
    if any(place.todo for place in places):
        return ""
    return calibration([_ruled(app, place.id) for place in places if place.state == "submitted"])


def _ruled(app: JudgeApp, sitting: int) -> Held | None:
    session, right = _session(app, sitting), app.told(sitting)
    shown = app.sight.ballot(sitting, session.revealed).shown
    return None if right is None else held(session.percent, shown.index(right))


def _session(app: JudgeApp, sitting: int) -> Session:
    sight = app.sight
    return restored(app.study, sight.rounds(sitting), sight.acts(sitting), live=sight.live(sitting))
