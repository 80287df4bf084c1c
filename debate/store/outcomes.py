"""What judges ruled, beside what is right: the one place that joins answer keys to what was played.

Rows go straight into columns. Texts that take few values come as one string a row, told apart once each; what is
the same for every judgment of a match is read once with the match.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, select

from debate.domain import MatchState, Tournament, agent
from debate.errors import UsageError
from debate.sanitize import restore
from debate.stats.column import NONE, Codes, Column, Floats, Rows
from debate.stats.cost import Spent
from debate.stats.evidence import Shown
from debate.stats.outcomes import Debates, Outcomes, Path
from debate.store import quoting, spending
from debate.store.sides import Sides
from debate.store.store import Store
from debate.store.tables import (
    ANSWER_KEY,
    BELIEF,
    JUDGMENT,
    MATCH,
    PLAYER,
    PROTOCOL,
    QUESTION,
    RECORD,
    SEAT,
    TOURNAMENT,
    TURN,
)

MARK = "\x1f"
"""Between the texts of one string."""
META = "meta."
BLOCK = 50_000  # rows taken at once
ALONE = "solo"
"""The protocol in which a player answers without an opponent, and nobody rules."""


@dataclass(frozen=True)
class Snapshot:
    """What a report is made from, all of one moment."""

    tournament: Tournament
    outcomes: Outcomes
    answers: Outcomes
    """What players answered when they were asked alone: the player stands as the judge of its own answer."""
    spent: tuple[Spent, ...]
    matches: dict[MatchState, int]
    quotes: Shown
    """By debate of `outcomes`, what its quotes come to."""


def outcomes(store: Store, name: str, *, keys: Iterable[str] = ()) -> Outcomes:
    """Return every judgment of a tournament that was not superseded.

    Args:
        store: where it is.
        name: of the tournament.
        keys: further keys to select or group by; of them, `meta.X` is what imported records say of X.
    """
    with _opened(store, name) as (connection, key, _):
        return _Played(connection, key, keys).rulings()


def snapshot(store: Store, name: str, *, keys: Iterable[str] = ()) -> Snapshot:
    """Return everything that is measured of a tournament, as of one moment."""
    with _opened(store, name) as (connection, key, tournament):
        played = _Played(connection, key, keys)
        counted = select(MATCH.c.state, func.count()).where(MATCH.c.tournament == key).group_by(MATCH.c.state)
        return Snapshot(
            tournament=tournament,
            outcomes=played.rulings(),
            answers=played.answers(),
            spent=spending.spent(connection, key),
            matches=dict(connection.execute(counted).all()),
            quotes=quoting.quotes(connection, key, played.ordinals),
        )


@contextmanager
def _opened(store: Store, name: str) -> Iterator[tuple[Connection, int, Tournament]]:
    with store.database.reading() as connection:
        row = connection.execute(select(TOURNAMENT).where(TOURNAMENT.c.name == name)).one_or_none()
        if row is None:
            raise UsageError(f'"{store.database.path}" holds no tournament "{name}"')
        yield connection, int(row.id), Tournament.model_validate(json.loads(row.spec))


class _Played:
    """The matches of a tournament, and what was said of each."""

    def __init__(self, connection: Connection, tournament: int, keys: Iterable[str]) -> None:
        self.connection = connection
        self.tournament = tournament
        columns = (MATCH.c.ordinal, MATCH.c.id, MATCH.c.question, MATCH.c.protocol, MATCH.c.repeat, MATCH.c.arm)
        ours = select(*columns, MATCH.c.state).where(MATCH.c.tournament == tournament).order_by(MATCH.c.ordinal)
        matches: Sequence[Any] = connection.execute(ours).all()
        self.ordinals = np.array([row.ordinal for row in matches], np.int64)
        self.debates = self._debates(matches, {key for key in keys if key.startswith(META)})

    def _debates(self, matches: Sequence[Any], keys: Iterable[str]) -> Debates:
        question = Column.of(row.question for row in matches)
        asked = _Questions(self.connection, self.tournament, question)
        protocol = Column.of(row.protocol for row in matches)
        names = {row.id: row for row in self.connection.execute(select(PROTOCOL))}
        seats = Sides(self.connection, self.tournament, self.ordinals)
        return Debates(
            match=Column(np.arange(len(matches), dtype=np.int32), tuple(row.id for row in matches)),
            question=question,
            cluster=asked.cluster,
            domain=asked.domain,
            protocol=_spread((restore(names[id].label or names[id].name) for id in protocol.names), protocol),
            rules=_spread((restore(names[id].name) for id in protocol.names), protocol),
            agents=seats.agents,
            arm=Column.of(restore(row.arm) or None for row in matches),
            state=Column.of(row.state for row in matches),
            correct=asked.correct,
            rounds=seats.rounds,
            repeat=np.array([row.repeat for row in matches], np.int32),
            player=seats.player,
            argues=seats.argues,
            words=seats.words,
            conceded=seats.conceded,
            broken=seats.broken,
            more={key: self._meta(key) for key in keys},
        )

    def _meta(self, key: str) -> Column:
        """Return what imported records say under one key."""
        path = "$." + ".".join(json.dumps(part) for part in key.removeprefix(META).split("."))
        word, value = func.json_type(RECORD.c.meta, path), func.json_extract(RECORD.c.meta, path)
        rows = self.connection.execute(
            select(RECORD.c.match, case((word.in_(("true", "false")), word), else_=value))
            .select_from(RECORD.join(MATCH, MATCH.c.ordinal == RECORD.c.match))
            .where(MATCH.c.tournament == self.tournament)
        )
        said: dict[int, Any] = dict(rows.all())
        return Column.of(said.get(ordinal) for ordinal in self.ordinals.tolist())

    def rulings(self) -> Outcomes:
        """Return the judgments that stand."""
        texts = (JUDGMENT.c.kind, JUDGMENT.c.view, JUDGMENT.c.channel, JUDGMENT.c.state, JUDGMENT.c.purpose)
        first = func.coalesce(func.json_extract(JUDGMENT.c.rest, "$.shown[0]"), NONE)
        heard = func.coalesce(func.json_extract(JUDGMENT.c.rest, "$.hears"), NONE)
        said = _together(*texts, first, heard, JUDGMENT.c.judge)  # the only free text is the last
        ours = (
            select(JUDGMENT.c.ordinal, JUDGMENT.c.match, said, JUDGMENT.c.final)
            .select_from(JUDGMENT.join(MATCH, MATCH.c.ordinal == JUDGMENT.c.match))
            .where(MATCH.c.tournament == self.tournament, JUDGMENT.c.superseded_by.is_(None))
        )
        number, match, told, held = _columns(self.connection, ours, 8)
        order = np.argsort(number)
        return self._outcomes(match[order], told.take(order), held[order], self._path(number[order]))

    def answers(self) -> Outcomes:
        """Return what players answered alone, each as a ruling of its own."""
        players = {row.id: row for row in self.connection.execute(select(PLAYER.c.id, PLAYER.c.name, PLAYER.c.model))}
        p = func.json_extract(TURN.c.rest, "$.says.beliefs")
        ours = (
            select(TURN.c.index, TURN.c.match, _together(TURN.c.state, SEAT.c.player), p)
            .select_from(
                TURN.join(MATCH, MATCH.c.ordinal == TURN.c.match)
                .join(PROTOCOL, PROTOCOL.c.id == MATCH.c.protocol)
                .join(SEAT, (SEAT.c.match == TURN.c.match) & (SEAT.c.seat == TURN.c.seat))
            )
            .where(MATCH.c.tournament == self.tournament, PROTOCOL.c.name == ALONE, TURN.c.kind == "answer")
        )
        _, match, told, held = _columns(self.connection, ours, 2)
        rulings = []
        for state, id in told.texts:
            kind, ended = agent(restore(players[id].model)), "valid" if state == "ok" else state
            rulings.append((kind, "full", "live", ended, "study", NONE, NONE, players[id].name))
        return self._outcomes(match, _Told(rulings, told.at), held, Path.none(held.shape[1]))

    def _outcomes(self, match: Rows, told: _Told, held: Floats, path: Path) -> Outcomes:
        at = told.at
        kind, view, channel, state, purpose, first, heard, judge = (
            zip(*told.texts, strict=True) if told.texts else [()] * 8
        )
        debate = np.searchsorted(self.ordinals, match).astype(np.int32)
        views = Column.of(view).take(at)
        rounds = self.debates.rounds[debate]
        return Outcomes(
            debates=self.debates,
            debate=debate,
            judge=Column.of(map(restore, judge)).take(at),
            judge_kind=Column.of(kind).take(at),
            view=views,
            channel=Column.of(channel).take(at),
            state=Column.of(state).take(at),
            purpose=Column.of(purpose).take(at),
            beliefs=held,
            first=np.array(first, np.int32)[at],
            heard=np.array(heard, np.int32)[at],
            rounds=np.where(views.is_in("opening"), np.minimum(rounds, 1), rounds).astype(np.int32),
            path=path,
        )

    def _path(self, judgments: Rows) -> Path:
        ours = (
            select(BELIEF.c.judgment, BELIEF.c.after_round, literal(""), BELIEF.c.p)
            .select_from(
                BELIEF.join(JUDGMENT, JUDGMENT.c.ordinal == BELIEF.c.judgment).join(
                    MATCH, MATCH.c.ordinal == JUDGMENT.c.match
                )
            )
            .where(MATCH.c.tournament == self.tournament, JUDGMENT.c.superseded_by.is_(None))
        )
        who, after, _, held = _columns(self.connection, ours, 1)
        order = np.lexsort((after, who))
        ruling = np.searchsorted(judgments, who[order]).astype(np.int32)
        return Path(ruling, after[order].astype(np.int32), held[order])


class _Questions:
    """What is known of each question, spread over the matches that ask it."""

    def __init__(self, connection: Connection, tournament: int, question: Column) -> None:
        ours = and_(ANSWER_KEY.c.question == QUESTION.c.id, ANSWER_KEY.c.tournament == tournament)
        known = connection.execute(
            select(QUESTION.c.id, QUESTION.c.passage, ANSWER_KEY.c.correct, ANSWER_KEY.c.domain)
            .select_from(QUESTION.join(ANSWER_KEY, ours))
            .order_by(QUESTION.c.id)
        ).all()
        rows = {row.id: row for row in known}
        asked = [rows.get(id) for id in question.names]
        shared = Counter(row.passage for row in asked if row and row.passage)
        named = zip(question.names, asked, strict=True)
        self.cluster = _spread((row.passage if row and shared[row.passage] > 1 else id for id, row in named), question)
        self.domain = _spread(((restore(row.domain) or None) if row else None for row in asked), question)
        correct = [NONE if row is None or row.correct is None else row.correct for row in asked]
        self.correct = np.array(correct, np.int32)[question.codes]


@dataclass(frozen=True)
class _Told:
    """Few different rows of texts, and which of them each row is."""

    texts: Sequence[Sequence[Any]]
    at: Codes

    def take(self, rows: Rows) -> _Told:
        return _Told(self.texts, self.at[rows])


def _columns(connection: Connection, query: Select[Any], parts: int) -> tuple[Rows, Rows, _Told, Floats]:
    """Return the columns of a query for a number, a number, texts put together, and beliefs as JSON.

    Rows are taken from the driver in blocks: a million of them as objects would take a gigabyte and the most time.
    """
    cursor: Any = connection.execute(query).cursor
    code: dict[str, int] = {}
    blocks = []
    while rows := cursor.fetchmany(BLOCK):
        number, other, said, held = zip(*rows, strict=True)
        at = np.fromiter((code.setdefault(text, len(code)) for text in said), np.int32, len(said))
        blocks.append((np.array(number, np.intp), np.array(other, np.intp), at, beliefs(held)))
    if not blocks:
        nothing = np.zeros(0, np.intp)
        return nothing, nothing, _Told([], np.zeros(0, np.int32)), beliefs(())
    numbers, others, ats, believed = zip(*blocks, strict=True)
    told = _Told([text.split(MARK, parts - 1) for text in code], np.concatenate(ats))
    return np.concatenate(numbers), np.concatenate(others), told, _stacked(believed)


def _stacked(parts: Sequence[Floats]) -> Floats:
    answers = max(part.shape[1] for part in parts)
    wide = (np.pad(part, ((0, 0), (0, answers - part.shape[1])), constant_values=np.nan) for part in parts)
    return np.concatenate(list(wide))


def beliefs(texts: Sequence[str | None]) -> Floats:
    """Return JSON lists of beliefs as rows of an array; NaN where there is none."""
    parsed = json.loads(f"[{','.join('[]' if text is None else text for text in texts)}]")
    answers = max(map(len, parsed), default=0) or 2
    filler = [float("nan")] * answers
    return np.array([row if len(row) == answers else [*row, *filler][:answers] for row in parsed]).reshape(-1, answers)


def _together(first: Any, *others: Any) -> ColumnElement[str]:
    whole: Any = first
    for other in others:
        whole = whole.op("||")(literal(MARK)).op("||")(other)
    return whole  # type: ignore[no-any-return] # an expression of text


def _spread(values: Iterable[object], over: Column) -> Column:
    """Give each row of a column what is known of its name."""
    return Column.of(values).take(over.codes)
