"""What a run writes down as it goes: each row is durable before the run moves on from it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from debate.domain.debate import Debate, Turn
from debate.domain.exchange import Call, Completion
from debate.domain.judgment import Judgment
from debate.domain.value import Purpose, Value

MatchState: TypeAlias = Literal["open", "played", "done", "set-aside", "failed", "waiting"]
"""`open` has turns to come, `played` has rulings to come, `set-aside` has a turn that is not `ok`,
`failed` has a call that failed for good, `waiting` waits for a person."""


class Intent(Value):
    """A call is about to be made. Where a cap would be passed the row is refused with `BudgetReached`."""

    call: str
    match: str
    where: str
    """The cue, as `turn:INDEX`, or the id of the judgment that the call is for."""
    purpose: Purpose
    slot: int = 0
    attempt: int = Field(default=1, ge=1)
    request: str = ""
    model: str = ""
    reserve_usd: float = Field(default=0.0, ge=0)
    """The most that this attempt can cost; 0 where nothing is paid."""


class Reply(Value):
    """A call was answered."""

    call: str
    completion: Completion
    latency_s: float = Field(default=0.0, ge=0)


class Fault(Value):
    """An attempt failed; `billed` says whether it may have been charged for."""

    call: str
    error: str
    billed: bool = False
    latency_s: float = Field(default=0.0, ge=0)


class Said(Value):
    """A turn is complete."""

    match: str
    turn: Turn


class Took(Value):
    """A seat argues an answer that a turn has decided: it was not assigned by the plan."""

    match: str
    seat: str
    argues: int


class Ruled(Value):
    """A judgment is complete; it may stand in the place of an earlier one, which is kept."""

    judgment: Judgment
    supersedes: str | None = None


class Failure(Value):
    """A cue or a ruling failed for good. It stands beside the turns, so that a later run can play it on."""

    match: str
    where: str
    kind: str
    """The class of the error."""
    message: str
    seat: str | None = None
    player: str | None = None
    retried: bool = False
    """Whether the match was opened again since."""
    at: str = ""
    """When, where it was recorded elsewhere."""


class Ended(Value):
    """A run is through with a match for now, and gives up its claim."""

    match: str
    state: MatchState


Row: TypeAlias = Intent | Reply | Fault | Said | Took | Ruled | Failure | Ended


class Claimed(Value):
    """A match that this run may play on, with everything already paid for."""

    debate: Debate
    calls: dict[str, tuple[Call, ...]] = {}
    """The calls that were answered, by `where`, for turns and rulings that are not complete yet."""
    judgments: tuple[Judgment, ...] = ()
    state: MatchState = "open"
