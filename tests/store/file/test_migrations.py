"""Databases of earlier versions are brought up to date, wholly or not at all."""

from __future__ import annotations

import itertools
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from debate.domain import Intent
from debate.errors import StoreError
from debate.store import Store
from debate.store.file import opening, schema
from debate.store.file.database import Database
from debate.store.file.migrate import before, migrate, revisions
from debate.store.file.opening import open_database
from debate.store.tables import Table
from tests.store.children import assert_whole, finish, open_armed, start
from tests.store.making import ids, matches, plan, speak

OLD = "m001"


def old(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a database as the first version made it, with a tournament in it."""
    with monkeypatch.context() as patch:
        patch.setattr(schema, "SCHEMA", OLD)
        with Store.open(path, create=True) as store:
            plan(store, 2)


def revision(path: Path) -> str:
    with closing(sqlite3.connect(path)) as raw:
        return str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def statements(path: Path) -> set[frozenset[str]]:
    """What the file says of its tables and indexes, line by line: the order of columns and constraints is no matter."""
    with closing(sqlite3.connect(path)) as raw:
        found = raw.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
        closed = [re.sub(r"\)\s+(?=STRICT|WITHOUT)", ") ", sql) for (sql,) in found]
    return {frozenset(line.strip(" ,\t") for line in sql.splitlines() if line.strip(" ,\t")) for sql in closed}


def test_the_steps_lead_to_the_tables_as_they_are_declared(tmp_path: Path) -> None:
    """Every column, CHECK, key and index."""
    path, declared = tmp_path / "debate.db", tmp_path / "declared.db"
    Store.open(path, create=True).close()
    engine = create_engine(f"sqlite:///{declared}")
    Table.metadata.create_all(engine)
    engine.dispose()
    assert statements(path) == statements(declared)


def test_this_version_writes_the_last_revision() -> None:
    """And the revisions are in their order."""
    assert revisions()[-1] == schema.SCHEMA
    assert list(revisions()) == sorted(revisions())


async def test_an_old_database_is_brought_up_to_date_with_a_copy_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it held is still there, and it plays on."""
    path = tmp_path / "debate.db"
    old(path, monkeypatch)
    assert revision(path) == OLD
    with Store.open(path) as store:
        async with store.run("test") as run:
            for match in ids(await run.claim(5)):
                await speak(run, match)
        assert [debate.match for debate, _ in store.debates("test")] == list(matches(2))
    copy = before(path, schema.SCHEMA)
    assert revision(path) == schema.SCHEMA
    assert revision(copy) == OLD
    assert copy.stat().st_mode & 0o777 == 0o600
    assert_whole(path)
    assert_whole(copy)


async def test_calls_that_were_made_before_audits_asked_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And afterwards a call may be one of an audit."""
    path = tmp_path / "debate.db"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "SCHEMA", "m006")
        with Store.open(path, create=True) as store:
            plan(store, 1)
            async with store.run("test") as run:
                (match,) = ids(await run.claim(5))
                await speak(run, match)
            made = store.calls(match)
    assert made
    with Store.open(path) as store:
        assert store.calls(match) == made
        async with store.run("test") as run:
            (match,) = ids(await run.claim(5))
            await run.write(Intent(call="c", match=match, where="read", purpose="audit"))
        assert store.calls(match)[-1].purpose == "audit"
    assert_whole(path)


def test_a_new_database_needs_no_copy(tmp_path: Path) -> None:
    """There was nothing to copy."""
    Store.open(tmp_path / "debate.db", create=True).close()
    assert [path.name for path in tmp_path.iterdir()] == ["debate.db"]


def test_killed_inside_any_step_the_file_is_old_or_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A3: never between, and the copy is whole; the next start finishes what was begun. Every third step is tried."""
    path = tmp_path / "debate.db"
    for statement in itertools.count(1, 3):
        path.unlink(missing_ok=True)
        before(path, schema.SCHEMA).unlink(missing_ok=True)
        old(path, monkeypatch)
        was = statements(path)
        code = finish(start(open_armed, path, f"migration:{statement}"))
        if code == 0:
            break
        assert code == -9
        assert revision(path) == OLD
        assert statements(path) == was
        Store.open(path).close()
        assert revision(path) == schema.SCHEMA
        assert revision(before(path, schema.SCHEMA)) == OLD
        assert_whole(path)
    assert statement > 3, "there was nothing to be killed in"


def test_killed_while_a_database_is_made_the_next_start_makes_it(tmp_path: Path) -> None:
    """A3: an empty file, or one without tables, is nobody's loss."""
    path = tmp_path / "debate.db"
    Store.open(path, create=True).close()
    made = statements(path)
    for statement in (1, 20):
        path.unlink()
        path.touch()
        database = Database(path)
        database.close()
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
        assert finish(start(open_armed, path, f"migration:{statement}")) == -9
        Store.open(path, create=True).close()
        assert statements(path) == made


def test_two_processes_that_open_an_old_database_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits for the first, and finds nothing to do."""
    path = tmp_path / "debate.db"
    old(path, monkeypatch)
    children = [start(open_armed, path, "nowhere") for _ in range(3)]
    assert [finish(child) for child in children] == [0, 0, 0]
    assert revision(path) == schema.SCHEMA
    assert_whole(path)


def test_an_old_database_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its tables are not those that this version reads."""
    path = tmp_path / "debate.db"
    old(path, monkeypatch)
    monkeypatch.setattr(opening, "_writable", lambda _: False)
    with pytest.raises(StoreError, match='older schema "m001"'):
        Store.open(path, readonly=True)


def test_an_old_database_that_is_only_read_is_brought_up_to_date_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever upgrades and asks for a report gets one."""
    path = tmp_path / "debate.db"
    old(path, monkeypatch)
    Store.open(path, readonly=True).close()
    assert revision(path) == schema.SCHEMA


def test_a_migration_that_is_done_is_not_done_again(tmp_path: Path) -> None:
    """The revision is read again inside the lock."""
    path = tmp_path / "debate.db"
    database = open_database(path, create=True)
    migrate(database, schema.SCHEMA)
    database.close()
    assert not before(path, schema.SCHEMA).exists()


def test_opening_a_current_database_does_not_import_alembic(tmp_path: Path) -> None:
    """It takes a third of a second."""
    path = tmp_path / "debate.db"
    Store.open(path, create=True).close()
    opened = (
        "import sys; from debate.store import Store; Store.open(sys.argv[1]).close(); print('alembic' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", opened, path], check=True, capture_output=True, text=True)
    assert told.stdout == "False\n"
