"""What a signal does to a run: the first asks it to stop, the second leaves at once.

The first cancels nothing until a grace period ends, so that replies that are paid for are kept. When the terminal
goes away the run stops as well, unless it was started so that it does not care (nohup).
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from debate.tournament import Stop

GRACE_S = 30.0


class Signals:
    """Signals are taken in while this is entered."""

    def __init__(self, stop: Stop, *, say: Callable[[str], None], leaving: Callable[[], None]) -> None:
        self.code = 0
        """The exit code of the signal that came, or 0."""
        self._stop = stop
        self._say = say
        self._leaving = leaving
        """Called before a second signal ends the process."""
        self._task: asyncio.Task[Any] | None = None
        self._grace: asyncio.TimerHandle | None = None
        self._caught = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            self._caught.append(signal.SIGHUP)

    def __enter__(self) -> Self:
        self._task = asyncio.current_task()
        loop = asyncio.get_running_loop()
        for number in self._caught:
            loop.add_signal_handler(number, self._take, number)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._grace:
            self._grace.cancel()
        for number in self._caught:
            asyncio.get_running_loop().remove_signal_handler(number)

    def _take(self, number: signal.Signals) -> None:
        code = 130 if number == signal.SIGINT else 143
        if self.code:
            if number == signal.SIGHUP:  # shells pass it on a second time
                return
            self._leaving()
            os._exit(code)
        self.code = code
        self._say(f"stopping: waiting up to {GRACE_S:.0f} s for what is in flight; once more leaves at once")
        self._stop.ask()
        if self._task:
            self._grace = asyncio.get_running_loop().call_later(GRACE_S, self._task.cancel)
