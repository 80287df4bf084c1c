"""Who has won how often so far, and against whom: what the pairings of a Swiss round follow from. No key is read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select

from debate.store.store import Store
from debate.store.tables import JUDGMENT, MATCH, PLAYER, SEAT, TOURNAMENT


class Standings(NamedTuple):
    """How players stand, and the pairings that brought them there."""

    points: dict[str, float]
    """By player: a ruling that was won counts 1, a tie half."""
    met: frozenset[frozenset[str]]
    rounds: int
    """How many rounds have been paired."""


def standings(store: Store, name: str) -> Standings:
    """Return how the players of a tournament stand."""
    one, two = SEAT.alias("one"), SEAT.alias("two")
    p, q = PLAYER.alias("p"), PLAYER.alias("q")
    ruled = (JUDGMENT.c.match == one.c.match) & (JUDGMENT.c.view == "full") & JUDGMENT.c.superseded_by.is_(None)
    faced = (
        select(p.c.name, one.c.argues, q.c.name, two.c.argues, JUDGMENT.c.final)
        .join(MATCH, MATCH.c.ordinal == one.c.match)
        .join(TOURNAMENT, TOURNAMENT.c.id == MATCH.c.tournament)
        .join(two, (two.c.match == one.c.match) & (two.c.place > one.c.place))
        .join(p, p.c.id == one.c.player)
        .join(q, q.c.id == two.c.player)
        .outerjoin(JUDGMENT, ruled)
        .where(TOURNAMENT.c.name == name)
        .order_by(MATCH.c.ordinal)
    )
    points: defaultdict[str, float] = defaultdict(float)
    met: dict[frozenset[str], None] = {}
    with store.database.reading() as connection:
        for first, a, second, b, final in connection.execute(faced):
            met[frozenset((first, second))] = None
            if final is not None:
                belief = json.loads(final)
                points[first] += _won(belief[a], belief[b])
                points[second] += _won(belief[b], belief[a])
    return Standings(dict(points), frozenset(met), _rounds(met))


def _rounds(pairs: Iterable[frozenset[str]]) -> int:
    """Count the rounds that pairs make, in the order in which they were paired: nobody is in two pairs of one."""
    rounds, busy = 0, frozenset[str]()
    for pair in pairs:
        if not rounds or pair & busy:
            rounds, busy = rounds + 1, frozenset()
        busy |= pair
    return rounds


def _won(own: float, other: float) -> float:
    return 0.5 if abs(own - other) < 1e-9 else float(own > other)
