"""What can be asked of a journey besides its end: how long, how late, what if, and where a reckoning went wrong."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import pairwise

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.railway.prose import clock, named
from debate.worlds.railway.slips import facts, further, slips
from debate.worlds.railway.state import QUARTER, Delay, Leg, Line, Train
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
        looked = self._dice.sample(self._line.trains, _TRAINS)
        for one, other in pairwise(looked):
            if one.leaves != other.leaves:
                yield from self._longer(one, other)
        for train in looked:
            yield from self._if_in_time(train, self._dice.between(2, len(train.legs)))
            yield from self._allowed(train)
            yield from self._waited(train)
            yield from self._furthest(train)
            yield from self._mistaken(train, self._dice.between(2, len(train.legs)))

    def _longer(self, one: Train, other: Train) -> Iterator[Asked]:
        """Ask which of two trains took longer between two stations, where one slip turns it round."""
        a, b = self._dice.sample(self._line.stations[1:-1], 2)
        took = {train: self._took(train, a, b) for train in (one, other)}
        more, less = sorted((one, other), key=lambda train: -took[train])
        gap = took[more] - took[less]
        turning = [delay.off for delay in more.delays if delay.off > gap]
        turning += [-delay.off for delay in less.delays if -delay.off > gap]
        if not gap or not turning:
            return
        said = self._run(one, a, b) | self._run(other, a, b)
        first, second = (f"the {named(train)} on {self._almanac.full(train.day)}" for train in (one, other))
        yield Asked(
            kind="duration",
            text=f"Which took more minutes between {a} and {b}, from arrival to arrival: {first}, or {second}?",
            right=f"The {named(more)}",
            lure=f"The {named(less)}",
            others=(),
            evidence=self._teller.places(said),
            hops=len(said),
            temptation=0.5,
            reason=f"The {named(more)} took {took[more]} minutes and the {named(less)} {took[less]}.",
        )

    def _took(self, train: Train, a: str, b: str) -> int:
        first, last = sorted((train.way.index(a), train.way.index(b)))
        return train.arrives(last) - train.arrives(first)

    def _run(self, train: Train, a: str, b: str) -> set[Hashable]:
        first, last = sorted((train.way.index(a), train.way.index(b)))
        return set(facts(train, last)) - set(facts(train, first))

    def _if_in_time(self, train: Train, place: int) -> Iterator[Asked]:
        """Ask when a train would have come but for one delay or gain; the lure is when it did come."""
        cases = {_in_time(train, delay): 0 for delay in train.delays if delay.place < place}
        for delay in train.delays:
            if delay.place < place:
                cases[_in_time(train, delay)] += delay.off
        fit = [said for said, off in cases.items() if off * self._way > 0]
        if not fit:
            return
        said = self._dice.pick(fit)
        off, came = cases[said], train.arrives(place)
        step = further(off, self._dice)
        times = [clock(came - off + more) for more in (0, off, step, off + step)]
        told = facts(train, place)
        yield Asked(
            kind="counterfactual",
            text=f"If the {named(train)} had {said} on {self._almanac.full(train.day)}, and all else had gone as it "
            f"did, at what time would it have reached {train.way[place]}?",
            right=times[0],
            lure=times[1],
            others=(times[2], times[3]),
            evidence=self._teller.places(told),
            hops=len(told),
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


def _in_time(train: Train, delay: Delay) -> str:
    a, b = train.way[delay.place], train.way[delay.place + 1]
    others = {"late": "started in time", "stood": f"not been kept at {a}"}
    return others.get(delay.kind, f"kept its time between {a} and {b}")


def _stood(behind: int) -> str:
    if not behind:
        return "on time"
    return f"{behind} behind" if behind > 0 else f"{-behind} before its time"
