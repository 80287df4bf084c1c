"""Calls that an audit makes about debates that are over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite

revision = "m007"
down_revision = "m006"

BIG: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REAL: sa.types.TypeEngine[float] = sa.Double().with_variant(sqlite.REAL(), "sqlite")
PURPOSES = "\"purpose\" IN ('speak', 'candidate', 'preference', 'critique', 'refine', 'judge', 'audit')"


def upgrade() -> None:
    """Make the table anew, with one more purpose, and an index on its calls."""
    op.execute("CREATE TABLE call_before AS SELECT * FROM call")
    op.drop_table("call")
    op.create_table(
        "call",
        sa.Column("id", BIG, nullable=False),
        sa.Column("match", BIG, nullable=False),
        sa.Column("run", BIG, nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("reserve_usd", REAL, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint(PURPOSES, name="purpose_known"),
        sa.CheckConstraint(
            '"reserve_usd" IS NULL OR "reserve_usd" BETWEEN 0 AND 1000000000000', name="reserve_usd_finite"
        ),
        sa.ForeignKeyConstraint(["match"], ["match.ordinal"]),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
        sqlite_strict=True,
    )
    op.execute("INSERT INTO call SELECT * FROM call_before")
    op.drop_table("call_before")
    audited = sa.text("purpose = 'audit'")
    op.create_index("call_match", "call", ["match"])
    op.create_index("call_audit", "call", ["match"], sqlite_where=audited, postgresql_where=audited)
