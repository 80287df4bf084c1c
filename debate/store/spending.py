"""What the calls of a tournament used, by purpose, model and protocol."""

from __future__ import annotations

import json

import numpy as np
from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from debate.sanitize import restore
from debate.stats.column import Column
from debate.stats.cost import Spent
from debate.store.frame import Frame
from debate.store.packed import together
from debate.store.part import Part
from debate.store.tables import CALL, MATCH, PROTOCOL, REPLY

_ANSWERED = REPLY.c.outcome == "answered"
_LOST = case((REPLY.c.call.is_(None), CALL.c.reserve_usd), (REPLY.c.billed == 1, CALL.c.reserve_usd), else_=0.0)
"""What a call without an outcome may have been billed: its reservation."""
_MOST = case((_ANSWERED, func.coalesce(REPLY.c.cost_usd, CALL.c.reserve_usd)), else_=_LOST)
_TITLE = case((PROTOCOL.c.label != "", PROTOCOL.c.label), else_=PROTOCOL.c.name)
_COUNTS: dict[str, ColumnElement[int]] = {
    "calls": func.count(),
    "failed": func.sum(case((_ANSWERED, 0), else_=1)),
    "input_tokens": func.sum(REPLY.c.input_tokens),
    "cached_tokens": func.sum(REPLY.c.cached_tokens),
    "output_tokens": func.sum(REPLY.c.output_tokens),
    "unpriced": func.sum(case((and_(_ANSWERED, REPLY.c.cost_usd.is_(None)), 1), else_=0)),
}
_AMOUNTS: dict[str, ColumnElement[float]] = {
    "cost_usd": func.sum(REPLY.c.cost_usd),
    "cost_max_usd": func.sum(_MOST),
    "latency_s": func.sum(REPLY.c.latency_s),
}


def calls(connection: Connection, part: Part) -> Frame:
    """Add up the calls of some matches and what they brought."""
    by = (CALL.c.purpose, CALL.c.model, _TITLE)
    sums = (func.coalesce(total, 0) for total in (*_COUNTS.values(), *_AMOUNTS.values()))
    added = (
        select(together(*by), *sums)
        .select_from(
            CALL.join(MATCH, MATCH.c.ordinal == CALL.c.match)
            .join(PROTOCOL, PROTOCOL.c.id == MATCH.c.protocol)
            .outerjoin(REPLY, REPLY.c.call == CALL.c.id)
        )
        .where(part.holds(CALL.c.match), part.ours)
        .group_by(*by)
    )
    what, *columns = tuple(zip(*connection.execute(added).all(), strict=True)) or ((),) * 10
    counts, amounts = columns[: len(_COUNTS)], columns[len(_COUNTS) :]
    return {
        "what": Column.of(what),
        **{name: np.array(column, np.int64) for name, column in zip(_COUNTS, counts, strict=True)},
        **{name: np.array(column, np.float64) for name, column in zip(_AMOUNTS, amounts, strict=True)},
    }


def spent(calls: Frame) -> tuple[Spent, ...]:
    """Return what the calls of all matches used together."""
    what: Column = calls["what"]
    totals = {name: np.zeros(len(what.names), calls[name].dtype) for name in (*_COUNTS, *_AMOUNTS)}
    for name, total in totals.items():
        np.add.at(total, what.codes, calls[name])
    rows = []
    for row, (purpose, model, protocol) in enumerate(map(json.loads, what.names)):
        used = {name: total[row].item() for name, total in totals.items()}
        rows.append(Spent(purpose=purpose, model=restore(model), protocol=restore(protocol), **used))
    return tuple(sorted(rows, key=lambda spent: (spent.purpose, spent.model, spent.protocol)))
