"""How parts of a value become the text of one cell: JSON, where NUL and lone surrogates are escapes."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from pydantic_core import PydanticSerializationError

from debate.domain import Value

REPLACED = "\ufffd"


def dumps(value: Any) -> str:
    """Return JSON in ASCII; NaN and infinity are errors."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


@lru_cache(maxsize=1024)
def ints(text: str) -> tuple[int, ...]:
    """Return a short tuple of numbers, such as the order in which answers are shown, from its JSON."""
    return tuple(json.loads(text))


@lru_cache(maxsize=1024)
def ints_text(numbers: tuple[int, ...]) -> str:
    """Return the JSON of a short tuple of numbers."""
    return dumps(numbers)


def settings(value: Value) -> str:
    """Return every field of a value as JSON, defaults too: a later version may have other defaults."""
    return dumps(value.model_dump())


def rest_of(value: Value, columns: Any) -> str:
    """Return the fields that have no column of their own, defaults left out."""
    try:
        quick = value.model_dump_json(exclude=columns, exclude_defaults=True)
    except PydanticSerializationError:  # a lone surrogate
        quick = REPLACED
    if REPLACED in quick:  # perhaps one in a key, where pydantic does not complain
        return dumps(value.model_dump(exclude=columns, exclude_defaults=True))
    return quick
