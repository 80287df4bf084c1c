"""One judge at one transcript: what is shown, what was done, and for how long; every act is stored when it is done."""

from __future__ import annotations

import time
from collections.abc import Callable

from debate.domain import Act, Ballot, Deed, Judgment, Study
from debate.store.blind import Blind
from debate.studies.session import Session, done, in_bank_order, restored

Clock = Callable[[], float]
"""Monotonic seconds."""


class Sitting:
    """A sitting that is open in this process."""

    def __init__(self, blind: Blind, id: int, study: Study, *, clock: Clock = time.monotonic) -> None:
        self.id = id
        self.study = study
        self._blind = blind
        self._clock = clock
        blind.take(id)
        acts = blind.acts(id)
        self._number = len(acts)
        self.session: Session = restored(study, blind.ballot(id, 0).rounds, acts)
        self._last = clock()
        self._active = self._idle = 0.0

    def ballot(self) -> Ballot:
        """Return what may be seen now."""
        return self._blind.ballot(self.id, self.session.revealed)

    def touch(self) -> None:
        """Count the time since the judge last did anything: a long silence is idle from when it grew long."""
        now = self._clock()
        gap = now - self._last
        self._active += min(gap, self.study.idle_s)
        self._idle += max(0.0, gap - self.study.idle_s)
        self._last = now

    @property
    def idle(self) -> bool:
        """Whether the judge has been silent for so long that the screen is hidden."""
        return self._clock() - self._last > self.study.idle_s

    def do(self, kind: Deed, *, percent: int | None = None, text: str = "") -> None:
        """Do something, and write it down.

        Raises:
            Refused: it cannot be done now; nothing was written.
        """
        self.touch()
        act = Act(
            kind=kind,
            percent=percent,
            text=text,
            active_ms=round(self._active * 1000),
            idle_ms=round(self._idle * 1000),
        )
        self.enter(act)

    def enter(self, act: Act) -> None:
        """Write down something that was done, here or elsewhere.

        Raises:
            Refused: it cannot be done now; nothing was written.
        """
        after = done(self.session, self.study, act)
        if after.over:
            judgment = self._judgment(after) if after.stage == "submitted" else None
            self._blind.finish(self.id, self._number, act, judgment, why=after.reason if judgment is None else "")
        else:
            self._blind.add(self.id, self._number, act)
        self._number += 1
        self._active = self._idle = 0.0
        self.session = after

    def leave(self) -> None:
        """Give the sitting back; it goes on from here another time."""
        if not self.session.over:
            self._blind.release(self.id)

    def _judgment(self, session: Session) -> Judgment:
        ballot = self.ballot()
        match, id = self._blind.identity(self.id)
        return Judgment(
            id=id,
            match=match,
            judge=self._blind.judge,
            kind="human",
            view=ballot.view,
            channel="offline",
            state="valid",
            shown=ballot.shown,
            final=in_bank_order(session.percent, ballot.shown),
            beliefs=session.beliefs(ballot.shown),
            reason=session.reason,
            transcript=ballot.transcript,
            active_s=session.active_ms / 1000,
            idle_s=session.idle_ms / 1000,
        )
