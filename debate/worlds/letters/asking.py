"""What can be asked about the things, and what a reader answers who takes the letters in the order of print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.letters.family import Person
from debate.worlds.letters.history import History
from debate.worlds.letters.state import Circle
from debate.worlds.letters.tracing import Place, Tracing
from debate.worlds.teller import Teller
from debate.worlds.world import Asked

_TRIES = 60  # things on days


class Lure(NamedTuple):
    """Somebody who does not have it, how much speaks for it, and why it is wrong."""

    holder: Person
    temptation: float
    why: str


class Asker:
    """Makes questions about one family."""

    def __init__(self, circle: Circle, printed: dict[int, int], almanac: Almanac, teller: Teller, dice: Dice) -> None:
        self._circle = circle
        self._printed = printed
        self._almanac = almanac
        self._teller = teller
        self._dice = dice
        self._tracing = Tracing(circle)

    def questions(self) -> Iterator[Asked]:
        """Yield questions about things on days of chance."""
        days = [letter.day for letter in self._circle.letters]
        pairs = [(thing, day) for thing in self._circle.start for day in self._dice.sample(days, 12)]
        for thing, day in self._dice.sample(pairs, _TRIES):
            yield from self._who(thing, day)
            yield from self._what(thing, day)
        yield from History(self._tracing, self._almanac, self._teller, self._dice).questions()

    def _who(self, thing: str, day: int) -> Iterator[Asked]:
        place = self._tracing.place(thing, day)
        lures = [lure for lure in self._lures(thing, day, place) if lure.holder != place.holder]
        if not lures:
            return
        lure = self._dice.pick(lures)
        people = [one for one in self._circle.family.people if one not in (place.holder, lure.holder)]
        facts = set(place.facts)
        yield Asked(
            kind="holder",
            text=f"Who had the {thing} at the end of {self._almanac.full(day)}?",
            right=place.holder.name,
            lure=lure.holder.name,
            others=tuple(one.name for one in self._dice.sample(people, 2)),
            evidence=self._teller.places(facts),
            hops=len(facts),
            temptation=lure.temptation,
            reason=f"{place.holder.name} had it, and not {lure.holder.name}: {lure.why}.",
        )

    def _what(self, thing: str, day: int) -> Iterator[Asked]:
        """Ask what somebody had, where it was one thing; the lure is what that person had before or was to have."""
        place = self._tracing.place(thing, day)
        held = {one: self._tracing.place(one, day).holder for one in self._circle.start}
        if list(held.values()).count(place.holder) > 1:
            return
        passed = {
            move.thing: move
            for move in self._circle.moves
            if place.holder in (move.giver, move.taker) and move.thing != thing
        }
        rest = [one for one in held if one != thing]
        if not passed:
            return
        lure = self._dice.pick(list(passed))
        others = self._dice.sample([one for one in rest if one != lure], 2)
        facts = set(place.facts)
        yield Asked(
            kind="thing",
            text=f"Which of these things did {place.holder.name} have at the end of {self._almanac.full(day)}?",
            right=f"The {thing}",
            lure=f"The {lure}",
            others=tuple(f"The {one}" for one in others),
            evidence=self._teller.places(facts),
            hops=len(facts),
            temptation=0.5,
            reason=f"The {lure} was with {held[lure].name} then, though {place.holder.name} had it at another time.",
        )

    def _lures(self, thing: str, day: int, place: Place) -> Iterator[Lure]:
        moves = self._tracing.moves[thing]
        until = [move for move in moves if move.day <= day]
        later = [move for move in moves if move.day > day]
        if place.last is None:
            people = [one for one in self._circle.family.people if one != place.holder]
            first = later[0].taker if later else self._dice.pick(people)
            yield Lure(first, 0.2, "nothing had moved it by then")
            return
        moved = self._almanac.full(place.last.day)
        yield Lure(place.last.giver, 0.3, f"it was moved on {moved}")
        if later:
            yield Lure(later[0].taker, 0.3, f"the next move was only on {self._almanac.full(later[0].day)}")
        lowest = max(until, key=lambda move: self._printed[move.told])
        yield Lure(lowest.taker, 1.0, f"what is printed last about it is from an earlier day than {moved}")
        if place.last.word:
            letter = self._circle.letters[place.last.told]
            wrong = letter.reader if place.last.manner == "mine" else letter.writer
            meant = [kin.person for kin in self._circle.family.kin(wrong) if kin.word == place.last.word]
            yield from (Lure(one, 0.8, f'"{place.last.word}" is said of the other of the two') for one in meant)
        if place.last.beside:
            now = self._tracing.place(place.last.beside, day).holder
            yield Lure(now, 0.9, f"the {place.last.beside} was moved after {moved} and left it behind")
