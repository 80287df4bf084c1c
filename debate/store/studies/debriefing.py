"""Who was assigned to argue falsely? Told to a judge who has nothing left to judge, whose rulings then stand."""

from __future__ import annotations

import json

from sqlalchemy import select

from debate.domain import Value
from debate.sanitize import restore
from debate.sanitize import store as escaped
from debate.store import mapping
from debate.store.store import Store
from debate.store.studies.sittings import entered
from debate.store.tables import ANSWER_KEY, MATCH, QUESTION, SITTING

DEBRIEFED = "debriefed"
"""What a sitting says of why nothing is corrected in it any more."""


class Told(Value):
    """What is told of one transcript: the right answer, and its letter as the judge read it."""

    question: str
    letter: str
    answer: str


def debrief(store: Store, name: str, judge: str) -> tuple[Told, ...]:
    """Return what a judge is told at the end, once nothing is left to judge; before that nothing."""
    with store.database.writing() as connection:
        tournament, _ = entered(connection, name)
        ours = (SITTING.c.tournament == tournament, SITTING.c.judge == escaped(judge))
        left = connection.execute(select(SITTING.c.id).where(*ours, SITTING.c.state.in_(("open", "live")))).first()
        if left is not None:
            return ()
        keyed = (ANSWER_KEY.c.question == MATCH.c.question) & (ANSWER_KEY.c.tournament == tournament)
        rows = connection.execute(
            select(QUESTION.c.text, QUESTION.c.answers, ANSWER_KEY.c.correct, SITTING.c.shown)
            .select_from(
                SITTING.join(MATCH, MATCH.c.ordinal == SITTING.c.match)
                .join(QUESTION, QUESTION.c.id == MATCH.c.question)
                .join(ANSWER_KEY, keyed)
            )
            .where(*ours, SITTING.c.state == "submitted", ANSWER_KEY.c.correct.is_not(None))
            .order_by(SITTING.c.place)
        ).all()
        connection.execute(SITTING.update().where(*ours, SITTING.c.state == "submitted").values(why=DEBRIEFED))
    return tuple(
        Told(
            question=restore(text),
            letter="AB"[mapping.ints(shown).index(correct)],
            answer=json.loads(answers)[correct],
        )
        for text, answers, correct, shown in rows
    )
