"""Whether a database has the tables that this version expects; if it is older, it is brought up to date."""

from __future__ import annotations

from debate.errors import StoreError
from debate.store.file.database import Database
from debate.store.file.revision import version

SCHEMA = "m009"
"""The revision that this version writes; the last in `migrations/versions`."""


def bring_up_to_date(database: Database) -> None:
    """Check the revision of a database, and migrate an older one."""
    with database.reading() as connection:
        found = version(connection, database.path)
    if found == SCHEMA:
        return
    if found is not None and found > SCHEMA:
        raise StoreError(
            f'"{database.path}" was written by a newer version of debate: its schema is "{found}" '
            f'and this version knows "{SCHEMA}". Upgrade debate, or name another database with --db.'
        )
    if database.readonly:
        raise StoreError(
            f'"{database.path}" has the older schema "{found or "none"}" and cannot be written. '
            f"Copy it to where it can, and open it there."
        )
    from debate.store.file.migrate import migrate  # alembic takes a third of a second to import

    migrate(database, SCHEMA)
