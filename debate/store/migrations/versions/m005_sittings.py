"""Sittings at a seat of a debate that is played, and those that a judge has a second time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite

revision = "m005"
down_revision = "m004"

BIG: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REAL: sa.types.TypeEngine[float] = sa.Double().with_variant(sqlite.REAL(), "sqlite")


def upgrade() -> None:
    """Make the table anew, and the one that refers to it: SQLite changes no constraint."""
    for table in ("sitting", "act"):
        op.execute(f"CREATE TABLE {table}_before AS SELECT * FROM {table}")
    op.drop_table("act")
    op.drop_table("sitting")
    op.create_table(
        "sitting",
        sa.Column("id", BIG, nullable=False),
        sa.Column("tournament", BIG, nullable=False),
        sa.Column("match", BIG, nullable=False),
        sa.Column("judge", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", REAL, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("match", "judge", "view", "purpose"),
        sa.CheckConstraint("state IN ('open', 'live', 'submitted', 'skipped', 'invalid')", name="state_known"),
        sa.CheckConstraint("\"view\" IN ('full', 'quotes', 'opening', 'solo', 'double')", name="view_known"),
        sa.CheckConstraint("\"purpose\" IN ('study', 'practice', 'attention', 'repeat')", name="purpose_known"),
        sa.CheckConstraint('"until" IS NULL OR "until" BETWEEN 0 AND 1000000000000', name="until_finite"),
        sa.CheckConstraint('"shown" IS NULL OR json_valid("shown")', name="shown_json").ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(["tournament"], ["tournament.id"]),
        sa.ForeignKeyConstraint(["match"], ["match.ordinal"]),
        sqlite_strict=True,
    )
    op.create_index("sitting_judge", "sitting", ["judge"])
    op.create_table(
        "act",
        sa.Column("sitting", BIG, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rest", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sitting", "number"),
        sa.CheckConstraint('"rest" IS NULL OR json_valid("rest")', name="rest_json").ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"]),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for table in ("sitting", "act"):
        op.execute(f"INSERT INTO {table} SELECT * FROM {table}_before")
        op.drop_table(f"{table}_before")
