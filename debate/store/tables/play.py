"""What a run writes down: who is at work, the calls and what they cost, and what was said, ruled and failed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from debate.domain import Agent, JudgmentState, Purpose, TurnState, View
from debate.domain.judgment import Judgment as DomainJudgment
from debate.store.tables.columns import (
    CLUSTERED,
    STRICT,
    Serial,
    Table,
    among,
    finite,
    flag,
    json,
    number,
    to,
    words,
)

BROKEN = text("state <> 'ok'")
AUDITED = text("purpose = 'audit'")


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

    __table_args__ = (
        Index("call_match", "match"),
        Index("call_audit", "match", sqlite_where=AUDITED, postgresql_where=AUDITED),
        among("purpose", Purpose),
        finite("reserve_usd"),
        STRICT,
    )
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

    __table_args__ = (
        Index("turn_broken", "match", sqlite_where=BROKEN, postgresql_where=BROKEN),
        among("state", TurnState),
        flag("conceded"),
        json("rest"),
        STRICT,
    )
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

    __table_args__ = (Index("failure_match", "match"), flag("retried"), STRICT)
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

    __table_args__ = (json("meta"), json("judges"), STRICT)
    match: int = to("match.ordinal", primary_key=True)
    source: str = words()
    id: str = words()
    content: str = words()
    meta: str = words()
    judges: str | None = words(nullable=True)
    """The settings of those who ruled there, by name."""
