"""What is kept of matches is forgotten, too, when the records change that they came from."""

from __future__ import annotations

from alembic import op

revision = "m009"
down_revision = "m008"


def upgrade() -> None:
    """Make the triggers."""
    if op.get_context().dialect.name != "sqlite":
        return
    for what, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        parts = ", ".join(f"{row}.match / 1000" for row in rows)
        op.execute(
            f"CREATE TRIGGER tally_record_{what.lower()} AFTER {what} ON record\n"
            f"BEGIN DELETE FROM tally WHERE part IN ({parts}); END"
        )
