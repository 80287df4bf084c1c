"""Processes that die while they write: nothing acknowledged is lost, and nothing is bought twice."""

from __future__ import annotations

import random
import time
from pathlib import Path

from debate.store import Store
from tests.store.children import (
    FORKS,
    assert_kept,
    assert_whole,
    calls_made,
    finish,
    kill,
    play,
    play_armed,
    start,
)
from tests.store.making import TURNS, planned

KILLS = 20
IN_FLIGHT = 20


def test_killed_at_any_moment_a_run_goes_on_and_sends_again_only_what_was_in_flight(tmp_path: Path) -> None:
    """A1: a process with 20 calls in flight is killed again and again; at the end every turn is there, once."""
    path, log = tmp_path / "debate.db", tmp_path / "log"
    matches = 150
    planned(path, matches).close()
    chance = random.Random(7)
    for _ in range(KILLS):
        ready = FORKS.Event()
        process = start(play, path, log, 4, IN_FLIGHT // 2, ready)
        ready.wait(60)
        time.sleep(chance.random() * 0.1)
        kill(process)
        assert_whole(path)
        assert_kept(path, log)
    assert finish(start(play, path, log)) == 0
    assert_whole(path)
    assert_kept(path, log)
    assert calls_made(path) <= matches * TURNS + KILLS * IN_FLIGHT
    with Store.open(path) as store:
        assert store.status("test").matches["done"] == matches
        assert {len(debate.turns) for debate, _ in store.debates("test")} == {TURNS}


def test_killed_between_a_response_and_its_row_the_call_is_sent_again_and_counted(tmp_path: Path) -> None:
    """A2: the lost reply may have been billed, so the upper bound of what was spent covers it."""
    path, log = tmp_path / "debate.db", tmp_path / "log"
    planned(path, 3).close()
    assert finish(start(play_armed, path, log, "after_response:5")) == -9
    with Store.open(path) as store:
        lost = store.status("test")
        assert lost.spent_max_usd >= lost.spent_usd + 0.01
    assert finish(start(play, path, log)) == 0
    assert_whole(path)
    assert 3 * TURNS < calls_made(path) <= 3 * TURNS + 6
    with Store.open(path) as store:
        assert store.status("test").spent_max_usd == lost.spent_max_usd


def test_killed_before_a_commit_nothing_of_it_is_there(tmp_path: Path) -> None:
    """A2: rows that were not committed were not acknowledged either."""
    path, log = tmp_path / "debate.db", tmp_path / "log"
    planned(path, 3).close()
    assert finish(start(play_armed, path, log, "before_commit:4")) == -9
    assert_whole(path)
    assert_kept(path, log)


def test_killed_after_a_commit_all_of_it_is_there(tmp_path: Path) -> None:
    """A2: rows that were committed and not yet acknowledged are found by the next run."""
    path, log = tmp_path / "debate.db", tmp_path / "log"
    planned(path, 1).close()
    assert finish(start(play_armed, path, log, "after_commit:2")) == -9
    lost = calls_made(path)
    assert lost in (0, 2)  # the claim may take a commit more where the machine is busy
    assert not log.exists() or not log.read_text()
    assert finish(start(play, path, log)) == 0
    assert calls_made(path) == TURNS + lost
