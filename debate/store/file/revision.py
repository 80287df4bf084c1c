"""Which revision of the tables a file holds, whatever this version expects."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from debate.errors import StoreError


def version(connection: Connection, path: Path) -> str | None:
    """Return the revision of a database, or None where there are no tables yet."""
    tables = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    if "alembic_version" in tables:
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return None if found is None else str(found)
    if tables:
        raise StoreError(f'"{path}" is a SQLite database, but not one of debate\'s')
    return None
