"""Expert: nobody argues; the judge reads the passage itself. The ceiling that other protocols are held to."""

from __future__ import annotations

from debate.domain import Cue, Debate
from debate.protocols.family import Family


def due(_debate: Debate) -> tuple[Cue, ...]:
    """Nobody speaks."""
    return ()


FAMILY = Family(name="expert", due=due, judge_reads=True)
