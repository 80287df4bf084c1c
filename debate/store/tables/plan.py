"""What is pinned: tournaments, their templates and questions, and the matches with who sits where."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from debate.domain import MatchState
from debate.store.tables.columns import CLUSTERED, STRICT, Serial, Table, among, finite, json, naming, number, to, words


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
