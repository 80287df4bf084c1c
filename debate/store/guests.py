"""Who debated and ruled in an imported tournament: its file is not here, and names nobody."""

from __future__ import annotations

import json
from functools import lru_cache

from sqlalchemy import Connection, select

from debate.domain import Judge, Player, Tournament
from debate.store.tables import MATCH, PLAYER, RECORD, SEAT


@lru_cache(1024)
def guests(judges: str | None) -> dict[str, Judge]:
    """Return judges by name from their JSON in a record's row."""
    return {name: Judge.model_validate(settings) for name, settings in json.loads(judges or "{}").items()}


def with_guests(connection: Connection, key: int, tournament: Tournament) -> Tournament:
    """Return a tournament with those who took part elsewhere beside those whom its file names."""
    ours = RECORD.join(MATCH, MATCH.c.ordinal == RECORD.c.match)
    held = select(RECORD.c.judges).select_from(ours).where(MATCH.c.tournament == key).distinct()
    told = list(connection.scalars(held))
    if not told:
        return tournament
    judges = {name: judge for each in told for name, judge in guests(each).items()}
    sat = (
        select(PLAYER.c.settings).join(SEAT, SEAT.c.player == PLAYER.c.id).join(MATCH, MATCH.c.ordinal == SEAT.c.match)
    )
    rows = connection.scalars(sat.where(MATCH.c.tournament == key).distinct())
    players = {player.name: player for player in (Player.model_validate_json(row) for row in rows)}
    return tournament.model_copy(
        update={
            "debaters": tuple((players | {player.name: player for player in tournament.debaters}).values()),
            "judges": tuple((judges | {judge.name: judge for judge in tournament.judges}).values()),
        }
    )
