"""What does a judge see next? The state of one sitting, as what the judge did adds up to.

The same acts give the same state, whoever shows it: plain prompts and the full screen are two faces of it, and a
sitting that was killed goes on where its stored acts lead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

from debate.domain import Act, Asked, Belief, Deed, Study, Tag, Value

Stage: TypeAlias = Literal["instructions", "belief", "reading", "waiting", "review", "survey", "submitted", "skipped"]
EVEN = 50


class Refused(Exception):
    """An act that cannot be done now; the message tells the judge why."""


class Mark(Value):
    """Characters of a speech that a judge marked."""

    speech: int
    span: tuple[int, int]
    tag: Tag = ""


class Session(Value):
    """Where a sitting stands."""

    stage: Stage = "instructions"
    rounds: int
    """How many rounds the transcript has, or may come to have."""
    live: bool = False
    """Whether the judge sits in the debate: asks between its rounds, and decides when it ends."""
    revealed: int = 0
    """How many rounds are shown."""
    percents: tuple[tuple[int, int], ...] = ()
    """By round after which it was held: belief in the first displayed answer."""
    reason: str = ""
    draft: str = ""
    """What was being written and is not handed in."""
    gauge: int | None = None
    """Where the gauge was left, without its being taken as a belief."""
    told: tuple[tuple[str, str | None], ...] = ()
    """The answers of the survey by name; None where a question was passed over."""
    notes: tuple[tuple[int, str], ...] = ()
    """By speech."""
    marks: tuple[Mark, ...] = ()
    corrections: int = 0
    """How often a ruling that was handed in was opened again."""
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

    @property
    def held(self) -> bool:
        """Whether a belief is held at this round."""
        return any(number == self.revealed for number, _ in self.percents)

    def note(self, speech: int) -> str:
        """Return what was noted at a speech."""
        return dict(self.notes).get(speech, "")

    def beliefs(self, shown: tuple[int, ...]) -> tuple[Belief, ...]:
        """Return the path of beliefs in the bank's order of two answers."""
        return tuple(Belief(after_round=number, p=in_bank_order(p, shown)) for number, p in self.percents)


def in_bank_order(percent: int, shown: tuple[int, ...]) -> tuple[float, ...]:
    """Return a belief in the first displayed of two answers as probabilities in the bank's order."""
    displayed = (percent / 100, (100 - percent) / 100)
    return tuple(displayed[shown.index(answer)] for answer in range(2))


def restored(study: Study, rounds: int, acts: Iterable[Act], *, live: bool = False) -> Session:
    """Return the state that stored acts lead to."""
    session = Session(rounds=rounds, live=live)
    for act in acts:
        session = done(session, study, act)
    return session


ALWAYS: tuple[Deed, ...] = ("skip", "pause")
BESIDE: tuple[Deed, ...] = ("note", "mark", "unmark", *ALWAYS)


def allowed(session: Session, study: Study) -> tuple[Deed, ...]:
    """Return what can be done now."""
    if session.stage == "belief":
        return (*_at_belief(session, study), "draft", *BESIDE)
    at: dict[Stage, tuple[Deed, ...]] = {
        "instructions": ("begin", *ALWAYS),
        "reading": ("next", *BESIDE),
        "waiting": ("next", *BESIDE),
        "review": ("reason", "back", "submit", "draft", *BESIDE),
        "survey": ("answer", "omit", "draft", "pause"),
        "submitted": () if session.live else ("amend",),
    }
    return at.get(session.stage, ())


def _at_belief(session: Session, study: Study) -> tuple[Deed, ...]:
    last = session.revealed >= session.rounds
    ends: tuple[Deed, ...] = ("stop",) if not last and session.revealed >= max(study.min_rounds, 1) else ()
    return ("believe", "ask" if session.live and not last else "next", *ends)


def pending(session: Session, study: Study) -> Asked | None:
    """Return the question of the survey that comes next."""
    names = {name for name, _ in session.told}
    return next((asked for asked in study.survey if asked.name not in names), None)


def done(session: Session, study: Study, act: Act) -> Session:
    """Return the state after an act.

    Raises:
        Refused: it cannot be done now.
    """
    if act.kind not in allowed(session, study):
        raise Refused(f'"{act.kind}" cannot be done here')
    timed = {"active_ms": session.active_ms + act.active_ms, "idle_ms": session.idle_ms + act.idle_ms}
    return session.model_copy(update=timed | _CHANGES[act.kind](session, study, act))


Changes: TypeAlias = dict[str, object]
WRITTEN: Changes = {"draft": "", "gauge": None}


def _begun(session: Session, study: Study, _: Act) -> Changes:
    if study.prior or session.live or not session.rounds:
        return {"stage": "belief"}
    return {"stage": "reading", "revealed": 1}


def _believed(session: Session, _: Study, act: Act) -> Changes:
    if act.percent is None:
        raise Refused("a belief is a number from 1 to 99")
    before = tuple(held for held in session.percents if held[0] != session.revealed)
    return {"percents": (*before, (session.revealed, act.percent)), "gauge": None}


def _on(session: Session, study: Study, _: Act) -> Changes:
    if session.stage == "reading":
        last = session.revealed == session.rounds
        asks = session.live or study.beliefs == "every-round" or last
        return {"stage": "belief"} if asks else {"revealed": session.revealed + 1}
    if session.stage == "belief":
        _see_held(session)
        if session.revealed >= session.rounds:
            return {"stage": "review"}
    return {"stage": "reading", "revealed": session.revealed + 1}


def _see_held(session: Session) -> None:
    """See that a belief is held at this round: it is never filled in."""
    if not session.held:
        raise Refused("say first how likely each answer is: a number from 1 to 99")


def _stopped(session: Session, _: Study, __: Act) -> Changes:
    _see_held(session)
    return {"stage": "review"}


def _questioned(session: Session, _: Study, __: Act) -> Changes:
    _see_held(session)
    return {"stage": "waiting", **WRITTEN}


def _reasoned(_: Session, __: Study, act: Act) -> Changes:
    return {"reason": act.text.strip(), **WRITTEN}


def _submitted(session: Session, study: Study, _: Act) -> Changes:
    if study.reason and not session.reason:
        raise Refused("a reason is asked for: one or two sentences")
    if study.commit and session.percent == EVEN:
        raise Refused("an even belief is not taken at the end: lean to one answer, however little")
    return {"stage": "survey" if pending(session, study) else "submitted", **WRITTEN}


def _answered(session: Session, study: Study, act: Act) -> Changes:
    asked = pending(session, study)
    if asked is None or asked.name != act.about:
        raise Refused("that is not what is asked now")
    given = _given(asked, act.text.strip()) if act.kind == "answer" else None
    after = session.model_copy(update={"told": (*session.told, (asked.name, given))})
    return {"told": after.told, "stage": "survey" if pending(after, study) else "submitted", **WRITTEN}


def _given(asked: Asked, text: str) -> str:
    """Return an answer as it is kept: a number on a scale, an option by its number or as it is called, or words."""
    most = asked.points if asked.kind == "scale" else len(asked.options)
    if asked.kind == "text" and text:
        return text
    if asked.kind != "text" and text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= most:
        return text if asked.kind == "scale" else asked.options[int(text) - 1]
    called = {option.casefold(): option for option in asked.options if asked.kind == "choice"}
    if text.casefold() in called:
        return called[text.casefold()]
    raise Refused("write something, or pass this over" if asked.kind == "text" else f"a number from 1 to {most}")


def _noted(session: Session, _: Study, act: Act) -> Changes:
    speech = _speech(act)
    others = tuple(note for note in session.notes if note[0] != speech)
    return {"notes": (*others, (speech, act.text.strip())) if act.text.strip() else others}


def _marked(session: Session, _: Study, act: Act) -> Changes:
    speech = _speech(act)
    if act.span is None or not 0 <= act.span[0] < act.span[1]:
        raise Refused("nothing is marked")
    others = tuple(mark for mark in session.marks if (mark.speech, mark.span) != (speech, act.span))
    new = (Mark(speech=speech, span=act.span, tag=act.tag),) if act.kind == "mark" else ()
    return {"marks": (*others, *new)}


def _speech(act: Act) -> int:
    if not act.about.isdecimal() or len(act.about) > 6:
        raise Refused("say which speech")
    return int(act.about)


def _drafted(_: Session, __: Study, act: Act) -> Changes:
    return {"draft": act.text, "gauge": act.percent}


_CHANGES: dict[Deed, Callable[[Session, Study, Act], Changes]] = {
    "begin": _begun,
    "believe": _believed,
    "next": _on,
    "stop": _stopped,
    "ask": _questioned,
    "reason": _reasoned,
    "back": lambda *_: {"stage": "belief"},
    "submit": _submitted,
    "answer": _answered,
    "omit": _answered,
    "skip": lambda _, __, act: {"stage": "skipped", "reason": act.text.strip()},
    "pause": lambda *_: {},
    "draft": _drafted,
    "note": _noted,
    "mark": _marked,
    "unmark": _marked,
    "amend": lambda session, *_: {"stage": "review", "corrections": session.corrections + 1},
}
