"""What can be asked of who was with whom: companions, witnesses, empty rooms, and what the wrong clock would make."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from debate.worlds.alibis.prose import clock
from debate.worlds.alibis.state import FIRST, ROOMS, SLOT, SLOTS, Evening, Guest
from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.teller import Teller
from debate.worlds.world import Asked

_GUESTS = 4  # asked about in each evening


class Company:
    """Makes questions about evenings that several accounts have to be joined for."""

    def __init__(self, company: list[Guest], almanac: Almanac, teller: Teller, dice: Dice) -> None:
        self._company = company
        self._almanac = almanac
        self._teller = teller
        self._dice = dice

    def questions(self, evening: Evening) -> Iterator[Asked]:
        """Yield questions about one evening."""
        for guest in self._dice.sample(self._company, _GUESTS):
            slot = self._dice.below(SLOTS)
            when = f"at {clock(self._within(slot))} on {self._almanac.full(evening.day)}"
            yield from self._with(evening, guest, slot, when)
            yield from self._witness(evening, guest)
            yield from self._next(evening, guest)
        yield from self._empty(evening, self._dice.below(SLOTS))
        if evening.fast:
            yield self._suspect(evening)
            yield from self._time(evening)

    def _with(self, evening: Evening, guest: Guest, slot: int, when: str) -> Iterator[Asked]:
        """Ask for a companion; the lure was one in another half hour."""
        here = evening.company(guest, slot)
        then = {one for other in range(SLOTS) for one in evening.company(guest, other)} - set(here)
        others = [one for one in self._company if one not in (guest, *here)]
        if not here or not then or len(others) < 3:
            return
        right, lure = self._dice.pick(here), self._dice.pick(sorted(then))
        facts = {*evening.chain(guest, slot), *evening.chain(right, slot)}
        yield self._asked(
            "company",
            f"Which of these was in the same room as {guest} {when}?",
            (right, lure),
            [one for one in others if one != lure],
            facts,
            temptation=0.5,
            reason=f"Both were in the {evening.rooms[slot][guest]}; {lure} was with {guest} only earlier or later.",
        )

    def _witness(self, evening: Evening, guest: Guest) -> Iterator[Asked]:
        """Ask who can vouch for somebody at the time of the theft; the lure could by the wrong clock, or later."""
        here, then = evening.company(guest, evening.slot), evening.company(guest, evening.near)
        others = [one for one in self._company if one not in (guest, *here)]
        lures = [one for one in then if one not in here]
        if not here or not lures or len(others) < 3:
            return
        right, lure = self._dice.pick(here), self._dice.pick(lures)
        facts = {*evening.chain(guest, evening.slot), *evening.chain(right, evening.slot)}
        yield self._asked(
            "witness",
            f"Who can say where {guest} was when the {evening.treasure} was taken on "
            f"{self._almanac.full(evening.day)}, having been in the same room?",
            (right, lure),
            [one for one in others if one != lure],
            facts | {(evening.number, "theft"), (evening.number, "clock")},
            temptation=1.0 if evening.fast else 0.3,
            reason=f"It was taken at {clock(evening.shown - evening.fast)}, when {right} was there; {lure} was there "
            "in another half hour.",
        )

    def _next(self, evening: Evening, guest: Guest) -> Iterator[Asked]:
        """Ask where somebody went from a room; the lure is where that guest had come from."""
        rooms = [evening.rooms[slot][guest] for slot in range(SLOTS)]
        slots = [slot for slot in range(1, SLOTS - 1) if rooms.count(rooms[slot]) == 1]
        slots = [slot for slot in slots if rooms[slot - 1] != rooms[slot + 1]]
        if not slots:
            return
        slot = self._dice.pick(slots)
        lure, room, right = rooms[slot - 1 : slot + 2]
        yield self._asked(
            "next",
            f"Into which room did {guest} go from the {room} on {self._almanac.full(evening.day)}?",
            (f"The {right}", f"The {lure}"),
            [f"The {one}" for one in ROOMS if one not in (lure, room, right)],
            {*evening.chain(guest, slot), *evening.chain(guest, slot + 1)},
            temptation=0.4,
            reason=f"The {right} came after the {room}; the {lure} came before it.",
        )

    def _empty(self, evening: Evening, slot: int) -> Iterator[Asked]:
        """Ask for a room with nobody in it; the lure has those whose room is said by company, where there are any."""
        held = evening.rooms[slot]
        full = [room for room in ROOMS if room in held.values()]
        if len(full) < 3:
            return
        right = self._dice.pick([room for room in ROOMS if room not in full])
        named = {held[guest] for guest in self._company if evening.stay(guest, slot).beside is None}
        hidden = [room for room in full if room not in named]
        lure = self._dice.pick(hidden or full)
        yield self._asked(
            "empty",
            f"In which of these rooms was nobody of the company at {clock(self._within(slot))} on "
            f"{self._almanac.full(evening.day)}?",
            (f"The {right}", f"The {lure}"),
            [f"The {room}" for room in full if room != lure],
            {fact for guest in self._company for fact in evening.chain(guest, slot)},
            temptation=0.5,
            reason=f"Everybody's account puts them elsewhere than in the {right}; "
            f"{next(guest for guest in self._company if held[guest] == lure)} was in the {lure}.",
        )

    def _suspect(self, evening: Evening) -> Asked:
        """Ask who would have been alone, had the wrong clock been right; the lure is who was."""
        (lure,), (right,) = evening.alone(evening.slot), evening.alone(evening.near)
        facts: set[Hashable] = {fact for guest in self._company for fact in evening.chain(guest, evening.near)}
        return self._asked(
            "counterfactual",
            f"If the clock on the landing had been right, who would have been in nobody's company when the "
            f"{evening.treasure} was taken on {self._almanac.full(evening.day)}?",
            (right, lure),
            [guest for guest in self._company if guest not in (right, lure)],
            facts | {(evening.number, "theft"), (evening.number, "clock")},
            temptation=0.9,
            reason=f"At {clock(evening.shown)} {right} was alone; {lure} was alone when it was truly taken.",
        )

    def _time(self, evening: Evening) -> Iterator[Asked]:
        """Ask for the true time; the lure is what the wrong clock showed."""
        further = self._dice.pick([step for step in range(5, 40) if step != abs(evening.fast)])
        further *= 1 if self._dice.flip() else -1
        true = evening.shown - evening.fast
        times = [clock(true + off) for off in (0, evening.fast, further, evening.fast + further)]
        if len({len(time) for time in times}) > 1:  # ten o'clock and later are rare, so the longer time would be too
            return
        yield Asked(
            kind="time",
            text=f"At what time, by a right clock, was the {evening.treasure} taken on "
            f"{self._almanac.full(evening.day)}?",
            right=times[0],
            lure=times[1],
            others=(times[2], times[3]),
            evidence=self._teller.places([(evening.number, "theft"), (evening.number, "clock")]),
            hops=2,
            temptation=1.0,
            reason=f"The clock on the landing showed {times[1]}, and was wrong by {abs(evening.fast)} minutes.",
        )

    def _asked(
        self,
        kind: str,
        text: str,
        pair: tuple[Guest, Guest] | tuple[str, str],
        others: list[Guest] | list[str],
        facts: set[Hashable],
        *,
        temptation: float,
        reason: str,
    ) -> Asked:
        right, lure = map(str, pair)
        wrong = tuple(map(str, self._dice.sample(others, 2)))
        evidence = self._teller.places(facts)
        return Asked(kind, text, right, lure, wrong, evidence, len(facts), temptation, reason)

    def _within(self, slot: int) -> int:
        return FIRST + slot * SLOT + self._dice.between(8, SLOT - 8)
