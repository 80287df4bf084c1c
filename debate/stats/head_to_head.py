"""Who wins against whom: the cells of a tournament's table, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from debate.domain import Value
from debate.stats.bouts import Bouts
from debate.stats.estimate import LEVEL, Measure, Unit
from debate.stats.intervals import proportion
from debate.stats.sample import pairs, together


class Meeting(Value):
    """One player against another; the same two the other way round are a row of their own."""

    player: str
    opponent: str
    win_rate: Measure
    """The share of rulings on their debates that went to the player, ties half."""


def head_to_head(bouts: Bouts, *, unit: Unit = "question", level: float = LEVEL) -> Iterator[Meeting]:
    """Yield every two players who debated each other, by name; a player against itself says nothing and is left out."""
    met = (bouts.opponent.codes >= 0) & (bouts.opponent.codes != bouts.player.codes)
    both = np.where(met, 1 + pairs(bouts.player.codes, bouts.opponent.codes), 0)
    whole = bouts.sample(bouts.score, unit)
    for rows in together(both):
        if not met[rows[0]]:
            continue
        first = int(rows[0])
        yield Meeting(
            player=str(bouts.player.text(first)),
            opponent=str(bouts.opponent.text(first)),
            win_rate=proportion(whole.take(rows), level=level),
        )
