"""Looking after a database."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from debate.errors import UsageError
from debate.store import Store
from debate.store.file import schema
from debate.store.file.upkeep import backup, check, upgrade
from tests.store.children import assert_whole
from tests.store.making import ids, planned, speak


def test_a_sound_database_has_no_problems(tmp_path: Path) -> None:
    """Nothing is listed, and nothing is written."""
    planned(tmp_path / "debate.db").close()
    before = (tmp_path / "debate.db").read_bytes()
    assert check(tmp_path / "debate.db") == []
    assert (tmp_path / "debate.db").read_bytes() == before


def test_damage_is_listed(tmp_path: Path) -> None:
    """B11, B12: overwritten pages, missing bytes, rows that refer to nothing, and a file of another kind."""
    path = tmp_path / "debate.db"
    planned(path, 500).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: 5 * 4096] + os.urandom(4 * 4096) + whole[9 * 4096 :])
    assert check(path)
    path.write_bytes(whole[: len(whole) // 2])
    assert "bytes are missing" in check(path)[0]
    path.write_bytes(b"not a database" * 50)
    assert check(path) == ["it is not a SQLite database"]
    path.write_bytes(whole)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DELETE FROM question")
        raw.commit()
    assert check(path)[0].endswith('refers to a row of "question" that is not there')


async def test_a_backup_of_a_database_in_use_is_whole(tmp_path: Path) -> None:
    """It holds everything that was acknowledged, also what is only in the log yet."""
    path, copy = tmp_path / "debate.db", tmp_path / "copy.db"
    with planned(path) as store:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            await speak(run, match)
            assert backup(path, copy) == copy
            await speak(run, match, 1)
    assert_whole(copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    with Store.open(copy) as stored:
        assert len(stored.debate(match).turns) == 1
    assert not list(tmp_path.glob("*.part"))  # noqa: ASYNC240 # nothing else runs


def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    """And wants a folder that is there."""
    planned(tmp_path / "debate.db").close()
    with pytest.raises(UsageError, match="is there already"):
        backup(tmp_path / "debate.db", tmp_path / "debate.db")
    with pytest.raises(UsageError, match="is not a folder"):
        backup(tmp_path / "debate.db", tmp_path / "nowhere" / "copy.db")
    with pytest.raises(UsageError, match="there is no database"):
        backup(tmp_path / "none.db", tmp_path / "copy.db")


def test_an_upgrade_tells_what_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From which schema to which; the second time from the last to the last."""
    path = tmp_path / "debate.db"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "SCHEMA", "m001")
        planned(path).close()
    assert upgrade(path) == ("m001", schema.SCHEMA)
    assert upgrade(path) == (schema.SCHEMA, schema.SCHEMA)
