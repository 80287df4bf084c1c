"""What is left of a debate when an audit has read it: numbers for each speech, and who spoke for what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from debate.audits.traces import PLACE, cooperates, leaning, traced, vocabulary
from debate.domain import Debate, Key, Match, Quote, Turn, canary
from debate.protocols import family
from debate.stats.column import NONE, Floats

PARTS = 64
"""Into how many parts a passage is cut, to tell which of them is quoted."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is left of one speech."""

    seat: int
    round: int
    turn: int
    traces: Floats
    bag: NDArray[np.uint8]
    phrases: NDArray[np.uint32]
    cited: int
    private: bool


@dataclass(frozen=True, slots=True)
class Reduced:
    """What is left of one debate; `set_aside` says why it is not audited, or is empty."""

    id: str
    question: str
    order: int
    place: int
    set_aside: str = ""
    simultaneous: bool = True
    repeat: int = 0
    arm: str = ""
    players: tuple[str, ...] = ()
    argues: tuple[int, ...] = ()
    right: tuple[int, ...] = ()
    matched: str | None = None
    stake: int = NONE
    counterpart: int = NONE
    annotated: bool = False
    flawed: bool = False
    canary: tuple[int, int] = (NONE, NONE)
    """The place of the seat that was told a word, and which of the two words."""
    speeches: tuple[Spoken, ...] = ()


def reduce(debate: Debate, key: Key | None = None, *, order: int = 0, place: int = 0) -> Reduced:
    """Read a debate for the audit; `order` is its place in the plan, `place` that of its question in the bank."""
    match = debate.match
    why = _set_aside(debate)
    if why:
        return Reduced(id=match.id, question=match.question.id, order=order, place=place, set_aside=why)
    seats = [seat for seat in match.seats if seat.argues is not None]
    argues = tuple(seat.argues if seat.argues is not None else NONE for seat in seats)
    correct = None if key is None else key.correct
    right = tuple(NONE if correct is None else int(answer == correct) for answer in argues)
    return Reduced(
        id=match.id,
        question=match.question.id,
        order=order,
        place=place,
        simultaneous=match.protocol.order != "sequential",
        repeat=match.repeat,
        arm=match.arm,
        players=tuple(seat.player.name if seat.player else "" for seat in seats),
        argues=argues,
        right=right,
        matched=key.match_id if key else None,
        stake=_code(key.stake_answer if key else None),
        counterpart=_code(key.counterpart_answer if key else None),
        annotated=bool(key and key.evidence),
        flawed=bool(key and key.flaws),
        canary=_canary(match, [seat.seat for seat in seats]),
        speeches=_speeches(debate, key, [seat.seat for seat in seats], argues),
    )


def _set_aside(debate: Debate) -> str:
    argued = [seat for seat in debate.match.seats if seat.argues is not None]
    if len(argued) != 2:
        return "not two sides"
    if family(debate.match.protocol).becomes:  # every null holds sides to be assigned
        return "a side was chosen"
    if debate.broken is not None:
        return debate.broken.state
    spoken = {turn.seat for turn in debate.turns}
    return "" if all(seat.seat in spoken for seat in argued) else "unfinished"


def _speeches(debate: Debate, key: Key | None, seats: list[str], argues: tuple[int, ...]) -> tuple[Spoken, ...]:
    answers = debate.match.question.answers
    words = [vocabulary(answers[answer]) for answer in argues]
    passage = debate.match.question.passage
    long = len(passage.text) if passage else 0
    said = [turn for turn in debate.turns if turn.seat in seats and turn.text]
    said.sort(key=lambda turn: (turn.round, seats.index(turn.seat), turn.index))
    return tuple(_spoken(turn, seats.index(turn.seat), words, key, long) for turn in said)


def _spoken(turn: Turn, seat: int, words: list[frozenset[str]], key: Key | None, long: int) -> Spoken:
    row, bag, phrases, said = traced(turn.text)
    row[PLACE["own"]], row[PLACE["other"]] = leaning(said, words[seat], words[1 - seat])
    row[PLACE["conceded"]] = turn.conceded
    row[PLACE["verified"]] = sum(quote.status != "unverified" for quote in turn.quotes)
    row[PLACE["unverified"]] = sum(quote.status == "unverified" for quote in turn.quotes)
    row[PLACE["cites"]] = _cites(turn.quotes, key)
    row[PLACE["cooperates"]] = cooperates(turn.scratchpad)
    return Spoken(
        seat, turn.round, turn.index, row, bag, phrases, _parts(turn.quotes, long), bool(turn.scratchpad.strip())
    )


def _cites(quotes: tuple[Quote, ...], key: Key | None) -> bool:
    """Tell whether a verified quote shows decisive evidence, or the planted error."""
    decisive = (*key.evidence, *key.flaws) if key else ()
    return any(
        quote.passage_start is not None
        and quote.passage_end is not None
        and quote.passage_start < span.end
        and span.start < quote.passage_end
        for quote in quotes
        for span in decisive
    )


def _parts(quotes: tuple[Quote, ...], long: int) -> int:
    bits = 0
    for quote in quotes:
        if quote.passage_start is not None and quote.passage_end is not None and long:
            first = quote.passage_start * PARTS // long
            last = (quote.passage_end - 1) * PARTS // long
            for part in range(min(first, PARTS - 1), min(last, PARTS - 1) + 1):
                bits |= 1 << part
    return bits


def _canary(match: Match, seats: list[str]) -> tuple[int, int]:
    bird = canary(match)
    return (seats.index(bird[0]), bird[1]) if bird else (NONE, NONE)


def _code(value: int | None) -> int:
    return NONE if value is None else value
