"""Stored rows put together again: matches, debates, judgments, and what was already paid for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Select, Table, Text, cast, literal, select

from debate.domain import (
    Belief,
    Call,
    Claimed,
    Debate,
    Judge,
    Judgment,
    Match,
    MatchState,
    Passage,
    Player,
    Posed,
    Protocol,
    Seat,
    Turn,
    Value,
)
from debate.sanitize import restore
from debate.store import claims, mapping
from debate.store.file.database import Database
from debate.store.tables import (
    BELIEF,
    CALL,
    JUDGE,
    JUDGMENT,
    MATCH,
    PASSAGE,
    PLAYER,
    PROTOCOL,
    QUESTION,
    REPLY,
    SEAT,
    TURN,
)

BLOCK = 200  # matches read together
KEPT = 5_000  # players, seats and the like: a few megabytes
KEPT_QUESTIONS = 500  # each holds its passage, which may be a short story

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
V = TypeVar("V", bound=Value)


Sitting: TypeAlias = tuple[str, str | None, str | None, int | None]
"""A seat as it is stored: its name, the digests of player and judge, and the answer argued."""


class Kept(dict[K, T]):
    """Values that many matches share, by id; the oldest are dropped."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def fill(self, ids: Iterable[K | None], load: Callable[[list[K]], dict[K, T]]) -> dict[K, T]:
        """Return the values of `ids`, loading those that are not kept."""
        wanted = {id for id in ids if id is not None}
        found = {id: value for id in wanted if (value := self.get(id)) is not None}
        if missing := list(wanted - found.keys()):
            loaded = load(missing)
            found |= loaded
            self.update(loaded)
            for id in list(self)[: max(0, len(self) - self.most)]:
                self.pop(id, None)
        return found


class Reader:
    """Reads domain values; what many matches share is read once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._passages: Kept[str, Passage] = Kept(KEPT_QUESTIONS)
        self._questions: Kept[str, Posed] = Kept(KEPT_QUESTIONS)
        self._sat: Kept[Sitting, Seat] = Kept(KEPT)
        self._players: Kept[str, Player] = Kept(KEPT)
        self._judges: Kept[str, Judge] = Kept(KEPT)
        self._protocols: Kept[str, Protocol] = Kept(KEPT)

    def claimed(self, ordinals: Sequence[int]) -> tuple[Claimed, ...]:
        """Return what a run needs to play matches on, in the order of the plan."""
        with self.database.reading() as connection:
            return tuple(
                Claimed(
                    debate=debate,
                    calls=calls,
                    judgments=judgments,
                    state=state,
                )
                for block in _blocks(sorted(ordinals))
                for calls, (debate, judgments, state) in zip(
                    _pending(connection, block), self._debates(connection, block), strict=True
                )
            )

    def debates(self, connection: Connection, ordinals: Sequence[int]) -> Iterator[tuple[Debate, tuple[Judgment, ...]]]:
        """Return debates with their judgments, in the order of the plan."""
        for debate, judgments, _ in self._debates(connection, sorted(ordinals)):
            yield debate, judgments

    def _debates(
        self, connection: Connection, ordinals: Sequence[int]
    ) -> Iterator[tuple[Debate, tuple[Judgment, ...], MatchState]]:
        rows = connection.execute(_of(MATCH, MATCH.c.ordinal, ordinals).order_by(MATCH.c.ordinal)).mappings().all()
        matches = self._matches(connection, rows)
        turns = _turns(connection, ordinals)
        rulings = _judgments(connection, {row["ordinal"]: row["id"] for row in rows})
        for row, match in zip(rows, matches, strict=True):
            ordinal = row["ordinal"]
            yield Debate(match=match, turns=turns[ordinal]), tuple(rulings[ordinal]), row["state"]

    def _matches(self, connection: Connection, rows: Sequence[RowMapping]) -> list[Match]:
        """Return matches from their rows."""
        questions = self._questions.fill(
            (row["question"] for row in rows), lambda ids: self._load_questions(connection, ids)
        )
        protocols = self._protocols.fill((row["protocol"] for row in rows), _settings(connection, PROTOCOL, Protocol))
        seats = self._seats(connection, [row["ordinal"] for row in rows])
        return [
            Match(
                id=row["id"],
                question=questions[row["question"]],
                protocol=protocols[row["protocol"]],
                seats=seats[row["ordinal"]],
                repeat=row["repeat"],
                shown=mapping.ints(row["shown"]),
                prompts=row["prompts"],
                arm=restore(row["arm"]),
            )
            for row in rows
        ]

    def _seats(self, connection: Connection, ordinals: Sequence[int]) -> defaultdict[int, tuple[Seat, ...]]:
        order = (SEAT.c.match, SEAT.c.place)
        columns = (SEAT.c.match, SEAT.c.seat, SEAT.c.player, SEAT.c.judge, SEAT.c.argues)
        rows = connection.execute(select(*columns).where(_one_of(SEAT.c.match, ordinals)).order_by(*order))
        seats: defaultdict[int, tuple[Seat, ...]] = defaultdict(tuple)
        sat = [(match, tuple(sitting)) for match, *sitting in rows]
        known = self._sat.fill({sitting for _, sitting in sat}, lambda new: self._load_seats(connection, new))
        for match, sitting in sat:
            seats[match] += (known[sitting],)
        return seats

    def _load_seats(self, connection: Connection, sat: Sequence[Sitting]) -> dict[Sitting, Seat]:
        """Return the seats that a few players take in many matches."""
        players = self._players.fill((player for _, player, _, _ in sat), _settings(connection, PLAYER, Player))
        judges = self._judges.fill((judge for _, _, judge, _ in sat), _settings(connection, JUDGE, Judge))
        return {
            (seat, player, judge, argues): Seat(
                seat=restore(seat),
                player=None if player is None else players[player],
                judge=None if judge is None else judges[judge],
                argues=argues,
            )
            for seat, player, judge, argues in sat
        }

    def _load_questions(self, connection: Connection, ids: list[str]) -> dict[str, Posed]:
        rows = connection.execute(_of(QUESTION, QUESTION.c.id, ids)).all()
        passages = self._passages.fill((row.passage for row in rows), lambda ids: _load_passages(connection, ids))
        return {
            row.id: Posed(
                id=row.id,
                text=restore(row.text),
                answers=tuple(json.loads(row.answers)),
                passage=passages.get(row.passage),
            )
            for row in rows
        }

    def elsewhere(self, tournament: int, run: int) -> int:
        """Return how many matches other runs have claimed."""
        with self.database.reading() as connection:
            return claims.elsewhere(connection, tournament, run)


def _blocks(ordinals: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ordinals), BLOCK):
        yield ordinals[start : start + BLOCK]


def _of(table: Table, column: Column[Any], keys: Sequence[Any]) -> Select[Any]:
    return select(table).where(_one_of(column, keys))


def _one_of(column: Column[Any], keys: Sequence[Any]) -> ColumnElement[bool]:
    """Return the condition that a column has one of the keys; a list is slow where a range says the same."""
    if keys and isinstance(keys[0], int) and keys[-1] - keys[0] + 1 == len(keys):
        return column.between(keys[0], keys[-1])
    return column.in_(keys)


def _load_passages(connection: Connection, ids: list[str]) -> dict[str, Passage]:
    rows = connection.execute(_of(PASSAGE, PASSAGE.c.id, ids))
    return {row.id: Passage(id=row.id, title=restore(row.title), text=restore(row.text)) for row in rows}


def _settings(connection: Connection, table: Table, kind: type[V]) -> Callable[[list[str]], dict[str, V]]:
    """Return a loader of values that are stored as settings."""

    def load(ids: list[str]) -> dict[str, V]:
        rows = connection.execute(_of(table, table.c.id, ids))
        return {row.id: kind.model_validate(json.loads(row.settings)) for row in rows}

    return load


def _turns(connection: Connection, ordinals: Sequence[int]) -> defaultdict[int, tuple[Turn, ...]]:
    turns: defaultdict[int, tuple[Turn, ...]] = defaultdict(tuple)
    for row in connection.execute(_of(TURN, TURN.c.match, ordinals).order_by(TURN.c.match, TURN.c.index)).mappings():
        turns[row["match"]] += (mapping.turn(row),)
    return turns


def _judgments(connection: Connection, matches: dict[int, str]) -> defaultdict[int, list[Judgment]]:
    """Return the judgments of matches, whose ids are given by their ordinals."""
    ours = _one_of(JUDGMENT.c.match, list(matches))
    rows = connection.execute(select(JUDGMENT).where(ours).order_by(JUDGMENT.c.ordinal)).mappings().all()
    of_ours = select(BELIEF).join(JUDGMENT, JUDGMENT.c.ordinal == BELIEF.c.judgment).where(ours)
    beliefs: defaultdict[int, list[Belief]] = defaultdict(list)
    for judged, after_round, p in connection.execute(of_ours.order_by(BELIEF.c.judgment, BELIEF.c.after_round)):
        beliefs[judged].append(Belief(after_round=after_round, p=tuple(json.loads(p))))
    judgments: defaultdict[int, list[Judgment]] = defaultdict(list)
    for row in rows:
        found = mapping.judgment(row, matches[row["match"]], tuple(beliefs[row["ordinal"]]))
        judgments[row["match"]].append(found)
    return judgments


REPLIED = [c.label(f"reply_{c.name}") if c.name in ("model", "at", "call") else c for c in REPLY.c]
"""The columns of `reply` beside those of `call`."""


def _pending(connection: Connection, ordinals: Sequence[int]) -> list[dict[str, tuple[Call, ...]]]:
    """Return the answered calls of each match by what they are for, without those whose turn or ruling is complete."""
    both = CALL.join(REPLY, REPLY.c.call == CALL.c.id)
    turn = literal("turn:").concat(cast(TURN.c.index, Text))
    spoken = select(TURN.c.match).where(TURN.c.match == CALL.c.match, CALL.c.where == turn)
    ruled = select(JUDGMENT.c.match).where(JUDGMENT.c.match == CALL.c.match, JUDGMENT.c.id == CALL.c.where)
    answered = (
        select(*CALL.c, *REPLIED)
        .select_from(both)
        .where(_one_of(CALL.c.match, ordinals), REPLY.c.outcome == "answered", ~spoken.exists(), ~ruled.exists())
        .order_by(CALL.c.id)
    )
    pending: dict[int, dict[str, tuple[Call, ...]]] = {ordinal: {} for ordinal in ordinals}
    for row in connection.execute(answered).mappings():
        where, calls = row["where"], pending[row["match"]]
        calls[where] = (*calls.get(where, ()), mapping.call(row))
    return list(pending.values())
