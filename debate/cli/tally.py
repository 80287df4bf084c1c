"""What a run has told so far, counted: what every display of it shows."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from debate.events import Closed, Event, Failed, Judged, Retried, Spoken, Started, Stopping

if TYPE_CHECKING:
    from debate.store import Status

WINDOW_S = 30.0  # over which calls per second are averaged
_OVER = ("done", "set-aside", "failed", "waiting")


@dataclass
class Tally:
    """Counts of a run's events, with how the whole tournament stands by the last look at the database."""

    name: str
    clock: Callable[[], float] = time.monotonic
    turns: int = 0
    judgments: int = 0
    retries: int = 0
    states: Counter[str] = field(default_factory=Counter)
    """Matches that this run is through with."""
    trouble: str = ""
    """The last thing that went wrong."""
    stopping: str = ""
    flying: int = 0
    status: Status | None = None
    peeked: str = ""
    began: float = 0.0
    total: int = 0
    before: int = 0
    """Matches that were through when the run began."""
    _looks: deque[tuple[float, int]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.began = self.clock()

    def count(self, event: Event) -> None:
        """Count an event."""
        match event:
            case Started():
                self.total, self.before = event.matches, event.done
            case Spoken():
                self.turns += 1
            case Judged():
                self.judgments += 1
            case Closed():
                self.states[event.state] += 1
            case Retried():
                self.retries += 1
                self.trouble = f"{event.model}: {event.error}"
            case Failed():
                self.trouble = event.error
            case Stopping():
                self.stopping = event.why

    def look(self, status: Status) -> None:
        """Take in how the tournament stands, which other runs change too."""
        self.status = status
        self.total = sum(status.matches.values())
        now = self.clock()
        self._looks.append((now, status.calls))
        while len(self._looks) > 1 and now - self._looks[0][0] > WINDOW_S:
            self._looks.popleft()

    @property
    def through(self) -> int:
        """Matches that nobody plays any more."""
        if self.status:
            return sum(count for state, count in self.status.matches.items() if state in _OVER)
        return self.before + sum(self.states.values())

    @property
    def rate(self) -> float:
        """Calls a second, lately."""
        if len(self._looks) < 2:
            return 0.0
        (then, before), (now, after) = self._looks[0], self._looks[-1]
        return (after - before) / max(now - then, 1e-9)

    @property
    def elapsed_s(self) -> float:
        """Seconds since the run began."""
        return self.clock() - self.began

    @property
    def left_s(self) -> float | None:
        """Seconds that the rest is likely to take; None while that cannot be told."""
        mine = sum(self.states.values())
        return (self.total - self.through) * self.elapsed_s / mine if mine and self.total else None


def spell(seconds: float) -> str:
    """Return a duration as people say it."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h{minutes:02}m" if hours else f"{minutes}m{rest:02}s" if minutes else f"{rest}s"
