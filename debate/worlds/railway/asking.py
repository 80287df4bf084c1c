"""What can be asked of the diary, and what a reader answers who misses a delay or reads an old timetable."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.railway.prose import clock, named
from debate.worlds.railway.state import Line, Train
from debate.worlds.teller import Teller
from debate.worlds.world import Asked

_TRAINS = 20  # looked at
_PLACES = 3  # of each train
_QUARTER = 15
_TEMPTING = 0.3  # a lesser slip is taken only where there is none of these


class Slip(NamedTuple):
    """A way to be wrong about an arrival: by how many minutes, how much speaks for it, and why it is wrong."""

    off: int
    temptation: float
    why: str


class Asker:
    """Makes questions about one line; in one passage all lures err towards later times, or all towards earlier ones."""

    def __init__(self, line: Line, almanac: Almanac, teller: Teller, dice: Dice) -> None:
        self._line = line
        self._almanac = almanac
        self._teller = teller
        self._dice = dice
        self._way = 1 if dice.flip() else -1

    def questions(self) -> Iterator[Asked]:
        """Yield questions about trains of chance."""
        for train in self._dice.sample(self._line.trains, _TRAINS):
            for place in self._dice.sample(range(1, len(train.way)), _PLACES):
                yield from self._when(train, place)
            yield from self._coach(train)

    def _when(self, train: Train, place: int) -> Iterator[Asked]:
        """Ask when a train came; a coin decides which way the two further answers are off."""
        slips = list(_slips(train, place))
        lure = self._lure(slips)
        if lure is None:
            return
        further = self._dice.pick([step for step in range(2, 10) if step != abs(lure.off)])
        further *= 1 if self._dice.flip() else -1
        right = train.arrives(place)
        times = [clock(right + off) for off in (0, lure.off, further, lure.off + further)]
        facts = _facts(train, place)
        yield Asked(
            kind="arrival",
            text=f"At what time did the {named(train)} reach {train.way[place]} on {self._almanac.full(train.day)}?",
            right=times[0],
            lure=times[1],
            others=(times[2], times[3]),
            evidence=self._teller.places(facts),
            hops=len(facts),
            temptation=lure.temptation,
            reason=f"With what it lost and gained on the way it came at {times[0]}; for {times[1]}, {lure.why}.",
        )

    def _coach(self, train: Train) -> Iterator[Asked]:
        """Ask for a coach; the lure goes just before the right one, or just after it, or a little further off."""
        person, place = train.passenger
        right = self._next(train.arrives(place))
        caught = [
            slip._replace(off=off)
            for slip in _slips(train, place)
            if (off := self._next(train.arrives(place) + slip.off) - right)
        ]
        lure = self._lure(caught)
        if lure is None:
            return
        further = self._dice.pick([step for step in (_QUARTER, 2 * _QUARTER, 3 * _QUARTER) if step != abs(lure.off)])
        further *= 1 if self._dice.flip() else -1
        times = [clock(right + off) for off in (0, lure.off, further, lure.off + further)]
        facts = [*_facts(train, place), "coaches", (train.day, train.number, "aboard")]
        yield Asked(
            kind="connection",
            text=f"Which coach did {person} take from {train.way[place]} on {self._almanac.full(train.day)}?",
            right=f"The {times[0]} coach",
            lure=f"The {times[1]} coach",
            others=(f"The {times[2]} coach", f"The {times[3]} coach"),
            evidence=self._teller.places(facts),
            hops=len(facts),
            temptation=lure.temptation,
            reason=f"The train came at {clock(train.arrives(place))}; for the {times[1]} coach, {lure.why}.",
        )

    def _lure(self, slips: list[Slip]) -> Slip | None:
        """Return a slip that errs the passage's way, where there are slips that err either way."""
        sorts = {way: [slip for slip in slips if slip.off * way > 0] for way in (1, -1)}
        if not sorts[1] or not sorts[-1]:
            return None
        mine = sorts[self._way]
        return self._dice.pick([slip for slip in mine if slip.temptation >= _TEMPTING] or mine)

    def _next(self, arrives: int) -> int:
        """Return when the next coach goes for somebody whose train arrives at a time."""
        ready = arrives + self._line.walk - self._line.coach
        return -(-ready // _QUARTER) * _QUARTER + self._line.coach


def _facts(train: Train, place: int) -> list[Hashable]:
    return [
        *(leg.fact for leg in train.legs[:place]),
        *(delay.fact for delay in train.delays if delay.place < place),
    ]


def _slips(train: Train, place: int) -> Iterator[Slip]:
    for delay in train.delays:
        what = (
            f"the {delay.minutes} minutes {'gained' if delay.off < 0 else 'lost'} at or after {train.way[delay.place]}"
        )
        if delay.place < place:
            yield Slip(-delay.off, 0.3, f"{what} would have to be left out")
        else:
            yield Slip(delay.off, 0.7, f"{what}, which came later, would have to be counted")
    for at, old in enumerate(train.before[:place]):
        if old is not None:
            stretch = f"{train.way[at]} to {train.way[at + 1]}"
            yield Slip(
                old.minutes - train.legs[at].minutes, 1.0, f"the old timetable from {stretch} would have to hold"
            )
    if place < len(train.legs):
        yield Slip(train.legs[place].minutes, 0.1, "a stretch too many would have to be run")
    yield Slip(-train.legs[place - 1].minutes, 0.1, "the last stretch would have to be left out")
