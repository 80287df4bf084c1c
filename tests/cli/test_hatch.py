"""The hatch between a judge and the database: what passes, what does not, and what is said when it shuts."""

from __future__ import annotations

import io
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from debate.cli.hatch import Hatch, serve
from debate.domain import Act
from debate.errors import StoreError, UsageError
from debate.store.studies.blind import Blind
from debate.tui.judging.sitting import Sitting
from tests.tui.studied import enter, ruled, sat, study

HALF = "half a character: \ud83d, and \x00."


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of which judge j07 has two transcripts."""
    found = study(tmp_path_factory.mktemp("study"), 2, texts=[HALF, "Two crates held sand."])
    enter(found)
    return found


def test_what_comes_out_is_what_the_database_says(path: Path) -> None:
    """Every question that the screens ask has the same answer on both sides, half characters among it."""
    with Blind.open(path, "j07") as blind, Hatch.open("j07", str(path)) as hatch:
        assert hatch.study("test") == blind.study("test")
        assert hatch.queue("test") == blind.queue("test")
        (first, _) = (place.id for place in blind.queue("test"))
        for sight in (hatch, blind):
            assert sight.ballot(first, 2).speeches[0].text == HALF
        assert hatch.ballot(first, 2) == blind.ballot(first, 2)
        for name in ("rounds", "live", "instructed", "purpose", "acts", "identity"):
            assert getattr(hatch, name)(first) == getattr(blind, name)(first), name
        assert hatch.awaited(first, 2) == blind.awaited(first, 2)
        assert hatch.agreed("c1-x") is blind.agreed("c1-x") is False


def test_acts_go_in(tmp_path: Path) -> None:
    """A ruling that is made through the hatch is the row that it would be without; a lock is told with its words."""
    path = study(tmp_path, 1)
    enter(path)
    with Hatch.open("j07", str(path)) as hatch:
        (place,) = hatch.queue("test")
        sitting = Sitting(hatch, place.id, hatch.study("test"))
        for act in (Act(kind="begin"), Act(kind="believe", percent=50), Act(kind="next"), Act(kind="next")):
            sitting.enter(act)
        with sat(path) as blind, pytest.raises(UsageError, match="open in another window"):
            blind.take(place.id)
        for act in (Act(kind="believe", percent=70), Act(kind="next"), Act(kind="next")):
            sitting.enter(act)
        sitting.enter(Act(kind="believe", percent=80))
        sitting.enter(Act(kind="next"))
        sitting.enter(Act(kind="reason", text=HALF))
        sitting.enter(Act(kind="submit"))
        with pytest.raises(UsageError, match="no such transcript"):
            hatch.ballot(99, 1)
    ((*_, reason, current, _beliefs),) = ruled(path)
    assert current
    assert reason.startswith("half a character")


@pytest.mark.parametrize("name", ["_sitting", "__init__", "open", "study_of", "judge", "execute"])
def test_nothing_else_passes(path: Path, name: str) -> None:
    """Only what the screens ask for has a way through."""
    with Blind.open(path, "j07") as blind:
        out = io.StringIO()
        serve(blind, [json.dumps({"do": name, "with": [1], "named": {}})], out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    assert answer["error"] == "UsageError"
    assert "does not pass" in answer["said"]


def test_a_hatch_that_shuts_is_said_to(path: Path) -> None:
    """The other process dies: one sentence, and everything that was stored is there."""
    with Hatch.open("j07", str(path)) as hatch:
        hatch.queue("test")
        os.kill(hatch._other.pid, signal.SIGKILL)
        with pytest.raises(StoreError, match="begin again"):
            hatch.queue("test")
