"""What a judge's process can read: no key, no name, no call, whatever it asks for."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from debate.domain import Act
from debate.errors import UsageError
from debate.store import Store
from debate.store.studies.guard import READABLE
from debate.tui.judging.sitting import Sitting
from tests.tui.studied import SECRET_PLAYERS, enter, rows, sat, study


def columns(path: Path) -> list[tuple[str, str]]:
    """Every column of every table of a database."""
    tables = [name for (name,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [(t, c[1]) for t in tables for c in rows(path, f'PRAGMA table_info("{t}")')]


def readable(table: str, column: str) -> bool:
    """Whether the table of what may be read says so."""
    names = READABLE.get(table, frozenset())
    return names is None or column in names


def test_every_other_column_is_refused(tmp_path: Path) -> None:
    """I7: each column that is not among the few that may be read is refused by SQLite itself."""
    path = study(tmp_path, 1)
    refused = set()
    with sat(path) as blind:
        for table, column in columns(path):
            if readable(table, column):
                blind._connection.execute(f'SELECT "{column}" FROM "{table}"').fetchall()
            else:
                with pytest.raises(sqlite3.DatabaseError, match="prohibited"):
                    blind._connection.execute(f'SELECT "{column}" FROM "{table}"')
                refused.add((table, column))
    secrets = {("answer_key", "correct"), ("turn", "scratchpad"), ("seat", "player"), ("match", "arm")}
    assert secrets <= refused
    assert {"answer_key", "player", "judge", "call", "reply", "spec"} <= {name for pair in refused for name in pair}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM act",
        "DELETE FROM judgment",
        "UPDATE act SET rest = '{}'",
        "UPDATE judgment SET final = '[1,0]'",
        "UPDATE judgment SET purpose = 'practice'",
        "UPDATE turn SET text = ''",
        "INSERT INTO answer_key SELECT * FROM answer_key",
        "INSERT INTO turn SELECT * FROM turn",
        "DROP TABLE act",
        "CREATE TABLE more (x)",
        "CREATE TEMP VIEW keys AS SELECT * FROM answer_key",
        "ATTACH 'other.db' AS other",
        "PRAGMA writable_schema = ON",
        "SELECT count(*) FROM answer_key WHERE correct = 1",
        "SELECT (SELECT correct FROM answer_key)",
        "SELECT rowid FROM match WHERE arm = ''",
        "WITH k AS (SELECT correct FROM answer_key) SELECT * FROM k",
        "SELECT 1 FROM seat WHERE player LIKE 'a%'",
        "SELECT load_extension('x')",
    ],
)
def test_no_statement_gets_round_it(tmp_path: Path, statement: str) -> None:
    """Nothing else is read, nothing is changed or removed, and no other file is opened."""
    with sat(study(tmp_path, 1)) as blind, pytest.raises(sqlite3.DatabaseError):
        blind._connection.execute(statement).fetchall()


def found_in(value: Any, word: str) -> bool:
    return word in repr(value)


def test_a_ballot_holds_no_name_and_no_private_note(tmp_path: Path) -> None:
    """Nothing that the process holds of a debate says who spoke, on what model, or what they noted for themselves."""
    with sat(study(tmp_path, 1)) as blind:
        (place,) = blind.queue("test")
        for round in (0, 1, 2):
            ballot = blind.ballot(place.id, round)
            assert {speech.round for speech in ballot.speeches} == set(range(1, round + 1))
            for word in (*SECRET_PLAYERS, "lab/", "scratchpad", "correct"):
                assert not found_in(ballot, word), word
            assert ballot.question.passage is None


def test_rounds_that_are_not_revealed_are_not_held(tmp_path: Path) -> None:
    """A sitting hands out what was revealed, and no more."""
    with sat(study(tmp_path, 1)) as blind:
        sitting = Sitting(blind, blind.queue("test")[0].id, blind.study("test"))
        assert sitting.ballot().speeches == ()
        sitting.do("begin")
        sitting.do("believe", percent=40)
        sitting.do("next")
        assert {speech.round for speech in sitting.ballot().speeches} == {1}


def test_another_judges_transcripts_are_not_there(tmp_path: Path) -> None:
    """I8: a judge's process opens its own sittings only."""
    path = study(tmp_path, 2, overlap=2)
    enter(path, "j01")
    with sat(path, "j02") as blind:
        theirs = rows(path, "SELECT id FROM sitting WHERE judge = 'j01'")
        assert len(blind.queue("test")) == 2
        for (id,) in theirs:
            for look in (lambda id=id: blind.ballot(id, 0), lambda id=id: blind.take(id)):
                with pytest.raises(UsageError, match="no such transcript"):
                    look()


def test_a_study_is_read_without_the_tournament(tmp_path: Path) -> None:
    """What the study asks for is known; the specification, which names players, is not."""
    path = study(tmp_path, 1, min_rounds=2, reason=False)
    with sat(path) as blind:
        asked = blind.study("test")
        assert (asked.min_rounds, asked.reason) == (2, False)
        with pytest.raises(sqlite3.DatabaseError):
            blind._connection.execute("SELECT spec FROM tournament")


def test_feedback_is_refused_until_it_is_due(tmp_path: Path) -> None:
    """I7: the right answer is told after the ruling, and only where the study tells it."""
    from debate.store.studies.sittings import answered

    for feedback in ("never", "always"):
        folder = tmp_path / feedback
        folder.mkdir()
        path = study(folder, 1, feedback=feedback, reason=False)
        with sat(path) as blind, Store.open(path, readonly=True) as store:
            place = blind.queue("test")[0]
            sitting = Sitting(blind, place.id, blind.study("test"))
            assert answered(store, "test", place.id, "j07") is None
            sitting.do("begin")
            for _ in range(2):
                sitting.do("believe", percent=30)
                sitting.do("next")
                sitting.do("next")
            sitting.do("believe", percent=30)
            sitting.do("next")
            assert answered(store, "test", place.id, "j07") is None
            sitting.do("submit")
            assert answered(store, "test", place.id, "j07") == (0 if feedback == "always" else None)
            assert answered(store, "test", place.id, "j99") is None


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """Acts of a sitting that does not exist are refused by the database."""
    path = study(tmp_path, 1)
    with sat(path) as blind, pytest.raises(Exception, match="nothing could be written"):
        blind.add(99, 0, Act(kind="begin"))
    assert rows(path, "SELECT * FROM act") == []
