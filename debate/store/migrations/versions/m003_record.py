"""Debates that were played elsewhere: which record each of them came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m003"
down_revision = "m002"

BIG: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "record",
        sa.Column("match", BIG, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("meta", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("match"),
        sa.CheckConstraint('"meta" IS NULL OR json_valid("meta")', name="meta_json").ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(["match"], ["match.ordinal"]),
        sqlite_strict=True,
    )
