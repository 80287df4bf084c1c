"""How the bench book puts it."""

from __future__ import annotations

from debate.worlds.custody.state import Kind, Step
from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.teller import Teller

OPENINGS = (
    "This is the bench book of the water laboratory. Vials go by the number on the label, and whoever has charge of a "
    "vial answers for it. A number that has come free may be given out again.",
    "To whoever reads this book after me: we know a vial by the number on its label and by nothing else, a number may "
    "serve again once it is free, and whoever last signed for a vial has charge of it.",
    "Bench book, continued from the last volume, of which nothing is left on the shelf. As before, a vial is called by "
    "its number, numbers are used again, and every vial is in the charge of the last who signed for it.",
)
ENTRIES: dict[Kind, tuple[str, ...]] = {
    "logged": (
        "{person} logged the {matter} as {vial} and took charge of it.",
        "A sample came in, {matter}; it is number {vial}, and {person} signed for it.",
        "{person} signed for a new vial, {vial}, which holds {matter}.",
        "The carrier brought {matter}, which was put up as vial {vial} in the charge of {person}.",
    ),
    "renumbered": (
        "The label of {vial} had come off in the bath, and the vial was given the number {other}.",
        "{person} found a crack in {vial} and poured what was in it over into {other}.",
        "To keep the rack in order, {vial} was renumbered {other}.",
        "Vial {vial} has a new label, since nobody could read the old one, and is {other} from now on.",
        "What was in {vial} is in {other}, the stopper having leaked.",
        "{vial} goes by {other} now, the old label having been eaten by acid.",
        "At the request of {person} we call {vial} by another number, {other}.",
    ),
    "exchanged": (
        "{person} changed over the labels of {vial} and {other}, which stood in each other's places, so that each has "
        "the number that the other had.",
        "At the wish of {person} the numbers of {vial} and {other} were exchanged.",
        "Vials {vial} and {other} have swapped numbers, for the sake of the rack.",
    ),
    "handed": (
        "{person} signed for {vial}.",
        "Vial {vial} went into the charge of {person}.",
        "From today {person} has charge of {vial}.",
        "I handed {vial} over to {person}, who signed.",
        "The charge of {vial} passed to {person}.",
        "{person} took over {vial}, and signed for it.",
    ),
    "measured": (
        "Vial {vial} showed {reading} micrograms of lead to the litre.",
        "The reading of {vial} came out at {reading} micrograms of lead.",
        "{person} ran {vial} through the furnace and got {reading} micrograms of lead.",
        "For {vial} the lead came to {reading} micrograms.",
        "Of lead there were {reading} micrograms in {vial}.",
        "We made it {reading} micrograms of lead for {vial}, twice over.",
    ),
    "poured": (
        "Vial {vial} had served its time and was poured away.",
        "Down the sink went {vial}, there being no more use for it, and its number is free.",
        "{vial} was done with, and was poured away.",
    ),
}
ASIDES = (
    "The balance was recalibrated.",
    "The distilled water ran out at four and we borrowed from the dye works.",
    "Somebody had left the cold room open.",
    "{person} broke a thermometer, and the afternoon went in sweeping.",
    "A school came to look at us.",
    "The fume cupboard rattles again.",
    "There was cake, for {person}.",
    "The inspector's visit was put off.",
    "{person} was at the dentist until noon.",
    "The new gloves are too small for everybody.",
    "A fuse blew, and the furnace had to be started afresh.",
    "We ran a blank, and it was blank.",
    "The carrier complained about the stairs.",
    "{person} is writing a paper and cannot be spoken to.",
    "The window over the sink sticks.",
    "I ordered litmus.",
    "A pigeon got in and was got out.",
    "The heating failed, and {person} worked in a coat.",
    "A reader of the gauge at the weir telephoned about nothing in particular.",
    "The racks were washed and dried.",
    "{person} has been promised a new stool.",
    "A box of corks came, all of one size and that the wrong one.",
    "The tap drips.",
    "{person} found last year's calendar and hung it up.",
    "We had visitors from the dye works.",
    "The lamp over the bench was mended.",
    "{person} sang, and was asked not to.",
    "The coal was delivered into the wrong cellar.",
    "{person} has lost a pencil and suspects everybody.",
    "There was thunder, and the needle of the balance would not rest.",
    "The {device} {fault}.",
    "{person} and I disagreed about the {device}, and looked it up.",
    "There was {weather} all day, and the {device} {fault}.",
    "A {visitor} called, and was shown the {device}.",
    "The {supply} {came}.",
    "{person} has been reading about {subject} and tells everybody.",
    "We are out of {supply}, and nobody will say who had the last.",
    "The {visitor} telephoned for {person}, who was not to be found.",
    "{person} dropped the {supply} on the stairs.",
    "I cleaned the {device}, it being nobody's turn.",
    "Lunch was late on account of {weather}.",
    "The {visitor} wished to know whether {subject} could be had from a tap.",
)
SLOTS = {
    "device": (
        "balance",
        "furnace",
        "fume cupboard",
        "still",
        "hot plate",
        "pump",
        "centrifuge",
        "water bath",
        "burette stand",
        "clock over the door",
    ),
    "fault": (
        "sticks",
        "hums",
        "was taken apart and put together",
        "would not settle",
        "has a new fuse",
        "was an hour warming up",
        "smells of something",
        "gave no trouble",
        "leaks a little",
    ),
    "weather": ("fog", "sleet", "thunder", "a hot wind", "rain", "hail", "a hard frost"),
    "visitor": (
        "councillor",
        "plumber",
        "student",
        "man from the gas works",
        "journalist",
        "clergyman",
        "traveller in glassware",
        "fire officer",
        "cousin of the caretaker",
    ),
    "supply": (
        "filter paper",
        "litmus",
        "stoppers",
        "ether",
        "blotting paper",
        "glass tubing",
        "indicator",
        "clean towels",
        "gummed labels",
    ),
    "came": (
        "came at last",
        "did not come",
        "came twice",
        "came with the wrong bill",
        "was sent back",
        "is on the boat",
        "was left in the rain",
        "is dearer again",
    ),
    "subject": (
        "radium",
        "the diet of bees",
        "spiritualism",
        "the Nile",
        "vaccination",
        "Esperanto",
        "volcanoes",
        "the price of coal",
    ),
}


class BenchBook:
    """The bench book, as it is written day by day."""

    def __init__(self, almanac: Almanac, staff: list[str], dice: Dice) -> None:
        self.teller = Teller(dice)
        self._almanac = almanac
        self._staff = staff
        self._dice = dice
        self.teller.tell(OPENINGS)

    def write(self, day: int, steps: list[Step]) -> None:
        """Write a day."""
        self.teller.paragraph()
        self.teller.say(f"{self._almanac.full(day)}.")
        for step in steps:
            self.teller.tell(
                ENTRIES[step.kind],
                step.number,
                vial=str(step.vial),
                other=str(step.other),
                person=step.person,
                reading=step.reading,
                matter=step.matter,
            )
            if self._dice.flip(0.25):
                self.teller.remark(ASIDES, SLOTS, person=self._dice.pick(self._staff))
