"""A ruling: beliefs over the answers, a reason, and the state it ended in."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from debate.domain.debate import Usage
from debate.domain.value import Agent, Beliefs, JudgmentState, Value, View


class Belief(Value):
    """What a judge believed after a round; round 0 is before any argument."""

    after_round: int = Field(ge=0)
    p: Beliefs


class Judgment(Value):
    """One ruling on one ballot. Corrections supersede; nothing is overwritten."""

    id: str
    match: str
    judge: str
    """The judge's name."""
    kind: Agent = "model"
    view: View = "full"
    hears: int | None = None
    """Under the view `solo`, the answer whose side was heard."""
    channel: Literal["live", "offline"] = "offline"
    purpose: Literal["study", "practice", "attention", "repeat"] = "study"
    state: JudgmentState = "valid"
    shown: tuple[int, ...] = ()
    sample: int = 0
    final: Beliefs | None = None
    beliefs: tuple[Belief, ...] = ()
    reason: str = ""
    transcript: str = ""
    """The hash of the transcript that was ruled on."""
    usage: Usage = Usage()
    active_s: float | None = None
    idle_s: float | None = None
    superseded_by: str | None = None
