"""The schedule of a game in rounds: who speaks together, who after whom, and when the judge's seat asks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from debate.domain import Cue, Debate, Order, Protocol
from debate.protocols.family import first_open_beat

JUDGE = "judge"


@lru_cache(maxsize=256)
def schedule(
    rounds: int, order: Order, seats: tuple[str, ...], *, interactive: bool, first: int = 0
) -> tuple[Cue, ...]:
    """Return every cue of a full-length game, in the order of their indices.

    With `interactive`, the judge's seat speaks before the first round and after every round; a question that it
    asks is what the next round's arguments are about. The first cue has the index `first`.
    """
    cues: list[Cue] = []
    beat = 0

    def add(seat: str, round: int, kind: str, about: int | None = None) -> None:
        cues.append(Cue(index=first + len(cues), seat=seat, round=round, beat=beat, kind=kind, about=about))

    asked: int | None = None
    for number in range(rounds + 1):
        if number:
            for together in _beats(order, seats, number):
                beat += 1
                for seat in together:
                    add(seat, number, "argument", asked)
        if interactive:
            beat += 1
            asked = first + len(cues)
            add(JUDGE, number, "question" if number < rounds else "ruling")
    return tuple(cues)


def _beats(order: Order, seats: tuple[str, ...], number: int) -> Iterator[tuple[str, ...]]:
    together = order == "simultaneous" or (order == "mixed" and number == 1)
    return iter([seats]) if together else iter([(seat,) for seat in seats])


def due(debate: Debate, seats: tuple[str, ...], *, first: int = 0) -> tuple[Cue, ...]:
    """Return the cues that may be taken now in a game in rounds, whose first cue has the index `first`."""
    rules = debate.match.protocol
    interactive = rules.interactive
    if interactive and any(turn.seat == JUDGE and turn.says and turn.says.end for turn in debate.turns):
        return ()
    return first_open_beat(debate, schedule(rules.rounds, rules.order, seats, interactive=interactive, first=first))


def check(protocol: Protocol) -> tuple[str, ...]:
    """Say what is wrong with the parameters of a game in rounds."""
    return () if protocol.rounds >= 1 else (f'protocol "{protocol.title}" needs at least one round',)
