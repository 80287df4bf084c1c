"""A single line, its working timetable, which is altered now and then, and trains that do not keep it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from debate.worlds.dice import Dice
from debate.worlds.names import PLACES, SURNAMES

Kind: TypeAlias = Literal["late", "lost", "stood", "gained"]

STATIONS = 7
QUARTER = 15
"""Minutes from coach to coach."""


class Leg(NamedTuple):
    """What the timetable allows from one station to the next; `fact` names the statement that says so."""

    fact: str
    minutes: int


class Delay(NamedTuple):
    """Minutes lost or gained by a train, at a station or on the leg that begins there, as places along its way."""

    fact: tuple[int, int, int]
    kind: Kind
    place: int
    minutes: int

    @property
    def off(self) -> int:
        """By how many minutes it puts the train back."""
        return -self.minutes if self.kind == "gained" else self.minutes


class Train(NamedTuple):
    """One train on one day."""

    day: int
    number: int
    leaves: int
    """In minutes of the day."""
    way: tuple[str, ...]
    """The stations in the order in which it comes to them."""
    legs: tuple[Leg, ...]
    before: tuple[Leg | None, ...]
    """What each leg was before it was last altered."""
    delays: tuple[Delay, ...]
    passenger: tuple[str, int]
    """Somebody on it, and the place along the way where that person gets out for the coach."""

    def arrives(self, place: int) -> int:
        """Return when it reaches a place along its way, in minutes of the day."""
        run = sum(leg.minutes for leg in self.legs[:place])
        return self.leaves + run + sum(delay.off for delay in self.delays if delay.place < place)


@dataclass
class Line:
    """The line as it stands, and the trains that have run."""

    dice: Dice
    difficulty: float
    stations: list[str]
    coach: int
    """The minutes past each quarter at which coaches leave."""
    walk: int
    legs: list[Leg] = field(default_factory=list)
    before: list[Leg | None] = field(default_factory=list)
    trains: list[Train] = field(default_factory=list)

    @classmethod
    def opened(cls, dice: Dice, difficulty: float) -> Line:
        """Return a line on which nothing has run yet."""
        line = cls(dice, difficulty, dice.sample(PLACES, STATIONS), coach=dice.below(15), walk=dice.between(2, 6))
        line.legs = [Leg(f"leg {place}", dice.between(5, 16)) for place in range(STATIONS - 1)]
        line.before = [None] * len(line.legs)
        return line

    def coach_for(self, arrives: int) -> int:
        """Return when the next coach goes for somebody whose train arrives at a time."""
        ready = arrives + self.walk - self.coach
        return -(-ready // QUARTER) * QUARTER + self.coach

    def alter(self) -> int:
        """Alter the minutes of one leg, and return which."""
        place = self.dice.below(len(self.legs))
        old = self.legs[place]
        minutes = self.dice.pick([m for m in range(5, 17) if m != old.minutes])
        self.before[place] = old
        self.legs[place] = Leg(f"{old.fact}'", minutes)
        return place

    def work(self, day: int) -> list[Train]:
        """Let the trains of a day run."""
        hours = sorted(self.dice.sample(range(6, 20), 1 + self.dice.below(2)))
        aboard = self.dice.sample(SURNAMES, len(hours))
        ran = [
            self._run(day, number, 60 * hour + self.dice.between(1, 57), aboard[number])
            for number, hour in enumerate(hours)
        ]
        self.trains += ran
        return ran

    def _run(self, day: int, number: int, leaves: int, aboard: str) -> Train:
        down = self.dice.flip()
        order = 1 if down else -1
        delays = [
            self._delay((day, number, which))
            for which in range(1 + self.dice.below(2) + round(2 * self.difficulty * self.dice.share()))
        ]
        distinct = {(delay.kind, delay.place): delay for delay in delays}
        return Train(
            day,
            number,
            leaves,
            tuple(self.stations[::order]),
            tuple(self.legs[::order]),
            tuple(self.before[::order]),
            tuple(sorted(distinct.values(), key=lambda delay: (delay.place, delay.kind != "stood"))),
            (f"{self.dice.pick(('Mr', 'Mrs', 'Miss'))} {aboard}", self.dice.between(1, STATIONS - 1)),
        )

    def _delay(self, fact: tuple[int, int, int]) -> Delay:
        place = self.dice.below(STATIONS - 1)
        if self.dice.flip():
            return Delay(fact, "gained", place, self.dice.between(2, 4))
        if not place:
            return Delay(fact, "late", 0, self.dice.between(2, 9))
        return Delay(fact, self.dice.pick(("lost", "stood")), place, self.dice.between(2, 9))
