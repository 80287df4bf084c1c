"""What can be asked of the diary, and what a reader answers who misses a delay or reads an old timetable."""

from __future__ import annotations

from collections.abc import Iterator

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.railway.journeys import Journeys
from debate.worlds.railway.prose import clock, named
from debate.worlds.railway.slips import Slip, facts, further, slips
from debate.worlds.railway.state import QUARTER, Line, Train
from debate.worlds.teller import Teller
from debate.worlds.world import Asked

_TRAINS = 20  # looked at
_PLACES = 3  # of each train
_TEMPTING = 0.3  # a lesser slip is taken only where there is none of these


class Asker:
    """Makes questions about one line; in one passage all lures err towards later times, or all towards earlier ones."""

    def __init__(self, line: Line, almanac: Almanac, teller: Teller, dice: Dice) -> None:
        self._line = line
        self._almanac = almanac
        self._teller = teller
        self._dice = dice
        self._way = 1 if dice.flip() else -1
        self._journeys = Journeys(line, almanac, teller, dice, self._way)

    def questions(self) -> Iterator[Asked]:
        """Yield questions about trains of chance."""
        for train in self._dice.sample(self._line.trains, _TRAINS):
            for place in self._dice.sample(range(1, len(train.way)), _PLACES):
                yield from self._when(train, place)
            yield from self._coach(train)
        yield from self._journeys.questions()

    def _when(self, train: Train, place: int) -> Iterator[Asked]:
        """Ask when a train came; a coin decides which way the two further answers are off."""
        lure = self._lure(list(slips(train, place)))
        if lure is None:
            return
        step = further(lure.off, self._dice)
        right = train.arrives(place)
        times = [clock(right + off) for off in (0, lure.off, step, lure.off + step)]
        said = facts(train, place)
        yield Asked(
            kind="arrival",
            text=f"At what time did the {named(train)} reach {train.way[place]} on {self._almanac.full(train.day)}?",
            right=times[0],
            lure=times[1],
            others=(times[2], times[3]),
            evidence=self._teller.places(said),
            hops=len(said),
            temptation=lure.temptation,
            reason=f"With what it lost and gained on the way it came at {times[0]}; for {times[1]}, {lure.why}.",
        )

    def _coach(self, train: Train) -> Iterator[Asked]:
        """Ask for a coach; the lure goes just before the right one, or just after it, or a little further off."""
        person, place = train.passenger
        right = self._line.coach_for(train.arrives(place))
        caught = [
            slip._replace(off=off)
            for slip in slips(train, place)
            if (off := self._line.coach_for(train.arrives(place) + slip.off) - right)
        ]
        lure = self._lure(caught)
        if lure is None:
            return
        step = self._dice.pick([step for step in (QUARTER, 2 * QUARTER, 3 * QUARTER) if step != abs(lure.off)])
        step *= 1 if self._dice.flip() else -1
        times = [clock(right + off) for off in (0, lure.off, step, lure.off + step)]
        said = [*facts(train, place), "coaches", (train.day, train.number, "aboard")]
        yield Asked(
            kind="connection",
            text=f"Which coach did {person} take from {train.way[place]} on {self._almanac.full(train.day)}?",
            right=f"The {times[0]} coach",
            lure=f"The {times[1]} coach",
            others=(f"The {times[2]} coach", f"The {times[3]} coach"),
            evidence=self._teller.places(said),
            hops=len(said),
            temptation=lure.temptation,
            reason=f"The train came at {clock(train.arrives(place))}; for the {times[1]} coach, {lure.why}.",
        )

    def _lure(self, found: list[Slip]) -> Slip | None:
        """Return a slip that errs the passage's way, where there are slips that err either way."""
        sorts = {way: [slip for slip in found if slip.off * way > 0] for way in (1, -1)}
        if not sorts[1] or not sorts[-1]:
            return None
        mine = sorts[self._way]
        return self._dice.pick([slip for slip in mine if slip.temptation >= _TEMPTING] or mine)
