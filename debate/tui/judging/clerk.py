"""Who does for a judge's process what it may not do itself? Whatever needs to see more runs in another process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


def _silent(_: int) -> int | None:
    return None


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Clerk:
    """What a judge's screens ask for; by default there is nobody, as in a pack."""

    told: Callable[[int], int | None] = _silent
    """Returns the right answer of a sitting that is over, where the study tells it."""
    seated: Callable[[], object] = _nothing
    """Makes what was done at the seat of a debate a turn of it."""
    right: Callable[[], int] = field(default=lambda: 0)
    """Returns how many rulings of practice were right."""
    conditions: str = ""
    """The terminal and the time zone, as they are recorded."""
    consent: str = ""
    """The hash of the text that the judge has agreed to."""
