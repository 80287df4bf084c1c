"""What has each judge of a study done, as far as it is paid?"""

from __future__ import annotations

import json
from collections import Counter, defaultdict

from sqlalchemy import Connection, func, select

from debate.domain import Study, Tournament
from debate.errors import UsageError
from debate.sanitize import restore
from debate.store.store import Store
from debate.store.tables import ANSWER_KEY, BELIEF, JUDGMENT, MATCH, SITTING, TOURNAMENT, TURN
from debate.studies.paying import Payment, Worked, payment
from debate.studies.scoring import LEAST, MOST, points


def payments(store: Store, name: str) -> tuple[Payment, ...]:
    """Return what each judge of a tournament's study is paid, by their codes."""
    with store.database.reading() as connection:
        row = connection.execute(select(TOURNAMENT).where(TOURNAMENT.c.name == name)).one_or_none()
        if row is None:
            raise UsageError(f'there is no tournament "{name}" in this database')
        study = Tournament.model_validate(json.loads(row.spec)).judging
        return tuple(payment(study, worked) for worked in _worked(connection, int(row.id), study))


def _worked(connection: Connection, tournament: int, study: Study) -> list[Worked]:
    handed_in = (SITTING.c.tournament == tournament, SITTING.c.state.in_(("submitted", "invalid")))
    rows = connection.execute(select(SITTING.c.judge, SITTING.c.state).where(*handed_in)).all()
    rulings = Counter(judge for judge, _ in rows)
    uncounted = Counter(judge for judge, state in rows if state == "invalid")
    earned = _earned(connection, tournament, study)
    return [
        Worked(judge=restore(judge), rulings=rulings[judge], uncounted=uncounted[judge], points=tuple(earned[judge]))
        for judge in sorted(rulings)
    ]


def _earned(connection: Connection, tournament: int, study: Study) -> defaultdict[str, list[float]]:
    """Return the points of every ruling that counts, by judge."""
    key = (ANSWER_KEY.c.question == MATCH.c.question) & (ANSWER_KEY.c.tournament == tournament)
    heard = select(func.max(TURN.c.round)).where(TURN.c.match == MATCH.c.ordinal).scalar_subquery()
    read = select(func.max(BELIEF.c.after_round)).where(BELIEF.c.judgment == JUDGMENT.c.ordinal).scalar_subquery()
    counted = (
        select(JUDGMENT.c.judge, JUDGMENT.c.final, ANSWER_KEY.c.correct, read, heard)
        .select_from(JUDGMENT.join(MATCH, MATCH.c.ordinal == JUDGMENT.c.match).join(ANSWER_KEY, key))
        .where(
            MATCH.c.tournament == tournament,
            JUDGMENT.c.kind == "human",
            JUDGMENT.c.purpose == "study",
            JUDGMENT.c.superseded_by.is_(None),
            JUDGMENT.c.final.is_not(None),
            ANSWER_KEY.c.correct.is_not(None),
        )
        .order_by(JUDGMENT.c.ordinal)
    )
    earned: defaultdict[str, list[float]] = defaultdict(list)
    for judge, final, correct, after, rounds in connection.execute(counted):
        belief = min(max(json.loads(final)[correct], LEAST), MOST)
        earned[judge].append(points(study, belief, after or 0, max(rounds or 0, 1)))
    return earned
