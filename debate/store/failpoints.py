"""Where a test may kill the process: `DEBATE_FAIL=NAME:N` dies, as if by `kill -9`, at the Nth passage of NAME."""

from __future__ import annotations

import os
import signal

_name, _, _count = os.environ.get("DEBATE_FAIL", "").partition(":")
_left = int(_count or 1)


def hit(name: str) -> None:
    """Die here if this is the place and the passage that the environment named."""
    global _left
    if name != _name:
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
