"""What did speeches quote? Offsets, and of texts only the passages in which something was quoted twice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np
from sqlalchemy import Connection, func, select

from debate.sanitize import restore
from debate.stats.column import Rows
from debate.stats.evidence import Quoting, Shown, Spans, shown
from debate.store.tables import ANSWER_KEY, MATCH, PASSAGE, QUESTION, SEAT, TURN
from debate.store.tallies.part import Part

KEPT = 50  # passages; neighbours in the plan share theirs


def quotes(connection: Connection, part: Part, ordinals: Rows) -> Shown:
    """Return by match what its players' quotes come to, those of an adversary of a market among them."""
    close = part.close(ordinals)
    row_of = dict(zip(close.tolist(), np.searchsorted(ordinals, close).tolist(), strict=True))
    read, passage = (np.zeros(len(ordinals), np.int32) for _ in range(2))
    read[list(row_of.values())] = 1
    ids: dict[int, str] = {}
    lengths = (
        select(MATCH.c.ordinal, PASSAGE.c.id, func.length(PASSAGE.c.text))
        .select_from(
            MATCH.join(QUESTION, QUESTION.c.id == MATCH.c.question).join(PASSAGE, PASSAGE.c.id == QUESTION.c.passage)
        )
        .where(MATCH.c.ordinal.in_(close.tolist()))
    )
    for ordinal, id, length in connection.execute(lengths):
        row = row_of[ordinal]
        passage[row], ids[row] = length, id

    @lru_cache(KEPT)
    def text(id: str) -> str:
        return restore(connection.execute(select(PASSAGE.c.text).where(PASSAGE.c.id == id)).scalar_one())

    return shown(_speeches(connection, row_of), passage, read, lambda row: text(ids[row]), _marked(connection, row_of))


def _marked(connection: Connection, row_of: Mapping[int, int]) -> dict[int, Spans]:
    """Return the annotated evidence of each match that is looked at, where there is any."""
    held = func.json_extract(ANSWER_KEY.c.rest, "$.evidence")
    keyed = (ANSWER_KEY.c.question == MATCH.c.question) & (ANSWER_KEY.c.tournament == MATCH.c.tournament)
    ours = (
        select(MATCH.c.ordinal, held)
        .select_from(MATCH.join(ANSWER_KEY, keyed))
        .where(MATCH.c.ordinal.in_([*row_of]), held.is_not(None))
    )
    found = connection.execute(ours)
    return {row_of[match]: [(span["start"], span["end"]) for span in json.loads(spans)] for match, spans in found}


def _speeches(connection: Connection, row_of: Mapping[int, int]) -> Iterator[Quoting]:
    held = func.json_extract(TURN.c.rest, "$.quotes")
    before = SEAT.alias()
    place = (  # among those that argue
        select(func.count())
        .where(before.c.match == SEAT.c.match, before.c.place < SEAT.c.place, before.c.argues.is_not(None))
        .scalar_subquery()
    )
    said = (
        select(TURN.c.match, TURN.c.round, held, place)
        .select_from(
            TURN.join(SEAT, (SEAT.c.match == TURN.c.match) & (SEAT.c.seat == TURN.c.seat) & SEAT.c.player.is_not(None))
        )
        .where(TURN.c.match.in_([*row_of]), held.is_not(None))
        .order_by(TURN.c.match, TURN.c.round, TURN.c.index)
    )
    for match, round, rest, seat in connection.execute(said):
        quoted = json.loads(rest)
        there = [(q["passage_start"], q["passage_end"]) for q in quoted if q["status"] != "unverified"]
        yield Quoting(row_of[match], round, there, len(there), len(quoted), seat)
