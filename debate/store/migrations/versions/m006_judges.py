"""Who ruled on debates that were played elsewhere, as far as their settings are known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m006"
down_revision = "m005"

BIG: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table anew, with one more column."""
    op.execute("CREATE TABLE record_before AS SELECT * FROM record")
    op.drop_table("record")
    op.create_table(
        "record",
        sa.Column("match", BIG, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("meta", sa.Text(), nullable=False),
        sa.Column("judges", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("match"),
        sa.CheckConstraint('"meta" IS NULL OR json_valid("meta")', name="meta_json").ddl_if(dialect="sqlite"),
        sa.CheckConstraint('"judges" IS NULL OR json_valid("judges")', name="judges_json").ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(["match"], ["match.ordinal"]),
        sqlite_strict=True,
    )
    op.execute('INSERT INTO record ("match", source, id, content, meta) SELECT * FROM record_before')
    op.drop_table("record_before")
