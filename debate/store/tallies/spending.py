"""What the calls of a tournament used, by purpose, model and protocol, and what records say that was used elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, literal, select

from debate.sanitize import restore
from debate.stats.column import Column
from debate.stats.cost import Spent
from debate.store.guests import guests
from debate.store.tables import CALL, JUDGMENT, MATCH, PLAYER, PROTOCOL, RECORD, REPLY, SEAT, TURN
from debate.store.tallies.frame import Frame
from debate.store.tallies.packed import together
from debate.store.tallies.part import Part

_ANSWERED = REPLY.c.outcome == "answered"
_LOST = case((REPLY.c.call.is_(None), CALL.c.reserve_usd), (REPLY.c.billed == 1, CALL.c.reserve_usd), else_=0.0)
"""What a call without an outcome may have been billed: its reservation."""
_MOST = case((_ANSWERED, func.coalesce(REPLY.c.cost_usd, CALL.c.reserve_usd)), else_=_LOST)
_TITLE = case((PROTOCOL.c.label != "", PROTOCOL.c.label), else_=PROTOCOL.c.name)
_USAGE, _REASONING = "usage", "reasoning_tokens"
_THOUGHT = func.json_extract(REPLY.c.rest, f"$.{_USAGE}.{_REASONING}")
_COUNTS: dict[str, ColumnElement[int]] = {
    "calls": func.count(),
    "failed": func.sum(case((_ANSWERED, 0), else_=1)),
    "input_tokens": func.sum(REPLY.c.input_tokens),
    "cached_tokens": func.sum(REPLY.c.cached_tokens),
    "output_tokens": func.sum(REPLY.c.output_tokens),
    "reasoning_tokens": func.sum(case((REPLY.c.rest.contains(_REASONING), _THOUGHT))),
    "unpriced": func.sum(case((and_(_ANSWERED, REPLY.c.cost_usd.is_(None)), 1), else_=0)),
    "recorded": literal(0),
}
_AMOUNTS: dict[str, ColumnElement[float]] = {
    "cost_usd": func.sum(REPLY.c.cost_usd),
    "cost_max_usd": func.sum(_MOST),
    "latency_s": func.sum(REPLY.c.latency_s),
}


def calls(connection: Connection, part: Part) -> Frame:
    """Add up the calls of some matches and what they brought; of imported ones without calls, what records say."""
    rows = [*_made(connection, part), *_recorded(connection, part)]
    what, *columns = tuple(zip(*rows, strict=True)) or ((),) * (1 + len(_COUNTS) + len(_AMOUNTS))
    counts, amounts = columns[: len(_COUNTS)], columns[len(_COUNTS) :]
    return {
        "what": Column.of(what),
        **{name: np.array(column, np.int64) for name, column in zip(_COUNTS, counts, strict=True)},
        **{name: np.array(column, np.float64) for name, column in zip(_AMOUNTS, amounts, strict=True)},
    }


def _made(connection: Connection, part: Part) -> Iterator[tuple[Any, ...]]:
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
    yield from map(tuple, connection.execute(added))


def _recorded(connection: Connection, part: Part) -> Iterator[tuple[Any, ...]]:
    """Yield what the speeches and rulings of imported matches used, where the calls for them are not here."""
    ruling = CALL.c.purpose == "judge"
    own = RECORD.join(MATCH, MATCH.c.ordinal == RECORD.c.match).join(PROTOCOL, PROTOCOL.c.id == MATCH.c.protocol)
    said = own.join(TURN, TURN.c.match == MATCH.c.ordinal).join(
        SEAT, (SEAT.c.match == TURN.c.match) & (SEAT.c.seat == TURN.c.seat)
    )
    ruled = own.join(JUDGMENT, JUDGMENT.c.match == MATCH.c.ordinal)
    for purpose, rows, rest, by, called in (
        ("speak", said.outerjoin(PLAYER, PLAYER.c.id == SEAT.c.player), TURN.c.rest, PLAYER.c.model, ~ruling),
        ("judge", ruled, JUDGMENT.c.rest, JUDGMENT.c.judge, ruling),
    ):
        made = exists().where(CALL.c.match == MATCH.c.ordinal, called)
        used = _used(rest)
        added = (
            select(RECORD.c.judges, by, _TITLE, *used.values())
            .select_from(rows)
            .where(part.ours, rest.contains(_USAGE), ~made)
            .group_by(RECORD.c.judges, by, _TITLE)
        )
        for judges, name, title, *sums in connection.execute(added):
            judge = guests(judges).get(restore(name or "")) if purpose == "judge" else None
            model = (judge.model if judge else "") if purpose == "judge" else restore(name or "")
            found = dict(zip(used, sums, strict=True))
            yield json.dumps([purpose, model, restore(title)]), *(found.get(key) or 0 for key in (*_COUNTS, *_AMOUNTS))


def _used(rest: Any) -> dict[str, ColumnElement[Any]]:
    """Return the sums of what speeches or rulings say that they used."""

    def said(name: str) -> ColumnElement[Any]:
        return func.json_extract(rest, f"$.{_USAGE}.{name}")

    calls, cost = func.coalesce(said("calls"), 0), said("cost_usd")
    return {
        "calls": func.sum(calls),
        "recorded": func.sum(calls),
        **{name: func.sum(said(name)) for name in ("input_tokens", "cached_tokens", "output_tokens", _REASONING)},
        "unpriced": func.sum(case((cost.is_(None), calls), else_=0)),
        "cost_usd": func.sum(cost),
        "cost_max_usd": func.sum(func.coalesce(said("cost_max_usd"), cost)),
    }


def spent(calls: Frame) -> tuple[Spent, ...]:
    """Return what the calls of all matches used together."""
    what: Column = calls["what"]
    totals = {name: np.zeros(len(what.names), calls[name].dtype) for name in (*_COUNTS, *_AMOUNTS)}
    for name, total in totals.items():
        np.add.at(total, what.codes, calls[name])
    rows: dict[tuple[str, str, str], Spent] = {}
    for row, (purpose, model, protocol) in enumerate(map(json.loads, what.names)):
        used = {name: total[row].item() for name, total in totals.items()}
        one = Spent(purpose=purpose, model=restore(model), protocol=restore(protocol), **used)
        key = one.purpose, one.model, one.protocol
        rows[key] = rows[key] + one if key in rows else one
    return tuple(rows[key] for key in sorted(rows))
