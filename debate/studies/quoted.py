"""What do the debaters quote, in the order of the text that they quote from? Overlapping quotes are read as one."""

from __future__ import annotations

from debate.domain import Ballot, Quote, Speech, Value
from debate.domain.debate import QuoteStatus


class Use(Value):
    """Where something was quoted."""

    label: str
    round: int
    speech: int


class Quoted(Value):
    """A stretch of the passage that was quoted, or something that does not stand in it."""

    text: str
    start: int | None
    """Its place in the passage; None for what was not found there."""
    end: int | None
    status: QuoteStatus
    used: tuple[Use, ...]


def quoted(ballot: Ballot) -> tuple[Quoted, ...]:
    """Return what was quoted up to the round of a ballot, in passage order; what was not found comes last."""
    found = [_one(speech, quote) for speech in ballot.speeches for quote in speech.quotes]
    there = sorted((one for one in found if one.start is not None), key=_place)
    merged: list[Quoted] = []
    for one in there:
        if merged and (joined := _joined(merged[-1], one)):
            merged[-1] = joined
        else:
            merged.append(one)
    return (*merged, *(one for one in found if one.start is None))


def _one(speech: Speech, quote: Quote) -> Quoted:
    return Quoted(
        text=speech.text[quote.start : quote.end],
        start=quote.passage_start,
        end=quote.passage_end,
        status=quote.status,
        used=(Use(label=speech.label, round=speech.round, speech=speech.index),),
    )


def _place(one: Quoted) -> tuple[int, int]:
    return one.start or 0, -(one.end or 0)


def _joined(one: Quoted, other: Quoted) -> Quoted | None:
    """Return two quotes that overlap as one, where both are the words of the passage, character by character."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return None
    exact = len(one.text) == one.end - one.start and len(other.text) == other.end - other.start
    if one.status != other.status or not exact or other.start >= one.end:
        return None
    more = other.text[max(one.end - other.start, 0) :]
    used = (*one.used, *(use for use in other.used if use not in one.used))
    return one.model_copy(update={"text": one.text + more, "end": max(one.end, other.end), "used": used})
