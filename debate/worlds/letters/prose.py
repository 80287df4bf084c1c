"""How the family writes, and how the editor of its letters introduces them."""

from __future__ import annotations

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.letters.family import Household, Person
from debate.worlds.letters.state import Circle, Letter, Move
from debate.worlds.teller import Teller

OPENINGS = (
    "My grandmother left three children and a houseful of things, which she would not divide, so that they went round "
    "the family for as long as anybody can remember. I print the letters as they lay in the box, which is not always "
    "the order in which they were written, and put above each who wrote it to whom and when.",
    "These letters were found behind a wardrobe. They come from one family, in which certain things were lent, given, "
    "fetched and passed on, and they lie as they were found, the later now and then before the earlier. The headings "
    "are mine.",
)
HOUSEHOLDS = (
    "{heir} was married to {spouse}, and their children were {elder} and, younger, {younger}.",
    "{heir} and {spouse} were a couple with two children, of whom {elder} was the elder and {younger} the younger.",
    "{heir} had two children by {spouse}, first {elder} and then {younger}.",
)
STARTS = (
    "Before the first letter the {thing} was with {holder}.",
    "At the beginning {holder} had the {thing}.",
    "To begin with {holder} kept the {thing}.",
)
SENT = (
    "{when} I sent the {thing} to {taker}.",
    "{when} I let the {thing} go to {taker}, well wrapped.",
    "{when} I parted with the {thing} in favour of {taker}.",
)
GOT = (
    "{when} {giver} sent me the {thing}.",
    "{when} I had the {thing} from {giver}, and it is with me now.",
    "{when} I became keeper of the {thing}, which {giver} brought.",
)
THIRD = (
    "{when} {giver} gave the {thing} to {taker}.",
    "{when} the {thing} went from {giver} to {taker}.",
    "{when} {giver} sent the {thing} to {taker}, and about time.",
)
BESIDE = (
    "{when} the {thing} went to where one finds the {beside}, so that the two may be together.",
    "{when} somebody took the {thing} to whoever has the {beside}.",
    "{when} the {thing} joined the {beside}, wherever that may be; you will know.",
)
TODAY = ("Today", "This morning", "This very day", "This afternoon", "At noon", "Before breakfast", "Towards evening")
NEWS = (
    "The pump has frozen again.",
    "We had eleven to dinner and the fish went round twice.",
    "I have a cold and am being made much of.",
    "The new curate cannot be heard beyond the third pew.",
    "Somebody has let the hens into the beans.",
    "It has rained since Sunday.",
    "I am reading a very long novel and do not like anybody in it.",
    "The dog has learned to open the larder.",
    "There is talk of a railway, as there always is.",
    "The dentist was kind and expensive.",
    "We walked to the lighthouse and back, and nobody fell in.",
    "The chimney has been swept, and so have we.",
    "The piano tuner came and stayed for supper.",
    "My knee tells me that it will snow.",
    "There were two weddings and a fire, all in one week.",
    "The garden is a jungle and I have given up.",
    "The cook has given notice, which makes three times.",
    "A letter from the bank has been put behind the clock of the parlour.",
    "The children have measles, one after the other.",
    "I have let the top room to a gentleman who paints ships.",
    "Nothing has happened here, and I am glad of it.",
    "The swallows are back under the eaves.",
    "{name} was here and ate everything.",
    "They say that {name} is to learn the flute.",
    "I have not heard from {name} for a month.",
    "{name} has sent me a photograph, in which everybody's eyes are shut.",
    "If you see {name}, do say something about the boots.",
    "{name} has taken up bees.",
    "Between ourselves, I think that {name} is in love.",
    "{name} dreamed of a house with too many stairs.",
    "We had {number} to dinner, and the {dish} {fate}.",
    "The {beast} has {deed}.",
    "{name} and I are not speaking, on account of the {beast}.",
    "The {trade} came about the {part}, and {left}.",
    "My {limb} tells me that there will be {weather}.",
    "There has been {weather} here since the {feast}.",
    "I have taken to {pastime}, and do it badly.",
    "They are to have {pastime} at the vicarage, on alternate evenings.",
    "{name} is said to be learning {pastime}.",
    "Nobody here talks of anything but the {feast}.",
    "The {part} leaks, and the {trade} is at a wedding.",
    "I have found your umbrella behind the {part}.",
    "We lost {number} hens to {weather}.",
    "The new maid is afraid of the {beast} and of {name}.",
    "{name} ate the {dish} and asked for the recipe, which I shall not give.",
    "If it were not for the {beast} I should sleep.",
    "The {feast} passed off without a fire.",
    "I dreamed that the {trade} had married into the family.",
    "You would not know the {part}; it has been painted green.",
    "{name} writes that there is {weather} where you are, and I am not sorry for you.",
)
SLOTS = {
    "number": ("seven", "eleven", "fourteen", "sixteen", "nine"),
    "dish": ("fish", "pudding", "goose", "soup", "mutton", "trifle", "rice"),
    "fate": (
        "went round twice",
        "was sent back",
        "did not go round",
        "was taken for something else",
        "fell on the stairs",
        "was very much praised",
    ),
    "beast": ("cat", "goat", "parrot", "pony", "donkey", "peacock", "neighbour's dog", "tortoise"),
    "deed": (
        "been sick in the porch",
        "got into the pantry",
        "bitten the curate",
        "run off and come back",
        "learned to open the gate",
        "eaten the sermon",
        "been shut in the larder by mistake",
    ),
    "trade": (
        "plumber",
        "thatcher",
        "chimney sweep",
        "doctor",
        "vet",
        "carpenter",
        "man from the bank",
        "glazier",
        "dressmaker",
    ),
    "part": (
        "boiler",
        "scullery door",
        "roof over the porch",
        "drain",
        "back stair",
        "pantry shelf",
        "summer house",
        "cistern",
        "garden wall",
        "attic window",
        "kitchen range",
    ),
    "left": (
        "went away again",
        "stayed for tea",
        "left his hat",
        "shook his head",
        "was bitten",
        "will come back in the spring",
        "spoke of his divorce",
    ),
    "limb": ("left knee", "back", "shoulder", "ankle", "tooth"),
    "weather": ("snow", "fog", "a frost", "thunder", "a flood", "hail", "a great deal of wind", "drizzle"),
    "feast": (
        "bazaar",
        "harvest supper",
        "flower show",
        "christening",
        "regatta",
        "school treat",
        "Lord Mayor's visit",
        "choir outing",
        "auction",
    ),
    "pastime": (
        "whist",
        "Latin",
        "water colours",
        "archery",
        "bell ringing",
        "hypnotism",
        "Swedish gymnastics",
        "beekeeping",
        "the flute",
        "bicycling",
    ),
}
CLOSES = (
    "Write soon.",
    "There is no more room on the sheet.",
    "I must catch the post.",
    "Keep warm.",
    "Burn this, if you like.",
    "My love to all of you.",
    "The lamp is going out.",
    "I shall say the rest at the {feast}.",
    "Somebody is at the door, and I think it is the {trade}.",
    "My {limb} will not let me write more.",
    "Do not answer if there is {weather}.",
    "The {beast} has sat down on the paper.",
    "More after the {feast}.",
    "I have blotted this, and it is the {beast}'s fault.",
    "You need not read this out to {name}.",
    "Remember me to {name}, if that is wise.",
    "And now to my {pastime}.",
)


class Box:
    """The printed letters."""

    def __init__(self, circle: Circle, almanac: Almanac, dice: Dice) -> None:
        self.teller = Teller(dice)
        self._almanac = almanac
        self._dice = dice
        self._people = circle.family.people
        self.teller.tell(OPENINGS)
        self.teller.paragraph()
        for place, house in enumerate(circle.family.households):
            self._household(place, house)
        for thing, holder in circle.start.items():
            self.teller.tell(STARTS, ("start", thing), thing=thing, holder=holder.name)

    def _household(self, place: int, house: Household) -> None:
        elder, younger = house.children
        names = {"heir": house.heir.name, "spouse": house.spouse.name, "elder": elder.name, "younger": younger.name}
        self.teller.tell(HOUSEHOLDS, ("household", place), **names)

    def letter(self, letter: Letter) -> Teller:
        """Write a letter below its heading, and keep it for the box."""
        page = self.teller.chapter()
        heading = f"{letter.writer.name} to {letter.reader.name}, {self._almanac.full(letter.day)}."
        page.say(heading, ("heading", letter.number))
        others = [one.name for one in self._people if one not in (letter.writer, letter.reader)]
        self._news(page, others)
        for move in letter.moves:
            self._move(letter, move, page)
            self._news(page, others)
        if self._dice.flip():
            page.remark(CLOSES, SLOTS, name=self._dice.pick(others))
        return page

    def _move(self, letter: Letter, move: Move, page: Teller) -> None:
        late = move.day != letter.day
        when = f"On {self._almanac.full(move.day)}" if late else self.teller.turn(TODAY)
        words = {"when": when, "thing": move.thing, "giver": _called(move.giver, letter), "beside": move.beside}
        words["taker"] = _taker(move, letter)
        if move.manner == "beside":
            page.tell(BESIDE, move.fact, **words)
        elif letter.writer == move.giver:
            page.tell(SENT, move.fact, **words)
        elif letter.writer == move.taker:
            page.tell(GOT, move.fact, **words)
        else:
            page.tell(THIRD, move.fact, **words)

    def _news(self, page: Teller, names: list[str]) -> None:
        for _ in range(1 + self._dice.below(2)):
            page.remark(NEWS, SLOTS, name=self._dice.pick(names))


def _called(person: Person, letter: Letter) -> str:
    return "you" if person == letter.reader else person.name


def _taker(move: Move, letter: Letter) -> str:
    if move.manner == "named":
        return _called(move.taker, letter)
    return f"{'my' if move.manner == 'mine' else 'your'} {move.word}"
