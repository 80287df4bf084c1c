"""Chance that a seed decides, the same on every machine and in every process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from debate.domain.value import chance

T = TypeVar("T")

_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15  # splitmix64: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators


class Dice:
    """A stream of chance; two with the same seed throw the same."""

    def __init__(self, *seed: object) -> None:
        self._state = chance(*seed)

    def below(self, bound: int) -> int:
        """Return a whole number from 0 to below `bound`."""
        self._state = state = (self._state + _STEP) & _MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((state ^ (state >> 31)) * bound) >> 64

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def share(self) -> float:
        """Return a number from 0 to below 1."""
        return self.below(1 << 30) / (1 << 30)

    def flip(self, probability: float = 0.5) -> bool:
        """Return true with a probability."""
        return self.share() < probability

    def pick(self, things: Sequence[T]) -> T:
        """Return one of `things`."""
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Return `things` in an order of chance."""
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def sample(self, things: Sequence[T], size: int) -> list[T]:
        """Return up to `size` different ones of `things`, in an order of chance."""
        return self.shuffled(things)[:size]
