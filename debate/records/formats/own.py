"""Our own records: one JSON object a line, packed or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import JsonValue

from debate import intake


def items(path: Path) -> Iterator[tuple[Path, int, JsonValue | intake.Fault]]:
    """Yield the lines of a `.jsonl` or `.jsonl.gz` file."""
    with path.open("rb") as stream:
        for number, value in intake.lines(intake.unpacked(stream)):
            yield path, number, value
