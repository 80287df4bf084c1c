"""What the calls of a tournament used, by purpose, model and protocol."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from debate.sanitize import restore
from debate.stats.cost import Spent
from debate.store.tables import CALL, MATCH, PROTOCOL, REPLY

BLOCK = 4_000  # calls grouped at once: more would not be sorted in memory


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
    whole = (
        select(*by, *sums.values())
        .select_from(
            CALL.join(MATCH, MATCH.c.ordinal == CALL.c.match)
            .join(PROTOCOL, PROTOCOL.c.id == MATCH.c.protocol)
            .outerjoin(REPLY, REPLY.c.call == CALL.c.id)
        )
        .group_by(*by)
    )
    if (connection.scalar(select(func.count()).select_from(CALL)) or 0) <= BLOCK:
        few = connection.execute(whole.where(MATCH.c.tournament == tournament))
        return _added(few.all(), tuple(sums))
    ours = whole.where(MATCH.c.tournament + 0 == tournament)  # not by its index: calls come first, in their order
    top = connection.scalar(select(func.max(CALL.c.id))) or 0
    blocks = (ours.where(CALL.c.id >= low, CALL.c.id < low + BLOCK) for low in range(0, top + 1, BLOCK))
    return _added((row for block in blocks for row in connection.execute(block)), tuple(sums))


def _added(rows: Iterable[Any], names: tuple[str, ...]) -> tuple[Spent, ...]:
    found: dict[tuple[str, ...], Spent] = {}
    for row in rows:
        part = Spent(
            purpose=row[0], model=restore(row[1]), protocol=restore(row[2]), **dict(zip(names, row[3:], strict=True))
        )
        key = (part.purpose, part.model, part.protocol)
        found[key] = found[key] + part if key in found else part
    return tuple(found[key] for key in sorted(found))


def _sum(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(column), 0)
