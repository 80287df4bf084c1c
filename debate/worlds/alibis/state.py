"""Evenings in a hotel: who was in which room when, and at what time by which clock something was taken."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from debate.worlds.dice import Dice
from debate.worlds.names import SURNAMES

ROOMS = (
    "library",
    "conservatory",
    "billiard room",
    "card room",
    "music room",
    "smoking room",
    "winter garden",
    "lounge",
)
TREASURES = (
    *("emerald brooch", "pearl necklace", "gold watch", "silver flask", "opera cloak", "ivory fan", "signet ring"),
    *("ruby pin", "rosewood box", "diamond clip", "amber beads", "jade figure", "letter case", "enamel locket"),
    *("cigarette case", "coral bracelet", "miniature", "sable collar", "manuscript", "stamp album"),
)
SLOTS = 4
FIRST = 20 * 60
SLOT = 30
"""An evening has so many half hours, from eight o'clock on, in minutes of the day."""


class Guest(NamedTuple):
    """Somebody who stays at the hotel."""

    title: str
    name: str

    def __str__(self) -> str:
        return f"{self.title} {self.name}"

    @property
    def pronoun(self) -> str:
        """He or she."""
        return "he" if self.title in ("Mr", "Colonel", "Canon") else "she"


class Stay(NamedTuple):
    """Where a guest was for some half hours; `fact` names the statement that says so."""

    fact: Hashable
    guest: Guest
    first: int
    last: int
    """The half hours, both included."""
    room: str
    beside: Guest | None
    """Whose company is named instead of the room."""


class Evening(NamedTuple):
    """One evening with its theft."""

    number: int
    day: int
    owner: Guest
    treasure: str
    shown: int
    """When it was taken by the clock on the landing, in minutes of the day."""
    fast: int
    """By how many minutes that clock was ahead; 0 where it was right."""
    near: int
    """The other half hour in which somebody was alone; a clock that is wrong puts the theft there."""
    rooms: tuple[dict[Guest, str], ...]
    """By half hour, where each guest was."""
    stays: tuple[Stay, ...]

    @property
    def slot(self) -> int:
        """The half hour in which it was truly taken."""
        return (self.shown - self.fast - FIRST) // SLOT

    def alone(self, slot: int) -> list[Guest]:
        """Return who was in nobody's company in a half hour."""
        rooms = list(self.rooms[slot].values())
        return [guest for guest, room in self.rooms[slot].items() if rooms.count(room) == 1]

    def stay(self, guest: Guest, slot: int) -> Stay:
        """Return the statement about a guest in a half hour."""
        return next(stay for stay in self.stays if stay.guest == guest and stay.first <= slot <= stay.last)

    def chain(self, guest: Guest, slot: int) -> list[Hashable]:
        """Return the statements that lead to a guest's room: also the first about each guest, which gives the name."""
        stay = self.stay(guest, slot)
        facts = [self.stay(guest, 0).fact, stay.fact]
        return facts if stay.beside is None else [*facts, *self.chain(stay.beside, slot)]

    def company(self, guest: Guest, slot: int) -> list[Guest]:
        """Return who was in the same room as a guest in a half hour."""
        rooms = self.rooms[slot]
        return [one for one, room in rooms.items() if room == rooms[guest] and one != guest]


def guests(dice: Dice, number: int) -> list[Guest]:
    """Return guests of different names."""
    titles = ("Mr", "Mrs", "Miss", "Colonel", "Canon", "Lady")
    return [Guest(dice.pick(titles), name) for name in dice.sample(SURNAMES, number)]


def evening(dice: Dice, number: int, day: int, company: list[Guest], difficulty: float) -> Evening:
    """Let an evening happen: in the half hour of the theft one guest is alone, and in a neighbouring one another."""
    true = dice.below(SLOTS)
    near = dice.pick([slot for slot in (true - 1, true + 1) if 0 <= slot < SLOTS])
    thief, other, owner = dice.sample(company, 3)
    alone = {true: thief, near: other}
    rooms = tuple(_spread(dice, company, alone.get(slot)) for slot in range(SLOTS))
    minute = FIRST + true * SLOT + dice.between(5, SLOT - 5)
    fast = 0
    if dice.flip(0.1 + 0.8 * difficulty):
        into = dice.between(4, SLOT - 4)  # the half hour that the clock seems to put it in
        fast = FIRST + near * SLOT + into - minute
    stays = _stays(dice, number, company, rooms, 0.6 * difficulty)
    return Evening(number, day, owner, dice.pick(TREASURES), minute + fast, fast, near, rooms, tuple(stays))


def _spread(dice: Dice, company: list[Guest], alone: Guest | None) -> dict[Guest, str]:
    """Put guests into rooms so that nobody but `alone` is alone."""
    rooms = dice.shuffled(ROOMS)
    left = dice.shuffled([guest for guest in company if guest != alone])
    placed = {} if alone is None else {alone: rooms.pop()}
    while left:
        size = len(left) if len(left) <= 3 else 2 + dice.below(2) * (len(left) != 4)
        room = rooms.pop()
        for guest in left[:size]:
            placed[guest] = room
        left = left[size:]
    return {guest: placed[guest] for guest in company}


def _stays(
    dice: Dice, number: int, company: list[Guest], rooms: tuple[dict[Guest, str], ...], likely: float
) -> list[Stay]:
    """Return what the guests say of themselves; a guest may name an earlier one's company instead of a room."""
    order = dice.shuffled(company)
    stays: list[Stay] = []
    for place, guest in enumerate(order):
        for slot in range(SLOTS):
            room = rooms[slot][guest]
            here = [one for one in order[:place] if rooms[slot][one] == room]
            beside = dice.pick(here) if here and dice.flip(likely) else None
            last = stays[-1] if slot else None
            if last is not None and beside is None and last.beside is None and last.room == room:
                stays[-1] = last._replace(last=slot)
            else:
                stays.append(Stay((number, guest, slot), guest, slot, slot, room, beside))
    return stays
