"""What matches come to is kept for reports, until a row changes that it was worked out from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m008"
down_revision = "m007"

BIG: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MATCH_OF = {
    "match": "{row}.ordinal",
    "seat": "{row}.match",
    "turn": "{row}.match",
    "judgment": "{row}.match",
    "belief": "(SELECT match FROM judgment WHERE ordinal = {row}.judgment)",
    "call": "{row}.match",
    "reply": "(SELECT match FROM call WHERE id = {row}.call)",
}


def upgrade() -> None:
    """Make the table, and the triggers that empty it."""
    op.create_table(
        "tally",
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("tournament", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("part", "tournament"),
        sa.ForeignKeyConstraint(["tournament"], ["tournament.id"]),
        sqlite_strict=True,
    )
    if op.get_context().dialect.name != "sqlite":
        return
    for table, match in MATCH_OF.items():
        for what, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            parts = ", ".join(f"{match.format(row=row)} / 1000" for row in rows)
            _forget(table, what, f"part IN ({parts})")
    for what, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        _forget("answer_key", what, f"tournament = {row}.tournament")


def _forget(table: str, what: str, where: str) -> None:
    op.execute(
        f"CREATE TRIGGER tally_{table}_{what.lower()} AFTER {what} ON {table}\n"
        f"BEGIN DELETE FROM tally WHERE {where}; END"
    )
