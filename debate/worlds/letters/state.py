"""Things that go round a family, and the letters that tell of it, not always at once."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from debate.worlds.dice import Dice
from debate.worlds.letters.family import Family, Person

Manner: TypeAlias = Literal["named", "mine", "yours", "beside"]
"""How a letter says to whom a thing went: by name, as kin of its writer or its reader, or beside another thing."""

THINGS = (
    *("barometer", "violin", "sewing box", "telescope", "tea urn", "chess set", "atlas", "clock", "rocking horse"),
    *("silver spoons", "opera glasses", "stuffed owl", "prayer book", "music stand", "brass scales", "fur coat"),
)


class Move(NamedTuple):
    """A thing goes from one person to another; `fact` names the sentence that says so."""

    fact: Hashable
    day: int
    thing: str
    giver: Person
    taker: Person
    manner: Manner = "named"
    word: str = ""
    """What the taker is called where no name is given."""
    household: int = 0
    beside: str = ""
    told: int = 0
    """The letter that tells of it."""


class Letter(NamedTuple):
    """A letter with the moves that it tells of."""

    number: int
    day: int
    writer: Person
    reader: Person
    moves: tuple[Move, ...]


@dataclass
class Circle:
    """The family with its things as they stand, and the letters written so far."""

    dice: Dice
    difficulty: float
    family: Family
    start: dict[str, Person]
    holders: dict[str, Person] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    _late: list[Move] = field(default_factory=list)

    @classmethod
    def opened(cls, dice: Dice, difficulty: float, things: int) -> Circle:
        """Return a family with its things handed round by chance."""
        family = Family.drawn(dice)
        start = {thing: dice.pick(family.people) for thing in dice.sample(THINGS, things)}
        return cls(dice, difficulty, family, start, dict(start))

    def write(self, day: int, *, last: bool) -> Letter:
        """Write a letter about one or two moves; what is kept back is told later, in the last letter at the latest."""
        writer, reader = self.dice.sample(self.family.people, 2)
        number = len(self.letters)
        things = self.dice.sample(list(self.holders), 2)
        moves = [
            self._move((number, which), day, thing, things, writer, reader)
            for which, thing in enumerate(things[: 1 + self.dice.below(2)])
        ]
        late = [move for move in self._late if last or self.dice.flip()]
        kept = [m for m in moves if m.manner == "named" and not last and self.dice.flip(0.35 * self.difficulty)]
        self._late = [move for move in self._late if move not in late] + kept
        told = [move._replace(told=number) for move in (*(move for move in moves if move not in kept), *late)]
        self.moves += told
        letter = Letter(number, day, writer, reader, tuple(told))
        self.letters.append(letter)
        return letter

    @property
    def untold(self) -> bool:
        """Whether a move has happened that no letter tells of."""
        return bool(self._late)

    def _move(self, fact: Hashable, day: int, thing: str, moving: list[str], writer: Person, reader: Person) -> Move:
        """Let a thing change hands, and choose how the letter is to say to whom."""
        giver = self.holders[thing]
        move = Move(fact, day, thing, giver, self.dice.pick([one for one in self.family.people if one != giver]))
        if self.dice.flip(0.15 + 0.7 * self.difficulty):
            move = self._beside(move, moving) if self.dice.flip(0.4) else self._kin(move, writer, reader)
        self.holders[thing] = move.taker
        return move

    def _beside(self, move: Move, moving: list[str]) -> Move:
        others = [one for one, at in self.holders.items() if at != move.giver and one not in moving]
        if not others:
            return move
        other = self.dice.pick(others)
        return move._replace(taker=self.holders[other], manner="beside", beside=other)

    def _kin(self, move: Move, writer: Person, reader: Person) -> Move:
        manner: Manner = "mine" if self.dice.flip() else "yours"
        called = self.family.kin(writer if manner == "mine" else reader)
        kin = [one for one in called if one.person not in (move.giver, writer, reader)]
        if not kin:
            return move
        one = self.dice.pick(kin)
        return move._replace(taker=one.person, manner=manner, word=one.word, household=one.household)
