"""Who has won how often so far, and against whom: what the pairings of a Swiss round follow from. No key is read."""

from __future__ import annotations

import json
from collections import defaultdict

from sqlalchemy import select

from debate.store.store import Store
from debate.store.tables import JUDGMENT, MATCH, PLAYER, SEAT, TOURNAMENT

Standings = tuple[dict[str, float], frozenset[frozenset[str]]]


def standings(store: Store, name: str) -> Standings:
    """Return points by player (a ruling won counts 1, a tie half, shared among a match's rulings), and who has met."""
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
    )
    points: defaultdict[str, float] = defaultdict(float)
    met: set[frozenset[str]] = set()
    with store.database.reading() as connection:
        for first, a, second, b, final in connection.execute(faced):
            met.add(frozenset((first, second)))
            if final is not None:
                belief = json.loads(final)
                points[first] += _won(belief[a], belief[b])
                points[second] += _won(belief[b], belief[a])
    return dict(points), frozenset(met)


def _won(own: float, other: float) -> float:
    return 0.5 if abs(own - other) < 1e-9 else float(own > other)
