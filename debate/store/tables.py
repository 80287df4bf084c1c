"""What a database holds: the columns that are searched or joined on, and one JSON column for the rest.

Domain values are checked where they are made; the tables check again what must never be wrong: states, and
numbers that are finite. They are STRICT on SQLite, which takes NaN for NULL and infinity for a number.
"""

from __future__ import annotations

from typing import Any, get_args

import sqlalchemy
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Double,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

from debate.domain import Agent, JudgmentState, MatchState, Purpose, TurnState, View
from debate.domain.judgment import Judgment as DomainJudgment

Real: TypeEngine[float] = Double().with_variant(sqlite.REAL(), "sqlite")
Serial: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
STRICT: dict[str, Any] = {"sqlite_strict": True}
CLUSTERED: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}

MOST_USD = 1e12  # finite, and more than anybody has


class Table(SQLModel, registry=registry()):
    """The base of every table; its metadata is its own, apart from other packages' SQLModel tables."""


def among(column: str, words: Any, *, nullable: bool = False) -> CheckConstraint:
    """Make a CHECK that a column holds one of the words of a Literal."""
    listed = ", ".join(f"'{word}'" for word in get_args(words))
    either = f'"{column}" IS NULL OR ' if nullable else ""
    return CheckConstraint(f'{either}"{column}" IN ({listed})', name=f"{column}_known")


def finite(column: str, most: float = MOST_USD) -> CheckConstraint:
    """Make a CHECK that a column is NULL or a finite number that is not negative."""
    return CheckConstraint(f'"{column}" IS NULL OR "{column}" BETWEEN 0 AND {most:.0f}', name=f"{column}_finite")


def flag(column: str) -> CheckConstraint:
    """Make a CHECK that a column is 0 or 1."""
    return CheckConstraint(f'"{column}" IN (0, 1)', name=f"{column}_flag")


def json(column: str) -> CheckConstraint:
    """Make a CHECK that a column is NULL or JSON."""
    return CheckConstraint(f'"{column}" IS NULL OR json_valid("{column}")', name=f"{column}_json").ddl_if(
        dialect="sqlite"
    )


def words(**more: Any) -> Any:
    """Make a column of text."""
    return Field(sa_type=Text, **more)


def to(column: str, **more: Any) -> Any:
    """Make a column that refers to an integer key of another table."""
    return Field(sa_type=Serial, sa_column_args=[ForeignKey(column)], **more)


def naming(column: str, **more: Any) -> Any:
    """Make a column that refers to a text key of another table."""
    return Field(sa_type=Text, sa_column_args=[ForeignKey(column)], **more)


def number(**more: Any) -> Any:
    """Make a column of floating-point numbers."""
    return Field(sa_type=Real, **more)


class Origin(Table, table=True):
    """The one row that says where this database began; the secret makes its nonces unguessable."""

    __table_args__ = (CheckConstraint("id = 1", name="alone"), STRICT)
    id: int = Field(primary_key=True)
    secret: str = words()
    created: str = words()


class Tournament(Table, table=True):
    """A tournament as it was pinned."""

    __table_args__ = (UniqueConstraint("name"), json("spec"), STRICT)
    id: int | None = Field(default=None, sa_type=Serial, primary_key=True)
    name: str = words()
    spec: str = words()
    questions: str = words()
    created: str = words()


class Template(Table, table=True):
    """The text of a prompt template, once, whatever uses it."""

    __table_args__ = (STRICT,)
    id: str = words(primary_key=True)
    text: str = words()


class TournamentTemplate(Table, table=True):
    """Which template a tournament means by a name."""

    __tablename__ = "tournament_template"
    __table_args__ = (CLUSTERED,)
    tournament: int = to("tournament.id", primary_key=True)
    name: str = words(primary_key=True)
    template: str = naming("template.id")


class Passage(Table, table=True):
    """A passage, once, whatever asks about it."""

    __table_args__ = (STRICT,)
    id: str = words(primary_key=True)
    title: str = words()
    text: str = words()


class Question(Table, table=True):
    """A question as posed: nothing here tells which answer is right."""

    __table_args__ = (json("answers"), STRICT)
    id: str = words(primary_key=True)
    text: str = words()
    answers: str = words()
    passage: str | None = naming("passage.id", nullable=True)


class AnswerKey(Table, table=True):
    """The answer key of a question in a tournament. Nothing that plays or judges reads this table."""

    __tablename__ = "answer_key"
    __table_args__ = (finite("correct"), finite("difficulty", 1), json("rest"), STRICT)
    tournament: int = to("tournament.id", primary_key=True)
    question: str = naming("question.id", primary_key=True)
    correct: int | None
    distractor: int | None
    difficulty: float | None = number(nullable=True)
    domain: str = words()
    rest: str = words()


class Player(Table, table=True):
    """A player's settings, by their digest."""

    __table_args__ = (json("settings"), STRICT)
    id: str = words(primary_key=True)
    name: str = words()
    model: str = words()
    settings: str = words()


class Judge(Table, table=True):
    """The settings of a judge who has a seat, by their digest."""

    __table_args__ = (json("settings"), STRICT)
    id: str = words(primary_key=True)
    name: str = words()
    model: str = words()
    settings: str = words()


class Protocol(Table, table=True):
    """The rules of a game with their label, by the digest of both."""

    __table_args__ = (json("settings"), STRICT)
    id: str = words(primary_key=True)
    name: str = words()
    label: str = words()
    settings: str = words()


class Match(Table, table=True):
    """A planned match. `ordinal` is its place in the plan, and what other tables call it by."""

    __table_args__ = (
        UniqueConstraint("tournament", "id"),
        Index("match_state", "tournament", "state"),
        among("state", MatchState),
        json("shown"),
        STRICT,
    )
    ordinal: int | None = Field(default=None, sa_type=Serial, primary_key=True)
    tournament: int = to("tournament.id")
    id: str = words()
    question: str = naming("question.id")
    protocol: str = naming("protocol.id")
    repeat: int
    shown: str = words()
    prompts: str = words()
    arm: str = words()
    state: str = words()


class Seat(Table, table=True):
    """Who sits where in a match, in the order of the seats, and what is argued from there."""

    __table_args__ = (CLUSTERED,)
    match: int = to("match.ordinal", primary_key=True)
    place: int = Field(primary_key=True)
    seat: str = words()
    player: str | None = naming("player.id", nullable=True)
    judge: str | None = naming("judge.id", nullable=True)
    argues: int | None


class Run(Table, table=True):
    """A process at work on a tournament: who it is, until when its claims hold, and what it has spent.

    `epoch` is raised when another run takes over its claims.
    """

    __table_args__ = (
        Index("run_tournament", "tournament"),
        finite("reserved_usd"),
        finite("spent_usd"),
        finite("spent_max_usd"),
        STRICT,
    )
    id: int | None = Field(default=None, sa_type=Serial, primary_key=True)
    tournament: int = to("tournament.id")
    host: str = words()
    boot: str = words()
    pid: int
    born: int = Field(sa_type=Serial)
    """When the process began, in the kernel's ticks: a pid alone may be used again."""
    until: float = number()
    epoch: int = 0
    begun: str = words()
    ended: str | None = words(nullable=True)
    calls: int = 0
    turns: int = 0
    judgments: int = 0
    unpriced: int = 0
    """Replies whose price is not known."""
    reserved_usd: float = number(default=0.0)
    """What calls without an outcome may cost."""
    spent_usd: float = number(default=0.0)
    spent_max_usd: float = number(default=0.0)
    """`spent_usd`, and what failed calls may have cost besides."""
    input_tokens: int = Field(default=0, sa_type=Serial)
    cached_tokens: int = Field(default=0, sa_type=Serial)
    output_tokens: int = Field(default=0, sa_type=Serial)


class Claim(Table, table=True):
    """Which run plays a match now."""

    __table_args__ = (Index("claim_run", "run"), STRICT)
    match: int = to("match.ordinal", primary_key=True)
    run: int = to("run.id")


class Call(Table, table=True):
    """An API attempt, written before its request is sent."""

    __table_args__ = (Index("call_match", "match"), among("purpose", Purpose), finite("reserve_usd"), STRICT)
    id: int | None = Field(default=None, sa_type=Serial, primary_key=True)
    match: int = to("match.ordinal")
    run: int = to("run.id")
    call: str = words()
    where: str = words()
    purpose: str = words()
    slot: int
    attempt: int
    request: str = words()
    model: str = words()
    reserve_usd: float = number()
    at: str = words()


class Reply(Table, table=True):
    """How a call ended, at most once. A `late` reply came when the match had been given to another run."""

    __table_args__ = (
        CheckConstraint("outcome IN ('answered', 'failed', 'late')", name="outcome_known"),
        finite("cost_usd"),
        finite("latency_s"),
        flag("billed"),
        json("rest"),
        STRICT,
    )
    call: int = to("call.id", primary_key=True)
    outcome: str = words()
    model: str = words()
    text: str = words()
    thinking: str = words()
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    cost_usd: float | None = number(nullable=True)
    billed: int
    error: str = words()
    latency_s: float = number()
    rest: str = words()
    at: str = words()


class Turn(Table, table=True):
    """A recorded utterance."""

    __table_args__ = (among("state", TurnState), flag("conceded"), json("rest"), STRICT)
    match: int = to("match.ordinal", primary_key=True)
    index: int = Field(primary_key=True)
    seat: str = words()
    round: int
    beat: int
    kind: str = words()
    state: str = words()
    conceded: int
    text: str = words()
    scratchpad: str = words()
    rest: str = words()
    at: str = words()


class Judgment(Table, table=True):
    """A ruling. Corrections supersede; nothing is overwritten."""

    __table_args__ = (
        UniqueConstraint("match", "id"),
        among("kind", Agent),
        among("view", View),
        among("channel", DomainJudgment.model_fields["channel"].annotation),
        among("purpose", DomainJudgment.model_fields["purpose"].annotation),
        among("state", JudgmentState),
        finite("active_s"),
        finite("idle_s"),
        json("final"),
        json("rest"),
        STRICT,
    )
    ordinal: int | None = Field(default=None, sa_type=Serial, primary_key=True)
    match: int = to("match.ordinal")
    id: str = words()
    judge: str = words()
    kind: str = words()
    view: str = words()
    channel: str = words()
    purpose: str = words()
    state: str = words()
    sample: int
    final: str | None = words(nullable=True)
    reason: str = words()
    transcript: str = words()
    active_s: float | None = number(nullable=True)
    idle_s: float | None = number(nullable=True)
    superseded_by: str | None = words(nullable=True)
    rest: str = words()
    at: str = words()


class Belief(Table, table=True):
    """What a judge believed after a round."""

    __table_args__ = (json("p"), CLUSTERED)
    judgment: int = to("judgment.ordinal", primary_key=True)
    after_round: int = Field(primary_key=True)
    p: str = words()


class Failure(Table, table=True):
    """A cue or a ruling that failed for good; `retried` once the match was opened again."""

    __table_args__ = (flag("retried"), STRICT)
    id: int | None = Field(default=None, sa_type=Serial, primary_key=True)
    match: int = to("match.ordinal")
    where: str = words()
    kind: str = words()
    message: str = words()
    seat: str | None = words(nullable=True)
    player: str | None = words(nullable=True)
    retried: int = 0
    at: str = words()


class Record(Table, table=True):
    """Which record of which source an imported debate came from; `content` is the hash of the whole record."""

    __table_args__ = (json("meta"), STRICT)
    match: int = to("match.ordinal", primary_key=True)
    source: str = words()
    id: str = words()
    content: str = words()
    meta: str = words()


def _named(name: str) -> sqlalchemy.Table:
    return Table.metadata.tables[name]


ANSWER_KEY = _named("answer_key")
BELIEF = _named("belief")
CALL = _named("call")
CLAIM = _named("claim")
FAILURE = _named("failure")
JUDGE = _named("judge")
JUDGMENT = _named("judgment")
MATCH = _named("match")
ORIGIN = _named("origin")
PASSAGE = _named("passage")
PLAYER = _named("player")
PROTOCOL = _named("protocol")
QUESTION = _named("question")
RECORD = _named("record")
REPLY = _named("reply")
RUN = _named("run")
SEAT = _named("seat")
TEMPLATE = _named("template")
TOURNAMENT = _named("tournament")
TOURNAMENT_TEMPLATE = _named("tournament_template")
TURN = _named("turn")

Index("failure_match", FAILURE.c.match)
_BROKEN = text("state <> 'ok'")
Index("turn_broken", TURN.c.match, sqlite_where=_BROKEN, postgresql_where=_BROKEN)
