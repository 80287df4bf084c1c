"""In which ways can a reader be wrong about an arrival?"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from debate.worlds.dice import Dice
from debate.worlds.railway.state import Delay, Train

_FURTHEST = 10  # minutes


class Slip(NamedTuple):
    """A way to be wrong: by how many minutes, how much speaks for it, why it is wrong, and what it is called."""

    off: int
    temptation: float
    why: str
    mistake: str


def facts(train: Train, place: int) -> list[Hashable]:
    """Return the statements that an arrival rests on."""
    return [
        *(leg.fact for leg in train.legs[:place]),
        *(delay.fact for delay in train.delays if delay.place < place),
    ]


def slips(train: Train, place: int) -> Iterator[Slip]:
    """Yield what can be missed, counted too early, read in the old timetable, or miscounted."""
    for delay in train.delays:
        what = (
            f"the {delay.minutes} minutes {'gained' if delay.off < 0 else 'lost'} at or after {train.way[delay.place]}"
        )
        called = _called(train, delay)
        if delay.place < place:
            yield Slip(-delay.off, 0.3, f"{what} would have to be left out", f"{called} were left out")
        else:
            why = f"{what}, which came later, would have to be counted"
            yield Slip(delay.off, 0.7, why, f"{called} were counted in")
    for at, old in enumerate(train.before[:place]):
        if old is not None:
            stretch = f"from {train.way[at]} to {train.way[at + 1]}"
            why = f"the old timetable {stretch} would have to hold"
            yield Slip(old.minutes - train.legs[at].minutes, 1.0, why, f"The old minutes {stretch} were used")
    if place < len(train.legs):
        more = f"The minutes from {train.way[place]} to {train.way[place + 1]} were added"
        yield Slip(train.legs[place].minutes, 0.1, "a stretch too many would have to be run", more)
    fewer = f"The minutes from {train.way[place - 1]} to {train.way[place]} were left out"
    yield Slip(-train.legs[place - 1].minutes, 0.1, "the last stretch would have to be left out", fewer)


def _called(train: Train, delay: Delay) -> str:
    where = {"late": "before the start", "stood": f"at {train.way[delay.place]}"}
    between = f"between {train.way[delay.place]} and {train.way[delay.place + 1]}"
    done = "gained" if delay.off < 0 else "lost"
    return f"The {delay.minutes} minutes {done} {where.get(delay.kind, between)}"


def further(off: int, dice: Dice) -> int:
    """Return how far two further answers lie from the first two, which are `off` minutes apart.

    The right answer is the least, the second, the third or the greatest of the four with equal chances, if `off` is as
    often forwards as backwards.
    """
    sign = 1 if off > 0 else -1
    if dice.flip():
        return sign * dice.pick([step for step in range(1, _FURTHEST) if step != abs(off)])
    near, far = range(1, abs(off)), range(abs(off) + 1, abs(off) + _FURTHEST)
    return -sign * dice.pick(near if near and dice.flip() else far)
