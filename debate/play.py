"""Play one match: while a cue is due, take it; a debate with all its turns comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from debate import speech
from debate.desk import Desk, Then
from debate.domain import Ask, Call, Cue, Debate, Failure, Judge, Match, Player, Row, Said, Took, Turn
from debate.events import Failed, Spoken, Tell, silent
from debate.protocols import due
from debate.transcript import brief


class Waiting(Exception):
    """A person has to act before the match can go on."""


class Unplayable(Exception):
    """A call of the match failed for good; the failure is on the record."""


async def play(
    debate: Debate, desk: Desk, *, calls: Mapping[str, Sequence[Call]] | None = None, tell: Tell = silent
) -> Debate:
    """Take every cue that is due until none is, and return the finished debate.

    Args:
        debate: the match with the turns that are stored already.
        calls: the calls answered under cues that have no turn yet, by `turn:INDEX`.

    Raises:
        Waiting: a seat that is due is a person's.
        Unplayable: a call failed for good; what the other seats said is kept.
    """
    while cues := due(debate):
        if any(_human(debate.match, cue) for cue in cues):
            raise Waiting
        turns = [_take(debate, cue, desk, (calls or {}).get(place(cue), ()), tell) for cue in cues]
        taken = await asyncio.gather(*turns, return_exceptions=True)
        for outcome in taken:
            if isinstance(outcome, Turn):
                debate += outcome
        _raise(taken)
    return debate


def place(cue: Cue) -> str:
    """Return how calls and failures name a cue."""
    return f"turn:{cue.index}"


def voice(match: Match, cue: Cue) -> Player | Judge:
    """Return who speaks at a cue."""
    seat = match.seat(cue.seat)
    sitting = seat.player or seat.judge
    assert sitting is not None, f"nobody sits at {cue.seat}"
    return sitting


def _human(match: Match, cue: Cue) -> bool:
    return voice(match, cue).kind == "human"


def _raise(taken: Sequence[Turn | BaseException]) -> None:
    """Raise what stops the run before what stops only this match."""
    errors = [outcome for outcome in taken if isinstance(outcome, BaseException)]
    fatal = [error for error in errors if not isinstance(error, Unplayable)]
    for error in (*fatal, *errors):
        raise error


async def _take(debate: Debate, cue: Cue, desk: Desk, stored: Sequence[Call], tell: Tell) -> Turn:
    match = debate.match
    sitting = voice(match, cue)
    seen = brief(debate, cue)
    calls = list(stored)
    done: list[Turn] = []

    def then(call: Call) -> tuple[Row, ...]:
        calls.append(call)
        step = speech.asks(sitting, seen, calls)
        if not isinstance(step, Turn):
            return ()
        done.append(step)
        return _rows(debate, step)

    while not done:
        step = speech.asks(sitting, seen, calls)
        if isinstance(step, Turn):
            desk.write(*_rows(debate, step))
            done.append(step)
        else:
            await _make(match, cue, desk, step, then, tell)
    turn = done[0]
    tell(Spoken(match.id, turn.index, turn.seat, turn.round, turn.state, turn.usage.cost_usd))
    return turn


def _rows(debate: Debate, turn: Turn) -> tuple[Row, ...]:
    """Return what is written down of a turn: itself, and what seats argue where it has decided that."""
    id, after = debate.match.id, (debate + turn).match
    seats = zip(debate.match.seats, after.seats, strict=True)
    decided = (new for old, new in seats if new.argues is not None and new.argues != old.argues)
    return (
        Said(match=id, turn=turn),
        *(Took(match=id, seat=s.seat, argues=s.argues) for s in decided if s.argues is not None),
    )


async def _make(match: Match, cue: Cue, desk: Desk, asks: Sequence[Ask], then: Then, tell: Tell) -> None:
    error = await desk.make_all(match.id, place(cue), asks, then)
    if error is None:
        return
    tell(Failed(match.id, place(cue), str(error)))
    desk.write(
        Failure(
            match=match.id,
            where=place(cue),
            kind=type(error).__name__,
            message=str(error),
            seat=cue.seat,
            player=voice(match, cue).name,
        )
    )
    raise Unplayable from error
