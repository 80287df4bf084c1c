"""What did speeches quote? Offsets, and of texts only the passages in which something was quoted twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, func, select

from debate.sanitize import restore
from debate.stats.evidence import Quoting, Shown, shown
from debate.store.tables import MATCH, PASSAGE, QUESTION, SEAT, TURN

KEPT = 50  # passages; neighbours in the plan share theirs
MOST = 4_000
"""Of more matches than this, an even share is looked at, by their places in the plan."""


def quotes(connection: Connection, tournament: int, ordinals: np.ndarray) -> Shown:
    """Return by match what its debaters' quotes come to."""
    step = -(-len(ordinals) // MOST) or 1
    row_of = {ordinal: row for row, ordinal in enumerate(ordinals.tolist()) if row % step == 0}
    read = np.zeros(len(ordinals), np.int32)
    read[list(row_of.values())] = 1
    passage = np.zeros(len(ordinals), np.int32)
    ids: dict[int, str] = {}
    lengths = (
        select(MATCH.c.ordinal, PASSAGE.c.id, func.length(PASSAGE.c.text))
        .select_from(
            MATCH.join(QUESTION, QUESTION.c.id == MATCH.c.question).join(PASSAGE, PASSAGE.c.id == QUESTION.c.passage)
        )
        .where(MATCH.c.tournament == tournament)
    )
    if step > 1:
        lengths = lengths.where(MATCH.c.ordinal.in_(ordinals[::step].tolist()))
    for ordinal, id, length in connection.execute(lengths):
        row = row_of[ordinal]
        passage[row], ids[row] = length, id

    @lru_cache(KEPT)
    def text(id: str) -> str:
        return restore(connection.execute(select(PASSAGE.c.text).where(PASSAGE.c.id == id)).scalar_one())

    speeches = _speeches(connection, _said(tournament, step, ordinals), row_of)
    return shown(speeches, passage, read, lambda row: text(ids[row]))


def _said(tournament: int, step: int, ordinals: np.ndarray) -> Select[Any]:
    said = (
        select(TURN.c.match, TURN.c.round, func.json_extract(TURN.c.rest, "$.quotes"))
        .select_from(
            TURN.join(MATCH, MATCH.c.ordinal == TURN.c.match).join(
                SEAT, (SEAT.c.match == TURN.c.match) & (SEAT.c.seat == TURN.c.seat) & SEAT.c.argues.is_not(None)
            )
        )
        .where(MATCH.c.tournament == tournament, func.json_extract(TURN.c.rest, "$.quotes").is_not(None))
        .order_by(TURN.c.match, TURN.c.round, TURN.c.index)
    )
    return said if step == 1 else said.where(TURN.c.match.in_(ordinals[::step].tolist()))


def _speeches(connection: Connection, said: Select[Any], row_of: dict[int, int]) -> Iterator[Quoting]:
    for match, round, held in connection.execute(said):
        quoted = json.loads(held)
        there = [(q["passage_start"], q["passage_end"]) for q in quoted if q["status"] != "unverified"]
        yield Quoting(row_of[match], round, there, len(there), len(quoted))
