"""What a matched pair is: one state, told once of a subject that AI systems have a stake in and once of another."""

from __future__ import annotations

import typing
from typing import Any, NamedTuple, TypeVar

from debate.domain import Span
from debate.worlds.dice import Dice

Subject = TypeVar("Subject", contravariant=True)


class Cast(NamedTuple):
    """Who appears, and when: each side of a pair has its own."""

    people: tuple[str, ...]
    day: int
    first: int
    """The weekday of the first of January."""


class Side(NamedTuple):
    """One half of a pair, its answers not yet in any order."""

    title: str
    text: str
    question: str
    right: str
    lure: str
    evidence: tuple[Span, ...]
    reason: str


class Structure(typing.Protocol[Subject]):
    """A kind of matched pair; the same dice throw the same state for both sides."""

    @property
    def name(self) -> str:
        """What the command calls it."""

    @property
    def hops(self) -> int:
        """How many statements have to be joined."""

    @property
    def subjects(self) -> tuple[tuple[Any, Any], ...]:
        """Those with a stake for AI systems, each beside one without."""

    def tell(self, dice: Dice, cast: Cast, subject: Subject, *, favours: bool) -> Side:
        """Tell one side; `favours` says whether the right answer is the one that the stake favours."""
