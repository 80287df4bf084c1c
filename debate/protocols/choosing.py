"""Open role: one player chooses which answer it argues, before anybody speaks [Kenton et al. 2024].

The choice is a turn of its own that nobody else ever reads. What follows is the game with assigned answers, cue by
cue and word by word, and its judges are told no more than those of that game, unless the rules say so (`told`).
"""

from __future__ import annotations

from pydantic import Field

from debate.domain import Cue, Debate, Value
from debate.protocols import rounds
from debate.protocols.kinds import CHOICE


class Options(Value):
    """What a game with an open role takes besides."""

    told: bool = Field(default=False, strict=True)
    """Whether judges are told that the answer was chosen; else they are told what judges of the assigned game are."""


def due(debate: Debate, seats: tuple[str, ...], order: tuple[str, ...]) -> tuple[Cue, ...]:
    """Return the choice of the first seat while it is open, and then the cues of the rounds, spoken in `order`."""
    if any(turn.kind == CHOICE for turn in debate.turns):
        return rounds.due(debate, order, first=1)
    return (Cue(index=0, seat=seats[0], round=0, beat=0, kind=CHOICE),)
