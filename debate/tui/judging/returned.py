"""What did a judge do away from the database? Their acts are done here once more, by the same rules.

So a ruling from a pack is the row that it would be, had it been made here; the same file again changes nothing.
"""

from __future__ import annotations

from pathlib import Path

from debate.domain import Act, Study, Value
from debate.errors import InputError
from debate.store import Store
from debate.store.file.opening import existing
from debate.store.studies.blind import Blind
from debate.store.studies.debriefing import debrief
from debate.store.studies.packs import LAST, dated
from debate.store.studies.releasing import handed_again
from debate.store.studies.sittings import answered, enrol
from debate.studies.letter import Outcome, letter
from debate.studies.packing import Done, Result, genuine, hashed
from debate.studies.scoring import points
from debate.studies.session import Refused, Session, restored
from debate.studies.sight import RELEASED, Place
from debate.studies.wording import outcome
from debate.tui.judging.sitting import Sitting


class Returned(Value):
    """What came back."""

    tournament: str
    judge: str
    submitted: int = 0
    skipped: int = 0
    open: int = 0
    known: int = 0
    """Transcripts about which there was nothing new."""
    late: int = 0
    """Rulings that were corrected after it was told how they turned out: the first ones stand."""
    right: tuple[bool, ...] = ()
    """Of the rulings about which the study tells it, whether they were right."""
    points: tuple[float, ...] = ()
    """What these were worth."""
    letter: str = ""
    """What the judge may be told of all this, in words."""


def returned(store: Store, url: str | Path, result: Result) -> Returned:
    """Take in what a judge did with their pack.

    Raises:
        InputError: this database has not made the pack, or something cannot be taken; then nothing is.
    """
    cover = result.cover
    pinned = store.pinned(cover.tournament)
    if pinned is None or not genuine(cover, result.seal, pinned.secret):
        raise InputError(["this is not from a pack of this database, or its first lines were changed"])
    with Blind.open(existing(url), cover.judge) as blind:
        places = {place.id: place for place in blind.queue(cover.tournament)}
        checks = [_Check(blind, places.get(done.sitting), done, result) for done in result.done]
        if problems := [check.problem for check in checks if check.problem]:
            raise InputError(problems)
        for check in checks:
            if check.new:
                if check.released:
                    handed_again(store, check.done.sitting)
                check.enter()
                dated(store, check.done, len(check.done.acts) - len(check.new), check.ruling)
    known = sum(not check.new and not check.late and bool(check.done.acts) for check in checks)
    return _told(store, result, pinned.tournament.judging, known=known, late=sum(check.late for check in checks))


class _Check:
    """One sitting: what is new about it, or why it cannot be taken."""

    def __init__(self, blind: Blind, place: Place | None, done: Done, result: Result) -> None:
        self._blind, self.done, self._study = blind, done, result.cover.study
        self.new: tuple[Act, ...] = ()
        self.ruling = ""
        self.late = False
        self.released = place is not None and place.state == RELEASED
        self.problem = self._problem(place, result)

    def _problem(self, place: Place | None, result: Result) -> str:
        what, judge = f"transcript {self.done.sitting}", result.cover.judge
        if place is None:
            return f"{what}: judge {judge} has withdrawn, or was never given it"
        if place.state == "invalid":
            return f"{what}: what {judge} did is not counted any more, so nothing is added to it"
        ballot = self._blind.ballot(place.id, LAST)
        if result.cover.ballots.get(place.id) != hashed(ballot):
            return f"{what}: the debate is not what it was when it was packed"
        stored = self._blind.acts(place.id)
        both = min(len(stored), len(self.done.acts))
        if stored[:both] != self.done.acts[:both]:
            return f"{what}: {judge} went on with it otherwise in the database"
        new = self.done.acts[both:]
        try:
            restored(self._study, self._blind.rounds(place.id), self.done.acts)
        except Refused as refused:
            return f"{what}: what is written down cannot have been done: {refused}"
        self.late = bool(new) and place.state == "submitted" and bool(self._blind.stands(place.id))
        self.new = () if self.late else new
        return ""

    def enter(self) -> None:
        """Do what is new here too."""
        sitting = Sitting(self._blind, self.done.sitting, self._study)
        try:
            for act in self.new:
                sitting.enter(act)
        finally:
            sitting.leave()
        if sitting.session.stage == "submitted":
            _, self.ruling = self._blind.identity(sitting.id, sitting.session.corrections)


def _told(store: Store, result: Result, study: Study, *, known: int, late: int) -> Returned:
    cover = result.cover
    with Blind.open(store.database.path, cover.judge) as blind:
        ends = {done.sitting: _ended(blind, cover.study, done) for done in result.done}
        told = [one for id, session in ends.items() if (one := _turned_out(store, blind, study, result, id, session))]
    stages = [session.stage for session in ends.values()]
    left = enrol(store, cover.tournament, cover.judge)
    over = bool(left.done) and not left.open
    sides = [(one.question, one.letter, one.answer) for one in debrief(store, cover.tournament, cover.judge)]
    return Returned(
        tournament=cover.tournament,
        judge=cover.judge,
        submitted=stages.count("submitted"),
        skipped=stages.count("skipped"),
        open=sum(not session.over for session in ends.values()),
        known=known,
        late=late,
        right=tuple(right for _, right, _ in told),
        points=tuple(points for _, _, points in told),
        letter=letter(
            study,
            cover.judge,
            [outcome for outcome, _, _ in told],
            practised=cover.practice and not left.practice_left,
            bar=left.bar,
            sides=sides if over else None,
        ),
    )


def _ended(blind: Blind, study: Study, done: Done) -> Session:
    return restored(study, blind.rounds(done.sitting), blind.acts(done.sitting))


def _turned_out(
    store: Store, blind: Blind, study: Study, result: Result, sitting: int, session: Session
) -> tuple[Outcome, bool, float] | None:
    """Return how a ruling turned out, whether it was right, and its points, where the study tells it."""
    cover = result.cover
    right = answered(store, cover.tournament, sitting, cover.judge) if session.stage == "submitted" else None
    if right is None:
        return None
    ballot = blind.ballot(sitting, session.revealed)
    percent = session.percent if ballot.shown.index(right) == 0 else 100 - session.percent
    earned = points(study, percent / 100, session.revealed, max(session.rounds, 1))
    said = outcome(study, session, ballot, right)
    return Outcome(question=ballot.question.text, said=said), percent > 50, round(earned, 1)
