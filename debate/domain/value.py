"""What every noun shares: frozen values, and ids that are hashes of what a value says."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

Beliefs: TypeAlias = tuple[float, ...]
"""Probabilities over a question's answers, in the bank's order, summing to 1."""

TurnState: TypeAlias = Literal["ok", "truncated", "refused", "empty", "malformed"]
JudgmentState: TypeAlias = Literal["valid", "abstained", "refused", "truncated", "malformed", "failed"]
View: TypeAlias = Literal["full", "quotes", "opening", "solo", "double"]
"""What a ballot shows: all, verified quotes only, the first round only, one side only, or two consultancies."""
Purpose: TypeAlias = Literal["speak", "candidate", "preference", "critique", "refine", "judge", "audit"]
"""What a call is made for; `audit` asks something about a debate that is over, and changes nothing of it."""
Agent: TypeAlias = Literal["model", "human", "builtin"]


class Value(BaseModel):
    """A frozen value; two values that say the same are equal. What checks one is built when it is first made."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants", defer_build=True)


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, defaults left out."""
    plain = value.model_dump(mode="json", exclude_defaults=True) if isinstance(value, BaseModel) else value
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(prefix: str, value: Any) -> str:
    """Return `prefix-` and 80 bits of the hash of a value's canonical JSON.

    A field added later with a default changes no id; the prefix carries the version of the scheme.
    """
    raw = canonical(value).encode("utf-8", "surrogatepass")
    return f"{prefix}-{hashlib.sha256(raw).hexdigest()[:20]}"


def chance(*parts: object) -> int:
    """Return 64 bits decided by `parts` alone: the only source of chance in the pure bands."""
    raw = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(raw).digest()[:8], "big")
