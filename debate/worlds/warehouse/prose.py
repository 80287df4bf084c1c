"""How the storekeeper writes it down."""

from __future__ import annotations

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.numbers import spelled
from debate.worlds.teller import Teller
from debate.worlds.warehouse.state import Event, Kind

OPENINGS = (
    "I took over the keys and the book on {date}, and before a door was opened {helper} and I counted everything.",
    "On {date}, before the first cart, {helper} and I went through the whole warehouse with a lantern and counted.",
    "This book begins on {date} with a count of all that is in the warehouse, made by {helper} and myself.",
)
FIRST_COUNTS = (
    "Of {good} there were {n} {unit}.",
    "There were {n} {unit} of {good}.",
    "The {good} came to {n} {unit}.",
    "We found {n} {unit} of {good}.",
)
COUNTS = (
    "At closing we counted the {good} and made it {n} {unit}.",
    "When the doors were shut {helper} counted the {good}, and there were {n} {unit}.",
    "The count of the {good}, made after hours, came to {n} {unit}.",
    "Last thing of all I counted the {good} over, {n} {unit} in all.",
)
MOVES: dict[Kind, tuple[str, ...]] = {
    "in": (
        "{n} {unit} of {good} came in from {partner}.",
        "We took in {n} {unit} of {good} from {partner}.",
        "{partner} delivered {n} {unit} of {good}, for which I signed.",
        "The carrier brought {n} {unit} of {good} from {partner}.",
        "From {partner} there arrived {n} {unit} of {good}.",
    ),
    "out": (
        "{n} {unit} of {good} went out to {partner}.",
        "{partner} sent for {n} {unit} of {good} and had them by noon.",
        "I let {partner} have {n} {unit} of {good}.",
        "We loaded {n} {unit} of {good} for {partner}.",
        "To {partner} we issued {n} {unit} of {good}.",
    ),
    "back": (
        "{partner} sent back {n} {unit} of {good}, which were not what had been ordered.",
        "{n} {unit} of {good} were returned to us by {partner} and put away again.",
        "{partner} had more {good} than was wanted, it seems, and returned {n} {unit}.",
    ),
    "spoilt": (
        "Damp had got at the {good}, and {n} {unit} had to be thrown out.",
        "{helper} found {n} {unit} of {good} spoilt, and I had them burned.",
        "I wrote off {n} {unit} of {good} that the mice had been in.",
    ),
    "refused": (
        "{partner} asked for {n} {unit} of {good}, but would not pay the price and took none.",
        "{n} {unit} of {good} stood ready for {partner} until evening, when word came that they were not wanted after "
        "all, and they went back to their place.",
        "{partner} offered us {n} {unit} of {good}, which I declined.",
        "A cart with {n} {unit} of {good} from {partner} was turned away, the papers being made out to somebody else.",
    ),
}
LIKE_IN = (
    "{partner} delivered as many {unit} of {good} as {told}.",
    "From {partner} came {good}, just as many {unit} as {told}.",
    "We took in {good} from {partner}, the same number of {unit} as {told}.",
)
LIKE_OUT = (
    "{partner} had {good} of us, as many {unit} as {told}.",
    "To {partner} went as many {unit} of {good} as {told}.",
    "I issued {good} to {partner}, the same number of {unit} as {told}.",
)
TOLD: dict[Kind, tuple[str, ...]] = {
    "in": ("{unit} of {good} had come in {when}", "we had taken in {unit} of {good} {when}"),
    "out": ("{unit} of {good} had gone out {when}", "we had issued {unit} of {good} {when}"),
}
CORRECTIONS: dict[Kind, tuple[str, ...]] = {
    "in": (
        "I must correct this book: the {good} that came in on {date} made {n} {unit} and not {wrong}.",
        "The delivery note for {date} has turned up, and by it {n} {unit} of {good} were received that day, where I "
        "wrote {wrong}.",
        "My entry of the {good} received on {date} is wrong: for {wrong} {unit} read {n}.",
    ),
    "out": (
        "I must correct this book: the {good} that went out on {date} made {n} {unit} and not {wrong}.",
        "{helper} has the receipt for {date}, and by it {n} {unit} of {good} were issued that day, where I wrote "
        "{wrong}.",
        "My entry of the {good} issued on {date} is wrong: for {wrong} {unit} read {n}.",
    ),
}
MORNINGS = (
    "Rain.",
    "Fog on the water until ten.",
    "A hard frost, and the pump frozen.",
    "Wind in the south-west and the shutters banging.",
    "Bright and cold.",
    "Warm enough to leave the big door open.",
    "A grey day.",
    "Sleet from first light.",
    "Fine weather, and the yard full of gulls.",
    "It blew hard all night.",
    "Clear, with ice in the gutters.",
    "Thunder about, but not here.",
    "So dark that the lamps were lit at noon.",
    "A thaw, and everything dripping.",
    "Hot, and no air in the loft.",
    "Snow lying, and the carts late.",
    "The wind has gone round to the north.",
    "A soft rain that never stopped.",
    "Mist first and then sun.",
    "Much like the day before.",
)
ASIDES = (
    "The scales were oiled.",
    "{helper} was late and said it was the bridge.",
    "The cat has had her kittens behind the hoist, and I have told the men to leave her be.",
    "A gentleman from the insurers walked through, looked at the sprinklers, and said nothing.",
    "The hoist stuck again between the floors and had to be wound down by hand.",
    "Somebody has been smoking in the loft, and I have put up a notice.",
    "{helper} mended the lamp over the stairs.",
    "The rent was paid, not before time.",
    "The owner looked in, asked after the book, and went away without reading it.",
    "We had to send out for string.",
    "Two of the carters fell to arguing about the gate and had to be parted.",
    "The new padlock is stiff.",
    "There was a smell of gas at the back door, which came to nothing.",
    "I had a letter from my sister and read it over dinner.",
    "The boy from the chandler's came with the wrong bill.",
    "A pane went in the skylight.",
    "{helper} asked for Saturday off, for a wedding, and I said we should see.",
    "The floor of the lower bay was swept and sanded.",
    "The clock in the office has been set right by the station.",
    "I could not find my good pencil and wrote this up in the evening with a bad one.",
    "For an hour nobody came at all.",
    "The tide was so high that the lower steps were under water.",
    "{partner} passed by and complained of the stairs.",
    "There was word from {partner}, about the weather and nothing else.",
    "I wrote to {partner} about the gate.",
    "They say that {partner} will not last the year.",
    "A dog that came with somebody from {partner} chased the cat up the hoist.",
    "{helper} has a boil and carries with the left hand.",
    "The stove smokes when the wind is in the east.",
    "We found a sixpence under the scales, and nobody owned to it.",
    "The lettering on the front is to be gilded again.",
    "{helper} whistled the whole afternoon, always the same bar.",
    "The {part} {state}.",
    "{helper} and a carter fell out over the {part}.",
    "A {visitor} came about the {part} and went away again.",
    "{helper} says that the {part} {state}; I have not looked.",
    "The {visitor} wanted shelter from the {weather}, and had it.",
    "What with the {weather}, we were behind all day.",
    "{partner} has a new {thing}, and everybody has to see it.",
    "A {thing} was found in the yard, and is in my desk until it is asked for.",
    "{helper} dreamed of the {weather} and told us all about it.",
    "The {visitor} leaned a {thing} against the {part}, and it fell.",
    "I have asked the owner for a new {thing}, as I did last year.",
    "They talk of nothing on the quay but the {weather}.",
)
SLOTS = {
    "part": (
        "hoist",
        "weighbridge",
        "back stair",
        "office stove",
        "loading door",
        "skylight",
        "yard gate",
        "gutter",
        "lower bay",
        "cellar hatch",
        "night bell",
    ),
    "state": (
        "wants paint",
        "sticks",
        "has been seen to",
        "is worse",
        "holds for the present",
        "has a new hinge",
        "let in water",
        "was the talk of the day",
        "groans",
    ),
    "visitor": (
        "policeman",
        "traveller in locks",
        "surveyor",
        "blind fiddler",
        "customs man",
        "rat catcher",
        "photographer",
        "ship's cook",
        "preacher",
    ),
    "weather": ("fog", "flood", "snow", "heat", "gale", "ice", "drizzle"),
    "thing": (
        "lantern",
        "ladder",
        "handcart",
        "ledger",
        "tarpaulin",
        "umbrella",
        "brass scoop",
        "dog whistle",
        "pair of steps",
    ),
}


class Book:
    """The storekeeper's book, as it is written day by day."""

    def __init__(self, almanac: Almanac, helper: str, partners: list[str], dice: Dice) -> None:
        self.teller = Teller(dice)
        self._almanac = almanac
        self._helper = helper
        self._partners = partners
        self._dice = dice

    def open(self, day: int, counts: list[Event]) -> None:
        """Write the count that the book begins with."""
        self.teller.tell(OPENINGS, date=self._almanac.full(day), helper=self._helper)
        for event in counts:
            self.teller.tell(FIRST_COUNTS, event.number, **self._words(event))

    def write(self, day: int, happened: list[Event], events: list[Event]) -> None:
        """Write a day: its date, the weather, what happened, and a thing or two besides."""
        self.teller.paragraph()
        self.teller.say(f"{self._almanac.full(day)}.")
        if self._dice.flip(0.7):
            self.teller.tell(MORNINGS)
        for event in happened:
            self._enter(event, events)
            if self._dice.flip(0.22):
                self.teller.remark(ASIDES, SLOTS, helper=self._helper, partner=self._dice.pick(self._partners))

    def _enter(self, event: Event, events: list[Event]) -> None:
        words = self._words(event)
        if event.kind == "count":
            self.teller.tell(COUNTS, event.number, **words)
        elif event.corrects is not None:
            old = events[event.corrects]
            words |= {"date": self._almanac.full(old.day), "wrong": spelled(old.entered)}
            self.teller.tell(CORRECTIONS[old.kind], event.number, **words)
        elif event.like is not None:
            other = events[event.like]
            when = "earlier the same day" if other.day == event.day else f"on {self._almanac.full(other.day)}"
            told = self.teller.turn(TOLD[other.kind]).format(unit=other.good.unit, good=other.good.name, when=when)
            self.teller.tell(LIKE_IN if event.kind == "in" else LIKE_OUT, event.number, **words, told=told)
        else:
            self.teller.tell(MOVES[event.kind], event.number, **words)

    def _words(self, event: Event) -> dict[str, str]:
        return {
            "n": spelled(event.entered if event.corrects is None else event.amount),
            "unit": event.good.unit,
            "good": event.good.name,
            "partner": event.partner,
            "helper": self._helper,
        }
