"""A judge's transcripts one after the other, by plain prompts."""

from __future__ import annotations

from typing import TextIO

from debate import sanitize
from debate.studies import wording
from debate.studies.qualifying import barred
from debate.studies.session import Refused
from debate.studies.sight import Place, Sight
from debate.tui.judging.clerk import Clerk
from debate.tui.judging.plain import Asked, Later, Left, Plain
from debate.tui.judging.sitting import Sitting

CORRECT = "Press Enter to leave, or type correct to open your last ruling again"


def by_prompts(sight: Sight, tournament: str, clerk: Clerk, out: TextIO, ask: Asked) -> None:
    """Take a judge through everything that is open, until they leave."""
    face = Plain(out, ask)
    queue = sight.queue(tournament)
    minutes = sum(place.minutes for place in queue if place.todo)
    face.say(f"{sum(place.todo for place in queue)} of {len(queue)} transcripts to judge, about {minutes} minutes.")
    _Round(sight, tournament, clerk, face).go()


class _Round:
    """A judge's way through their transcripts."""

    def __init__(self, sight: Sight, tournament: str, clerk: Clerk, face: Plain) -> None:
        self.sight, self.tournament, self.clerk, self.face = sight, tournament, clerk, face
        self.study = sight.study(tournament)
        self.seen: list[int] = []
        self.later: list[int] = []

    def go(self) -> None:
        """Take one transcript after the other, and then offer to correct the last."""
        try:
            while place := self._next():
                if why := _barred(self.sight, self.tournament, place, self.clerk):
                    self.face.say(f"The rest is {why}.")
                    return
                self._open(place)
            while (last := self._latest()) and self.face.answer(CORRECT) == "correct":
                self._correct(last)
        except Left:
            return

    def _next(self) -> Place | None:
        """Return what comes next: what was put off comes last."""
        left = [place for place in self.sight.queue(self.tournament) if place.todo]
        fresh = [place for place in left if place.id not in self.later]
        return next(iter((*fresh, *sorted(left, key=lambda place: self._put_off(place.id)))), None)

    def _put_off(self, id: int) -> int:
        return self.later.index(id) if id in self.later else -1

    def _open(self, place: Place) -> None:
        if place.id not in self.seen:
            self.seen.append(place.id)
        every = [one for one in self.sight.queue(self.tournament) if one.todo or one.id in self.seen]
        practice = ", for practice" if place.purpose == "practice" else ""
        self.face.say(f"\n=== transcript {self.seen.index(place.id) + 1} of {len(every)}{practice} ===")
        self._sit(place)

    def _sit(self, place: Place, *, correcting: bool = False) -> None:
        clerk = self.clerk
        sitting = Sitting(
            self.sight, place.id, self.study, seated=clerk.seated, conditions=clerk.conditions, consent=clerk.consent
        )
        try:
            if correcting:
                sitting.do("amend")
            self.face.judge(sitting)
        except Later:
            self.later = [*(id for id in self.later if id != place.id), place.id]
        except Refused as refused:
            self.face.say(f"{str(refused).capitalize()}.")
        finally:
            sitting.leave()
        _tell(self.face, sitting, place, clerk)

    def _latest(self) -> Place | None:
        """Return the ruling that was handed in last, where it can still be corrected."""
        handed = [place for place in self.sight.queue(self.tournament) if place.state == "submitted"]
        return next((place for place in handed if not self.sight.locked(place.id)), None)

    def _correct(self, last: Place) -> None:
        self.face.say(f"\n=== your last ruling once more: {sanitize.line(last.question)} ===")
        self._sit(last, correcting=True)


def _barred(sight: Sight, tournament: str, place: Place, clerk: Clerk) -> str:
    study = sight.study(tournament)
    left = sum(one.purpose == "practice" and one.todo for one in sight.queue(tournament))
    right = clerk.right() if study.qualify and not left else 0
    return barred(study, place.purpose, practice_left=left, right=right)


def _tell(face: Plain, sitting: Sitting, place: Place, clerk: Clerk) -> None:
    if sitting.session.stage == "submitted" and wording.tells(sitting.study, place.purpose):
        right = clerk.told(place.id)
        if right is not None:
            face.say(wording.outcome(sitting.study, sitting.session, sitting.ballot(), right))
