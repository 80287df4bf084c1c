"""What judges ruled, beside what is right: the one place that joins answer keys to what was played.

Rows come packed into columns; what is the same for every judgment of a match is read once with the match.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, select

from debate.domain import MatchState, Tournament, agent
from debate.errors import UsageError
from debate.sanitize import restore
from debate.stats.column import NONE, Codes, Column, Floats, Rows
from debate.stats.cost import Spent
from debate.stats.evidence import Shown
from debate.stats.outcomes import Debates, Outcomes, Path
from debate.store import quoting, spending
from debate.store.guests import with_guests
from debate.store.packed import Told, packed, together
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

META = "meta."
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
            tournament=with_guests(connection, key, tournament),
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
        matches = tuple(zip(*connection.execute(ours).cursor.fetchall(), strict=True)) or ((),) * 7
        self.ordinals = np.array(matches[0], np.int64)
        self.debates = self._debates(matches, {key for key in keys if key.startswith(META)})

    def _debates(self, matches: Sequence[Sequence[Any]], keys: Iterable[str]) -> Debates:
        _, ids, asks, rules, repeats, arms, states = matches
        question = Column.of(asks)
        asked = _Questions(self.connection, self.tournament, question)
        protocol = Column.of(rules)
        names = {row.id: row for row in self.connection.execute(select(PROTOCOL))}
        seats = Sides(self.connection, self.tournament, self.ordinals)
        arm = Column.of(arms)
        return Debates(
            match=Column(np.arange(len(ids), dtype=np.int32), tuple(ids)),
            question=question,
            cluster=asked.cluster,
            domain=asked.domain,
            protocol=_spread((restore(names[id].label or names[id].name) for id in protocol.names), protocol),
            rules=_spread((restore(names[id].name) for id in protocol.names), protocol),
            agents=seats.agents,
            arm=_spread((restore(name) or None for name in arm.names), arm),
            state=Column.of(states),
            correct=asked.correct,
            rounds=seats.rounds,
            repeat=np.array(repeats, np.int32),
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
        """Return the judgments that stand, by debate: no sum or draw depends on which debate was ruled on first."""
        c = JUDGMENT.c
        shown = (func.json_extract(c.rest, "$.shown[0]"), func.json_extract(c.rest, "$.hears"))
        said = together(c.kind, c.view, c.channel, c.state, c.purpose, *shown, c.judge)
        ours = select().where(c.superseded_by.is_(None), self._among(c.match))
        found = packed(self.connection, c.ordinal, c.match, said, c.final, ours)
        order = np.lexsort((found.number, found.match))
        order = order[np.isin(found.match[order], self.ordinals)]
        path = self._path(found.number[order])
        return self._outcomes(found.match[order], found.told.take(order), found.beliefs[order], path)

    def answers(self) -> Outcomes:
        """Return what players answered alone, each as a ruling of its own."""
        players = {row.id: row for row in self.connection.execute(select(PLAYER.c.id, PLAYER.c.name, PLAYER.c.model))}
        ours = (
            select()
            .select_from(
                TURN.join(MATCH, MATCH.c.ordinal == TURN.c.match)
                .join(PROTOCOL, PROTOCOL.c.id == MATCH.c.protocol)
                .join(SEAT, (SEAT.c.match == TURN.c.match) & (SEAT.c.seat == TURN.c.seat))
            )
            .where(MATCH.c.tournament == self.tournament, PROTOCOL.c.name == ALONE, TURN.c.kind == "answer")
        )
        p = func.json_extract(TURN.c.rest, "$.says.beliefs")
        found = packed(self.connection, TURN.c.match, TURN.c.index, together(TURN.c.state, SEAT.c.player), p, ours)
        rulings = []
        for state, id in found.told.texts:
            kind, ended = agent(restore(players[id].model)), "valid" if state == "ok" else state
            rulings.append((kind, "full", "live", ended, "study", None, None, players[id].name))
        none = Path.none(found.beliefs.shape[1])
        return self._outcomes(found.number, Told(rulings, found.told.at), found.beliefs, none)

    def _outcomes(self, match: Rows, told: Told, held: Floats, path: Path) -> Outcomes:
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
            beliefs=_wide(held, 1 + max(self.debates.correct.max(initial=0), self.debates.argues.max(initial=0))),
            first=_answers(first)[at],
            heard=_answers(heard)[at],
            rounds=np.where(views.is_in("opening"), np.minimum(rounds, 1), rounds).astype(np.int32),
            path=path,
        )

    def _path(self, judgments: Rows) -> Path:
        c = BELIEF.c
        found = packed(self.connection, c.judgment, c.after_round, literal("[]"), c.p, select())
        kept, sorter = np.flatnonzero(np.isin(found.number, judgments)), np.argsort(judgments)
        ruling = sorter[np.searchsorted(judgments, found.number[kept], sorter=sorter)].astype(np.int32)
        order = np.lexsort((found.match[kept], ruling))
        kept = kept[order]
        return Path(ruling[order], found.match[kept].astype(np.int32), found.beliefs[kept])

    def _among(self, match: ColumnElement[int]) -> ColumnElement[bool]:
        """Return what the numbers of these matches fulfil, and few others: it is quicker than a join."""
        first, last = (int(self.ordinals[0]), int(self.ordinals[-1])) if len(self.ordinals) else (0, -1)
        return match.between(first, last)


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


def _wide(held: Floats, answers: int) -> Floats:
    """Return beliefs with a column for every answer that somebody argues or that is right, believed or not."""
    missing = answers - held.shape[1]
    return np.pad(held, ((0, 0), (0, missing)), constant_values=np.nan) if missing > 0 else held


def _answers(shown: Iterable[int | None]) -> Codes:
    return np.array([NONE if answer is None else answer for answer in shown], np.int32)


def _spread(values: Iterable[object], over: Column) -> Column:
    """Give each row of a column what is known of its name."""
    return Column.of(values).take(over.codes)
