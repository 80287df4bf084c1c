"""`--where`: which rulings are meant, as pairs of key and value, or as a condition in words."""

from __future__ import annotations

import re
from typing import Annotated

import typer

Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="WHERE", help="Only these: KEY=VALUE, or 'wrong and confidence>.9'; repeatable."),
]
_PAIR = re.compile(r"([A-Za-z_][\w.-]*)=([^=<>~!()'\"]*)")
_JOINED = re.compile(r"\s(?:and|or)\s")


def selected(where: list[str]) -> dict[str, str]:
    """Return the pairs of key and value among what was asked for."""
    found = (_pair(one) for one in where)
    return dict(pair for pair in found if pair)


def conditions(where: list[str]) -> tuple[str, ...]:
    """Return what is no such pair: conditions in words."""
    return tuple(one for one in where if not _pair(one))


def _pair(one: str) -> tuple[str, str] | None:
    found = None if _JOINED.search(one) else _PAIR.fullmatch(one)
    return (found[1], found[2]) if found else None
