"""Where a test may kill the process: `DEBATE_FAIL=NAME:N` dies, as if by `kill -9`, at the Nth passage of NAME."""

from __future__ import annotations

import os
import signal

_left: dict[str, int] = {}


def arm(where: str) -> None:
    """Die at the Nth passage of the place that `NAME:N` means; N is 1 if it is left out."""
    name, _, count = where.partition(":")
    _left[name] = int(count or 1)


def hit(name: str) -> None:
    """Die here if this place is armed and has been passed often enough."""
    if name not in _left:
        return
    _left[name] -= 1
    if _left[name] <= 0:
        os.kill(os.getpid(), signal.SIGKILL)


if "DEBATE_FAIL" in os.environ:
    arm(os.environ["DEBATE_FAIL"])
