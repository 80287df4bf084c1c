"""Which databases open, and what the others are told."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from debate.errors import StoreError, UsageError
from debate.store import Store
from debate.store.file.schema import SCHEMA
from tests import builders
from tests.store.children import FORKS, finish, hold_lock, start
from tests.store.making import ids, intent, matches, planned, speak


@pytest.mark.parametrize("given", ["{}", "sqlite:///{}"])
def test_a_path_and_a_url_mean_the_same_file(tmp_path: Path, given: str) -> None:
    """A plain path, or `sqlite:///` and a path."""
    path = tmp_path / "a folder" / "debate.db"
    path.parent.mkdir()
    Store.open(given.format(path), create=True).close()
    assert path.exists()
    Store.open(given.format(path)).close()


@pytest.mark.parametrize("url", ["postgresql://host/x", "sqlite://", "mysql://x"])
def test_other_urls_are_refused(url: str) -> None:
    """With what to give instead."""
    with pytest.raises(UsageError, match="give a path or sqlite:///PATH"):
        Store.open(url)


def test_a_database_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    """Only with `create`; an empty file is none."""
    path = tmp_path / "debate.db"
    with pytest.raises(UsageError, match=r"there is no database at .*debate\.db"):
        Store.open(path)
    assert not path.exists()
    path.touch()
    with pytest.raises(UsageError, match="there is no database"):
        Store.open(path)
    Store.open(path, create=True).close()
    with pytest.raises(UsageError, match="is a folder"):
        Store.open(tmp_path)


def test_a_database_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Cannot be made, and says so."""
    with pytest.raises(StoreError, match="cannot be made: No such file"):
        Store.open(tmp_path / "nowhere" / "debate.db", create=True)


def permissions(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


async def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    """J5: the file, its log and its shared memory, whatever the umask."""
    before = os.umask(0o022)
    try:
        with planned(tmp_path / "debate.db") as store:
            async with store.run("test") as run:
                await speak(run, ids(await run.claim(1))[0])
                modes = permissions(tmp_path)
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("debate.db", "debate.db-wal", "debate.db-shm"), 0o600)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """B11: named as damaged, and left as it is."""
    path = tmp_path / "debate.db"
    path.write_text("tournament,winner\n" * 50)
    with pytest.raises(StoreError, match=r"is not a SQLite database.*debate db check"):
        Store.open(path)
    assert path.read_text().startswith("tournament")


def test_a_database_of_something_else(tmp_path: Path) -> None:
    """It is not ours to add tables to."""
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StoreError, match="not one of debate's"):
        Store.open(path)


def big(path: Path) -> None:
    """A database of many pages, closed."""
    with planned(path, 1) as store:
        for number in range(5):
            asked = builders.question(f"Question {number}?")
            store.pin(builders.tournament(name=f"t{number}"), {}, [asked], matches(200, asked))


def test_half_a_file(tmp_path: Path) -> None:
    """B12: what is missing is counted, and nothing is written."""
    path = tmp_path / "debate.db"
    big(path)
    size = path.stat().st_size
    os.truncate(path, size // 2)
    with pytest.raises(StoreError, match=rf"{size - size // 2} of its {size} bytes are missing.*debate db check"):
        Store.open(path)
    assert path.stat().st_size == size // 2


def test_pages_overwritten_in_the_middle(tmp_path: Path) -> None:
    """B11: found before anything is written, exit 6."""
    path = tmp_path / "debate.db"
    big(path)
    whole = path.read_bytes()
    page = 4096
    middle = len(whole) // page // 2
    for first in (5, middle, middle + 3):
        damaged = whole[: first * page] + os.urandom(2 * page) + whole[(first + 2) * page :]
        path.write_bytes(damaged)
        with pytest.raises(StoreError, match=r"is damaged: .*`debate db check") as told:
            Store.open(path)
        assert told.value.exit_code == 6
        assert path.read_bytes() == damaged


def test_damage_that_is_met_while_reading(tmp_path: Path) -> None:
    """B11: a large file is not looked through when it is opened; what is read of it tells."""
    path = tmp_path / "debate.db"
    big(path)
    whole = path.read_bytes()
    with Store.open(path, readonly=True) as store, path.open("r+b") as file:
        file.write(os.urandom(len(whole)))
        file.flush()
        with pytest.raises(StoreError, match="is damaged"):
            list(store.debates("t1"))


def test_a_database_of_a_newer_version(tmp_path: Path) -> None:
    """B16: refused, naming its schema and ours; nothing is changed."""
    path = tmp_path / "debate.db"
    planned(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = 'm999'")
        raw.commit()
    with pytest.raises(StoreError, match=rf'schema is "m999" and this version knows "{SCHEMA}"') as told:
        Store.open(path)
    assert told.value.exit_code == 6


async def test_a_database_that_another_process_has_locked(tmp_path: Path) -> None:
    """B8: waited for with a notice, then given up, naming the process that holds it."""
    path = tmp_path / "debate.db"
    planned(path).close()
    held, over = FORKS.Event(), FORKS.Event()
    process = start(hold_lock, path, held, over)
    assert held.wait(60)
    told: list[str] = []
    with Store.open(path, patience_s=0.8, notice=told.append) as store:
        with pytest.raises(StoreError, match=rf"locked by another process \(by process {process.pid}\)") as error:
            store.pin(builders.tournament(name="x"), {}, [], [])
        assert error.value.exit_code == 6
        assert len(told) == 1
        assert store.status("test").matches["open"] == 3, "reading works"
        over.set()
        assert finish(process) == 0
        store.pin(builders.tournament(name="x"), {}, [], [])


async def test_a_database_that_is_taken_away_is_not_written_on(tmp_path: Path) -> None:
    """A file without a name takes every row and keeps none: whoever pays for replies is told at once."""
    path = tmp_path / "debate.db"
    planned(path).close()
    away = tmp_path / "away.db"

    async def plays(store: Store) -> None:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            path.rename(away)
            await run.write(intent(match))

    with Store.open(path) as store:
        with pytest.raises(StoreError, match="moved, removed or replaced") as error:
            await plays(store)
        assert error.value.exit_code == 6
        away.rename(path)
        assert store.pin(builders.tournament(name="x"), {}, [], []) == 0, "what was put back goes on"


async def test_a_run_that_waits_for_a_lock_goes_on_when_it_is_free(tmp_path: Path) -> None:
    """B8: nothing is lost by waiting."""
    path = tmp_path / "debate.db"
    planned(path).close()
    held, over = FORKS.Event(), FORKS.Event()
    with Store.open(path, notice=lambda _: over.set()) as store:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            process = start(hold_lock, path, held, over)
            assert held.wait(60)
            await run.write(intent(match))
        assert finish(process) == 0
        assert store.status("test").calls == 1


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Mount a folder read-only for a while."""
    if os.geteuid() != 0 or subprocess.run(["mount", "--bind", folder, folder], capture_output=True).returncode:
        pytest.skip("only root can mount a folder read-only")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


async def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    """B6: reading works; what would write says why it cannot."""
    with planned(tmp_path / "debate.db") as store:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            await speak(run, match)
    with read_only(tmp_path), Store.open(tmp_path / "debate.db") as store:
        assert len(store.debate(match).turns) == 1
        assert store.status("test").calls == 1
        with pytest.raises(StoreError, match=r"cannot be written: .*read-only"):
            store.pin(builders.tournament(), {}, [], [])
        with pytest.raises(StoreError, match=r"cannot be written: .*read-only"):
            async with store.run("test"):
                pass


async def test_a_read_only_folder_with_a_log_that_nobody_folded_in(tmp_path: Path) -> None:
    """B6: with its shared memory it can be read; without, it would be read wrongly, and is refused."""
    path = tmp_path / "live" / "debate.db"
    path.parent.mkdir()
    copy = tmp_path / "copy"
    copy.mkdir()
    with planned(path) as store:
        async with store.run("test") as run:
            await speak(run, ids(await run.claim(1))[0])
            for file in path.parent.iterdir():
                (copy / file.name).write_bytes(file.read_bytes())
    (copy / "debate.db-shm").unlink()
    with read_only(copy), pytest.raises(StoreError, match="Copy both files"):
        Store.open(copy / "debate.db")
    with Store.open(copy / "debate.db") as store:
        assert store.status("test").turns == 1


def test_readonly_writes_nothing(tmp_path: Path) -> None:
    """Asked for, it is kept."""
    planned(tmp_path / "debate.db").close()
    with Store.open(tmp_path / "debate.db", readonly=True) as store:
        assert store.status("test").matches["open"] == 3
        with pytest.raises(StoreError, match="cannot be written"):
            store.reopen("test", None, "open")


async def test_reading_first_and_writing_later_never_fails(tmp_path: Path) -> None:
    """B9: who writes takes the lock at the beginning, so that nobody's snapshot is too old to write from."""
    path = tmp_path / "debate.db"
    with planned(path) as one, Store.open(path) as two:
        reading = one.debates("test")
        next(reading)
        two.pin(builders.tournament(name="two"), {}, [], [])
        one.pin(builders.tournament(name="one"), {}, [], [])
        assert len(list(reading)) == 2
        with one.database.writing() as connection, two.database.reading() as other:
            connection.exec_driver_sql("UPDATE \"match\" SET state = 'done'")
            assert other.exec_driver_sql("SELECT count(*) FROM \"match\" WHERE state = 'open'").scalar() == 3
        assert [tournament.name for tournament in one.tournaments()] == ["test", "two", "one"]


def test_a_status_counts_in_an_index_alone(tmp_path: Path) -> None:
    """B19: no row of a million matches is read to count them, and claims and plans are walked in order."""
    with planned(tmp_path / "debate.db") as store, store.database.reading() as connection:

        def plan(query: str) -> str:
            return " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}"))

        counted = plan('SELECT state, count(*) FROM "match" WHERE tournament = 1 GROUP BY state')
        assert "COVERING INDEX match_state" in counted
        claimed = plan(
            "SELECT ordinal, id FROM \"match\" WHERE tournament = 1 AND state = 'open' ORDER BY ordinal LIMIT 5"
        )
        assert "match_state" in claimed
        assert "TEMP B-TREE" not in claimed
        walked = plan('SELECT ordinal FROM "match" WHERE tournament + 0 = 1 AND ordinal > 5 ORDER BY ordinal LIMIT 5')
        assert "TEMP B-TREE" not in walked
