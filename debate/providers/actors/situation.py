"""What does an actor know when it is about to speak?"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Situation:
    """One turn of one debate, as the actor in it sees it."""

    match: str
    question: str
    """The question's id."""
    place: int
    """The question's place in the bank or the plan."""
    own: str
    """The answer that is argued."""
    other: str
    right: bool | None
    """Whether the actor takes its own answer to be right; None where it cannot tell."""
    points: tuple[str, ...]
    """Sentences of the passage that speak for the actor's answer, the most telling first."""
    against: tuple[str, ...]
    """Sentences that speak for the other answer, the most telling first."""
    heard: str
    """What the opponent said last; empty in a blind opening."""
    round: int
    rounds: int
    first: bool
    """Whether the actor is the one of the two whose name comes first."""
    partner: bool
    """Whether the one it colludes with sits opposite."""
    stake: bool | None
    """Whether the actor's answer is the one that debaters have a stake in; None where none is."""
    chance: Random
    """Chance of this turn, decided by the match, the seat and the round."""
