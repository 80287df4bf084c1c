"""What watching a run comes to: rates and times from what was seen, as ranges, and none from too little."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from debate.domain import MatchState
from debate.store import Status, Worker
from debate.store.latest import Latest
from debate.tui.watching import LEAST, WINDOW_S, Watching
from tests.cli.hostile import HOSTILE, dangerous


def status(done: int = 0, of: int = 100, **more: Any) -> Status:
    """How a tournament stands."""
    matches = dict.fromkeys(get_args(MatchState), 0) | {"done": done, "open": of - done} | more.pop("matches", {})
    base: dict[str, Any] = {
        **{"name": "first", "created": "", "matches": matches, "turns": 0, "judgments": 0, "calls": 0},
        **{"spent_usd": 0.0, "spent_max_usd": 0.0, "reserved_usd": 0.0, "unpriced": 0},
        **{"input_tokens": 0, "cached_tokens": 0, "output_tokens": 0, "failures": (), "set_aside": ()},
        "workers": (Worker(host="here", pid=7, begun="", claims=3),),
    }
    return Status(**base | more)


def watched(*looks: tuple[float, int], **more: Any) -> Watching:
    """What was seen at some times."""
    watching = Watching(**more)
    for now, done in looks:
        watching.look(status(done), (), now)
    return watching


def test_no_time_is_told_from_too_little() -> None:
    """Before some matches were seen to be finished, it is said that the time is not known."""
    watching = watched((0, 40), (60, 40 + LEAST - 1))
    assert watching.rate() is None
    assert watching.left_s() is None
    assert f"not known yet: {LEAST - 1} seen finished in 60 s" in watching.time()


def test_the_time_left_is_a_range_around_the_rate() -> None:
    """25 in 100 s leave 75 at a rate between 15 and 35 in 100 s."""
    watching = watched((0, 0), (100, 25))
    assert watching.rate() == pytest.approx(15)
    assert watching.left_s() == pytest.approx((75 * 100 / 35, 75 * 100 / 15))
    assert "15 matches a minute; the rest takes 4 min to 8 min" in watching.time()


def test_what_was_finished_before_says_nothing_about_the_rate() -> None:
    """A run that goes on with a tournament is measured from the first look on."""
    assert watched((0, 90), (100, 95)).rate() == pytest.approx(3)


def test_the_rate_is_of_late() -> None:
    """A run that has become slow is told so."""
    slow = watched(*((t, int(t / 20)) for t in range(0, 401, 20)), *((400 + t, 20) for t in range(60, 2000, 60)))
    assert slow.seconds <= WINDOW_S + 60
    assert slow.rate() is None


def test_a_cap_that_comes_first_is_pointed_at() -> None:
    """At what a match has cost so far, the rest costs more than there is."""
    watching = Watching(max_cost_usd=10.0)
    watching.look(status(0), (), 0)
    watching.look(status(50, spent_usd=8.0), (), 100)
    assert "more than the cap" in watching.time()
    assert "cap $10.00" in watching.money()


def test_matches_that_wait_for_people_are_not_waited_for() -> None:
    """They are nothing that a run could go on with."""
    watching = Watching()
    watching.look(status(90, matches={"open": 0, "waiting": 10}), (), 0)
    assert watching.time() == "nothing is left but 10 that wait for people"


def test_a_page_fits_a_small_terminal_and_is_safe() -> None:
    """F1: no more than 80 columns and 24 lines, whatever judges and questions are called."""
    ruling = Latest(match="m1-0123456789", judge=HOSTILE, state="valid", final=(0.25, 0.75), question=HOSTILE * 9)
    watching = Watching(max_cost_usd=1000.0)
    watching.look(status(7), (ruling,) * 5, 0)
    lines = list(watching.lines())
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 24
    assert not dangerous("".join(lines))
