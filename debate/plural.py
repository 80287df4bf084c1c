"""How many there are of a thing, in words: 1 question, 1,824 rulings."""

from __future__ import annotations


def count(n: int, thing: str, things: str = "") -> str:
    """Return how many there are of a thing; `things` are several where an s does not make them."""
    return f"{n:,} {thing if n == 1 else things or thing + 's'}"
