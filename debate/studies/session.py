"""What does a judge see next? The state of one sitting, as what the judge did adds up to.

The same acts give the same state, whoever shows it: plain prompts and the full screen are two faces of it, and a
sitting that was killed goes on where its stored acts lead.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from debate.domain import Act, Belief, Deed, Study, Value

Stage: TypeAlias = Literal["instructions", "belief", "reading", "review", "submitted", "skipped"]
EVEN = 50


class Refused(Exception):
    """An act that cannot be done now; the message tells the judge why."""


class Session(Value):
    """Where a sitting stands."""

    stage: Stage = "instructions"
    rounds: int
    """How many rounds the transcript has."""
    revealed: int = 0
    """How many of them are shown."""
    percents: tuple[tuple[int, int], ...] = ()
    """By round after which it was held: belief in the first displayed answer."""
    reason: str = ""
    active_ms: int = 0
    idle_ms: int = 0

    @property
    def percent(self) -> int:
        """The latest belief in the first displayed answer; even before there is one."""
        return self.percents[-1][1] if self.percents else EVEN

    @property
    def over(self) -> bool:
        """Whether the sitting has ended."""
        return self.stage in ("submitted", "skipped")

    def beliefs(self, shown: tuple[int, ...]) -> tuple[Belief, ...]:
        """Return the path of beliefs in the bank's order of two answers."""
        return tuple(Belief(after_round=number, p=in_bank_order(p, shown)) for number, p in self.percents)


def in_bank_order(percent: int, shown: tuple[int, ...]) -> tuple[float, ...]:
    """Return a belief in the first displayed of two answers as probabilities in the bank's order."""
    displayed = (percent / 100, (100 - percent) / 100)
    return tuple(displayed[shown.index(answer)] for answer in range(2))


def restored(study: Study, rounds: int, acts: Iterable[Act]) -> Session:
    """Return the state that stored acts lead to."""
    session = Session(rounds=rounds)
    for act in acts:
        session = done(session, study, act)
    return session


def allowed(session: Session, study: Study) -> tuple[Deed, ...]:
    """Return what can be done now."""
    if session.over:
        return ()
    if session.stage == "instructions":
        return ("begin", "skip", "pause")
    if session.stage == "reading":
        return ("next", "skip", "pause")
    if session.stage == "review":
        return ("reason", "back", "submit", "skip", "pause")
    ends = session.revealed < session.rounds and session.revealed >= max(study.min_rounds, 1)
    return ("believe", "next", *(("stop",) if ends else ()), "skip", "pause")


def done(session: Session, study: Study, act: Act) -> Session:
    """Return the state after an act.

    Raises:
        Refused: it cannot be done now.
    """
    if act.kind not in allowed(session, study):
        raise Refused(f'"{act.kind}" cannot be done here')
    timed = session.model_copy(
        update={"active_ms": session.active_ms + act.active_ms, "idle_ms": session.idle_ms + act.idle_ms}
    )
    return timed.model_copy(update=_changes(session, study, act))


def _changes(session: Session, study: Study, act: Act) -> dict[str, object]:
    if act.kind == "begin":
        return _asked_or_read(session, study, study.prior)
    if act.kind == "believe":
        return _believed(session, act)
    if act.kind == "next":
        return _on(session, study)
    if act.kind == "stop":
        _held(session)
        return {"stage": "review"}
    if act.kind == "reason":
        return {"reason": act.text.strip()}
    if act.kind == "back":
        return {"stage": "belief"}
    if act.kind == "submit":
        return _submitted(session, study)
    return {"stage": "skipped", "reason": act.text.strip()} if act.kind == "skip" else {}


def _asked_or_read(session: Session, study: Study, ask: bool) -> dict[str, object]:
    if ask or not session.rounds:
        return {"stage": "belief"}
    return {"stage": "reading", "revealed": 1}


def _believed(session: Session, act: Act) -> dict[str, object]:
    if act.percent is None:
        raise Refused("a belief is a number from 1 to 99")
    before = tuple(held for held in session.percents if held[0] != session.revealed)
    return {"percents": (*before, (session.revealed, act.percent))}


def _on(session: Session, study: Study) -> dict[str, object]:
    if session.stage == "reading":
        last = session.revealed == session.rounds
        asks = study.beliefs == "every-round" or last
        return {"stage": "belief"} if asks else {"revealed": session.revealed + 1}
    _held(session)
    if session.revealed == session.rounds:
        return {"stage": "review"}
    return {"stage": "reading", "revealed": session.revealed + 1}


def _held(session: Session) -> None:
    """See that a belief is held at this round: it is never filled in."""
    if not any(number == session.revealed for number, _ in session.percents):
        raise Refused("say first how likely each answer is: a number from 1 to 99")


def _submitted(session: Session, study: Study) -> dict[str, object]:
    if study.reason and not session.reason:
        raise Refused("a reason is asked for: one or two sentences")
    if study.commit and session.percent == EVEN:
        raise Refused("an even belief is not taken at the end: lean to one answer, however little")
    return {"stage": "submitted"}
