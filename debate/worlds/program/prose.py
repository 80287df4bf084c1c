"""How the keeper of the machine writes about it."""

from __future__ import annotations

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.numbers import spelled
from debate.worlds.program.state import COLOURS, Line, Mishap, Run, Verb
from debate.worlds.teller import Teller

OPENINGS = (
    "The machine in the basement of {house} has four counters, which go by the colour of their lamps: red, blue, green "
    "and white. It does nothing but work through the lines of its program, from the first to the last, and that is "
    "called a pass; a run is as many passes as one asks for. I keep this journal so that a result can be traced. "
    "Each counter is a wheel of sixty teeth, numbered from 0 to 59: after 59 it comes round to 0 again.",
    "Visitors to {house} are told that the machine thinks. It does not. It has a red, a blue, a green and a white "
    "counter, and a program of a few lines, which it goes through in their order; once through is a pass, and several "
    "passes, one after the other, make a run. What follows is my record of the runs. The "
    "counters are wheels with the numbers 0 to 59, and one that is driven past 59 begins again at 0.",
)
LISTING = ("At the time of writing the program is this.", "The program, to begin with, is as follows.")
LINES: dict[Verb, tuple[str, ...]] = {
    "add": (
        "Line {k} adds what is on the {by} counter to the {on} one.",
        "By line {k} the {on} counter goes up by whatever the {by} one shows.",
    ),
    "raise": (
        "Line {k} adds {n} to the {on} counter.",
        "By line {k} the {on} counter goes up by {n}.",
    ),
    "where": (
        "Line {k} adds {n} to the {on} counter, but only if the {by} one shows more than {m}.",
        "Line {k} looks at the {by} counter: if more than {m} is on it, the {on} one goes up by {n}; if not, it stays.",
    ),
    "differ": (
        "Line {k} sets the {on} counter to the {by} one and turns it back by what the {other} one shows.",
        "By line {k} the {on} counter comes to show the {by} one less the {other} one, round the wheel if need be.",
    ),
    "copy": (
        "Line {k} makes the {on} counter show what the {by} one shows.",
        "Line {k} copies the {by} counter onto the {on} one.",
    ),
    "exchange": (
        "Line {k} exchanges what is on the {on} and the {by} counter.",
        "By line {k} the {on} and the {by} counter trade places.",
    ),
}
MEANINGS: dict[Verb, str] = {
    "add": "It adds what is on the {by} counter to the {on} one",
    "raise": "It adds {n} to the {on} counter",
    "where": "It adds {n} to the {on} counter, but only where the {by} one shows more than {m}",
    "differ": "It sets the {on} counter to the {by} one less the {other} one",
    "copy": "It makes the {on} counter show what the {by} one shows",
    "exchange": "It exchanges what is on the {on} and the {by} counter",
}
CHANGES = (
    "Before anything else was done the program was changed.",
    "{person} came with a correction to the program, and I put it in.",
    "A line of the program was taken out and another put in its place.",
)
STARTS = (
    "{person} set {list}.",
    "At the start {person} turned the knobs to these numbers: {list}.",
    "We began with {list}.",
    "The counters stood at {list} when the switch was thrown.",
    "{person} put the counters to {list}.",
)
PASSES = (
    "The run was of {n}.",
    "It was given {n}.",
    "{person} asked for {n}.",
    "It was to have {n}.",
    "{n} had been agreed on.",
    "{person} wanted {n} of it.",
    "{n}, no more and no fewer, {person} said.",
)
LEFT_OUT = (
    "On the {nth} pass line {k} was left out, the card having jammed.",
    "Through a fault in the reader line {k} did nothing on the {nth} pass.",
    "The {nth} pass was made without line {k}, a relay having stuck.",
    "The {nth} pass went by without line {k}, which had dropped behind the drum.",
    "{person} saw that line {k} did not work on the {nth} pass, and let it go.",
)
BY_HAND = (
    "Just before the {nth} pass {person} turned the {colour} counter to {n} by hand.",
    "{person} reached over before the {nth} pass and set the {colour} counter to {n}.",
    "As the {nth} pass was about to begin, {person} moved the {colour} counter to {n}, to see what would happen.",
    "Somebody brought the {colour} counter to {n} with a thumb, before the {nth} pass.",
)
ENDS = (
    "The end of it is on the tape.",
    "{person} copied the counters onto a card and went home.",
    "Nobody wrote the result down, since the tape has it.",
    "There was applause, though nobody could have said for what.",
    "Then the lamps were put out.",
    "{person} wished it had been quicker.",
    "It took as long as it takes to drink {comfort}.",
    "The {piece} was let cool.",
    "{person} said that one could have done it on paper.",
    "We looked at the result, and then at the {piece}.",
    "A {guest} thought that there would be more to see.",
    "{person} bowed to the {piece}.",
)
ASIDES = (
    "The belt squeals.",
    "There is a draught from the coal hole, which the lamps do not like.",
    "{person} asked whether it could be taught to play draughts.",
    "A valve was changed in the power supply.",
    "The tape ran askew for a yard or so and then came right.",
    "It was hot enough to work in shirtsleeves.",
    "{person} had brought two guests, who stood well back.",
    "A fuse went, but between runs, and did no harm.",
    "I oiled the drum.",
    "Somebody had stood an umbrella against the cabinet.",
    "The blower was noisy, and we had to shout.",
    "{person} and I disagreed about the tape and then agreed.",
    "The caretaker swept round us.",
    "There was a smell of hot dust.",
    "{person} has a theory about the drum.",
    "A moth was taken out of the relays.",
    "The new lamps are brighter than they need be.",
    "It was so quiet that the relays could be heard.",
    "{person} wound the office clock.",
    "We had to wait for the current.",
    "Somebody had chalked a face on the cabinet.",
    "{person} and the caretaker do not speak.",
    "The {piece} {state}.",
    "{person} thought that the {piece} {state}, but was mistaken.",
    "A {guest} looked in and asked what it was for.",
    "{person} explained it to a {guest}, at length.",
    "We had {comfort} while it warmed up.",
    "The {guest} had left {comfort} on the cabinet.",
    "I changed the {piece}, not before time.",
    "{person} came in out of the {weather}, and dripped on the {piece}.",
    "What with the {weather}, the {piece} {state}.",
    "There was no more {comfort} to be had, and tempers were short.",
    "A {guest} has bet {person} that it will be beaten at draughts within the year.",
    "The {piece} has been given a coat of varnish.",
)
SLOTS = {
    "piece": (
        "drum",
        "belt",
        "blower",
        "tape reel",
        "lamp board",
        "card tray",
        "main switch",
        "relay rack",
        "motor",
        "knob panel",
    ),
    "state": (
        "runs hot",
        "squeaks",
        "was a little loose",
        "had dust in it",
        "needed oil",
        "behaved",
        "sparked once",
        "smelled of rubber",
        "took its time",
    ),
    "guest": (
        "bishop",
        "schoolboy",
        "professor from abroad",
        "reporter",
        "fireman",
        "locksmith",
        "chess master",
        "insurance agent",
        "painter",
    ),
    "comfort": (
        "cocoa",
        "soup from a flask",
        "gingerbread",
        "a pot of coffee",
        "sandwiches",
        "a bottle of ginger beer",
    ),
    "weather": ("rain", "snow", "heat", "fog", "wind"),
}
ORDINALS = ("first", "second", "third", "fourth")
_TIMES = ("a single pass", "two passes", "three passes", "four passes")


class Journal:
    """The journal of the machine."""

    def __init__(self, almanac: Almanac, people: list[str], house: str, dice: Dice) -> None:
        self.teller = Teller(dice)
        self._almanac = almanac
        self._people = people
        self._dice = dice
        self.teller.tell(OPENINGS, house=house)

    def listing(self, program: list[Line]) -> None:
        """Write down the whole program."""
        self.teller.paragraph()
        self.teller.tell(LISTING)
        for line in program:
            self._line(line)

    def change(self, day: int, line: Line) -> None:
        """Write down a line that is new."""
        self.teller.paragraph()
        self.teller.say(f"{self._almanac.full(day)}.")
        self.teller.tell(CHANGES, person=self._dice.pick(self._people))
        self._line(line)

    def run(self, run: Run) -> None:
        """Write down a run."""
        person = self._dice.pick(self._people)
        self.teller.paragraph()
        self.teller.say(f"{self._almanac.full(run.day)}, run {run.number}.")
        self._aside(0.4)
        self.teller.say(self._start(run, person), (run.number, "start"))
        self.teller.tell(PASSES, (run.number, "passes"), person=person, n=_TIMES[run.passes - 1])
        for mishap in run.mishaps:
            self._aside(0.3)
            self._mishap(mishap, person)
        self._aside(0.5)
        if self._dice.flip(0.6):
            self.teller.remark(ENDS, SLOTS, person=person)

    def _start(self, run: Run, person: str) -> str:
        phrasing = self.teller.turn(STARTS)
        link = " to " if " set " in phrasing else " at " if "with" in phrasing else " "
        *most, last = (f"{colour}{link}{run.start[colour]}" for colour in self._dice.shuffled(COLOURS))
        return phrasing.format(person=person, list=f"{', '.join(most)} and {last}")

    def _line(self, line: Line) -> None:
        self.teller.tell(LINES[line.verb], line.fact, **_words(line))

    def _mishap(self, mishap: Mishap, person: str) -> None:
        nth = ORDINALS[mishap.at]
        if mishap.colour:
            words = {"colour": mishap.colour, "n": spelled(mishap.value)}
            self.teller.tell(BY_HAND, mishap.fact, nth=nth, person=person, **words)
        else:
            self.teller.tell(LEFT_OUT, mishap.fact, nth=nth, person=person, k=spelled(mishap.line))

    def _aside(self, probability: float) -> None:
        if self._dice.flip(probability):
            self.teller.remark(ASIDES, SLOTS, person=self._dice.pick(self._people))


def meaning(line: Line) -> str:
    """Return what a line does, without its number; an exchange is the same from either side."""
    if line.verb == "exchange":
        line = line._replace(on=min(line.on, line.by), by=max(line.on, line.by))
    return MEANINGS[line.verb].format(**_words(line))


def _words(line: Line) -> dict[str, str]:
    words = {"on": line.on, "by": line.by, "other": line.other}
    return words | {"k": spelled(line.number), "n": spelled(line.amount), "m": spelled(line.above)}
