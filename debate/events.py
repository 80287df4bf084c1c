"""What a run tells while it goes on: small facts, for a live display, a log, or JSON Lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True)
class Event:
    """Something happened; `name` is what a JSON reader sees."""

    name: ClassVar[str] = "event"


@dataclass(frozen=True)
class Started(Event):
    """A run begins, or goes on."""

    name: ClassVar[str] = "started"
    tournament: str
    matches: int
    done: int


@dataclass(frozen=True)
class Spoken(Event):
    """A turn is complete."""

    name: ClassVar[str] = "turn"
    match: str
    index: int
    seat: str
    round: int
    state: str
    cost_usd: float | None


@dataclass(frozen=True)
class Judged(Event):
    """A judgment is complete; what it was is told by reports, not while a run goes on."""

    name: ClassVar[str] = "judgment"
    match: str
    judge: str
    view: str
    state: str
    cost_usd: float | None


@dataclass(frozen=True)
class Closed(Event):
    """A run is through with a match for now."""

    name: ClassVar[str] = "match"
    match: str
    state: str


@dataclass(frozen=True)
class Retried(Event):
    """An attempt failed and will be made again, or not."""

    name: ClassVar[str] = "retry"
    match: str
    model: str
    attempt: int
    error: str


@dataclass(frozen=True)
class Failed(Event):
    """A cue or a ruling failed for good."""

    name: ClassVar[str] = "failure"
    match: str
    where: str
    error: str


@dataclass(frozen=True)
class Stopping(Event):
    """A run makes no more calls and waits for those in flight."""

    name: ClassVar[str] = "stopping"
    why: str


Tell: TypeAlias = Callable[[Event], None]


def silent(_event: Event) -> None:
    """Tell nobody."""
