"""Inspect's evaluation logs: `.json`, or `.eval`, a zip of one JSON file a sample.

A log that was exported here holds the records themselves. Any other is read for what it says of multiple choice: the
model stands as the judge of the question, and its answer as a ruling without a debate.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from debate import intake
from debate.records.formats.shape import ODD, odd
from debate.records.formats.zipped import Archive

RECORD = "debate_record"
"""The key of a sample's metadata under which our own logs keep the record."""
PLAIN_BYTES = 128 * 2**20
"""A larger `.json` is not taken into memory."""
_SAMPLE = re.compile(r"samples/[^/\\]+\.json")
_LETTER = re.compile(r"\s*\(?([A-Z])\)?[.:]?\s*")
_ANSWER = re.compile(r"ANSWER\s*:\s*\(?([A-Z])\b", re.IGNORECASE)


def items(path: Path) -> Iterator[tuple[Path, int, JsonValue | intake.Fault]]:
    """Yield a log's samples as records, those that say nothing of a known question left out."""
    try:
        if not zipfile.is_zipfile(path):
            yield from _items(path, *_plain(path))
            return
        with Archive(path) as archive:
            yield from _items(path, *_zipped(archive))
    except intake.Fault as fault:
        yield path, 0, fault


def _items(
    path: Path, header: Mapping[str, Any], samples: Iterator[Any]
) -> Iterator[tuple[Path, int, JsonValue | intake.Fault]]:
    for number, sample in enumerate(samples, 1):
        found = _record(header, sample, number)
        if found is not None:
            yield path, number, found


def _plain(path: Path) -> tuple[Mapping[str, Any], Iterator[Any]]:
    if path.stat().st_size > PLAIN_BYTES:
        raise intake.Unreadable(f"is larger than {PLAIN_BYTES // 2**20} MiB; write it as .eval")
    log = _log(path.read_bytes())
    if not isinstance(log, dict) or "eval" not in log:
        raise intake.Unreadable('is no Inspect log: there is no "eval" in it')
    samples = log.get("samples")
    return log, iter(samples if isinstance(samples, list) else [])


def _zipped(archive: Archive) -> tuple[Mapping[str, Any], Iterator[Any]]:
    start = next((name for name in ("header.json", "_journal/start.json") if name in archive.names), None)
    if start is None:
        raise intake.Unreadable("is no Inspect log: there is no header.json in it")
    header = _log(archive.read(start))
    wanted = (name for name in sorted(archive.names) if _SAMPLE.fullmatch(name))
    return header if isinstance(header, dict) else {}, (_log(archive.read(name)) for name in wanted)


def _log(raw: bytes) -> Any:
    """Return the JSON of a log, which writes NaN where a score has no value."""
    return intake.parse(intake.decode(raw), lenient=True)


def _record(header: Mapping[str, Any], sample: Any, number: int) -> JsonValue | intake.Fault | None:
    if not isinstance(sample, dict):
        return intake.Fault("a sample must be one JSON object")
    own = (sample.get("metadata") or {}).get(RECORD)
    if own is not None:
        try:
            return intake.parse(own) if isinstance(own, str) else own
        except intake.Fault as fault:
            return fault
    try:
        return _answered(header, sample, number)
    except ODD as exc:
        return intake.Fault(odd("sample", exc))


def _answered(header: Mapping[str, Any], sample: Mapping[str, Any], number: int) -> dict[str, Any] | None:
    choices = sample.get("choices")
    if not isinstance(choices, list) or len(choices) < 2:
        return None
    about = header.get("eval") or {}
    id = f"{sample.get('id', number)}/{sample.get('epoch', 1)}"
    return {
        "schema": "debate.record/1",
        "id": f"{about.get('run_id', '')}/{id}",
        "tournament": str(about.get("task", "inspect")),
        "question": {
            "id": str(sample.get("id", number)),
            "text": _asked(sample["input"]),
            "answers": [str(choice) for choice in choices],
            "correct": _choice(sample.get("target"), len(choices)),
        },
        "protocol": {"name": "naive", "rounds": 0},
        "seats": [],
        "turns": [],
        "judgments": [_ruling(str(about.get("model", "unknown")), sample, len(choices))],
        "meta": {"run": str(about.get("run_id", "")), "epoch": sample.get("epoch", 1)},
    }


def _ruling(model: str, sample: Mapping[str, Any], choices: int) -> dict[str, Any]:
    output = sample.get("output") or {}
    chosen = _choice(_said(sample), choices)
    state = "valid" if chosen is not None else "failed" if sample.get("error") else "malformed"
    return {
        "id": "answer",
        "judge": model,
        "model": model,
        "kind": "model",
        "channel": "offline",
        "state": state,
        "final": None if chosen is None else [float(place == chosen) for place in range(choices)],
        "reason": str(output.get("completion") or ""),
        "usage": {name: (output.get("usage") or {}).get(name) or 0 for name in ("input_tokens", "output_tokens")},
        "active_s": output.get("time"),
        "at": sample.get("completed_at") or None,
    }


def _asked(given: Any) -> str:
    """Return what the user says in an input: text, or messages of text or of parts."""
    if isinstance(given, str):
        return given
    said = [part["content"] for part in given if part.get("role", "user") == "user"]
    parts = [part for held in said for part in (held if isinstance(held, list) else [held])]
    return "\n\n".join(part if isinstance(part, str) else str(part.get("text", "")) for part in parts)


def _said(sample: Mapping[str, Any]) -> Any:
    for score in (sample.get("scores") or {}).values():
        if isinstance(score, dict) and score.get("answer") is not None:
            return score["answer"]
    found = _ANSWER.findall(str((sample.get("output") or {}).get("completion") or ""))
    return found[-1].upper() if found else None


def _choice(said: Any, many: int) -> int | None:
    """Return which choice a letter names; a list of one letter is that letter."""
    if isinstance(said, list):
        said = said[0] if len(said) == 1 else None
    found = _LETTER.fullmatch(said) if isinstance(said, str) else None
    place = ord(found[1]) - ord("A") if found else many
    return place if place < many else None
