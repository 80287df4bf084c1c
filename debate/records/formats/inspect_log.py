"""Inspect's evaluation logs: `.json`, or `.eval`, a zip of one JSON file a sample.

A log that was exported here holds the records themselves. Any other is read for what it says of multiple choice: the
model stands as the judge of the question, and its answer as a ruling without a debate.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from debate import intake
from debate.records.formats.shape import ODD, odd

RECORD = "debate_record"
"""The key of a sample's metadata under which our own logs keep the record."""
ENTRIES, SAMPLE_BYTES, TOTAL_BYTES = 1_000_000, 64 * 2**20, 4 * 2**30
RATIO = 1_000
"""No entry may unfold to more than so many times its size."""
_SAMPLE = re.compile(r"samples/[^/\\]+\.json")
_LETTER = re.compile(r"\s*\(?([A-Z])\)?[.:]?\s*")


def items(path: Path) -> Iterator[tuple[Path, int, JsonValue | intake.Fault]]:
    """Yield a log's samples as records, those that say nothing of a known question left out."""
    try:
        header, samples = _zipped(path) if zipfile.is_zipfile(path) else _plain(path)
        number = 0
        for number, sample in enumerate(samples, 1):
            found = _record(header, sample, number)
            if found is not None:
                yield path, number, found
    except intake.Fault as fault:
        yield path, 0, fault
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as exc:
        yield path, 0, intake.Unreadable(f"the zip file is damaged, or packed in a way that cannot be read ({exc})")


def _plain(path: Path) -> tuple[Mapping[str, Any], Iterator[Any]]:
    if path.stat().st_size > TOTAL_BYTES:
        raise intake.Unreadable(f"is larger than {TOTAL_BYTES // 2**30} GiB; write it as .eval")
    log = intake.parse(intake.decode(path.read_bytes()))
    if not isinstance(log, dict) or "eval" not in log:
        raise intake.Unreadable('is no Inspect log: there is no "eval" in it')
    samples = log.get("samples")
    return log, iter(samples if isinstance(samples, list) else [])


def _zipped(path: Path) -> tuple[Mapping[str, Any], Iterator[Any]]:
    archive = zipfile.ZipFile(path)
    entries = archive.infolist()
    if len(entries) > ENTRIES:
        raise intake.Unreadable(f"holds {len(entries):,} entries; at most {ENTRIES:,} are read")
    if sum(entry.file_size for entry in entries) > TOTAL_BYTES:
        raise intake.Unreadable(f"unfolds to more than {TOTAL_BYTES // 2**30} GiB")
    names = {entry.filename: entry for entry in entries}
    start = next((name for name in ("header.json", "_journal/start.json") if name in names), None)
    if start is None:
        raise intake.Unreadable("is no Inspect log: there is no header.json in it")
    header = _entry(archive, names[start])
    wanted = (entry for name, entry in sorted(names.items()) if _SAMPLE.fullmatch(name))
    return header if isinstance(header, dict) else {}, (_entry(archive, entry) for entry in wanted)


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Any:
    if entry.file_size > SAMPLE_BYTES or entry.file_size > RATIO * max(entry.compress_size, 1):
        raise intake.Unreadable(f"{entry.filename}: unfolds to {entry.file_size:,} bytes")
    with archive.open(entry) as stream:
        raw = stream.read(SAMPLE_BYTES + 1)
    if len(raw) > SAMPLE_BYTES:
        raise intake.Unreadable(f"{entry.filename}: unfolds to more than it says")
    return intake.parse(intake.decode(raw))


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
    model = str(about.get("model", "unknown"))
    chosen = _choice(_said(sample), len(choices))
    final = [float(place == chosen) for place in range(len(choices))] if chosen is not None else None
    asked = sample["input"]
    text = asked if isinstance(asked, str) else "\n\n".join(str(part.get("content", "")) for part in asked)
    id = f"{sample.get('id', number)}/{sample.get('epoch', 1)}"
    return {
        "schema": "debate.record/1",
        "id": id,
        "tournament": str(about.get("task", "inspect")),
        "question": {
            "id": str(sample.get("id", number)),
            "text": text,
            "answers": [str(choice) for choice in choices],
            "correct": _choice(sample.get("target"), len(choices)),
        },
        "protocol": {"name": "naive", "rounds": 0},
        "seats": [],
        "turns": [],
        "judgments": [
            {"id": "answer", "judge": model, "model": model, "kind": "model", "channel": "offline"}
            | {"state": "valid" if final else "malformed", "final": final}
        ],
        "meta": {"run": str(about.get("run_id", "")), "epoch": sample.get("epoch", 1)},
    }


def _said(sample: Mapping[str, Any]) -> Any:
    for score in (sample.get("scores") or {}).values():
        if isinstance(score, dict) and score.get("answer") is not None:
            return score["answer"]
    return (sample.get("output") or {}).get("completion")


def _choice(said: Any, many: int) -> int | None:
    """Return which choice a letter names; a list of one letter is that letter."""
    if isinstance(said, list):
        said = said[0] if len(said) == 1 else None
    found = _LETTER.fullmatch(said) if isinstance(said, str) else None
    place = ord(found[1]) - ord("A") if found else many
    return place if place < many else None


def encoded(record: Mapping[str, Any]) -> str:
    """Return a record as our own logs keep it."""
    return json.dumps(record, ensure_ascii=False)
