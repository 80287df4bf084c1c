"""The researcher's side of human judging: who is to judge what, how far they are, and what is not counted."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from debate.domain import Study, Tournament, Value
from debate.errors import UsageError
from debate.sanitize import restore
from debate.sanitize import store as escaped
from debate.store import mapping
from debate.store.store import Store
from debate.store.studies import leases
from debate.store.studies.dealing import Dealing
from debate.store.tables import (
    ANSWER_KEY,
    JUDGMENT,
    MATCH,
    SITTING,
    STUDY,
    TOURNAMENT,
)
from debate.studies.qualifying import barred
from debate.studies.wording import tells


class Enrolled(Value):
    """What a judge has to do."""

    open: int
    done: int
    practised: int = 0
    """How many transcripts of practice were judged."""
    practised_right: int = 0
    practice_left: int = 0
    bar: str = ""
    """Why what follows practice is closed; empty where it is open, or still to come."""


def enrol(store: Store, name: str, judge: str) -> Enrolled:
    """Give a judge their sittings, once; what is finished later is added when they come again."""
    with store.database.writing() as connection:
        tournament, spec = entered(connection, name)
        study = spec.judging
        connection.execute(STUDY.delete().where(STUDY.c.tournament == tournament))
        connection.execute(STUDY.insert().values(tournament=tournament, settings=mapping.settings(study)))
        leases.lapse(connection, tournament, study, judge)
        leases.reopen(connection, tournament, study, judge)
        seating = Dealing(connection, tournament, spec, judge)
        seating.live()
        seating.offline()
        done, right = _practised(connection, tournament, judge)
        left = sum(row.purpose == "practice" and row.state == "open" for row in seating.mine())
        bar = barred(study, "study", practice_left=left, right=right)
        if bar and not left:
            leases.close(connection, tournament, judge, bar)
        states = Counter(row.state for row in seating.mine())
        return Enrolled(
            open=states["open"] + states["live"],
            done=states["submitted"],
            practised=done,
            practised_right=right,
            practice_left=left,
            bar="" if left else bar,
        )


def entered(connection: Connection, name: str) -> tuple[int, Tournament]:
    """Return the number of a tournament and what it is.

    Raises:
        UsageError: there is none of that name.
    """
    row = connection.execute(select(TOURNAMENT).where(TOURNAMENT.c.name == name)).one_or_none()
    if row is None:
        raise UsageError(f'there is no tournament "{name}" in this database')
    return int(row.id), Tournament.model_validate(json.loads(row.spec))


def _practised(connection: Connection, tournament: int, judge: str) -> tuple[int, int]:
    """Return how many transcripts of practice a judge has judged, and how many of them rightly."""
    rows = connection.execute(
        select(JUDGMENT.c.final, ANSWER_KEY.c.correct)
        .select_from(
            JUDGMENT.join(MATCH, MATCH.c.ordinal == JUDGMENT.c.match).join(
                ANSWER_KEY, (ANSWER_KEY.c.question == MATCH.c.question) & (ANSWER_KEY.c.tournament == tournament)
            )
        )
        .where(
            MATCH.c.tournament == tournament,
            JUDGMENT.c.judge == escaped(judge),
            JUDGMENT.c.kind == "human",
            JUDGMENT.c.purpose == "practice",
            JUDGMENT.c.superseded_by.is_(None),
        )
    ).all()
    right = sum(correct is not None and json.loads(final)[correct] > 0.5 for final, correct in rows)
    return len(rows), right


def judges(store: Store, name: str) -> tuple[str, ...]:
    """Return the codes of everyone who has transcripts."""
    with store.database.reading() as connection:
        tournament, _ = entered(connection, name)
        known = select(SITTING.c.judge).where(SITTING.c.tournament == tournament).distinct().order_by(SITTING.c.judge)
        return tuple(map(restore, connection.scalars(known)))


def study_of(store: Store, name: str) -> Study:
    """Return what a tournament asks of its judges."""
    with store.database.reading() as connection:
        return entered(connection, name)[1].judging


def attended(store: Store, name: str) -> bool:
    """Tell whether a judge sits at a debate of a tournament that is being played."""
    with store.database.reading() as connection:
        live = (SITTING.c.state == "live", SITTING.c.until > time.time(), TOURNAMENT.c.name == name)
        joined = SITTING.join(TOURNAMENT, TOURNAMENT.c.id == SITTING.c.tournament)
        return connection.execute(select(SITTING.c.id).select_from(joined).where(*live).limit(1)).first() is not None


def answered(store: Store, name: str, sitting: int, judge: str) -> int | None:
    """Return the right answer of a sitting that is over, where the study tells it; else None."""
    with store.database.reading() as connection:
        tournament, spec = entered(connection, name)
        found = connection.execute(
            select(ANSWER_KEY.c.correct, SITTING.c.purpose)
            .select_from(
                SITTING.join(MATCH, MATCH.c.ordinal == SITTING.c.match).join(
                    ANSWER_KEY,
                    (ANSWER_KEY.c.question == MATCH.c.question) & (ANSWER_KEY.c.tournament == tournament),
                )
            )
            .where(SITTING.c.id == sitting, SITTING.c.judge == escaped(judge), SITTING.c.state == "submitted")
        ).one_or_none()
        if found is None or found.correct is None or not tells(spec.judging, found.purpose):
            return None
        return int(found.correct)


def invalidate(store: Store, name: str, judge: str, why: str, *, only: Sequence[int] | None = None) -> int:
    """Take a judge's rulings out of what is measured, with the reason, and return how many; nothing is erased.

    Args:
        only: the sittings that are meant; all where None.
    """
    with store.database.writing() as connection:
        tournament, _ = entered(connection, name)
        some = () if only is None else (SITTING.c.id.in_(only),)
        ours = (
            *some,
            SITTING.c.tournament == tournament,
            SITTING.c.judge == escaped(judge),
            SITTING.c.state == "submitted",
        )
        matches = [row.match for row in connection.execute(select(SITTING.c.match).where(*ours))]
        connection.execute(SITTING.update().where(*ours).values(state="invalid", why=escaped(why)))
        _supersede(connection, matches, judge, f"invalid: {why}")
        return len(matches)


def _supersede(connection: Connection, matches: list[int], judge: str, by: str) -> None:
    mine: Any = (JUDGMENT.c.match.in_(matches), JUDGMENT.c.judge == escaped(judge), JUDGMENT.c.kind == "human")
    connection.execute(JUDGMENT.update().where(*mine, JUDGMENT.c.superseded_by.is_(None)).values(superseded_by=by))
