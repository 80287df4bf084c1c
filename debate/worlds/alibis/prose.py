"""How the hotel's detective writes it up."""

from __future__ import annotations

from debate.worlds.alibis.state import FIRST, SLOT, Evening, Guest, Stay
from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.numbers import spelled
from debate.worlds.teller import Teller

OPENINGS = (
    "The management of the {house} has asked me to write down what I know of the thefts. I am paid to sit in the hall "
    "and to notice things, and I have since asked everybody where they were. Nobody told me anything that turned out "
    "to be untrue, not even the thief, who only left something out.",
    "These are my notes on the thefts at the {house}, where I am employed to be taken for a guest. Each morning after "
    "I asked the company how they had spent the evening, and I have found no lie in what they said.",
)
GONE = (
    "The {thing} of {owner} was gone.",
    "Somebody took the {thing} that belongs to {owner}.",
    "{owner} lost the {thing}.",
)
SEEN = (
    "The maid heard the drawer go when the clock on the landing stood at {time}.",
    "The bell wire was pulled as it was done, and the clock on the landing then said {time}.",
    "The boy with the coals saw a door close and looked at the clock on the landing, which had {time}.",
)
RIGHT = (
    "I compared that clock with my watch, and it was right.",
    "The clock on the landing had been set by the church that noon and kept its time.",
    "I can vouch for the clock on the landing, which agreed with my watch.",
    "There was nothing amiss with the clock on the landing.",
    "The clock on the landing was right, for once I may say so.",
)
WRONG = (
    "I compared that clock with my watch, which is never wrong, and found it {n} minutes {way}.",
    "The clock on the landing, I must add, was {n} minutes {way} that evening, by the church.",
    "It must be said that the clock on the landing was {n} minutes {way}.",
    "The clock on the landing had been meddled with, and was {n} minutes {way}.",
)
ROOM = (
    "{guest} was in the {room} from {a} to {b}.",
    "From {a} to {b}, as I have it from the waiter, {guest} was in the {room}.",
    "{guest} sat in the {room} between {a} and {b}.",
    "As for {guest}, it was the {room} from {a} to {b}.",
    "Whoever looked for {guest} from {a} to {b} was sent to the {room}.",
    "{guest} told me of the {room}, from {a} to {b}, and a waiter bears it out.",
    "I saw {guest} myself, in the {room}, from {a} to {b}.",
    "{guest} spent the time from {a} to {b} in the {room}.",
)
BESIDE = (
    "{guest} was in the company of {other} from {a} to {b}.",
    "From {a} to {b} {guest} was wherever {other} was.",
    "{guest} talked to {other} from {a} to {b} without a pause.",
    "{guest} sat beside {other} from {a} to {b}.",
    "From {a} to {b} {guest} listened to {other}, and says so with a sigh.",
)
NEXT_ROOM = (
    "After that, until {b}, {they} was in the {room}.",
    "Then {they} went to the {room} and stayed there until {b}.",
    "Until {b} {they} was next to be found in the {room}.",
    "The {room} had {them} next, until {b}.",
    "Until {b} it was the {room}.",
    "Next came the {room}, which {they} left at {b}.",
    "{they} strolled over to the {room} and did not stir from it until {b}.",
    "The time until {b} went by in the {room}.",
    "From there {they} moved to the {room}, and {b} found {them} at its door.",
    "Tired of that, {they} tried the {room}, until {b}.",
)
NEXT_BESIDE = (
    "After that, until {b}, {they} was in the company of {other}.",
    "Then {they} joined {other}, and left that company only at {b}.",
    "Until {b} {they} next kept company with {other}.",
    "Until {b} {they} did not leave the side of {other}.",
    "{other} then had {them} for company, until {b}.",
    "{they} went and found {other}, and the two were together until {b}.",
)
ASIDES = (
    "I drank a lemonade and wrote in my book.",
    "The band played the same waltz three times.",
    "A palm fell over and was propped up with a chair.",
    "The lift stuck, with nobody in it.",
    "It was too warm for May, everybody said, whatever the month.",
    "The soup had been praised.",
    "A telegram was called out for somebody who had left on Friday.",
    "The page boy has grown out of his jacket.",
    "Two strangers asked for the dining room and were sent away.",
    "The rain could be heard on the glass.",
    "There was a smell of varnish from the ballroom.",
    "The cat of the house walked through, as it does.",
    "Somebody had left a novel open on the stairs.",
    "The porter told me about his brother in Canada.",
    "The night clerk came early and read the newspaper upside down.",
    "A tray was dropped somewhere below.",
    "I changed my chair, so as not to be noticed.",
    "The fountain had been turned off to save money.",
    "One of the bulbs in the chandelier flickered.",
    "The hotel's doctor passed through and took a mint.",
    "The revolving door sighed.",
    "A waiter carried a lobster past me, and it looked surprised.",
    "The barometer in the hall had fallen.",
    "Nobody asked me to dance.",
    "The lady at the desk counted her keys.",
    "A child was found under a table and given back.",
    "The gas was turned down in the corridor.",
    "Somebody laughed on the stairs for a long time.",
    "The piano was shut at last.",
    "It smelled of oranges.",
    "A {servant} {did}.",
    "The {servant} told me about {matter}, and I listened.",
    "Somebody had left {object} on the stairs.",
    "The {servant} found {object} under a sofa and asked whose it was.",
    "I thought about {matter} for a while.",
    "There was a draught, and {object} blew over.",
    "Two children were playing with {object} and were sent to bed.",
    "A stranger asked the way to {matter} and was taken for a journalist.",
)
SLOTS = {
    "servant": (
        "porter",
        "page boy",
        "chambermaid",
        "wine waiter",
        "lift boy",
        "night clerk",
        "pianist",
        "florist",
        "cloakroom girl",
    ),
    "did": (
        "dropped a spoon and looked round",
        "yawned behind a menu",
        "counted the ash trays",
        "lost a glove and found it",
        "argued with the barometer",
        "went by with a cake",
        "practised a bow",
        "wound the clock in the hall",
        "sneezed during the waltz",
    ),
    "matter": (
        "the races",
        "the bishop's bath",
        "his sister's wedding",
        "the opera",
        "the price of oysters",
        "the great fire",
        "the lake steamers",
        "the waxworks",
    ),
    "object": (
        "a fan",
        "a tennis racket",
        "a birdcage",
        "half a newspaper",
        "one slipper",
        "a jigsaw puzzle",
        "a top hat",
        "a bunch of violets",
    ),
}
_THEFT, _GUEST = 60, 48  # words, about: of a theft, and of what one guest did
_FEWEST, _MOST = 4, 8
USUAL = 420
"""Words of an evening, about."""
_THEM = {"he": "him", "she": "her"}
_HOURS = ("eight", "nine", "ten", "eleven")


class Notes:
    """The detective's notes."""

    def __init__(self, house: str, almanac: Almanac, dice: Dice) -> None:
        self.teller = Teller(dice)
        self._almanac = almanac
        self._dice = dice
        self.teller.tell(OPENINGS, house=house)

    def write(self, evening: Evening, *, words: int) -> None:
        """Write up an evening until the notes have so many words, with asides where there is room."""
        start = self.teller.words
        self.teller.paragraph()
        self._theft(evening)
        before: Guest | None = None
        for place, stay in enumerate(evening.stays):
            if stay.guest != before and self._dice.flip(0.4):
                self.teller.paragraph()
            self._stay(stay, first=stay.guest != before)
            before = stay.guest
            pace = start + (words - start) * (place + 1) / len(evening.stays)
            follows = evening.stays[place + 1].guest if place + 1 < len(evening.stays) else None
            while follows != before and self.teller.words < pace - 12:
                self.teller.remark(ASIDES, SLOTS)

    def _theft(self, evening: Evening) -> None:
        self.teller.say(f"{self._almanac.full(evening.day)}.")
        self.teller.tell(GONE, thing=evening.treasure, owner=str(evening.owner))
        self.teller.tell(SEEN, (evening.number, "theft"), time=clock(evening.shown))
        way = "fast" if evening.fast > 0 else "slow"
        phrasings = WRONG if evening.fast else RIGHT
        self.teller.tell(phrasings, (evening.number, "clock"), n=spelled(abs(evening.fast)), way=way)

    def _stay(self, stay: Stay, *, first: bool) -> None:
        room, beside = (ROOM, BESIDE) if first else (NEXT_ROOM, NEXT_BESIDE)
        words = {
            "guest": str(stay.guest),
            "they": stay.guest.pronoun,
            "them": _THEM[stay.guest.pronoun],
            "room": stay.room,
            "other": str(stay.beside),
        }
        phrasings = room if stay.beside is None else beside
        self.teller.tell(phrasings, stay.fact, a=_hour(stay.first), b=_hour(stay.last + 1), **words)


def clock(minutes: int) -> str:
    """Return a time as a clock shows it."""
    return f"{minutes // 60 - 12}.{minutes % 60:02}"


def company(words: float) -> int:
    """Return how many guests fill so many words with what they did in an evening."""
    return max(_FEWEST, min(_MOST, int((words - _THEFT) / _GUEST)))


def _hour(slot: int) -> str:
    hour, half = divmod(slot * SLOT + FIRST - 20 * 60, 60)
    return f"half past {_HOURS[hour]}" if half else _HOURS[hour]
