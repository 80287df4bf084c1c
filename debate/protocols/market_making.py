"""Market making: an adversary argues for whatever moves a judge most, until what it says moves it no longer.

The judge's seat says before the first speech and after each of them how likely it holds each answer, p_t. The game
ends when a speech has moved it by less than `settled`, or after all rounds [Hubinger 2020].
"""

from __future__ import annotations

from pydantic import Field

from debate.domain import Beliefs, Cue, Debate, Value
from debate.protocols import rounds
from debate.protocols.family import Family
from debate.protocols.kinds import BELIEF
from debate.protocols.rounds import JUDGE

SEATS = ("adversary",)
SETTLED = 0.02


class Options(Value):
    """What market making takes besides."""

    settled: float = Field(default=SETTLED, ge=0, le=0.5)
    """The game ends once a speech has moved belief by less than this; 0 plays every round."""


def due(debate: Debate) -> tuple[Cue, ...]:
    """The judge's seat and the adversary take turns; the judge has the first one and the last."""
    spoken = len(debate.turns)
    step = (spoken + 1) // 2
    if spoken % 2:
        over = step > debate.match.protocol.rounds or calm(debate)
        return () if over else (Cue(index=spoken, seat=SEATS[0], round=step, beat=spoken),)
    return (Cue(index=spoken, seat=JUDGE, round=step, beat=spoken, kind=BELIEF),)


def calm(debate: Debate) -> bool:
    """Tell whether the last speech moved the judge's seat by less than the rules ask for."""
    path = [turn.says.beliefs for turn in debate.turns if turn.kind == BELIEF and turn.says and turn.says.beliefs]
    settled = debate.match.protocol.options.get("settled", SETTLED)
    least = settled if isinstance(settled, int | float) else SETTLED  # of a record that was made elsewhere
    return len(path) > 1 and moved(path[-2], path[-1]) < least


def moved(before: Beliefs, after: Beliefs) -> float:
    """Return how far belief moved, 1/2 sum_a |q_a - p_a|: of two answers |p_{t+1} - p_t|."""
    return sum(abs(q - p) for p, q in zip(before, after, strict=True)) / 2


FAMILY = Family(
    name="market-making",
    due=due,
    seats=SEATS,
    role="adversary",
    argued=False,
    sits="market",
    believed=True,
    options=Options,
    check=rounds.check,
)
