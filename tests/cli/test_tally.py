"""What a display of a run says, from its events and from the database."""

from __future__ import annotations

from typing import Any

import pytest

from debate.cli import faces
from debate.cli.page import Page
from debate.cli.tally import Tally, spell
from debate.events import Closed, Judged, Retried, Spoken, Started, Stopping
from debate.store import Status


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def status(done: int, total: int, **more: Any) -> Status:
    states = dict.fromkeys(("open", "played", "done", "set-aside", "failed", "waiting"), 0)
    base: dict[str, Any] = {
        "name": "first",
        "created": "2026-11-21T00:00:00Z",
        "matches": states | {"done": done, "open": total - done},
        "turns": 6 * done,
        "judgments": done,
        "calls": 7 * done,
        "spent_usd": 0.0,
        "spent_max_usd": 0.0,
        "reserved_usd": 0.0,
        "unpriced": 0,
        "input_tokens": 0,
        "cached_tokens": 0,
        "output_tokens": 0,
        "failures": (),
        "set_aside": (),
        "workers": (),
    }
    return Status(**base | more)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_progress_is_told_by_matches_with_what_is_left(clock: Clock) -> None:
    """Half of the matches in a minute leave about a minute."""
    tally = Tally("first", clock=clock)
    tally.count(Started("first", 20, 0))
    for _ in range(10):
        tally.count(Closed("m1-x", "done"))
    clock.now += 60
    assert faces.progress(tally) == "first: 10 of 20 matches, 1m00s, about 1m00s left"


def test_the_pace_is_that_of_the_last_looks(clock: Clock) -> None:
    """Calls a second come from the database, so that several runs on it are one."""
    tally = Tally("first", clock=clock)
    tally.look(status(0, 20))
    clock.now += 10
    tally.look(status(10, 20))
    tally.flying = 3
    assert faces.pace(tally) == "70 calls (3 in flight, 7.0/s), 60 turns, 10 judgments"


def test_money_is_told_with_its_upper_bound() -> None:
    """What was spent, the most that it can have been, and what has no price."""
    tally = Tally("first")
    assert faces.money(tally) == ""
    tally.look(status(1, 2, spent_usd=1.25, spent_max_usd=1.5, unpriced=2))
    assert faces.money(tally) == "$1.2500 spent, at most $1.5000, and 2 replies at an unknown price"


def test_trouble_is_counted_and_the_last_of_it_named() -> None:
    """Nothing is said while all is well."""
    tally = Tally("first")
    assert faces.trouble(tally) == ""
    tally.count(Retried("m1-x", "lab/x", 1, "Transient: 503"))
    assert faces.trouble(tally) == "1 retry; last: lab/x: Transient: 503"


def test_a_stop_says_what_is_waited_for() -> None:
    """While a run stops, the hint is another."""
    tally = Tally("first")
    assert "Ctrl-C finishes what is in flight" in faces.hint(tally)
    tally.count(Stopping("asked to stop"))
    tally.flying = 2
    assert faces.hint(tally) == "asked to stop: waiting for 2 calls in flight; Ctrl-C again leaves at once"


def test_elsewhere_a_plain_line_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal there is one line, on stderr, with nothing in it but text."""
    tally = Tally("first")
    for event in (Started("first", 2, 0), Spoken("m", 0, "A", 1, "ok", 0.0), Judged("m", "jo", "full", "valid", 0.0)):
        tally.count(event)
    tally.look(status(1, 2))
    shown = faces.face(Page())
    shown.draw(tally)
    shown.close()
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("first: 1 of 2 matches, ")


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0s"), (59, "59s"), (61, "1m01s"), (7260, "2h01m")])
def test_durations_are_spelt(seconds: float, words: str) -> None:
    """As people say them."""
    assert spell(seconds) == words
