"""Short ways to write banks in tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

STORY = "The ferry left Oskarvik at six in the morning with forty crates of herring."


def passage_line(name: str = "ferry", text: str = STORY, **more: Any) -> dict[str, Any]:
    return {"passage": {"id": name, "title": "The ferry", "text": text, **more}}


def question_line(name: str = "ferry-1", text: str = "How many crates left?", **more: Any) -> dict[str, Any]:
    base = {"id": name, "passage": "ferry", "text": text, "answers": ["Forty", "Thirty-eight", "None"], "correct": 0}
    return base | more


def write(folder: Path, *lines: Any, name: str = "bank.jsonl") -> Path:
    """Write a bank; a line that is bytes is written as it is."""
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    path = folder / name
    path.write_bytes(b"".join(line + b"\n" for line in raw))
    return path
