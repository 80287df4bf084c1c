"""What can be asked of a journey besides its end: how long, how late, what if, and where a reckoning went wrong."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import pairwise

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.railway.prose import clock, named
from debate.worlds.railway.slips import facts, slips
from debate.worlds.railway.state import QUARTER, Leg, Line, Train
from debate.worlds.teller import Teller
from debate.worlds.world import Asked

_TRAINS = 10  # looked at
_SHORT, _LONG = 5, 16  # minutes of a stretch


class Journeys:
    """Makes questions about single journeys; numbers err upwards in one passage, or downwards, as `way` says."""

    def __init__(self, line: Line, almanac: Almanac, teller: Teller, dice: Dice, way: int) -> None:
        self._line = line
        self._almanac = almanac
        self._teller = teller
        self._dice = dice
        self._way = way
        self._versions: dict[frozenset[str], set[Leg]] = {}
        for train in line.trains:
            for ends, leg in zip(pairwise(train.way), train.legs, strict=True):
                self._versions.setdefault(frozenset(ends), set()).add(leg)

    def questions(self) -> Iterator[Asked]:
        """Yield questions about trains of chance."""
        for train in self._dice.sample(self._line.trains, _TRAINS):
            first, last = sorted(self._dice.sample(range(1, len(train.way)), 2))
            yield from self._took(train, first, last)
            yield from self._if_in_time(train, self._dice.between(2, len(train.legs)))
            yield from self._allowed(train)
            yield from self._waited(train)
            yield from self._furthest(train)
            yield from self._mistaken(train, self._dice.between(2, len(train.legs)))

    def _took(self, train: Train, first: int, last: int) -> Iterator[Asked]:
        """Ask for the time between two arrivals; the lure misses, or adds, what was lost or gained."""
        right = train.arrives(last) - train.arrives(first)
        missed = [(-delay.off, 0.4, "leaves it out") for delay in train.delays if first <= delay.place < last]
        added = [(delay.off, 0.8, "adds it") for delay in train.delays if not first <= delay.place < last]
        lures = [lure for lure in missed + added if lure[0] * self._way > 0]
        if not lures:
            return
        off, temptation, why = self._dice.pick(lures)
        further = self._dice.pick([step for step in range(2, 10) if step != abs(off)])
        if right - abs(off) - further < 10:  # a number of one figure would be rare, and so would stand out
            return
        further *= 1 if self._dice.flip() else -1
        a, b = train.way[first], train.way[last]
        said = {fact for fact in facts(train, last) if fact not in facts(train, first)}
        yield Asked(
            kind="duration",
            text=f"How many minutes lay between the arrival of the {named(train)} at {a} and its arrival at {b} on "
            f"{self._almanac.full(train.day)}?",
            right=str(right),
            lure=str(right + off),
            others=(str(right + further), str(right + off + further)),
            evidence=self._teller.places(said),
            hops=len(said),
            temptation=temptation,
            reason=f"It reached {a} at {clock(train.arrives(first))} and {b} at {clock(train.arrives(last))}; a delay "
            f"or a gain of {abs(off)} minutes makes the difference where one {why}.",
        )

    def _if_in_time(self, train: Train, place: int) -> Iterator[Asked]:
        """Ask when a train would have come, had it kept its time on a stretch; the lure is when it did come."""
        offs: dict[int, int] = {}
        for delay in train.delays:
            if delay.kind in ("lost", "gained") and delay.place < place:
                offs[delay.place] = offs.get(delay.place, 0) + delay.off
        at = [at for at, off in offs.items() if off * self._way > 0]
        if not at:
            return
        stretch = self._dice.pick(at)
        off, came = offs[stretch], train.arrives(place)
        further = self._dice.pick([step for step in range(2, 10) if step != abs(off)])
        further *= 1 if self._dice.flip() else -1
        times = [clock(came - off + step) for step in (0, off, further, off + further)]
        said = facts(train, place)
        yield Asked(
            kind="counterfactual",
            text=f"If the {named(train)} had kept its time between {train.way[stretch]} and {train.way[stretch + 1]} "
            f"on {self._almanac.full(train.day)}, and all else had gone as it did, at what time would it have reached "
            f"{train.way[place]}?",
            right=times[0],
            lure=times[1],
            others=(times[2], times[3]),
            evidence=self._teller.places(said),
            hops=len(said),
            temptation=0.6,
            reason=f"It came at {times[1]}; without what it {'lost' if off > 0 else 'gained'} there, at {times[0]}.",
        )

    def _allowed(self, train: Train) -> Iterator[Asked]:
        """Ask what the timetable allowed on a day; the lure is what it allowed on another."""
        at = self._dice.below(len(train.legs))
        leg, ends = train.legs[at], (train.way[at], train.way[at + 1])
        minutes = {one.minutes for one in self._versions[frozenset(ends)]} - {leg.minutes}
        if not minutes:
            return
        lure = self._dice.pick(sorted(minutes))
        rest = [number for number in range(_SHORT, _LONG + 1) if number not in (leg.minutes, lure)]
        old = train.before[at]
        earlier = old is not None and old.minutes == lure
        yield Asked(
            kind="timetable",
            text=f"How many minutes did the timetable allow between {ends[0]} and {ends[1]} on "
            f"{self._almanac.full(train.day)}?",
            right=str(leg.minutes),
            lure=str(lure),
            others=tuple(map(str, self._dice.sample(rest, 2))),
            evidence=self._teller.places([leg.fact]),
            hops=1,
            temptation=0.9 if earlier else 0.5,
            reason=f"On that day {leg.minutes} held; {lure} held at another time.",
        )

    def _waited(self, train: Train) -> Iterator[Asked]:
        """Ask how long somebody stood at the coach; the lure has the train come earlier or later."""
        person, place = train.passenger
        came = train.arrives(place)
        waits = [(self._wait(came + slip.off), slip) for slip in slips(train, place)]
        lures = [(wait, slip) for wait, slip in waits if wait != self._wait(came)]
        if not lures:
            return
        right = self._wait(came)
        lure, slip = self._dice.pick(lures)
        rest = [wait for wait in range(QUARTER) if wait not in (right, lure)]
        said = [*facts(train, place), "coaches", (train.day, train.number, "aboard")]
        yield Asked(
            kind="wait",
            text=f"How many minutes did {person} stand beside the coach's stop at {train.way[place]} on "
            f"{self._almanac.full(train.day)}, once the walk from the train was done?",
            right=str(right),
            lure=str(lure),
            others=tuple(map(str, self._dice.sample(rest, 2))),
            evidence=self._teller.places(said),
            hops=len(said),
            temptation=slip.temptation,
            reason=f"The train came at {clock(came)} and the coach went at {clock(self._line.coach_for(came))}; for "
            f"{lure} minutes, {slip.why}.",
        )

    def _wait(self, came: int) -> int:
        return self._line.coach_for(came) - came - self._line.walk

    def _furthest(self, train: Train) -> Iterator[Asked]:
        """Ask where a train was most behind; the lure is where it was the next most."""
        places = self._dice.sample(range(1, len(train.way)), 4)
        behind = {place: sum(d.off for d in train.delays if d.place < place) for place in places}
        right, lure, *others = sorted(places, key=lambda place: -behind[place])
        said: set[Hashable] = {delay.fact for delay in train.delays if delay.place < max(places)}
        if behind[right] in (behind[lure], 0) or behind[right] < 0 or not said:
            return
        yield Asked(
            kind="furthest",
            text=f"At which of these stations did the {named(train)} come in furthest behind its time on "
            f"{self._almanac.full(train.day)}?",
            right=train.way[right],
            lure=train.way[lure],
            others=tuple(train.way[place] for place in others),
            evidence=self._teller.places(said),
            hops=1 + len(said),
            temptation=0.5,
            reason=f"It was {behind[right]} minutes behind there, and at {train.way[lure]} {_stood(behind[lure])}.",
        )

    def _mistaken(self, train: Train, place: int) -> Iterator[Asked]:
        """Ask which one mistake gives a wrong arrival; any of the answers could have been made."""
        made = {slip.off: slip for slip in self._dice.shuffled(list(slips(train, place))) if slip.off}
        if len(made) < 3:
            return
        right, lure, *others = self._dice.sample(list(made.values()), 4)
        said = facts(train, place)
        yield Asked(
            kind="mistake",
            text=f"Somebody worked out from these pages that the {named(train)} reached {train.way[place]} at "
            f"{clock(train.arrives(place) + right.off)} on {self._almanac.full(train.day)}, and made one mistake. "
            "Which?",
            right=right.mistake,
            lure=lure.mistake,
            others=tuple(slip.mistake for slip in others),
            evidence=self._teller.places(said),
            hops=len(said),
            temptation=lure.temptation,
            reason=f"It came at {clock(train.arrives(place))}, and the mistake must be worth {abs(right.off)} minutes; "
            f"the other would make it {clock(train.arrives(place) + lure.off)}.",
        )


def _stood(behind: int) -> str:
    if not behind:
        return "on time"
    return f"{behind} behind" if behind > 0 else f"{-behind} before its time"
