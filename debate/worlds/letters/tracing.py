"""Where was a thing at the end of a day, and which statements say so?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from debate.worlds.letters.family import Person
from debate.worlds.letters.state import Circle, Move

_DEPTH = 4  # how far a thing is followed to another


class Place(NamedTuple):
    """Who has a thing, the statements that say so, and the move that brought it there."""

    holder: Person
    facts: tuple[Hashable, ...]
    last: Move | None


class Tracing:
    """Follows the things of a family from hand to hand."""

    def __init__(self, circle: Circle) -> None:
        self.circle = circle
        self.moves: dict[str, list[Move]] = {thing: [] for thing in circle.start}
        for move in sorted(circle.moves, key=lambda move: move.day):
            self.moves[move.thing].append(move)

    def place(self, thing: str, day: int, depth: int = _DEPTH) -> Place:
        """Find a thing at the end of a day."""
        until = [move for move in self.moves[thing] if move.day <= day]
        if not until:
            return Place(self.circle.start[thing], (("start", thing),), None)
        return Place(until[-1].taker, self.facts(until[-1], depth), until[-1])

    def facts(self, move: Move, depth: int = _DEPTH) -> tuple[Hashable, ...]:
        """Return the statements that tell who took a thing, and when."""
        facts: list[Hashable] = [move.fact, ("heading", move.told)]
        if move.word:
            facts.append(("household", move.household))
        if move.beside and depth:
            facts += self.place(move.beside, move.day, depth - 1).facts
        return tuple(facts)

    def holders(self, thing: str, day: int) -> list[Person]:
        """Return who has had a thing by the end of a day, in order."""
        return [self.circle.start[thing], *(move.taker for move in self.moves[thing] if move.day <= day)]
