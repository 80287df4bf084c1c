"""How people judge in a study, and what each of them does at a transcript."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from debate.domain.value import Value

ScoringRule: TypeAlias = Literal["log", "quadratic", "spherical"]
Deed: TypeAlias = Literal["begin", "believe", "next", "stop", "reason", "back", "submit", "skip", "pause"]


class Study(Value):
    """What a study asks of its human judges: the `[judging]` table."""

    prior: bool = True
    """Whether a belief is asked for before anything is read."""
    beliefs: Literal["every-round", "final"] = "every-round"
    """Whether a belief is asked for after every round, or once."""
    min_rounds: int = Field(default=0, ge=0)
    """So many rounds are read before a judge may end early."""
    scoring: ScoringRule = "log"
    """The proper scoring rule behind the points that are shown."""
    penalty: float = Field(default=0.05, ge=0, le=1)
    """What each further round costs, in the unit of the rule."""
    feedback: Literal["never", "always"] = "never"
    """Whether a judge is told the right answer after each ruling."""
    reason: bool = True
    """Whether a ruling needs a reason in words."""
    commit: bool = False
    """Whether an even belief is refused at the end."""
    instructions: str = ""
    """What judges are told besides how the screen works."""
    consent: str = ""
    """What judges agree to before anything is recorded; empty for none."""
    overlap: int = Field(default=1, ge=1, le=50)
    """How many people judge each transcript."""
    items: int = Field(default=0, ge=0)
    """At most so many transcripts for one person; 0 for no limit."""
    idle_s: float = Field(default=120.0, gt=0)
    """After so long without a key, time counts as idle and the screen is hidden."""


class Act(Value):
    """One thing that a judge did. Acts are only ever added; the state of a sitting is what they add up to."""

    kind: Deed
    percent: int | None = Field(default=None, ge=1, le=99)
    """Belief in the first displayed answer."""
    text: str = ""
    active_ms: int = Field(default=0, ge=0)
    """Time since the act before, by a monotonic clock, without what was idle."""
    idle_ms: int = Field(default=0, ge=0)
