"""What does a record say of a call: not only the reply, but what was asked for, and what came of it otherwise?"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from debate.domain import Call, Completion
from debate.records.record import Amount, Name

MOST = 2**53  # tokens; beyond it, floats are no longer exact


class Attempt(Call):
    """One API attempt. Without an answer its completion is empty."""

    slot: int = Field(default=0, ge=0, le=1_000_000)
    attempt: int = Field(default=1, ge=0, le=1_000_000)
    request: Name = ""
    completion: Completion = Completion(text="")
    model: str = ""
    """The model that was asked for."""
    outcome: Literal["answered", "failed", "late", "sent"] = "answered"
    error: str = ""
    billed: bool = True
    reserve_usd: Amount = 0.0
    latency_s: Amount | None = None
    sent_at: Name = ""
    replied_at: Name | None = None

    @model_validator(mode="after")
    def _finite(self) -> Self:
        usage = self.completion.usage
        if max(usage.input_tokens, usage.cached_tokens, usage.output_tokens) > MOST:
            raise ValueError("completion.usage: holds more tokens than can be counted")
        if not all(0 <= (usd or 0.0) <= 1e12 for usd in (usage.cost_usd, usage.cost_max_usd)):
            raise ValueError("completion.usage: cost is not between 0 and a trillion dollars")
        return self
