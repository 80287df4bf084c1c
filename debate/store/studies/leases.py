"""How long is a transcript kept for a judge? What they leave goes to whoever comes next, and what they did in it stays.

It is a skipped sitting, so that everything that counts people's rulings knows it; its reason says that nobody skipped.
"""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, func, select

from debate.domain import Study
from debate.sanitize import store as escaped
from debate.store.books import stamp
from debate.store.tables import ACT, SITTING
from debate.studies.sight import RELEASED

DAY_S = 86_400.0
LAPSED = f"{RELEASED}: nothing was done for too long"


def lapse(connection: Connection, tournament: int, study: Study, judge: str) -> int:
    """Give back what other judges have left alone for longer than the study waits, and return how many that were."""
    if not study.lease_days:
        return 0
    now = time.time()
    last = func.max(func.max(SITTING.c.at), func.coalesce(func.max(ACT.c.at), ""))
    silent = (
        select(SITTING.c.judge)
        .select_from(SITTING.outerjoin(ACT, ACT.c.sitting == SITTING.c.id))
        .where(SITTING.c.tournament == tournament, SITTING.c.judge != escaped(judge))
        .group_by(SITTING.c.judge)
        .having(last < stamp(now - study.lease_days * DAY_S))
    )
    return _released(connection, tournament, LAPSED, SITTING.c.judge.in_(silent), SITTING.c.until < now)


def close(connection: Connection, tournament: int, judge: str, why: str) -> int:
    """Give back what a judge has not finished and is not for practice, and return how many transcripts that were."""
    return _released(connection, tournament, f"{RELEASED}: {why}", SITTING.c.judge == escaped(judge))


def _released(connection: Connection, tournament: int, why: str, *which: Any) -> int:
    ours = (SITTING.c.tournament == tournament, SITTING.c.state == "open", SITTING.c.purpose != "practice", *which)
    given = SITTING.update().where(*ours).values(state="skipped", why=escaped(why), holder="", until=0.0)
    return connection.execute(given).rowcount


def reopen(connection: Connection, tournament: int, study: Study, judge: str) -> None:
    """Give a judge who comes back what was given back meanwhile, and what nobody else has taken."""
    lapsed = (SITTING.c.tournament == tournament, SITTING.c.judge == escaped(judge), SITTING.c.why == LAPSED)
    for row in connection.execute(select(SITTING).where(*lapsed)).all():
        if row.purpose != "study" or (connection.scalar(_taken(row)) or 0) < study.overlap:
            again(connection, row.id)


def _taken(row: Any) -> Any:
    same = (SITTING.c.match == row.match, SITTING.c.view == row.view, SITTING.c.purpose == "study")
    return select(func.count()).where(*same, SITTING.c.state.not_in(("skipped", "invalid")))


def again(connection: Connection, sitting: int) -> None:
    """Have a transcript that was given back be its judge's again, from now on."""
    theirs = {"state": "open", "why": "", "at": stamp(time.time())}
    connection.execute(SITTING.update().where(SITTING.c.id == sitting).values(theirs))
