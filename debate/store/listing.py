"""Which debates does a tournament hold, and how does each stand? A page at a time, whatever their number.

Finding reads the numbers of the matches alone; what a line says of each is read for the lines that are shown.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, exists, select

from debate.domain import Key, MatchState, Value
from debate.errors import UsageError
from debate.sanitize import restore
from debate.sanitize import store as escaped
from debate.store import mapping
from debate.store.store import Store
from debate.store.tables import (
    ANSWER_KEY,
    JUDGMENT,
    MATCH,
    PLAYER,
    PROTOCOL,
    QUESTION,
    SEAT,
    SITTING,
    TOURNAMENT,
)

EVEN = 1e-9  # two beliefs that are closer are a tie


class Wanted(Value):
    """Which debates are looked for; what is empty does not matter."""

    text: str = ""
    """Stands in the question, or begins the match's id."""
    state: str = ""
    protocol: str = ""
    player: str = ""
    judge: str = ""
    """Has ruled on it."""


class Listed(Value):
    """One debate, as a line says it."""

    id: str
    state: MatchState
    protocol: str
    question: str
    players: tuple[str, ...]
    """In the order of the seats; the one who argues the right answer is followed by `*`."""
    rulings: int
    right: float | None
    """How many of them are right; a tie counts half. None while a person has still to rule."""

    @property
    def score(self) -> str:
        """How many rulings are right of how many; `later` while a person has still to rule."""
        if self.right is None:
            return "later"
        return f"{self.right:g}/{self.rulings}" if self.rulings else ""


def found(store: Store, name: str, wanted: Wanted) -> array[int]:
    """Return the ordinals of the debates that are looked for, in the order of the plan."""
    with store.database.reading() as connection:
        tournament = _tournament(connection, name)
        chosen = select(MATCH.c.ordinal).where(MATCH.c.tournament == tournament, *_conditions(wanted))
        return array("q", connection.scalars(chosen.order_by(MATCH.c.ordinal)))


def _tournament(connection: Connection, name: str) -> int:
    key = connection.scalar(select(TOURNAMENT.c.id).where(TOURNAMENT.c.name == name))
    if key is None:
        raise UsageError(f'there is no tournament "{name}" in this database')
    return int(key)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    met: list[ColumnElement[bool]] = []
    if wanted.text:
        said = escaped(wanted.text)
        asked = select(QUESTION.c.id).where(QUESTION.c.text.icontains(said, autoescape=True))
        met.append(MATCH.c.question.in_(asked) | MATCH.c.id.startswith(said, autoescape=True))
    if wanted.state:
        met.append(MATCH.c.state == wanted.state)
    if wanted.protocol:
        named = (PROTOCOL.c.label == wanted.protocol) | (PROTOCOL.c.name == wanted.protocol)
        met.append(MATCH.c.protocol.in_(select(PROTOCOL.c.id).where(named)))
    if wanted.player:
        sits = SEAT.join(PLAYER, PLAYER.c.id == SEAT.c.player)
        plays = select(SEAT.c.match).select_from(sits).where(PLAYER.c.name == escaped(wanted.player))
        met.append(MATCH.c.ordinal.in_(plays))
    if wanted.judge:
        met.append(exists().where(JUDGMENT.c.match == MATCH.c.ordinal, JUDGMENT.c.judge == escaped(wanted.judge)))
    return met


def listed(store: Store, name: str, ordinals: Sequence[int]) -> dict[int, Listed]:
    """Return what a line says of each of a few debates."""
    with store.database.reading() as connection:
        tournament = _tournament(connection, name)
        key = (ANSWER_KEY.c.question == MATCH.c.question) & (ANSWER_KEY.c.tournament == tournament)
        rows = connection.execute(
            select(MATCH.c.ordinal, MATCH.c.id, MATCH.c.state, PROTOCOL.c.name, PROTOCOL.c.label, QUESTION.c.text)
            .add_columns(ANSWER_KEY.c.correct)
            .select_from(
                MATCH.join(PROTOCOL, PROTOCOL.c.id == MATCH.c.protocol)
                .join(QUESTION, QUESTION.c.id == MATCH.c.question)
                .outerjoin(ANSWER_KEY, key)
            )
            .where(MATCH.c.ordinal.in_(list(ordinals)))
        ).all()
        correct = {row.ordinal: row.correct for row in rows}
        players = _players(connection, correct)
        ruled = _rulings(connection, correct)
        open_at = set(connection.scalars(select(SITTING.c.match).where(SITTING.c.match.in_(list(ordinals)), _OPEN)))
    return {
        row.ordinal: Listed(
            id=row.id,
            state=row.state,
            protocol=restore(row.label or row.name),
            question=restore(row.text),
            players=players.get(row.ordinal, ()),
            rulings=ruled.get(row.ordinal, (0, 0.0))[0],
            right=None if row.ordinal in open_at else ruled.get(row.ordinal, (0, 0.0))[1],
        )
        for row in rows
    }


_OPEN = SITTING.c.state == "open"


def _players(connection: Connection, correct: dict[int, int | None]) -> dict[int, tuple[str, ...]]:
    sits = SEAT.join(PLAYER, PLAYER.c.id == SEAT.c.player)
    columns = select(SEAT.c.match, SEAT.c.argues, PLAYER.c.name).select_from(sits)
    rows = connection.execute(columns.where(SEAT.c.match.in_(correct)).order_by(SEAT.c.match, SEAT.c.place))
    players: dict[int, tuple[str, ...]] = {}
    for match, argues, name in rows:
        right = argues is not None and argues == correct[match]
        players[match] = (*players.get(match, ()), f"{restore(name)}{'*' if right else ''}")
    return players


def _rulings(connection: Connection, correct: dict[int, int | None]) -> dict[int, tuple[int, float]]:
    rows = connection.execute(
        select(JUDGMENT.c.match, JUDGMENT.c.final).where(
            JUDGMENT.c.match.in_(correct), JUDGMENT.c.final.is_not(None), JUDGMENT.c.superseded_by.is_(None)
        )
    )
    ruled: dict[int, tuple[int, float]] = {}
    for match, final in rows:
        n, right = ruled.get(match, (0, 0.0))
        ruled[match] = (n + 1, right + _right(json.loads(final), correct[match]))
    return ruled


def _right(final: list[float], correct: int | None) -> float:
    if correct is None:
        return 0.0
    best = max(p for index, p in enumerate(final) if index != correct)
    return 0.5 if abs(final[correct] - best) < EVEN else float(final[correct] > best)


def waiting(store: Store, name: str, match_id: str) -> tuple[str, ...]:
    """Return the people who have still to rule on a debate."""
    with store.database.reading() as connection:
        tournament = _tournament(connection, name)
        people = (
            select(SITTING.c.judge)
            .select_from(SITTING.join(MATCH, MATCH.c.ordinal == SITTING.c.match))
            .where(MATCH.c.tournament == tournament, MATCH.c.id == match_id, _OPEN)
        )
        return tuple(sorted(restore(judge) for judge in connection.scalars(people)))


def key(store: Store, name: str, question: str) -> Key | None:
    """Return the answer key of one question: for researchers, never for who plays or judges."""
    with store.database.reading() as connection:
        ours = (ANSWER_KEY.c.tournament == _tournament(connection, name), ANSWER_KEY.c.question == question)
        row = connection.execute(select(ANSWER_KEY).where(*ours)).mappings().one_or_none()
        return None if row is None else mapping.key(row)
