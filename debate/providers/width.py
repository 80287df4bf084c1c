"""How many calls of one account may be in flight? Learned from how they end."""

from __future__ import annotations

START = 256  # calls in flight before anything is known of an account
CUT = 0.5
REGROWTH = 0.1  # a line that was cut widens by this share for as many replies as it holds calls
LEAP = 1.5  # how much wider a line has to be before its pace is compared again
GAIN = 1.15  # how much faster replies have to come for that width to be worth keeping
DOUBTS = 2  # how often in a row a wider line is found no faster before it is given up
HEADROOM = 0.8  # the share of the calls answered in one timeout that may be in flight


class Width:
    """How many calls of an account may be in flight, learned from how they end."""

    def __init__(self, ceiling: int) -> None:
        self.limit = float(min(ceiling, START))
        self.cuts = 0
        self._ceiling = ceiling
        self._sure, self._best = self.limit, 0.0
        self._held = 0
        self._open()

    def _open(self) -> None:
        self._then, self._count = self.limit, 0
        self._flown, self._latencies = 0.0, 0.0

    def grow(self, flying: float, latency_s: float) -> None:
        """Widen after a reply that others are waiting behind, to a call that was one of `flying` on the way."""
        if self.limit < self._ceiling and not self._held:
            step = max(1 / self.limit, REGROWTH) if self.cuts else 1.0
            self.limit = min(float(self._ceiling), self.limit + step)
        self._count += 1
        self._flown += flying
        self._latencies += latency_s
        if self._count >= self._then:
            self._compare(self._flown / max(self._latencies, 1e-9))
            self._open()

    def _compare(self, pace: float) -> None:
        """Hold the width where a much wider line brings few more replies a second, and at length go back.

        The pace is the calls in flight over their latency (Little's law): replies come in bursts, latencies do not.
        """
        if (
            self._then <= self._sure
            or not self._best
            or (self._then >= LEAP * self._sure and pace >= GAIN * self._best)
        ):
            self._sure, self._best, self._held = self._then, pace, 0
        elif self._then >= LEAP * self._sure:
            self._held += 1
            if self._held > DOUBTS:
                self._set(self._sure)

    def halve(self) -> None:
        """Narrow because the account is busy."""
        self._set(self.limit * CUT)

    def fit(self, replies: int) -> None:
        """Narrow, if need be, to what is answered in one timeout."""
        if replies < self.limit:
            self._set(min(self.limit, replies * HEADROOM))

    def _set(self, limit: float) -> None:
        self.limit = max(1.0, limit)
        self.cuts += 1
        self._held = 0
