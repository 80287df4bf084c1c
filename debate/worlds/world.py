"""What a world is: a simulation that tells its own story, and asks about what it knows to have happened."""

from __future__ import annotations

import typing
from typing import NamedTuple

from debate.domain import Span
from debate.worlds.dice import Dice

_HOPS = 6  # statements to be joined from which on more of them make a question no harder
_WEIGHTS = (0.6, 0.2, 0.2)  # hops, distance, temptation; hops first, since the distractor is the answer that misses one


class Asked(NamedTuple):
    """A question with its answers not yet in any order."""

    kind: str
    text: str
    right: str
    lure: str
    """The best distractor: what a reader answers who misses one statement, or takes one for another."""
    others: tuple[str, ...]
    evidence: tuple[Span, ...]
    hops: int
    """How many statements have to be joined."""
    temptation: float
    """How much speaks for the best distractor: near 0 where a reader merely skips a statement, 1 where the text says
    it outright."""
    reason: str

    def difficulty(self, length: int) -> float:
        """Return 0.6 hops + 0.2 distance + 0.2 temptation, each from 0 to 1, in a passage of `length` code points."""
        distance = (self.evidence[-1].start - self.evidence[0].end) / length if len(self.evidence) > 1 else 0.0
        parts = (min(1.0, (self.hops - 1) / (_HOPS - 1)), max(0.0, distance), self.temptation)
        return round(sum(weight * part for weight, part in zip(_WEIGHTS, parts, strict=True)), 2)


class Tale(NamedTuple):
    """A passage with everything that its world would ask about it."""

    title: str
    text: str
    questions: tuple[Asked, ...]


class World(typing.Protocol):
    """A generator of passages and questions."""

    @property
    def name(self) -> str:
        """What the command calls it."""

    @property
    def genre(self) -> str:
        """What kind of text it writes."""

    def tell(self, dice: Dice, *, words: int, difficulty: float) -> Tale:
        """Simulate, write about `words` words, and ask; `difficulty` from 0 to 1 sets how tangled the matter is."""
