"""What does a person at the judge's seat add to a debate? Their questions become turns, and their last act a ruling.

The process that the judge reads in writes acts only; this is done by one that may see the debate. Doing it again
changes nothing: the k-th act at the seat is the seat's k-th turn.
"""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, func, select

from debate import docket
from debate.domain import Act, Debate, Says, Study, Turn
from debate.protocols import due
from debate.protocols.rounds import JUDGE as SEAT_OF_JUDGE
from debate.sanitize import store as escaped
from debate.store import mapping
from debate.store.books import stamp
from debate.store.store import Store
from debate.store.studies.releasing import give_up
from debate.store.studies.sittings import entered
from debate.store.tables import ACT, BELIEF, JUDGMENT, MATCH, SITTING, TURN
from debate.studies.session import Session, done, in_bank_order


def seat(store: Store, name: str, judge: str) -> int:
    """Add what a judge did at the seats of debates that are being played, and return how many turns that were.

    A debate at which the judge skipped their seat is set aside: it waits for nobody else.
    """
    with store.database.reading() as connection:
        tournament, spec = entered(connection, name)
        ours = (SITTING.c.tournament == tournament, SITTING.c.judge == escaped(judge), MATCH.c.state == "waiting")
        waiting = connection.execute(
            select(
                SITTING.c.id,
                SITTING.c.match,
                SITTING.c.shown,
                SITTING.c.purpose,
                SITTING.c.state,
                MATCH.c.id.label("match_id"),
            )
            .select_from(SITTING.join(MATCH, MATCH.c.ordinal == SITTING.c.match))
            .where(*ours)
        ).all()
    added = 0
    for row in waiting:
        if row.state == "skipped":
            with store.database.writing() as connection:
                give_up(connection, row.match)
            continue
        debate = store.debate(row.match_id, name)
        with store.database.writing() as connection:
            rows = connection.execute(select(ACT).where(ACT.c.sitting == row.id).order_by(ACT.c.number)).all()
            acts = [mapping.act(act.kind, act.rest) for act in rows]
            added += _seat(connection, debate, spec.judging, acts, row)
    return added


def _seat(connection: Connection, debate: Debate, study: Study, acts: list[Act], row: Any) -> int:
    cues = due(debate)
    if not cues or cues[0].seat != SEAT_OF_JUDGE:
        return 0
    (cue,) = cues
    given = [turn for turn in debate.turns if turn.seat == SEAT_OF_JUDGE]
    spoken = list(_spoken(debate, study, acts))
    if len(spoken) <= len(given):
        return 0
    session, act = spoken[len(given)]
    shown = mapping.ints(row.shown)
    question = act.text.strip() if act.kind == "ask" else ""
    says = Says(beliefs=in_bank_order(session.percent, shown), question=question or None, end=act.kind != "ask")
    turn = Turn(index=cue.index, seat=cue.seat, round=cue.round, beat=cue.beat, kind=cue.kind, text=question, says=says)
    match = row.match
    now = stamp(time.time())
    there = connection.scalar(select(func.count()).where(TURN.c.match == match, TURN.c.index == cue.index))
    if there:
        return 0
    connection.execute(TURN.insert().values(**mapping.turn_row(match, turn, now)))
    connection.execute(MATCH.update().where(MATCH.c.ordinal == match, MATCH.c.state == "waiting").values(state="open"))
    if says.end:
        _rule(connection, debate + turn, session, row)
    return 1


def _spoken(debate: Debate, study: Study, acts: list[Act]) -> list[tuple[Session, Act]]:
    """Return the acts that are the seat's turns, each with the state that it led to."""
    session = Session(rounds=debate.match.protocol.rounds, live=True)
    spoken = []
    for act in acts:
        session = done(session, study, act)
        if act.kind == "ask" or session.stage == "submitted":
            spoken.append((session, act))
    return spoken


def _rule(connection: Connection, debate: Debate, session: Session, row: Any) -> None:
    """Enter the ruling that the run would make of the turns, with what only the sitting knows."""
    ruling = docket.live(debate)
    assert ruling is not None, "the seat has a judge, who has spoken"
    known = ruling.model_copy(
        update={
            "reason": session.reason,
            "purpose": row.purpose,
            "active_s": session.active_ms / 1000,
            "idle_s": session.idle_ms / 1000,
        }
    )
    match = row.match
    if connection.scalar(select(func.count()).where(JUDGMENT.c.match == match, JUDGMENT.c.id == known.id)):
        return
    last = connection.scalar(select(func.max(JUDGMENT.c.ordinal))) or 0
    connection.execute(JUDGMENT.insert().values(**mapping.judgment_row(last + 1, match, known, stamp(time.time()))))
    for belief in mapping.belief_rows(last + 1, known):
        connection.execute(BELIEF.insert().values(**belief))
