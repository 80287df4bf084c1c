"""How a tournament stands, and what was written down about one match."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, literal, literal_column, select, update

from debate.domain import Failure, Key, MatchState, Tournament
from debate.sanitize import restore
from debate.store import ledger, mapping
from debate.store.owners import Owner
from debate.store.pin import secret_of, templates_of
from debate.store.reading import REPLIED
from debate.store.status import Failed, Pinned, SetAside, Status, StoredCall, Summary, Worker
from debate.store.tables import (
    ANSWER_KEY,
    CALL,
    CLAIM,
    FAILURE,
    JUDGMENT,
    MATCH,
    PLAYER,
    QUESTION,
    REPLY,
    RUN,
    SEAT,
    TURN,
)

BLOCK = 500


def pinned(connection: Connection, row: Row[Any]) -> Pinned:
    """Return a tournament as it was pinned, from its row."""
    return Pinned(
        tournament=Tournament.model_validate(json.loads(row.spec)),
        templates=templates_of(connection, row.id),
        secret=secret_of(connection),
        questions=row.questions,
    )


def summary(connection: Connection, row: Row[Any]) -> Summary:
    """Return what was played and spent in a tournament, from its row."""
    return Summary(**_summary(connection, row.id, row.name, row.created))


def _summary(connection: Connection, tournament: int, name: str, created: str) -> dict[str, Any]:
    spend = ledger.spend(connection, tournament)
    return {
        "name": name,
        "created": created,
        "matches": _states(connection, tournament),
        "turns": spend.turns,
        "judgments": spend.judgments,
        "calls": spend.calls,
        "spent_usd": spend.spent_usd,
        "spent_max_usd": spend.spent_max_usd + spend.reserved_usd,
    }


def _states(connection: Connection, tournament: int) -> dict[MatchState, int]:
    """Count matches by state, from the index alone."""
    by_state = select(MATCH.c.state, func.count()).where(MATCH.c.tournament == tournament).group_by(MATCH.c.state)
    return dict.fromkeys(get_args(MatchState), 0) | dict(connection.execute(by_state).all())


def status(connection: Connection, row: Row[Any], *, now: float) -> Status:
    """Return how a tournament stands, from its row."""
    spend = ledger.spend(connection, row.id)
    return Status(
        **_summary(connection, row.id, row.name, row.created),
        reserved_usd=spend.reserved_usd,
        unpriced=spend.unpriced,
        input_tokens=spend.input_tokens,
        cached_tokens=spend.cached_tokens,
        output_tokens=spend.output_tokens,
        failures=_failures(connection, row.id),
        set_aside=_set_aside(connection, row.id),
        workers=_workers(connection, row.id, now),
    )


def _failures(connection: Connection, tournament: int) -> tuple[Failed, ...]:
    """Count the failures of matches that are failed now, and of rulings on those that are done."""
    ruling = (MATCH.c.state == "done").label("ruling")
    how = (FAILURE.c.kind, FAILURE.c.seat, FAILURE.c.player)
    ours = MATCH.c.tournament + 0 == tournament  # not by its index: failures are few, matches that are done are many
    counted = (
        select(
            *how, ruling, func.count(FAILURE.c.match.distinct()).label("count"), func.max(FAILURE.c.id).label("last")
        )
        .select_from(MATCH.join(FAILURE, FAILURE.c.match == MATCH.c.ordinal))
        .where(ours, MATCH.c.state.in_(("failed", "done")), FAILURE.c.retried == 0)
        .group_by(*how, ruling)
        .subquery()
    )
    latest = FAILURE.join(counted, FAILURE.c.id == counted.c.last)
    rows = select(*how, counted.c.ruling, counted.c.count, FAILURE.c.message).select_from(latest).order_by(*how)
    return tuple(
        Failed(
            kind=kind,
            seat=seat and restore(seat),
            player=player and restore(player),
            count=count,
            message=restore(message),
            ruling=bool(ruled),
        )
        for kind, seat, player, ruled, count, message in connection.execute(rows)
    )


def _set_aside(connection: Connection, tournament: int) -> tuple[SetAside, ...]:
    """Count the matches set aside by their first turn that is not `ok`."""
    first = (
        select(TURN.c.match, func.min(TURN.c.index).label("index"))
        .select_from(MATCH.join(TURN, TURN.c.match == MATCH.c.ordinal))
        .where(MATCH.c.tournament == tournament, MATCH.c.state == "set-aside", TURN.c.state != "ok")
        .group_by(TURN.c.match)
        .subquery()
    )
    sat = and_(SEAT.c.match == TURN.c.match, SEAT.c.seat == TURN.c.seat)
    how = (TURN.c.state, TURN.c.seat, PLAYER.c.name)
    counted = (
        select(*how, func.count())
        .select_from(
            first.join(TURN, and_(TURN.c.match == first.c.match, TURN.c.index == first.c.index))
            .outerjoin(SEAT, sat)
            .outerjoin(PLAYER, PLAYER.c.id == SEAT.c.player)
        )
        .group_by(*how)
        .order_by(*how)
    )
    return tuple(
        SetAside(state=state, seat=restore(seat), player=player and restore(player), count=count)
        for state, seat, player, count in connection.execute(counted)
    )


def _workers(connection: Connection, tournament: int, now: float) -> tuple[Worker, ...]:
    """Return the runs that are at work, as far as can be told."""
    claims = select(func.count()).where(CLAIM.c.run == RUN.c.id).scalar_subquery()
    columns = (RUN.c.host, RUN.c.boot, RUN.c.pid, RUN.c.born, RUN.c.begun, claims)
    open_ = select(*columns).where(RUN.c.tournament == tournament, RUN.c.ended.is_(None), RUN.c.until >= now)
    return tuple(
        Worker(host=host, pid=pid, begun=begun, claims=count)
        for host, boot, pid, born, begun, count in connection.execute(open_.order_by(RUN.c.id))
        if not Owner(host, boot, pid, born).dead()
    )


def ordinals(connection: Connection, tournament: int) -> Iterator[list[int]]:
    """Yield the ordinals of a tournament's matches in blocks, in the order of the plan."""
    after = 0  # and `+ 0` below, because the index on the tournament would sort all of it for every block
    while True:
        ours = select(MATCH.c.ordinal).where(MATCH.c.tournament + 0 == tournament, MATCH.c.ordinal > after)
        block = list(connection.scalars(ours.order_by(MATCH.c.ordinal).limit(BLOCK)))
        if not block:
            return
        yield block
        after = block[-1]


def keys(connection: Connection, tournament: int) -> Iterator[Key]:
    """Yield the answer keys of a tournament, in the order in which its questions were given."""
    given: ColumnElement[int] = literal_column("answer_key.rowid")
    ours = select(ANSWER_KEY).where(ANSWER_KEY.c.tournament == tournament).order_by(given)
    for row in connection.execute(ours).mappings():
        yield mapping.key(row)


def question_texts(connection: Connection, tournament: int) -> dict[str, str]:
    """Return the words of every question of a tournament, by its id."""
    asked = select(MATCH.c.question).where(MATCH.c.tournament == tournament)
    ours = select(QUESTION.c.id, QUESTION.c.text).where(QUESTION.c.id.in_(asked))
    return {id: restore(text) for id, text in connection.execute(ours)}


def failures(connection: Connection, match: int, match_id: str) -> tuple[Failure, ...]:
    """Return what failed for good in a match and was not retried since."""
    ours = select(FAILURE).where(FAILURE.c.match == match, FAILURE.c.retried == 0).order_by(FAILURE.c.id)
    return tuple(mapping.failure(row, match_id) for row in connection.execute(ours).mappings())


def calls(connection: Connection, match: int, match_id: str) -> tuple[StoredCall, ...]:
    """Return every call of a match, answered or not."""
    both = CALL.outerjoin(REPLY, REPLY.c.call == CALL.c.id)
    ours = select(*CALL.c, *REPLIED).select_from(both).where(CALL.c.match == match).order_by(CALL.c.id)
    return tuple(mapping.stored_call(row, match_id) for row in connection.execute(ours).mappings())


def audit_calls(connection: Connection, tournament: int) -> Iterator[StoredCall]:
    """Yield the calls that audits of a tournament have made."""
    both = CALL.join(MATCH, MATCH.c.ordinal == CALL.c.match).outerjoin(REPLY, REPLY.c.call == CALL.c.id)
    ours = (CALL.c.purpose == literal("audit", literal_execute=True), MATCH.c.tournament == tournament)
    asked = select(*CALL.c, *REPLIED, MATCH.c.id.label("match_id")).select_from(both).where(*ours).order_by(CALL.c.id)
    for row in connection.execute(asked).mappings():
        yield mapping.stored_call(row, row["match_id"])


def failed_rulings(connection: Connection, tournament: int) -> list[str]:
    """Return the matches in which a ruling failed and was not made since."""
    lost = (JUDGMENT.c.match == MATCH.c.ordinal) & (JUDGMENT.c.state == "failed") & JUDGMENT.c.superseded_by.is_(None)
    ours = select(MATCH.c.id).where(MATCH.c.tournament == tournament, select(JUDGMENT.c.id).where(lost).exists())
    return list(connection.scalars(ours))


_FROM: dict[MatchState, MatchState] = {"played": "done", "open": "failed"}


def reopen(connection: Connection, tournament: int, match_ids: Iterable[str] | None, to: MatchState) -> int:
    """Set matches that nobody plays back to `to`, their failures to retried, and return how many there were."""
    claimed = select(CLAIM.c.match).where(CLAIM.c.match == MATCH.c.ordinal).exists()
    wanted = select(MATCH.c.ordinal).where(MATCH.c.tournament == tournament, MATCH.c.state != to, ~claimed)
    if match_ids is None:
        return _reopen(connection, wanted.where(MATCH.c.state == _FROM[to]), to)
    ids = list(match_ids)
    blocks = (ids[start : start + BLOCK] for start in range(0, len(ids), BLOCK))
    return sum(_reopen(connection, wanted.where(MATCH.c.id.in_(block)), to) for block in blocks)


def _reopen(connection: Connection, wanted: Select[Any], to: MatchState) -> int:
    retried = update(FAILURE).where(FAILURE.c.match.in_(wanted)).values(retried=1)
    connection.execute(retried)
    return connection.execute(update(MATCH).where(MATCH.c.ordinal.in_(wanted)).values(state=to)).rowcount
