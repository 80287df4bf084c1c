"""What is one line of the interchange format? The wire types, strict; unknown keys are kept beside them.

Keys that other tools need not write have defaults here. Those after the blank line of a class are written by our own
exports, so that what is read back is exactly what was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

from debate.domain import Agent, Control, JudgmentState, MatchState, Order, QuoteStatus, TurnState, View

SCHEMA = "debate.record/1"


def _whole(name: str) -> str:
    if "\x00" in name or any("\ud800" <= letter <= "\udfff" for letter in name):
        raise ValueError("holds a NUL or half a character (a lone surrogate)")
    return name


Name: TypeAlias = Annotated[str, Field(max_length=1_000), AfterValidator(_whole)]
"""What something is looked up by."""

Count: TypeAlias = Annotated[int, Field(ge=0, le=2**53)]
Number: TypeAlias = Annotated[int, Field(ge=0, le=10_000)]
"""Of a turn or a round: what is looked up by it takes memory for each."""
Amount: TypeAlias = Annotated[float, Field(ge=0, le=1e12)]
"""Of money or time."""
Range: TypeAlias = Annotated[list[Count], Field(min_length=2, max_length=2)]
Probability: TypeAlias = Annotated[float, Field(ge=0, le=1)]


class Row(BaseModel):
    """A part of a record; keys that it does not know are in `model_extra`."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True, allow_inf_nan=False)


class PassageRow(Row):
    """The text that was debated; the text itself may be left out where it may not be shared."""

    id: str
    title: str = ""
    text: str | None = None


class QuestionRow(Row):
    """A question and its key."""

    id: str
    text: str
    answers: list[str] = Field(min_length=2)
    correct: int | None
    passage: PassageRow | None = None
    domain: str = ""
    difficulty: float | None = Field(default=None, ge=0, le=1)
    tags: list[str] = []

    evidence: list[Range] = []
    flaws: list[Range] = []
    distractor: int | None = None
    reason: str = ""
    match_id: str | None = None
    stake_answer: int | None = None
    counterpart_answer: int | None = None
    transfer_of: str | None = None
    source: str = ""
    licence: str = ""
    share: bool = True
    meta: dict[str, JsonValue] = {}
    withheld: bool = False
    """Whether the texts were taken out, so that only the ids tell this question from others."""


class ProtocolRow(Row):
    """The rules that were played by."""

    name: str = Field(min_length=1)
    rounds: int = Field(ge=0, le=64)
    order: Order = "simultaneous"
    interactive: bool = False

    game: str | None = None
    """The protocol that is played, where `name` is a label of its own."""
    words: int = Field(default=150, ge=10, le=20_000)
    passage: bool = False
    options: dict[str, JsonValue] = {}


class SeatRow(Row):
    """A place in the debate, and who sat there."""

    seat: str = Field(min_length=1)
    player: str | None
    kind: Agent
    argues: int | None
    model: str | None = None
    family: str | None = None
    settings_hash: str | None = None

    role: Literal["player", "judge"] | None = None
    settings: dict[str, JsonValue] | None = None


class QuoteRow(Row):
    """A quotation, and where in the passage it stands."""

    start: Count
    end: Count
    passage_start: Count | None = None
    passage_end: Count | None = None
    status: QuoteStatus


class SaysRow(Row):
    """The typed content of a turn."""

    beliefs: list[Probability] | None = None
    question: str | None = None
    end: bool | None = None
    chose: Count | None = None


class UsageRow(Row):
    """Tokens and money."""

    input_tokens: Count = 0
    output_tokens: Count = 0
    cost_usd: Amount | None = None
    cached_tokens: Count = 0
    cache_write_tokens: Count = 0
    reasoning_tokens: Count = 0
    cost_max_usd: Amount | None = None
    calls: Count = 0


class TurnRow(Row):
    """What was said."""

    index: Number
    round: Number
    seat: str
    kind: str = Field(min_length=1)
    text: str
    state: TurnState
    quotes: list[QuoteRow] | None = None
    at: str | None = None
    usage: UsageRow = UsageRow()
    about: Number | None = None
    says: SaysRow | None = None
    conceded: bool = False
    flags: list[str] = []
    candidates: list[str] | None = None
    calls: list[dict[str, JsonValue]] | None = None

    beat: Count | None = None
    scratchpad: str = ""
    names: list[Range] = []


class BeliefRow(Row):
    """What a judge believed after a round."""

    after_round: Number
    p: list[Probability]


class JudgmentRow(Row):
    """A ruling."""

    id: Name = Field(min_length=1)
    judge: str = Field(min_length=1)
    kind: Agent
    channel: Literal["live", "offline"]
    state: JudgmentState
    final: list[Probability] | None
    beliefs: list[BeliefRow] = []
    shown: list[Count] | None = None
    view: View = "full"
    purpose: Literal["study", "practice", "attention", "repeat"] = "study"
    reason: str = ""
    active_s: Amount | None = None
    idle_s: Amount | None = None
    at: str | None = None
    sample: Count = 0
    superseded_by: Name | None = None
    usage: UsageRow = UsageRow()
    family: str | None = None
    settings_hash: str | None = None

    hears: int | None = None
    transcript: Name | None = None
    """The hash of the transcript that was ruled on, where it is not this one."""
    model: str | None = None
    settings: dict[str, JsonValue] | None = None
    calls: list[dict[str, JsonValue]] | None = None


class FailureRow(Row):
    """A cue or a ruling that failed for good: there is no turn and no judgment of it."""

    where: Name = ""
    kind: Name = Field(min_length=1)
    message: str = ""
    seat: Name | None = None
    player: Name | None = None
    retried: bool = False
    at: str | None = None


class PlanRow(Row):
    """What the tournament was planned with, as far as reports tell of it."""

    seed: int | None = Field(default=None, ge=0, le=2**63 - 1)
    controls: list[Control] = []
    peek: bool = False
    quorum: int | None = Field(default=None, ge=1, le=1_000)


class Record(Row):
    """One debate with its judgments."""

    schema_: Literal["debate.record/1"] = Field(alias="schema")
    id: Name = Field(min_length=1)
    tournament: Name = Field(min_length=1)
    question: QuestionRow
    protocol: ProtocolRow
    seats: list[SeatRow]
    turns: list[TurnRow]
    judgments: list[JudgmentRow]
    meta: dict[str, JsonValue] = {}
    match: str | None = None
    repeat: Count = 0
    arm: str = ""

    shown: list[Count] = []
    prompts: Name = ""
    state: MatchState | None = None
    """How far the match came; where it is left out, as far as its turns tell."""
    calls: list[dict[str, JsonValue]] | None = None
    """Attempts of which nothing came that is recorded here, each with its `where`."""
    failures: list[FailureRow] | None = None
    plan: PlanRow | None = None
    canary: str = ""


def unknown(row: Row, place: str = "") -> Iterator[tuple[str, JsonValue]]:
    """Yield the place and the value of every key that is not known."""
    for name, value in (row.model_extra or {}).items():
        yield f"{place}{name}", value
    for name in type(row).model_fields:
        yield from _within(getattr(row, name), f"{place}{name}")


def _within(value: Any, place: str) -> Iterator[tuple[str, JsonValue]]:
    if isinstance(value, Row):
        yield from unknown(value, f"{place}.")
    elif isinstance(value, list):
        for index, held in enumerate(value):
            yield from _within(held, f"{place}[{index}]")
