"""Naive: nobody argues; the judge sees the question and its answers, and nothing else."""

from __future__ import annotations

from debate.domain import Cue, Debate
from debate.protocols.family import Family


def due(_debate: Debate) -> tuple[Cue, ...]:
    """Nobody speaks."""
    return ()


FAMILY = Family(name="naive", due=due)
