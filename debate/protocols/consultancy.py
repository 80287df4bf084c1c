"""Consultancy: one player argues for one answer, right or wrong; both answers are argued, as two matches."""

from __future__ import annotations

from debate.domain import Cue, Debate
from debate.protocols import rounds
from debate.protocols.family import Family

SEATS = ("consultant",)


def due(debate: Debate) -> tuple[Cue, ...]:
    """The consultant speaks once in every round."""
    return rounds.due(debate, SEATS)


FAMILY = Family(name="consultancy", due=due, seats=SEATS, role="consultant", asked=True, check=rounds.check)
