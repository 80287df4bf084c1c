"""Open role: one player chooses which answer it argues, before anybody speaks [Kenton et al. 2024].

The choice is a turn of its own that nobody else ever reads. What follows is the game with assigned answers, cue by
cue and word by word, and its judges are told no more than those of that game, unless the rules say so (`told`).
"""

from __future__ import annotations

from debate.domain import Cue, Debate, Protocol
from debate.protocols import rounds

CHOICE = "choice"
"""The kind of the cue at which a seat chooses its answer."""
TOLD = "told"
"""The option that lets judges know that the answer was chosen freely."""


def due(debate: Debate, seats: tuple[str, ...], order: tuple[str, ...]) -> tuple[Cue, ...]:
    """Return the choice of the first seat while it is open, and then the cues of the rounds, spoken in `order`."""
    if any(turn.kind == CHOICE for turn in debate.turns):
        return rounds.due(debate, order, first=1)
    return (Cue(index=0, seat=seats[0], round=0, beat=0, kind=CHOICE),)


def check(protocol: Protocol) -> tuple[str, ...]:
    """Say what is wrong with the parameters of a game with an open role."""
    title, options = protocol.title, protocol.options
    wrong = [f'protocol "{title}" has no option "{name}"; it has "{TOLD}"' for name in options if name != TOLD]
    if not isinstance(options.get(TOLD, False), bool):
        wrong.append(f'protocol "{title}": the option "{TOLD}" is true or false')
    return (*rounds.check(protocol), *wrong)
