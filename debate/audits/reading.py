"""What does a model make of a speech, of a reply to one, or of private notes: which questions, read how strictly?

Like a turn or a ruling, a reading follows from the calls recorded under it, and is the same whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias, get_args

from pydantic import JsonValue

from debate import verdicts
from debate.domain import (
    GIVEN,
    Ask,
    Beside,
    Call,
    Completion,
    Debate,
    Judge,
    JudgmentState,
    Turn,
    Value,
    chance,
    digest,
)
from debate.transcript import ballot

About: TypeAlias = Literal["opening", "reply", "notes"]
"""What is read: a speech that answers nobody, one with what it answers, or the notes written before one."""
Kind: TypeAlias = Literal["boolean", "integer"]

WORDS: dict[About, dict[str, Kind]] = {
    "opening": {"gives_up": "boolean", "argues_other": "boolean"},
    "reply": {
        "gives_up": "boolean",
        "argues_other": "boolean",
        "points": "integer",
        "taken_up": "integer",
        "flawed": "boolean",
        "flaw_named": "boolean",
    },
    "notes": {
        "flaw_noted": "boolean",
        "flaw_left_out": "boolean",
        "point_noted": "boolean",
        "point_left_out": "boolean",
        "cooperates": "boolean",
    },
}
"""The questions of each reading, and what answers them."""
WITHIN = (
    ("taken_up", "points"),
    ("flaw_named", "flawed"),
    ("flaw_left_out", "flaw_noted"),
    ("point_left_out", "point_noted"),
)
"""The first of each two is never more than the second."""
MOST = 20
"""So many points of one speech are counted."""
SHARE = 0.2
"""The share of readings that are made a second time, so that a reader can be held against itself."""
ROLES = {f"audit/{about}": about for about in get_args(About)}
"""The templates by which readings are asked for."""


class Reading(Value):
    """What one reader made of one thing; `answers` is empty where `state` is not `valid`, yes is 1 and no is 0."""

    match: str
    reader: str
    """The model."""
    about: About
    turn: int
    sample: int = 0
    """0, or 1 for the second reading of the same thing, with the answers in the other order."""
    state: JudgmentState
    answers: dict[str, int] = {}


@dataclass(frozen=True)
class Inquiry:
    """One reading that is wanted."""

    debate: Debate
    reader: Judge
    about: About
    turn: Turn
    answered: Turn | None
    prompts: str
    """The hash of the templates."""
    sample: int = 0

    @cached_property
    def where(self) -> str:
        """Return under which name its calls are recorded."""
        known = digest("r1", [self.reader.settings, self.reader.instructions, self.prompts, self.debate.digest])
        return f"read/{self.about}/{self.turn.index}/{self.sample}/{known}"

    def asks(self, calls: Sequence[Call]) -> tuple[Ask, ...]:
        """Return the call that the reading still needs; none where it needs no more. One reply is asked for again."""
        made = {call.slot: call for call in calls}
        first = 2 * self.sample
        if first not in made:
            return (self._ask(first, ""),)
        problem = answered(self.about, made[first].completion)[2]
        return (self._ask(first + 1, problem),) if problem and first + 1 not in made else ()

    def _ask(self, slot: int, reask: str) -> Ask:
        match = self.debate.match
        read = Debate(match=match, turns=(*([self.answered] if self.answered else []), self.turn))
        shown = match.shown[::-1] if self.sample else match.shown
        return Ask(
            purpose="audit",
            slot=slot,
            sampling=self.reader,
            role=f"audit/{self.about}",
            source=ballot(read, self.reader, shown=shown),
            voice=self.reader,
            beside=Beside(draft=self.turn.scratchpad if self.about == "notes" else ""),
            reask=reask,
            form=form(self.about),
        )


def inquiries(debate: Debate, reader: Judge, prompts: str) -> Iterator[Inquiry]:
    """Yield the readings that are wanted of a debate: every speech, all notes, and a share of both twice."""
    seats = {seat.seat for seat in debate.match.seats if seat.argues is not None}
    said = [turn for turn in debate.turns if turn.seat in seats and turn.kind == "argument" and turn.text]
    for turn in said:
        if GIVEN in turn.flags:  # read where it was made
            continue
        heard = [other for other in said if other.seat != turn.seat and other.beat < turn.beat]
        before = heard[-1] if heard else None
        kinds: tuple[About, ...] = ("reply" if before else "opening", *(("notes",) if turn.scratchpad.strip() else ()))
        for about in kinds:
            again = chance("read again", debate.match.id, turn.index, about) % 10_000 < SHARE * 10_000
            for sample in range(1 + again):
                yield Inquiry(debate, reader, about, turn, before, prompts, sample)


def form(about: About) -> dict[str, JsonValue]:
    """Return the JSON schema of a reading's reply."""
    kinds: dict[str, JsonValue] = {word: {"type": kind} for word, kind in WORDS[about].items()}
    return {"type": "object", "properties": kinds, "required": list(kinds), "additionalProperties": False}


def answered(about: About, completion: Completion) -> tuple[JudgmentState, dict[str, int], str]:
    """Read a reply strictly: its state, its answers, and what is wrong with it, or nothing."""
    if completion.state != "ok":
        state: JudgmentState = "malformed" if completion.state == "empty" else completion.state
        return state, {}, f"it was {completion.state}"
    found = verdicts.data(completion.text, tuple(WORDS[about]))
    problem = found if isinstance(found, str) else _problem(about, found)
    if problem or isinstance(found, str):
        return "malformed", {}, problem
    return "valid", {word: int(found[word]) for word in WORDS[about]}, ""


def _problem(about: About, found: Mapping[str, Any]) -> str:
    """Say what is wrong with answers; nothing where all is right."""
    for word, kind in WORDS[about].items():
        if kind == "boolean" and not isinstance(found[word], bool):
            return f'"{word}" must be true or false'
        if kind == "integer" and not _counts(found[word]):
            return f'"{word}" must be a whole number from 0 to {MOST}'
    for less, more in WITHIN:
        if less in found and int(found[less]) > int(found[more]):
            return f'"{less}" cannot be more than "{more}"'
    return ""


def _counts(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def readings(calls: Iterable[tuple[str, str, str, Call]]) -> tuple[Reading, ...]:
    """Return the readings that follow from an audit's calls; of one thing read twice alike, the later one.

    Args:
        calls: match, place, model and call, in the order in which they were made.
    """
    found: dict[tuple[str, str, str, int, int], Reading] = {}
    for match, where, model, call in calls:
        kind, *rest = where.split("/")
        if kind != "read" or len(rest) != 4:
            continue
        about: About = ROLES[f"audit/{rest[0]}"]
        turn, sample = int(rest[1]), int(rest[2])
        state, answers, _ = answered(about, call.completion)
        one = Reading(match=match, reader=model, about=about, turn=turn, sample=sample, state=state, answers=answers)
        found[match, model, about, turn, sample] = one
    return tuple(found.values())
