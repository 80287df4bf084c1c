"""Solo: a player answers alone, once without and once with the passage; nobody judges it."""

from __future__ import annotations

from debate.domain import Cue, Debate, Protocol
from debate.protocols.family import Family, first_open_beat
from debate.protocols.kinds import ANSWER

SEATS = ("solo",)
ONCE = (Cue(index=0, seat="solo", round=1, beat=1, kind=ANSWER),)


def due(debate: Debate) -> tuple[Cue, ...]:
    """The player gives its beliefs once."""
    return first_open_beat(debate, ONCE)


def variants(protocol: Protocol) -> tuple[Protocol, ...]:
    """Without and with the passage are two games."""
    blind = protocol.model_copy(update={"passage": False, "rounds": 1, "label": protocol.label or "solo-blind"})
    return (blind, protocol.model_copy(update={"passage": True, "rounds": 1, "label": protocol.label or "solo"}))


FAMILY = Family(
    name="solo", due=due, seats=SEATS, role="answerer", argued=False, reads=False, judged=False, variants=variants
)
