"""What judges ruled, beside what is right: the one place that joins answer keys to what was played.

What matches come to is tallied by the thousand; here their keys get the names and the answers that belong to them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from sqlalchemy import Connection, and_, case, func, select

from debate.domain import MatchState, Tournament, agent
from debate.errors import UsageError
from debate.protocols import families
from debate.sanitize import restore
from debate.stats.column import NONE, Codes, Column, Flags, Floats
from debate.stats.cost import Spent
from debate.stats.debates import Debates
from debate.stats.evidence import Shown
from debate.stats.outcomes import Outcomes
from debate.stats.path import Path
from debate.store.guests import with_guests
from debate.store.store import Store
from debate.store.tables import (
    ANSWER_KEY,
    MATCH,
    PLAYER,
    PROTOCOL,
    QUESTION,
    RECORD,
    TOURNAMENT,
)
from debate.store.tallies import keeping, spending
from debate.store.tallies.frame import Frame
from debate.store.tallies.part import parts
from debate.store.tallies.tally import Tally

META = "meta."
KINDS = ("model", "human", "builtin", "mixed")


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
    transfers: dict[str, str]
    """By the id of a question, that of the one which it is said to be similar to."""


def outcomes(store: Store, name: str, *, keys: Iterable[str] = (), excluded: bool = False) -> Outcomes:
    """Return every judgment of a tournament that was not superseded.

    Args:
        store: where it is.
        name: of the tournament.
        keys: further keys to select or group by; of them, `meta.X` is what imported records say of X.
        excluded: whether those are wanted, too, that rules declared beforehand took out.
    """
    with _opened(store, name) as (connection, key, _):
        return _Played(connection, key, keys, excluded=excluded).rulings()


def snapshot(store: Store, name: str, *, keys: Iterable[str] = ()) -> Snapshot:
    """Return everything that is measured of a tournament, as of one moment."""
    with _opened(store, name) as (connection, key, tournament):
        played = _Played(connection, key, keys)
        counted = select(MATCH.c.state, func.count()).where(MATCH.c.tournament == key).group_by(MATCH.c.state)
        return Snapshot(
            tournament=with_guests(connection, key, tournament),
            outcomes=played.rulings(),
            answers=played.answers(),
            spent=spending.spent(played.tally.calls),
            matches=dict(connection.execute(counted).all()),
            quotes=played.quotes(),
            transfers=_transfers(connection, key),
        )


def _transfers(connection: Connection, tournament: int) -> dict[str, str]:
    """Return which question of a tournament is similar to which; banks name them by ids of their own."""
    rest = ANSWER_KEY.c.rest
    named = select(
        ANSWER_KEY.c.question, func.json_extract(rest, "$.meta.name"), func.json_extract(rest, "$.transfer_of")
    )
    rows = connection.execute(named.where(ANSWER_KEY.c.tournament == tournament)).all()
    called = {name: id for id, own, _ in rows for name in (id, own)}
    return {id: called[other] for id, _, other in rows if other in called and other is not None}


@contextmanager
def _opened(store: Store, name: str) -> Iterator[tuple[Connection, int, Tournament]]:
    with store.database.reading() as connection:
        row = connection.execute(select(TOURNAMENT).where(TOURNAMENT.c.name == name)).one_or_none()
        if row is None:
            raise UsageError(f'"{store.database.path}" holds no tournament "{name}"')
        yield connection, int(row.id), Tournament.model_validate(json.loads(row.spec))


class _Played:
    """The matches of a tournament, and what was said of each."""

    def __init__(self, connection: Connection, tournament: int, keys: Iterable[str], *, excluded: bool = False) -> None:
        self.connection = connection
        self.tournament = tournament
        self.tally = _whole(connection, tournament) if excluded else keeping.tally(connection, tournament)
        self.players = {row.id: row for row in connection.execute(select(PLAYER.c.id, PLAYER.c.name, PLAYER.c.model))}
        self.debates = self._debates(self.tally.matches, {key for key in keys if key.startswith(META)})

    def _debates(self, found: Frame, keys: Iterable[str]) -> Debates:
        asked = _Questions(self.connection, self.tournament, found["question"])
        protocol = found["protocol"]
        names = {row.id: row for row in self.connection.execute(select(PROTOCOL))}
        player, agents = self._players(found["player"])
        return Debates(
            match=Column(np.arange(len(found["id"]), dtype=np.int32), found["id"]),
            question=found["question"],
            cluster=asked.cluster,
            domain=asked.domain,
            protocol=_spread((restore(names[id].label or names[id].name) for id in protocol.names), protocol),
            rules=_spread((restore(names[id].name) for id in protocol.names), protocol),
            agents=agents,
            arm=_spread((restore(name) or None for name in found["arm"].names), found["arm"]),
            state=found["state"],
            correct=asked.correct,
            rounds=found["rounds"],
            repeat=found["repeat"],
            player=player,
            argues=found["argues"],
            words=found["words"],
            conceded=found["conceded"],
            broken=found["broken"],
            open_role=_open(names[id].name for id in protocol.names)[protocol.codes],
            more={key: self._meta(key) for key in keys},
        )

    def _players(self, seated: Column) -> tuple[Column, Column]:
        """Return who sits where, and the kind of those who argue in each match."""
        names = tuple(sorted({restore(row.name) for row in self.players.values()}))
        code = [names.index(restore(self.players[id].name)) for id in seated.names]
        kind = [KINDS.index(agent(restore(self.players[id].model))) for id in seated.names]
        player, kinds = (np.array([*codes, NONE], np.int32)[seated.codes] for codes in (code, kind))
        both = np.where(kinds[:, 0] == kinds[:, 1], kinds[:, 0], KINDS.index("mixed"))
        return Column(player, names), Column(np.where(kinds[:, 1] >= 0, both, kinds[:, 0]).astype(np.int32), KINDS)

    def _meta(self, key: str) -> Column:
        """Return what imported records say under one key."""
        path = "$." + ".".join(json.dumps(part) for part in key.removeprefix(META).split("."))
        word, value = func.json_type(RECORD.c.meta, path), func.json_extract(RECORD.c.meta, path)
        rows = self.connection.execute(
            select(MATCH.c.id, case((word.in_(("true", "false")), word), else_=value))
            .select_from(RECORD.join(MATCH, MATCH.c.ordinal == RECORD.c.match))
            .where(MATCH.c.tournament == self.tournament)
        )
        said: dict[str, Any] = dict(rows.all())
        return Column.of(said.get(id) for id in self.tally.matches["id"])

    def rulings(self) -> Outcomes:
        """Return the judgments that stand, by debate: no sum or draw depends on which debate was ruled on first."""
        found, way = self.tally.rulings, self.tally.beliefs
        told = [json.loads(text) for text in found["said"].names]
        path = Path(way["ruling"], way["after_round"], way["beliefs"])
        return self._outcomes(found, told, path)

    def answers(self) -> Outcomes:
        """Return what players answered alone, each as a ruling of its own."""
        found = self.tally.answers
        told = []
        for state, id in map(json.loads, found["said"].names):
            player = self.players[id]
            kind, ended = agent(restore(player.model)), "valid" if state == "ok" else state
            told.append((kind, "full", "live", ended, "study", None, None, player.name))
        return self._outcomes(found, told, Path.none(found["beliefs"].shape[1]))

    def quotes(self) -> Shown:
        """Return by debate what its quotes come to."""
        return Shown(*(self.tally.matches[field.name] for field in fields(Shown)))

    def _outcomes(self, found: Frame, told: Sequence[Sequence[Any]], path: Path) -> Outcomes:
        debate, at = found["match"], found["said"].codes
        kind, view, channel, state, purpose, first, heard, judge = zip(*told, strict=True) if told else [()] * 8
        views = Column.of(view).take(at)
        rounds = self.debates.rounds[debate]
        answers = 1 + max(self.debates.correct.max(initial=0), self.debates.argues.max(initial=0))
        return Outcomes(
            debates=self.debates,
            debate=debate,
            judge=Column.of(map(restore, judge)).take(at),
            judge_kind=Column.of(kind).take(at),
            view=views,
            channel=Column.of(channel).take(at),
            state=Column.of(state).take(at),
            purpose=Column.of(purpose).take(at),
            beliefs=_wide(found["beliefs"], answers),
            first=_answers(first)[at],
            heard=_answers(heard)[at],
            rounds=np.where(views.is_in("opening"), np.minimum(rounds, 1), rounds).astype(np.int32),
            path=path,
            recorded=found.get("recorded"),
        )


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


def _whole(connection: Connection, tournament: int) -> Tally:
    """Return what a tournament comes to with the rulings that declared rules took out: none of it is kept."""
    return Tally.together([Tally.read(connection, part, excluded=True) for part in parts(connection, tournament)])


def _wide(held: Floats, answers: int) -> Floats:
    """Return beliefs with a column for every answer that somebody argues or that is right, believed or not."""
    missing = answers - held.shape[1]
    return np.pad(held, ((0, 0), (0, missing)), constant_values=np.nan) if missing > 0 else held


def _answers(shown: Iterable[int | None]) -> Codes:
    return np.array([NONE if answer is None else answer for answer in shown], np.int32)


def _open(protocols: Iterable[str]) -> Flags:
    """Tell in which protocols, by their names, a player chooses what it argues."""
    known = families()
    return np.array([bool(name in known and known[name].becomes) for name in map(restore, protocols)], bool)


def _spread(values: Iterable[object], over: Column) -> Column:
    """Give each row of a column what is known of its name."""
    return Column.of(values).take(over.codes)
