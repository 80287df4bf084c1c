"""What a status asks of failures and of turns that are not ok is answered by indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m002"
down_revision = "m001"


def upgrade() -> None:
    """Make the indexes."""
    broken = sa.text("state <> 'ok'")
    op.create_index("failure_match", "failure", ["match"])
    op.create_index("turn_broken", "turn", ["match"], sqlite_where=broken, postgresql_where=broken)
