"""What can be asked of the notes, and what a reader answers who trusts the wrong clock or the wrong half hour."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from debate.worlds.alibis.company import Company
from debate.worlds.alibis.prose import clock
from debate.worlds.alibis.state import FIRST, ROOMS, SLOT, SLOTS, Evening, Guest
from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.teller import Teller
from debate.worlds.world import Asked

_EVENINGS, _ASKED = 10, 12  # evenings looked at, and guests and half hours asked about in each


class Asker:
    """Makes questions about the evenings."""

    def __init__(self, company: list[Guest], almanac: Almanac, teller: Teller, dice: Dice) -> None:
        self._together = Company(company, almanac, teller, dice)
        self._company = company
        self._almanac = almanac
        self._teller = teller
        self._dice = dice

    def questions(self, evenings: list[Evening]) -> Iterator[Asked]:
        """Yield questions about evenings of chance."""
        for evening in self._dice.sample(evenings, _EVENINGS):
            yield from self._alone(evening)
            pairs = [(guest, slot) for guest in self._company for slot in range(SLOTS)]
            for guest, slot in self._dice.sample(pairs, _ASKED):
                yield from self._where(evening, guest, slot)
            yield from self._together.questions(evening)

    def _alone(self, evening: Evening) -> Iterator[Asked]:
        """Ask who was alone at the time of the theft; the lure was alone at another time."""
        (right,), (lure,) = evening.alone(evening.slot), evening.alone(evening.near)
        rest = [guest for guest in self._company if guest not in (right, lure)]
        facts: set[Hashable] = {(evening.number, "theft"), (evening.number, "clock")}
        for guest in self._company:
            facts |= set(evening.chain(guest, evening.slot))
        true = clock(evening.shown - evening.fast)
        said = f"not at {clock(evening.shown)}, " if evening.fast else ""
        yield Asked(
            kind="thief",
            text=f"Who was in nobody's company when the {evening.treasure} was taken on "
            f"{self._almanac.full(evening.day)}?",
            right=str(right),
            lure=str(lure),
            others=tuple(map(str, self._dice.sample(rest, 2))),
            evidence=self._teller.places(facts),
            hops=len(facts),
            temptation=1.0 if evening.fast else 0.3,
            reason=f"It was taken at {true}, {said}when {right} was alone; {lure} was alone at another time.",
        )

    def _where(self, evening: Evening, guest: Guest, slot: int) -> Iterator[Asked]:
        """Ask for a room; the lure is where the guest, or the company named, was at another time."""
        stay = evening.stay(guest, slot)
        right = stay.room
        whom, temptation = (stay.beside, 0.7) if stay.beside is not None else (guest, 0.3)
        rooms = [evening.rooms[other][whom] for other in range(SLOTS)]
        near = [room for room in rooms if room != right]
        if not near:
            return
        lure = self._dice.pick(near)
        rest = [room for room in ROOMS if room not in (right, lure)]
        facts = set(evening.chain(guest, slot))
        time = FIRST + slot * SLOT + self._dice.between(8, SLOT - 8)
        yield Asked(
            kind="room",
            text=f"In which room was {guest} at {clock(time)} on {self._almanac.full(evening.day)}?",
            right=f"The {right}",
            lure=f"The {lure}",
            others=tuple(f"The {room}" for room in self._dice.sample(rest, 2)),
            evidence=self._teller.places(facts),
            hops=len(facts),
            temptation=temptation,
            reason=f"At that time {whom} was in the {right}, and in the {lure} only earlier or later.",
        )
