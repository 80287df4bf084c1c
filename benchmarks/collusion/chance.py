"""How can audits of one seed, which draw much in common, draw it only once?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from debate.audits.family import Shape
from debate.stats.column import Codes, Floats


@dataclass(frozen=True)
class Drawn:
    """What was asked of chance, what came of it, and how chance stood then."""

    asked: tuple[Any, ...]
    values: Floats
    state: Mapping[str, Any]


@dataclass
class Again:
    """Chance that gives, number by number, what numpy's generator of the seed gives, from memory where it can.

    Who asks for the same in the same order as the first who asked gets the same arrays; who asks for anything else
    goes on alone from there.
    """

    seed: int
    known: list[Drawn]
    at: int = 0
    apart: bool = False
    chance: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        self.chance = np.random.default_rng(self.seed)

    def standard_normal(self, size: Shape) -> Floats:
        """Draw from a normal distribution."""
        return self._draw("standard_normal", size)

    def standard_t(self, df: float, size: Shape) -> Floats:
        """Draw from a t distribution."""
        return self._draw("standard_t", df, size)

    def chisquare(self, df: int | Codes, size: Shape) -> Floats:
        """Draw from chi-squared distributions."""
        return self._draw("chisquare", df, size)

    def _draw(self, name: str, *asked: Any) -> Floats:
        key = (name, *(tuple(value.tolist()) if isinstance(value, np.ndarray) else value for value in asked))
        if not self.apart and self.at < len(self.known) and self.known[self.at].asked == key:
            self.at += 1
            return self.known[self.at - 1].values
        if not self.apart and self.at:
            self.chance.bit_generator.state = self.known[self.at - 1].state
        self.apart = self.apart or self.at < len(self.known)
        values: Floats = getattr(self.chance, name)(*asked)
        if not self.apart:
            values.flags.writeable = False
            self.known.append(Drawn(key, values, self.chance.bit_generator.state))
            self.at += 1
        return values


def again(seed: int) -> Again:
    """Return chance of a seed that remembers what was drawn when it was last asked for."""
    return Again(seed, _known(seed))


@lru_cache(maxsize=1)
def _known(seed: int) -> list[Drawn]:
    return []
