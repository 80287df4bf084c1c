"""What can be asked of where things have been: before whom, never with whom, how long, told to whom, or lost."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise

from debate.worlds.days import Almanac
from debate.worlds.dice import Dice
from debate.worlds.letters.family import Person
from debate.worlds.letters.state import Move
from debate.worlds.letters.tracing import Tracing
from debate.worlds.teller import Teller
from debate.worlds.world import Asked

_DAYS = 3  # looked at for each thing


class History:
    """Makes questions about the past of things."""

    def __init__(self, tracing: Tracing, almanac: Almanac, teller: Teller, dice: Dice) -> None:
        self._tracing = tracing
        self._people = tracing.circle.family.people
        self._letters = tracing.circle.letters
        self._almanac = almanac
        self._teller = teller
        self._dice = dice

    def questions(self) -> Iterator[Asked]:
        """Yield questions about every thing."""
        days = [letter.day for letter in self._letters]
        for thing, moves in self._tracing.moves.items():
            if moves:
                once = [move for move in moves if self._tracing.holders(thing, days[-1]).count(move.taker) == 1]
                for move in self._dice.sample(once, _DAYS):
                    yield from self._before(thing, move)
                    yield from self._told(thing, move)
                yield from self._longest(thing, moves)
            for day in self._dice.sample(days, _DAYS):
                yield from self._together(thing, day)
                yield from self._never(thing, day)
                yield from self._lost(thing, day)

    def _before(self, thing: str, move: Move) -> Iterator[Asked]:
        """Ask from whom a thing came; the lure is to whom it went."""
        later = [one.taker for one in self._tracing.moves[thing] if one.day > move.day]
        lure = later[0] if later and later[0] != move.giver else self._dice.pick(self._but(move.giver, move.taker))
        earlier = self._tracing.place(thing, move.day - 1)
        yield self._asked(
            "before",
            f"Who had the {thing} just before {move.taker.name} had it?",
            (move.giver, lure),
            self._but(move.giver, move.taker, lure),
            {*earlier.facts, *self._tracing.facts(move)},
            temptation=0.5 if later else 0.2,
            reason=f"It went from {move.giver.name} to {move.taker.name} on {self._almanac.full(move.day)}"
            f"{f', and from there to {lure.name}' if later and later[0] == lure else ''}.",
        )

    def _told(self, thing: str, move: Move) -> Iterator[Asked]:
        """Ask who was told of a move; the lure was told of another move of the same thing."""
        letter = self._letters[move.told]
        told = [self._letters[one.told].reader for one in self._tracing.moves[thing] if one != move]
        lures = [reader for reader in told if reader not in (letter.reader, move.taker)]
        if letter.reader == move.taker or not lures:
            return
        lure = self._dice.pick(lures)
        yield self._asked(
            "told",
            f"To whom was the letter written that tells how the {thing} came to {move.taker.name}?",
            (letter.reader, lure),
            self._but(letter.reader, lure, move.taker),
            set(self._tracing.facts(move)),
            temptation=0.6,
            reason=f"It stands in the letter of {self._almanac.full(letter.day)}, to {letter.reader.name}; {lure.name} "
            f"was written to about the {thing} at another time.",
        )

    def _longest(self, thing: str, moves: list[Move]) -> Iterator[Asked]:
        """Ask who kept a thing longest of those who had it of somebody and gave it on."""
        kept: dict[Person, int] = {}
        for move, following in pairwise(moves):
            kept[move.taker] = max(kept.get(move.taker, 0), following.day - move.day)
        ranked = sorted(self._dice.sample(list(kept), 4), key=lambda person: -kept[person])
        if len(ranked) < 2 or kept[ranked[0]] == kept[ranked[1]]:
            return
        right, lure, *others = ranked
        yield self._asked(
            "longest",
            f"Which of these kept the {thing} for the most days at a stretch, from the day it came to the day it went "
            "on?",
            (right, lure),
            others,
            {fact for move in moves for fact in self._tracing.facts(move)},
            temptation=0.5,
            reason=f"{right.name} kept it for {kept[right]} days and {lure.name} for {kept[lure]}.",
        )

    def _together(self, thing: str, day: int) -> Iterator[Asked]:
        """Ask for another thing in the same hands; the lure was in them, but not then."""
        place = self._tracing.place(thing, day)
        here = {one: self._tracing.place(one, day).holder for one in self._tracing.moves if one != thing}
        same = [one for one, holder in here.items() if holder == place.holder]
        rest = [one for one in here if one not in same]
        once = [one for one in rest if place.holder in self._tracing.holders(one, self._letters[-1].day)]
        if not same or not once or len(rest) < 3:
            return
        right, lure = self._dice.pick(same), self._dice.pick(once)
        yield Asked(
            kind="together",
            text=f"Which of these things was in the same hands as the {thing} at the end of {self._almanac.full(day)}?",
            right=f"The {right}",
            lure=f"The {lure}",
            others=tuple(f"The {one}" for one in self._dice.sample([one for one in rest if one != lure], 2)),
            evidence=self._teller.places({*place.facts, *self._tracing.place(right, day).facts}),
            hops=len({*place.facts, *self._tracing.place(right, day).facts}),
            temptation=0.6,
            reason=f"{place.holder.name} had both; the {lure} was with {here[lure].name} then.",
        )

    def _never(self, thing: str, day: int) -> Iterator[Asked]:
        """Ask who has not had a thing; the lure had it by a statement that gives no name, if there is one."""
        had = self._tracing.holders(thing, day)
        moves = [move for move in self._tracing.moves[thing] if move.day <= day]
        later = [one for one in self._tracing.holders(thing, self._letters[-1].day) if one not in had]
        never = later or self._but(*had)
        if len(set(had)) < 3 or not never:
            return
        right = self._dice.pick(never)
        hidden = [move.taker for move in moves if move.manner != "named"]
        lure = self._dice.pick(hidden or had)
        yield self._asked(
            "never",
            f"Which of these had not had the {thing} at any time up to the end of {self._almanac.full(day)}?",
            (right, lure),
            sorted({one for one in had if one != lure}),
            {("start", thing), *(fact for move in moves for fact in self._tracing.facts(move))},
            temptation=0.7 if hidden else 0.3,
            reason=f"{lure.name} had had it by then; {right.name} "
            f"{'had it only later' if later else 'is nowhere said to have had it'}.",
        )

    def _lost(self, thing: str, day: int) -> Iterator[Asked]:
        """Ask where a thing would seem to be without one letter; the lure is where it was."""
        until = [move for move in self._tracing.moves[thing] if move.day <= day]
        if not until:
            return
        lost = self._letters[until[-1].told]
        left = [move for move in until if move.told != lost.number]
        holder = left[-1].taker if left else self._tracing.circle.start[thing]
        if holder == until[-1].taker or (left and left[-1].beside):
            return
        facts = self._tracing.facts(left[-1]) if left else (("start", thing),)
        yield self._asked(
            "counterfactual",
            f"If the letter of {self._almanac.full(lost.day)} had been lost, with whom would what the other letters "
            f"tell leave the {thing} at the end of {self._almanac.full(day)}?",
            (holder, until[-1].taker),
            self._but(holder, until[-1].taker),
            {*facts, until[-1].fact, ("heading", lost.number)},
            temptation=0.8,
            reason=f"Only that letter tells that it went to {until[-1].taker.name}; before that {holder.name} had it.",
        )

    def _but(self, *people: Person) -> list[Person]:
        return [one for one in self._people if one not in people]

    def _asked(
        self,
        kind: str,
        text: str,
        pair: tuple[Person, Person],
        others: Iterable[Person],
        facts: set[Hashable],
        *,
        temptation: float,
        reason: str,
    ) -> Asked:
        right, lure = pair
        wrong = tuple(one.name for one in self._dice.sample(list(others), 2))
        evidence = self._teller.places(facts)
        return Asked(kind, text, right.name, lure.name, wrong, evidence, len(facts), temptation, reason)
