"""The researcher's side of human judging: who is to judge what, how far they are, and what is not counted."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from debate.domain import Study, Tournament, Value
from debate.errors import UsageError
from debate.sanitize import restore
from debate.sanitize import store as escaped
from debate.store import mapping
from debate.store.books import stamp
from debate.store.store import Store
from debate.store.tables import ACT, ANSWER_KEY, BELIEF, JUDGMENT, MATCH, PROTOCOL, QUESTION, SITTING, STUDY, TOURNAMENT
from debate.studies.assigning import Item, assigned

UNARGUED = ("naive", "expert", "solo")
"""Games in which nobody argues; people judge debates and consultancies."""


class Enrolled(Value):
    """What a judge has to do."""

    open: int
    done: int


class Progress(Value):
    """How far one judge is."""

    judge: str
    open: int
    submitted: int
    skipped: int
    invalid: int
    median_active_s: float | None
    fast: int
    """Rulings made in under `FAST_S` seconds: flagged, and still counted."""


FAST_S = 20.0


def enrol(store: Store, name: str, judge: str) -> Enrolled:
    """Give a judge their sittings, once; what is finished later is added when they come again."""
    with store.database.writing() as connection:
        tournament, spec = _tournament(connection, name)
        study = spec.judging
        settings = mapping.dumps(study.model_dump(mode="json"))
        connection.execute(STUDY.delete().where(STUDY.c.tournament == tournament))
        connection.execute(STUDY.insert().values(tournament=tournament, settings=settings))
        mine = _mine(connection, tournament, judge)
        items = _items(connection, tournament)
        room = study.items - len(mine) if study.items else 0
        if not study.items or room > 0:
            _seat(connection, tournament, judge, items, mine, study.model_copy(update={"items": room}), spec.seed)
        states = Counter(state for _, state in _mine(connection, tournament, judge))
        return Enrolled(open=states["open"], done=states["submitted"])


def _tournament(connection: Connection, name: str) -> tuple[int, Tournament]:
    row = connection.execute(select(TOURNAMENT).where(TOURNAMENT.c.name == name)).one_or_none()
    if row is None:
        raise UsageError(f'there is no tournament "{name}" in this database')
    return int(row.id), Tournament.model_validate(json.loads(row.spec))


def _mine(connection: Connection, tournament: int, judge: str) -> list[tuple[int, str]]:
    ours = (SITTING.c.tournament == tournament, SITTING.c.judge == escaped(judge))
    return [(row.match, row.state) for row in connection.execute(select(SITTING.c.match, SITTING.c.state).where(*ours))]


def _items(connection: Connection, tournament: int) -> dict[int, Item]:
    rows = connection.execute(
        select(MATCH.c.ordinal, MATCH.c.id, MATCH.c.shown, QUESTION.c.id, QUESTION.c.passage, QUESTION.c.answers)
        .select_from(
            MATCH.join(QUESTION, QUESTION.c.id == MATCH.c.question).join(PROTOCOL, PROTOCOL.c.id == MATCH.c.protocol)
        )
        .where(MATCH.c.tournament == tournament, MATCH.c.state == "done", PROTOCOL.c.name.not_in(UNARGUED))
        .order_by(MATCH.c.ordinal)
    )
    return {
        ordinal: Item(match=id, passage=passage or question, shown=mapping.ints(shown) or (0, 1))
        for ordinal, id, shown, question, passage, answers in rows
        if len(json.loads(answers)) == 2
    }


def _seat(
    connection: Connection,
    tournament: int,
    judge: str,
    items: dict[int, Item],
    mine: list[tuple[int, str]],
    study: Study,
    seed: int,
) -> None:
    ordinal_of = {item.match: ordinal for ordinal, item in items.items()}
    ours = select(SITTING.c.match, func.count()).where(SITTING.c.tournament == tournament, SITTING.c.state != "skipped")
    taken = {
        items[ordinal].match: n for ordinal, n in connection.execute(ours.group_by(SITTING.c.match)) if ordinal in items
    }
    met = [items[ordinal].passage for ordinal, _ in mine if ordinal in items]
    chosen = assigned(list(items.values()), judge, study, seed=seed, taken=taken, met=met)
    for place, one in enumerate(chosen, len(mine)):
        connection.execute(
            SITTING.insert().values(
                tournament=tournament,
                match=ordinal_of[one.match],
                judge=escaped(judge),
                place=place,
                view="full",
                purpose="study",
                shown=mapping.dumps(list(one.shown)),
                state="open",
                holder="",
                until=0.0,
                why="",
                at=stamp(time.time()),
            )
        )


def progress(store: Store, name: str) -> Iterator[Progress]:
    """Yield how far each judge is."""
    with store.database.reading() as connection:
        tournament, _ = _tournament(connection, name)
        rows = connection.execute(select(SITTING).where(SITTING.c.tournament == tournament)).all()
        timed = connection.execute(
            select(JUDGMENT.c.judge, JUDGMENT.c.active_s)
            .select_from(JUDGMENT.join(MATCH, MATCH.c.ordinal == JUDGMENT.c.match))
            .where(MATCH.c.tournament == tournament, JUDGMENT.c.kind == "human", JUDGMENT.c.active_s.is_not(None))
        ).all()
    for judge in sorted({row.judge for row in rows}):
        states = Counter(row.state for row in rows if row.judge == judge)
        seconds = sorted(row.active_s for row in timed if row.judge == judge)
        yield Progress(
            judge=restore(judge),
            open=states["open"],
            submitted=states["submitted"],
            skipped=states["skipped"],
            invalid=states["invalid"],
            median_active_s=seconds[len(seconds) // 2] if seconds else None,
            fast=sum(second < FAST_S for second in seconds),
        )


def answered(store: Store, name: str, sitting: int, judge: str) -> int | None:
    """Return the right answer of a sitting that is over, where the study tells it; else None."""
    with store.database.reading() as connection:
        tournament, spec = _tournament(connection, name)
        if spec.judging.feedback == "never":
            return None
        right = connection.scalar(
            select(ANSWER_KEY.c.correct)
            .select_from(
                SITTING.join(MATCH, MATCH.c.ordinal == SITTING.c.match).join(
                    ANSWER_KEY,
                    (ANSWER_KEY.c.question == MATCH.c.question) & (ANSWER_KEY.c.tournament == tournament),
                )
            )
            .where(SITTING.c.id == sitting, SITTING.c.judge == escaped(judge), SITTING.c.state == "submitted")
        )
        return None if right is None else int(right)


def invalidate(store: Store, name: str, judge: str, why: str) -> int:
    """Take a judge's rulings out of what is measured, with the reason, and return how many; nothing is erased."""
    with store.database.writing() as connection:
        tournament, _ = _tournament(connection, name)
        ours = (SITTING.c.tournament == tournament, SITTING.c.judge == escaped(judge), SITTING.c.state == "submitted")
        matches = [row.match for row in connection.execute(select(SITTING.c.match).where(*ours))]
        connection.execute(SITTING.update().where(*ours).values(state="invalid", why=escaped(why)))
        _supersede(connection, matches, judge, f"invalid: {why}")
        return len(matches)


def withdraw(store: Store, name: str, judge: str) -> int:
    """Erase what a judge did and wrote; return how many sittings that were."""
    with store.database.writing() as connection:
        tournament, _ = _tournament(connection, name)
        ours = select(SITTING.c.id, SITTING.c.match).where(
            SITTING.c.tournament == tournament, SITTING.c.judge == escaped(judge)
        )
        rows = connection.execute(ours).all()
        for row in rows:
            connection.execute(ACT.delete().where(ACT.c.sitting == row.id))
            connection.execute(SITTING.delete().where(SITTING.c.id == row.id))
        _erase(connection, [row.match for row in rows], judge)
        return len(rows)


def _supersede(connection: Connection, matches: list[int], judge: str, by: str) -> None:
    mine: Any = (JUDGMENT.c.match.in_(matches), JUDGMENT.c.judge == escaped(judge), JUDGMENT.c.kind == "human")
    connection.execute(JUDGMENT.update().where(*mine, JUDGMENT.c.superseded_by.is_(None)).values(superseded_by=by))


def _erase(connection: Connection, matches: list[int], judge: str) -> None:
    mine: Any = (JUDGMENT.c.match.in_(matches), JUDGMENT.c.judge == escaped(judge), JUDGMENT.c.kind == "human")
    for ordinal in connection.scalars(select(JUDGMENT.c.ordinal).where(*mine)).all():
        connection.execute(BELIEF.delete().where(BELIEF.c.judgment == ordinal))
        connection.execute(JUDGMENT.delete().where(JUDGMENT.c.ordinal == ordinal))
