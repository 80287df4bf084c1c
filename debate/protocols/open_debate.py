"""Open debate: one of two players chooses an answer, and the other one argues for the answer that is left.

Which of the two speaks first in a sequence is up to chance, so that the order tells a judge nothing.
"""

from __future__ import annotations

from debate.domain import Cue, Debate, chance
from debate.protocols import choosing, rounds
from debate.protocols import debate as assigned
from debate.protocols.family import Family


def due(debate: Debate) -> tuple[Cue, ...]:
    """The first seat chooses; then both speak in every round: in one beat, or one after the other."""
    turned = chance("who speaks first", debate.match.id) % 2
    return choosing.due(debate, assigned.SEATS, assigned.SEATS[::-1] if turned else assigned.SEATS)


FAMILY = Family(
    name="open-debate",
    due=due,
    seats=assigned.SEATS,
    role="chooser",
    asked=True,
    ordered=True,
    becomes="debate",
    options=choosing.Options,
    check=rounds.check,
)
