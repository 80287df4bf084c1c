"""How does a run go on that another process makes? Counted from looks at the database, and said honestly.

How long it takes is told as a range, from what was seen to be finished while watching: too little of that is no time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt

from debate import sanitize
from debate.domain import MatchState
from debate.store import Status, Store
from debate.store.file.faults import Locked
from debate.store.latest import Latest, latest
from debate.store.listing import Listed, Wanted, found, listed

OVER: tuple[MatchState, ...] = ("done", "set-aside", "failed", "waiting")
"""States in which a run is through with a match."""
LEAST = 5
"""So many matches have to be seen finished before a time is told."""
WINDOW_S = 900.0
RULINGS = 5
FAILED = 200
LOCKED = "the database is locked by another process just now: looking again"


@dataclass
class Watching:
    """Looks at one tournament, one after the other."""

    max_cost_usd: float | None = None
    status: Status | None = None
    latest: Sequence[Latest] = ()
    began: float = 0.0
    now: float = 0.0
    trouble: str = ""
    """Why the last look saw nothing; what is told is of the look before."""
    _looks: deque[tuple[float, int]] = field(default_factory=deque)

    def look(self, status: Status, latest: Sequence[Latest], now: float) -> bool:
        """Take in how the tournament stands, and return whether anything is otherwise than before."""
        changed = status != self.status or latest != self.latest
        self.trouble = ""
        if self.status is None:
            self.began = now
        self.status, self.latest, self.now = status, latest, now
        self._looks.append((now, self.over))
        while len(self._looks) > 2 and now - self._looks[1][0] > WINDOW_S:
            self._looks.popleft()
        return changed

    def look_at(self, store: Store, name: str, now: float) -> bool:
        """Look at a database, and return whether anything is otherwise; a lock is waited out, and said."""
        try:
            return self.look(store.status(name), latest(store, name, RULINGS), now)
        except Locked:
            self.trouble = LOCKED
            return False

    @property
    def total(self) -> int:
        """How many matches there are."""
        return sum(self.status.matches.values()) if self.status else 0

    @property
    def over(self) -> int:
        """How many of them are through."""
        return sum(self.status.matches[state] for state in OVER) if self.status else 0

    @property
    def running(self) -> bool:
        """Whether a process is at work on it."""
        return self.status is None or bool(self.status.workers)

    @property
    def finished(self) -> int:
        """How many matches were finished within the window."""
        return self._looks[-1][1] - self._looks[0][1] if self._looks else 0

    @property
    def seconds(self) -> float:
        """How long the window is."""
        return self._looks[-1][0] - self._looks[0][0] if self._looks else 0.0

    def rate(self) -> float | None:
        """Return matches a minute, or None while too few were seen to be finished."""
        return 60 * self.finished / self.seconds if self.finished >= LEAST and self.seconds > 0 else None

    def left_s(self) -> tuple[float, float] | None:
        """Return the least and the most time that the rest may take, in seconds, or None where it cannot be told.

        What was finished is counted as a Poisson number, n give or take 2 sqrt(n).
        """
        if self.rate() is None:
            return None
        n, rest = self.finished, self.total - self.over
        return rest * self.seconds / (n + 2 * sqrt(n)), rest * self.seconds / (n - 2 * sqrt(n))

    def line(self) -> str:
        """Return how it stands, on one line."""
        assert self.status is not None, "something was looked at"
        stands = self.status
        parts = [f"{stands.matches['done']}/{self.total} done"]
        parts += [f"{n} {state}" for state, n in stands.matches.items() if n and state not in ("done", "open")]
        parts += [f"{stands.turns} turns", f"{stands.judgments} judgments", f"${stands.spent_usd:.2f}"]
        return ", ".join(parts)

    def lines(self) -> Iterator[str]:
        """Yield how it stands, as a page."""
        assert self.status is not None, "something was looked at"
        stands = self.status
        yield f"{sanitize.line(stands.name)}: {stands.matches['done']} of {self.total} matches done"
        yield _bar(self.over, self.total)
        states = [f"{n} {state}" for state, n in stands.matches.items() if n and state != "done"]
        yield f"matches   {', '.join(states) or 'all are done'}"
        yield f"so far    {stands.calls} calls, {stands.turns} turns, {stands.judgments} judgments"
        yield f"money     {self.money()}"
        yield f"time      {self.time()}"
        for failed in stands.failures:
            who = f", {failed.player}" if failed.player else ""
            yield f"failed    {failed.count} by {failed.kind}{who}"
        for aside in stands.set_aside:
            who = f", {aside.player}" if aside.player else ""
            yield f"aside     {aside.count} with a turn that is {aside.state}{who}"
        for worker in stands.workers:
            yield f"at work   process {worker.pid} on {worker.host}, on {worker.claims} matches"
        if not stands.workers:
            yield "at work   nobody"
        for ruling in self.latest:
            yield f"ruled     {sanitize.line(ruling.line, 68)}"

    def money(self) -> str:
        """Say what was spent, and what is in flight."""
        assert self.status is not None, "something was looked at"
        stands = self.status
        said = f"${stands.spent_usd:.4f} spent"
        if stands.reserved_usd:
            said += f", up to ${stands.reserved_usd:.4f} in flight"
        if self.max_cost_usd is not None:
            said += f", cap ${self.max_cost_usd:.2f}"
        if stands.unpriced:
            said += f", and {stands.unpriced} replies whose price is not known"
        return said

    def time(self) -> str:
        """Say how fast it goes and how long the rest takes, or why that cannot be said."""
        rest, rate, left = self.total - self.over, self.rate(), self.left_s()
        if not rest:
            return f"nothing is left{self.people()}"
        if rate is None or left is None:
            return f"{rest} left; how long is not known yet: {self.finished} seen finished in {_span(self.seconds)}"
        said = f"{rate:.3g} matches a minute; the rest takes {_span(left[0])} to {_span(left[1])} at this rate"
        return said + (", and more than the cap" if self._beyond() else "")

    def people(self) -> str:
        """Say how many matches wait for somebody at a seat."""
        n = self.status.matches["waiting"] if self.status else 0
        return f" but {n} that wait for people" if n else ""

    def _beyond(self) -> bool:
        """Tell whether the rest would cost more than there is."""
        assert self.status is not None, "something was looked at"
        if self.max_cost_usd is None or not self.over:
            return False
        return self.status.spent_usd / self.over * self.total > self.max_cost_usd


def failed(store: Store, name: str) -> Iterator[str]:
    """Yield a line on each match that failed or was set aside: which, whose turn, and why; at most so many."""
    there = 0
    for state in ("failed", "set-aside"):
        ordinals = found(store, name, Wanted(state=state))
        there += len(ordinals)
        for row in listed(store, name, ordinals[:FAILED]).values():
            yield sanitize.line(f"{row.id[:9]} {_why(store, name, row)}")
        if len(ordinals) > FAILED:
            yield f"and {len(ordinals) - FAILED:,} more"
    if not there:
        yield "Nothing has failed."
    else:
        yield "`debate show` with the id tells all of one; `debate run --retry-failed` plays again what failed."


def _why(store: Store, name: str, row: Listed) -> str:
    failures = store.failures(row.id, name)
    if not failures:
        return f"{row.state}: {row.question}"
    who = f", {failures[-1].player}" if failures[-1].player else ""
    return f"{failures[-1].where}{who}: {failures[-1].kind}: {failures[-1].message}"


def _bar(over: int, total: int, width: int = 60) -> str:
    filled = width * over // total if total else 0
    return f"[{'#' * filled}{'.' * (width - filled)}] {100 * over // total if total else 0}%"


def _span(seconds: float) -> str:
    """Return a time as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
