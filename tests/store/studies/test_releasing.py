"""What a judge leaves goes to whoever comes next; what they did stays, and is theirs again if they come back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from debate.domain import Protocol
from debate.errors import UsageError
from debate.store import Store
from debate.store.studies.progress import overview
from debate.store.studies.releasing import release
from tests.tui.studied import acted, enter, plainly, rows, ruled, study

ANSWERS = ("", "50", "", "30", "", "", "20", "The sand.", "yes")


def silent_since(path: Path, days: int) -> None:
    """Have everything been done so many days earlier."""
    with closing(sqlite3.connect(path)) as raw, raw:
        for table in ("sitting", "act"):
            raw.execute(f"UPDATE {table} SET at = strftime('%Y-%m-%dT%H:%M:%S', at, '-{days} days') || '.000Z'")


def states(path: Path) -> dict[str, dict[str, int]]:
    """How many sittings each judge has by state."""
    found: dict[str, dict[str, int]] = {}
    for judge, state, n in rows(path, "SELECT judge, state, count(*) FROM sitting GROUP BY judge, state"):
        found.setdefault(judge, {})[state] = n
    return found


@pytest.mark.parametrize(("days", "gone"), [(13, False), (15, True)])
def test_what_a_vanished_judge_left_returns_to_the_pool(tmp_path: Path, days: int, gone: bool) -> None:
    """I3: after the days that the study waits another judge gets it; what was begun and ruled stays."""
    path = study(tmp_path, 3)
    plainly(path, *ANSWERS, "", "50", judge="j01")
    before = acted(path)
    silent_since(path, days)
    enter(path, "j02")
    assert states(path)["j01"] == ({"submitted": 1, "skipped": 2} if gone else {"submitted": 1, "open": 2})
    assert states(path).get("j02", {}) == ({"open": 2} if gone else {})
    assert acted(path) == before
    assert len(ruled(path)) == 1


def test_who_comes_back_goes_on_with_what_nobody_has_taken(tmp_path: Path) -> None:
    """I3: where they were; what another has taken meanwhile is the other's."""
    path = study(tmp_path, 3, items=1)
    for judge in ("j01", "j02"):
        plainly(path, "", "50", judge=judge)
    silent_since(path, 20)
    enter(path, "j03")
    assert states(path) == {"j01": {"skipped": 1}, "j02": {"skipped": 1}, "j03": {"open": 1}}
    enter(path, "j01")
    enter(path, "j02")
    assert [had.get("open") for had in states(path).values()] == [1, 1, 1], states(path)
    given = rows(path, "SELECT count(*), count(DISTINCT match) FROM sitting WHERE state = 'open'")
    assert given == [(3, 3)]


def test_checks_and_repeats_are_nobody_elses(tmp_path: Path) -> None:
    """Who comes back finds them again, however many have judged the same transcripts meanwhile."""
    path = study(tmp_path, 4, attention=1, repeat=1, overlap=1)
    plainly(path, "", "50", judge="j01")
    mine = "SELECT purpose, count(*) FROM sitting WHERE judge = 'j01' AND state = 'open' GROUP BY purpose"
    assert dict(rows(path, mine)) == {"attention": 1, "repeat": 1, "study": 3}
    silent_since(path, 20)
    enter(path, "j02")
    assert rows(path, mine) == []
    enter(path, "j01")
    back = dict(rows(path, mine))
    assert (back["attention"], back["repeat"]) == (1, 1)


def test_a_study_may_wait_for_ever(tmp_path: Path) -> None:
    """With `lease_days = 0` nothing returns by itself; the researcher gives it back by name."""
    path = study(tmp_path, 2, lease_days=0)
    enter(path, "j01")
    silent_since(path, 1000)
    enter(path, "j02")
    assert states(path) == {"j01": {"open": 2}}
    with Store.open(path) as store:
        assert release(store, "test", "j01", "moved away").transcripts == 2
        (one,) = overview(store, "test").judges
        assert (one.open, one.skipped, one.released, one.released_for) == (0, 0, 2, ("moved away",))
        with pytest.raises(UsageError, match="has no transcripts"):
            release(store, "test", "k99", "")
    assert rows(path, "SELECT DISTINCT why FROM sitting") == [("released: moved away",)]
    enter(path, "j02")
    assert states(path)["j02"] == {"open": 2}


@pytest.mark.parametrize("design", ["within", "between"])
def test_who_is_gone_leaves_their_turn_in_the_square(tmp_path: Path, design: str) -> None:
    """Of three who come, one is gone at once: the other two still read every passage under both arms."""
    games = (Protocol(name="debate", rounds=2), Protocol(name="consultancy", rounds=2))
    path = study(tmp_path, 4, games=games, design=design, arms=("debate", "consultancy"), overlap=1)
    enter(path, "j01")
    with Store.open(path) as store:
        release(store, "test", "j01", "did not pass")
    enter(path, "j02")
    enter(path, "j03")
    read = "SELECT question, protocol.name FROM sitting JOIN match ON match.ordinal = sitting.match "
    read += "JOIN protocol ON protocol.id = match.protocol WHERE sitting.state = 'open'"
    found = rows(path, read)
    assert len(found) == len(set(found)) == 8
    enter(path, "j02")
    assert rows(path, read) == found
