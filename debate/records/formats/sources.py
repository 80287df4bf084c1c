"""Which format is a file in, and which records does it hold?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from pydantic import JsonValue

from debate import intake
from debate.errors import UsageError
from debate.records.formats import inspect_log, llm_debate, nyu, own

Item: TypeAlias = tuple[Path, int, JsonValue | intake.Fault]
"""A file, the line in it (0 where the file is one record), and the record, not yet validated."""

FORMATS: dict[str, Callable[[Path], Iterator[Item]]] = {
    "records": own.items,
    "nyu": nyu.items,
    "inspect": inspect_log.items,
    "llm-debate": llm_debate.items,
}


def guessed(path: Path) -> str:
    """Return the format that a path can only be in.

    Raises:
        UsageError: it cannot be told.
    """
    if path.is_dir():
        return "nyu"
    kinds = {".jsonl": "records", ".gz": "records", ".eval": "inspect", ".csv": "llm-debate"}
    if path.suffix in kinds:
        return kinds[path.suffix]
    if path.suffix == ".json":
        with path.open("rb") as stream:
            start = stream.read(4_096)
        return "nyu" if b'"sourceMaterial"' in start or b'"rules"' in start else "inspect"
    if not path.suffix:
        return "records"
    raise UsageError(f'"{path}": cannot tell its format; say --format {", ".join(FORMATS)}')


def items(path: Path, form: str | None = None) -> Iterator[Item]:
    """Yield the records of a file or folder, not yet validated."""
    return FORMATS[form or guessed(path)](path)
