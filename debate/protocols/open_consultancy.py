"""Open consultancy: one player chooses an answer, and argues for it alone."""

from __future__ import annotations

from debate.domain import Cue, Debate
from debate.protocols import choosing, consultancy, rounds
from debate.protocols.family import Family


def due(debate: Debate) -> tuple[Cue, ...]:
    """The consultant chooses, and then speaks once in every round."""
    return choosing.due(debate, consultancy.SEATS, consultancy.SEATS)


FAMILY = Family(
    name="open-consultancy",
    due=due,
    seats=consultancy.SEATS,
    role="chooser",
    asked=True,
    becomes="consultancy",
    options=choosing.Options,
    check=rounds.check,
)
