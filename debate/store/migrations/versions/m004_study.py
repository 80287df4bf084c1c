"""Human judging: studies, sittings, and what was done in each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite

revision = "m004"
down_revision = "m003"

BIG: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REAL: sa.types.TypeEngine[float] = sa.Double().with_variant(sqlite.REAL(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "study",
        sa.Column("tournament", BIG, nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tournament"),
        _json("settings"),
        sa.ForeignKeyConstraint(["tournament"], ["tournament.id"]),
        sqlite_strict=True,
    )
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
        sa.UniqueConstraint("match", "judge", "view"),
        sa.CheckConstraint("state IN ('open', 'submitted', 'skipped', 'invalid')", name="state_known"),
        sa.CheckConstraint("\"view\" IN ('full', 'quotes', 'opening', 'solo', 'double')", name="view_known"),
        sa.CheckConstraint("\"purpose\" IN ('study', 'practice', 'attention', 'repeat')", name="purpose_known"),
        sa.CheckConstraint('"until" IS NULL OR "until" BETWEEN 0 AND 1000000000000', name="until_finite"),
        _json("shown"),
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
        _json("rest"),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"]),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _json(column: str) -> sa.CheckConstraint:
    made = sa.CheckConstraint(f'"{column}" IS NULL OR json_valid("{column}")', name=f"{column}_json")
    return made.ddl_if(dialect="sqlite")
