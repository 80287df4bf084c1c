"""What the calls of a tournament used, by purpose, model and protocol."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from debate.sanitize import restore
from debate.stats.cost import Spent
from debate.store.tables import CALL, MATCH, PROTOCOL, REPLY


def spent(connection: Connection, tournament: int) -> tuple[Spent, ...]:
    """Add up calls and what they brought; a call without an outcome may have been billed its reservation."""
    answered = REPLY.c.outcome == "answered"
    lost = case((REPLY.c.call.is_(None), CALL.c.reserve_usd), (REPLY.c.billed == 1, CALL.c.reserve_usd), else_=0.0)
    title = case((PROTOCOL.c.label != "", PROTOCOL.c.label), else_=PROTOCOL.c.name)
    sums = {
        "calls": func.count(),
        "failed": func.sum(case((answered, 0), else_=1)),
        "input_tokens": _sum(REPLY.c.input_tokens),
        "cached_tokens": _sum(REPLY.c.cached_tokens),
        "output_tokens": _sum(REPLY.c.output_tokens),
        "cost_usd": _sum(REPLY.c.cost_usd),
        "unpriced": func.sum(case((and_(answered, REPLY.c.cost_usd.is_(None)), 1), else_=0)),
        "cost_max_usd": func.sum(case((answered, func.coalesce(REPLY.c.cost_usd, CALL.c.reserve_usd)), else_=lost)),
        "latency_s": _sum(REPLY.c.latency_s),
    }
    by = (CALL.c.purpose, CALL.c.model, title)
    rows = connection.execute(
        select(*by, *sums.values())
        .select_from(
            CALL.join(MATCH, MATCH.c.ordinal == CALL.c.match)
            .join(PROTOCOL, PROTOCOL.c.id == MATCH.c.protocol)
            .outerjoin(REPLY, REPLY.c.call == CALL.c.id)
        )
        .where(MATCH.c.tournament == tournament)
        .group_by(*by)
        .order_by(*by)
    ).all()
    return tuple(
        Spent(purpose=row[0], model=restore(row[1]), protocol=restore(row[2]), **dict(zip(sums, row[3:], strict=True)))
        for row in rows
    )


def _sum(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(column), 0)
