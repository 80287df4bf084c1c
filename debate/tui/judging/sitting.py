"""One judge at one transcript: what is shown, what was done, and for how long; every act is stored when it is done."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from debate.domain import Act, Ballot, Deed, Judgment, Study
from debate.studies import wording
from debate.studies.session import Refused, Session, done, in_bank_order, restored
from debate.studies.sight import Awaited, Sight

Clock = Callable[[], float]
"""Monotonic seconds."""
Seated = Callable[[], object]
"""Has what a judge did at a seat of a debate become a turn of it; done in a process that may see the debate."""
DRAFT_S = 2.0
"""So much typed text is lost at most, whatever dies."""


def alone() -> None:
    """Nobody plays debates on from here."""


class Sitting:
    """A sitting that is open in this process."""

    def __init__(
        self,
        sight: Sight,
        id: int,
        study: Study,
        *,
        clock: Clock = time.monotonic,
        seated: Seated = alone,
        conditions: str = "",
        consent: str = "",
    ) -> None:
        self.id = id
        self.study = study
        self.keys = 0
        self.seen = 0
        self._sight = sight
        self._clock = clock
        self._seated = seated
        self._opening = {"text": conditions, "about": consent}
        sight.take(id)
        acts = sight.acts(id)
        self._number = len(acts)
        self.session: Session = restored(study, sight.rounds(id), acts, live=sight.live(id))
        self._last = clock()
        self._active = self._idle = 0.0
        self._resting = False
        self._ballot: Ballot | None = None

    def ballot(self) -> Ballot:
        """Return what may be seen now."""
        if self._ballot is None or self._ballot.round != self.session.revealed or self.session.live:
            self._ballot = self._sight.ballot(self.id, self.session.revealed)
        return self._ballot

    @property
    def awaited(self) -> Awaited:
        """What the next round of a debate that is being played waits for; nothing once it can be read."""
        if self.session.stage != "waiting":
            return ""
        return self._sight.awaited(self.id, self.session.revealed + 1)

    @property
    def told(self) -> str:
        """What is told before the sitting: the instructions, or that they are known."""
        if self._sight.instructed(self.id):
            return wording.known(self.ballot())
        return wording.instructions(self.study, self.ballot(), live=self.session.live)

    def touch(self) -> None:
        """Count the time since the judge last did anything.

        A long silence is idle from when it grew long, a break from its beginning.
        """
        now = self._clock()
        gap = now - self._last
        counted = 0.0 if self._resting else min(gap, self.study.idle_s)
        self._active += counted
        self._idle += gap - counted
        self._resting = False
        self._last = now

    @property
    def idle(self) -> bool:
        """Whether the judge has been silent for so long that the screen is hidden."""
        return self._clock() - self._last > self.study.idle_s

    def renew(self) -> None:
        """Keep the sitting while something is waited for."""
        self._sight.renew(self.id)

    def do(self, kind: Deed, **what: Any) -> None:
        """Do something, and write it down.

        Raises:
            Refused: it cannot be done now; nothing was written.
        """
        self.touch()
        if kind == "begin":
            what = self._opening | what
        if kind == "next" and (awaited := self.awaited):
            raise Refused("the next round is not there yet" if awaited != "never" else "this debate does not go on")
        if kind == "amend" and (why := self._sight.locked(self.id)):
            raise Refused(why)
        active, idle = round(self._active * 1000), round(self._idle * 1000)
        self.enter(Act(kind=kind, active_ms=active, idle_ms=idle, keys=self.keys, seen=self.seen, **what))

    def enter(self, act: Act) -> None:
        """Write down something that was done, here or elsewhere.

        Raises:
            Refused: it cannot be done now; nothing was written.
        """
        after = done(self.session, self.study, act)
        if after.over:
            skipped = after.stage == "skipped"
            judgment = None if skipped or after.live else self._judgment(after)
            why = after.reason if skipped else ""
            self._sight.finish(self.id, self._number, act, judgment, why, skipped=skipped)
        else:
            self._sight.add(self.id, self._number, act)
        self._number += 1
        self._active = self._idle = 0.0
        self.keys = 0
        self.session = after
        self._resting = act.kind == "pause"
        if after.live and (act.kind == "ask" or after.over):
            self._seated()

    def draft(self, *, text: str = "", percent: int | None = None) -> None:
        """Keep what is being written, and where the gauge stands, where that has changed."""
        if (text, percent) != (self.session.draft, self.session.gauge):
            self.do("draft", text=text, percent=percent)

    def leave(self) -> None:
        """Give the sitting back; it goes on from here another time."""
        if not self.session.over:
            self._sight.release(self.id)

    def _judgment(self, session: Session) -> Judgment:
        ballot = self.ballot()
        match, id = self._sight.identity(self.id, session.corrections)
        return Judgment(
            id=id,
            match=match,
            judge=self._sight.judge,
            kind="human",
            view=ballot.view,
            channel="offline",
            purpose=self._sight.purpose(self.id),
            state="valid",
            shown=ballot.shown,
            final=in_bank_order(session.percent, ballot.shown),
            beliefs=session.beliefs(ballot.shown),
            reason=session.reason,
            transcript=ballot.transcript,
            active_s=session.active_ms / 1000,
            idle_s=session.idle_ms / 1000,
        )
