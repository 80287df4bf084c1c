"""How an older database is brought up to date: all steps in one transaction, after a copy was made.

Whoever comes second waits for the lock and then finds nothing to do. Killed at any point, the file is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event

from debate.errors import StoreError
from debate.store.failpoints import hit
from debate.store.file.copying import copy
from debate.store.file.database import Database
from debate.store.file.revision import version

SCRIPTS = Path(__file__).parents[1] / "migrations"


def migrate(database: Database, target: str) -> None:
    """Bring a database to a revision, and keep a copy of one that held something."""
    with _without_foreign_keys(database) as connection:
        found = version(connection, database.path)
        if found == target:
            return
        if found is not None:
            copy(database.path, before(database.path, target))
        _steps(connection, target)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise StoreError(f'"{database.path}" could not be migrated: {len(broken)} rows refer to nothing')


def before(path: Path, target: str) -> Path:
    """Return where the copy goes that is made before a migration."""
    return path.with_name(f"{path.name}.before-{target}")


@contextmanager
def _without_foreign_keys(database: Database) -> Iterator[Connection]:
    """Give a connection with the write lock whose tables may be rebuilt; foreign keys cannot be switched inside."""
    with database.writing(foreign_keys=False) as connection:
        event.listen(connection, "before_cursor_execute", _passing)
        yield connection


def _passing(*_: Any) -> None:
    hit("migration")


def _steps(connection: Connection, target: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)

    def upgrade(revision: Any, _: Any) -> Any:
        return scripts._upgrade_revs(target, revision)

    with EnvironmentContext(config, scripts, fn=upgrade) as environment:
        environment.configure(connection=connection, transactional_ddl=False)
        environment.run_migrations()


def revisions() -> tuple[str, ...]:
    """Return every revision, oldest first."""
    scripts = ScriptDirectory(str(SCRIPTS))
    return tuple(script.revision for script in reversed(list(scripts.walk_revisions())))
