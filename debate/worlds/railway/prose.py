"""How the line's diary tells it."""

from __future__ import annotations

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.numbers import spelled
from debate.worlds.railway.state import Delay, Kind, Line, Train
from debate.worlds.teller import Teller

OPENINGS = (
    "The branch has one track and seven stations, which are, from south to north, {stations}. A train has as many "
    "minutes for a stretch in the one direction as in the other, and the stops are counted in. If nothing is said of a "
    "train in these pages, it kept its time.",
    "This is the diary of the branch that runs from {first} to {last}. Its seven stations, in order, are {stations}. "
    "The minutes allowed for a stretch hold for both directions and include the stops. Of what went as it should I say "
    "nothing.",
)
COACHES = (
    "Outside every station a coach leaves four times an hour, at {times} minutes past, and waits for nobody. From the "
    "train to the coach is a walk of {walk} minutes.",
    "At every station there is a coach, at {times} minutes past each hour, which is never late and never waits; one "
    "needs {walk} minutes to walk across to it.",
)
LEGS = (
    "From {a} to {b} the working timetable allows {n} minutes.",
    "Between {a} and {b} a train has {n} minutes.",
    "The stretch from {a} to {b} is put down at {n} minutes.",
    "A train is given {n} minutes from {a} to {b}.",
)
ALTERED = (
    "From today on a train has {n} minutes between {a} and {b}.",
    "The timetable is altered as of this morning: from {a} to {b} it now allows {n} minutes.",
    "A notice has come, by which the stretch from {a} to {b} is {n} minutes from this day on.",
)
DELAYS: dict[Kind, tuple[str, ...]] = {
    "late": (
        "The {train} got away {n} minutes late, {why}.",
        "It was {n} minutes past its time when the {train} started, {why}.",
    ),
    "lost": (
        "The {train} lost {n} minutes between {a} and {b}, {why}.",
        "Between {a} and {b} the {train} dropped {n} minutes, {why}.",
    ),
    "stood": (
        "At {a} the {train} stood {n} minutes longer than it should, {why}.",
        "The {train} was kept {n} minutes over its time at {a}, {why}.",
    ),
    "gained": (
        "The {train} made up {n} minutes between {a} and {b}, {how}.",
        "Between {a} and {b} the {train} gained {n} minutes, {how}.",
        "{n} minutes were won by the {train} on the stretch from {a} to {b}, {how}.",
    ),
}
ON_THE_WAY = (
    "there being cows on the line",
    "the rails being greasy with leaves",
    "the signal having stuck",
    "the fire having burned low",
    "somebody having pulled the cord for a hat",
    "the driver having stopped for a swan",
    "a gate having been left open",
    "the wind having brought a bough down",
)
AT_A_STATION = (
    "the mails having come late to the platform",
    "a door having been found open",
    "a perambulator having to be loaded",
    "the guard having been left behind and fetched",
    "a coffin having to be put aboard with decency",
    "the staff having been mislaid",
    "a dog refusing to enter the van",
    "two gentlemen disputing a corner seat",
)
HOWS = (
    "which nobody had asked of it",
    "with a following wind",
    "with a light load and a driver who wanted his tea",
    "by some hard running",
    "for once",
    "to everybody's surprise",
    "as the guard's watch bears out",
)
ABOARD = (
    "{person} was on the {train}, got out at {x} and took the next coach.",
    "By the {train} came {person}, who left it at {x} for the first coach that could be had.",
    "{person} rode on the {train} as far as {x} and went on by the next coach.",
)
ASIDES = (
    "The porter at {x} has planted beans along the platform.",
    "It rained the whole day at {x}, and nowhere else.",
    "A parcel of fish at {x} has not been called for.",
    "The lamp at {x} was out again.",
    "The inspector walked from {x} along the track, counting sleepers.",
    "The new clock for {x} has arrived, without hands.",
    "A fox lives under the goods shed at {x}.",
    "The stationmaster of {x} is on leave and his wife does the work.",
    "The choir from {x} sang in the second carriage.",
    "The cutting by {x} has been burned off against sparks.",
    "Somebody at {x} writes letters about the noise.",
    "There were swallows in the booking hall at {x}.",
    "The signal wire at {x} was greased.",
    "A bicycle was found at {x} and put in the lamp room.",
    "At {x} they have whitewashed the edge of the platform, and some of the passengers.",
)


class Diary:
    """The diary of the line."""

    def __init__(self, line: Line, almanac: Almanac, dice: Dice) -> None:
        self.teller = Teller(dice)
        self._line = line
        self._almanac = almanac
        self._dice = dice
        names = line.stations
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        self.teller.tell(OPENINGS, stations=listed, first=names[0], last=names[-1])
        times = [line.coach + 15 * quarter for quarter in range(4)]
        said = f"{', '.join(str(time) for time in times[:3])} and {times[3]}"
        self.teller.tell(COACHES, "coaches", times=said, walk=spelled(line.walk))
        self.teller.paragraph()
        for place in range(len(line.legs)):
            self._leg(LEGS, place)

    def write(self, day: int, altered: int | None, ran: list[Train]) -> None:
        """Write a day."""
        self.teller.paragraph()
        self.teller.say(f"{self._almanac.full(day)}.")
        if altered is not None:
            self._leg(ALTERED, altered)
        for train in ran:
            name = named(train)
            for delay in train.delays:
                self._aside(0.15)
                self._delay(train, delay, name)
                name = clock(train.leaves)  # which is enough, for the rest of the day
            person, place = train.passenger
            self.teller.tell(ABOARD, (train.day, train.number, "aboard"), person=person, train=name, x=train.way[place])
            self._aside(0.35)

    def _leg(self, phrasings: tuple[str, ...], place: int) -> None:
        ends = self._line.stations[place], self._line.stations[place + 1]
        leg = self._line.legs[place]
        self.teller.tell(phrasings, leg.fact, a=ends[0], b=ends[1], n=spelled(leg.minutes))

    def _delay(self, train: Train, delay: Delay, name: str) -> None:
        whys = ON_THE_WAY if delay.kind == "lost" else AT_A_STATION
        words = {"train": name, "n": spelled(delay.minutes), "a": train.way[delay.place]}
        words |= {"b": train.way[delay.place + 1], "why": self.teller.turn(whys), "how": self.teller.turn(HOWS)}
        self.teller.tell(DELAYS[delay.kind], delay.fact, **words)

    def _aside(self, probability: float) -> None:
        if self._dice.flip(probability):
            self.teller.tell(ASIDES, x=self._dice.pick(self._line.stations))


def clock(minutes: int) -> str:
    """Return a time of day as it is written on the line."""
    return f"{minutes // 60}.{minutes % 60:02}"


def named(train: Train) -> str:
    """Return what a train is called."""
    return f"{clock(train.leaves)} from {train.way[0]}"
