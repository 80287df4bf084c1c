"""Which rows do Parquet and Arrow files hold? Read batch by batch."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from debate import intake
from debate.questions.formats.tables import Row

_BATCH = 500  # rows in memory at once
_PLAIN = (str, int, float, bool, type(None))


def rows(paths: Sequence[Path]) -> Iterator[Row]:
    """Yield the rows of several files as one table; they are counted from 1."""
    number = 0
    for path in paths:
        try:
            for batch in _batches(path):
                names, labels = tuple(batch.schema.names), _labels(batch.schema)
                for cells in batch.to_pylist():
                    number += 1
                    yield Row(number, {name: _value(cells[name], labels.get(name)) for name in names}, names)
        except (pa.ArrowException, OSError) as exc:
            yield Row(number + 1, intake.Unreadable(f'"{path.name}" cannot be read from here on: {exc}'))
            return


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(b"PAR1"):
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=_BATCH)
        return
    with pa.memory_map(str(path)) as source:
        if start.startswith(b"ARROW1"):
            reader = pa.ipc.open_file(source)
            batches = (reader.get_batch(index) for index in range(reader.num_record_batches))
        else:
            batches = iter(pa.ipc.open_stream(source))
        for batch in batches:
            yield from (batch.slice(start, _BATCH) for start in range(0, batch.num_rows, _BATCH))


def _labels(schema: pa.Schema) -> dict[str, list[str]]:
    """Return the names of the classes of each column whose numbers stand for names."""
    try:
        features = json.loads((schema.metadata or {}).get(b"huggingface", b"{}"))["info"]["features"]
    except (KeyError, TypeError, ValueError):
        return {}
    kinds = {name: kind for name, kind in features.items() if isinstance(kind, dict)}
    return {name: kind["names"] for name, kind in kinds.items() if kind.get("_type") == "ClassLabel"}


def _value(value: Any, labels: list[str] | None) -> Any:
    """Return a value as JSON would hold it; other kinds become text, bytes their number, NaN and infinities nothing."""
    if labels and isinstance(value, int) and 0 <= value < len(labels):
        return labels[value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, dict):
        return {str(name): _value(held, None) for name, held in value.items()}
    if isinstance(value, list):
        return [_value(held, None) for held in value]
    if isinstance(value, (bytes, bytearray)):
        return f"{len(value)} bytes"
    return value.isoformat() if isinstance(value, (date, datetime, time)) else str(value)
