"""Debate: two players argue for different answers, round by round, together or in turn."""

from __future__ import annotations

from debate.domain import Cue, Debate
from debate.protocols import rounds
from debate.protocols.family import Family

SEATS = ("A", "B")


def due(debate: Debate) -> tuple[Cue, ...]:
    """Both seats speak in every round: in one beat, or `B` after `A`."""
    return rounds.due(debate, SEATS)


FAMILY = Family(name="debate", due=due, seats=SEATS, role="debater", asked=True, ordered=True, check=rounds.check)
