"""How a tournament stands: what was pinned, what is played, spent and failed, and who is at work on it."""

from __future__ import annotations

from debate.domain import Call, MatchState, Purpose, Tournament, TurnState, Value


class Pinned(Value):
    """A tournament as it was pinned."""

    tournament: Tournament
    templates: dict[str, str]
    """The text of every template by its name."""
    secret: str
    """Random, made once for each database."""
    questions: str
    """The digest of the ids of the questions that the last pin gave."""


class Summary(Value):
    """A tournament in a list."""

    name: str
    created: str
    matches: dict[MatchState, int]
    turns: int
    judgments: int
    calls: int
    spent_usd: float
    spent_max_usd: float


class Failed(Value):
    """How many matches, or rulings on matches that are done, failed in one way."""

    kind: str
    seat: str | None
    player: str | None
    count: int
    message: str = ""
    """What was said of the latest of them."""
    ruling: bool = False
    """Whether it is rulings that failed."""


class SetAside(Value):
    """How many matches were set aside for one kind of turn."""

    state: TurnState
    seat: str
    player: str | None
    count: int


class Worker(Value):
    """A run that is at work now."""

    host: str
    pid: int
    begun: str
    claims: int


class Status(Summary):
    """How a tournament stands."""

    reserved_usd: float
    unpriced: int
    """Replies whose price is not known, so that `spent_usd` leaves them out."""
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    failures: tuple[Failed, ...]
    set_aside: tuple[SetAside, ...]
    workers: tuple[Worker, ...]


class StoredCall(Value):
    """A call with everything that is stored about it."""

    match: str
    where: str
    purpose: Purpose
    slot: int
    attempt: int
    request: str
    """The hash of the request; the prompt itself is made again from the pinned templates."""
    model: str
    outcome: str
    """`answered`, `failed`, `late`, or `sent` where nothing is known but that it was to be sent."""
    reply: Call | None = None
    error: str = ""
    billed: bool = True
    reserve_usd: float = 0.0
    latency_s: float | None = None
    sent_at: str
    replied_at: str | None = None
