"""What is kept though it can be worked out again; triggers forget it when what it was worked out from changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, LargeBinary, MetaData, event
from sqlmodel import Field

from debate.store.tables.columns import STRICT, Table, to

SIZE = 1_000
"""Matches whose ordinals give the same quotient are one part of a plan. The triggers in every database hold it."""

MATCH_OF = {
    "match": "{row}.ordinal",
    "seat": "{row}.match",
    "turn": "{row}.match",
    "judgment": "{row}.match",
    "belief": "(SELECT match FROM judgment WHERE ordinal = {row}.judgment)",
    "call": "{row}.match",
    "record": "{row}.match",
    "reply": "(SELECT match FROM call WHERE id = {row}.call)",
}
"""By table whose rows are tallied, the match that a row belongs to."""


class Tally(Table, table=True):
    """What the matches of one part of a tournament come to, as reports read it."""

    __table_args__ = (STRICT,)
    part: int = Field(primary_key=True)
    tournament: int = to("tournament.id", primary_key=True)
    version: int
    """Of how it was worked out."""
    every: int
    """Of so many matches, one was looked at closely;"""
    first: int
    """the first of them by its place in the part."""
    data: bytes = Field(sa_type=LargeBinary)


def triggers() -> Iterator[str]:
    """Yield the statements by which SQLite forgets a tally when a row changes that it was worked out from."""
    for table, match in MATCH_OF.items():
        for what, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            parts = ", ".join(f"{match.format(row=row)} / {SIZE}" for row in rows)
            yield (
                f"CREATE TRIGGER tally_{table}_{what.lower()} AFTER {what} ON {table}\n"
                f"BEGIN DELETE FROM tally WHERE part IN ({parts}); END"
            )
    for what, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        yield (
            f"CREATE TRIGGER tally_answer_key_{what.lower()} AFTER {what} ON answer_key\n"
            f"BEGIN DELETE FROM tally WHERE tournament = {row}.tournament; END"
        )


@event.listens_for(Table.metadata, "after_create")
def _watch(_: MetaData, connection: Connection, **__: Any) -> None:
    if connection.dialect.name == "sqlite":
        for statement in triggers():
            connection.exec_driver_sql(statement)
