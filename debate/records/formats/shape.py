"""What is said of somebody's file that is not built as its format is."""

from __future__ import annotations

ODD = (KeyError, TypeError, ValueError, IndexError, AttributeError)
"""What reading a value of another shape raises."""


def odd(what: str, exc: BaseException) -> str:
    """Return in one sentence why something is not what it should be."""
    if isinstance(exc, KeyError) and exc.args:
        return f'is no {what}: there is no "{exc.args[0]}"'
    return f"is no {what}: something in it has another shape ({exc})"
