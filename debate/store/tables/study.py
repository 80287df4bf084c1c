"""What people judge: their sittings, and everything that they did in each."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from debate.domain import View
from debate.domain.judgment import Judgment as DomainJudgment
from debate.store.tables.columns import CLUSTERED, STRICT, Serial, Table, among, finite, json, number, to, words


class Study(Table, table=True):
    """What a tournament asks of its human judges, apart from everything that they may not see."""

    __table_args__ = (json("settings"), STRICT)
    tournament: int = to("tournament.id", primary_key=True)
    settings: str = words()


class Sitting(Table, table=True):
    """A transcript for one judge, and the order in which the answers are displayed.

    `holder` has it until `until`; a sitting whose holder fell silent goes on where its acts lead.
    """

    __table_args__ = (
        UniqueConstraint("match", "judge", "view", "purpose"),
        Index("sitting_judge", "judge"),
        CheckConstraint("state IN ('open', 'live', 'submitted', 'skipped', 'invalid')", name="state_known"),
        among("view", View),
        among("purpose", DomainJudgment.model_fields["purpose"].annotation),
        finite("until"),
        json("shown"),
        STRICT,
    )
    id: int | None = Field(default=None, sa_type=Serial, primary_key=True)
    tournament: int = to("tournament.id")
    match: int = to("match.ordinal")
    judge: str = words()
    place: int
    """In the order in which the judge meets them."""
    view: str = words()
    purpose: str = words()
    shown: str = words()
    state: str = words()
    holder: str = words()
    until: float = number()
    why: str = words()
    """Why it was skipped, or is not counted."""
    at: str = words()


class Act(Table, table=True):
    """One thing that a judge did."""

    __table_args__ = (json("rest"), CLUSTERED)
    sitting: int = to("sitting.id", primary_key=True)
    number: int = Field(sa_type=Serial, primary_key=True)
    kind: str = words()
    rest: str = words()
    at: str = words()
