"""How are flat tables written? A folder of CSV or Parquet files, whole or not at all, a block of rows at a time."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeAlias, get_type_hints

from debate import sanitize
from debate.records.flat import TABLES, Row, rows
from debate.records.whole import whole

BLOCK = 2_000  # rows; with their texts a few megabytes

Write: TypeAlias = Callable[[Sequence[Row]], None]
Table: TypeAlias = Callable[[Path, str], AbstractContextManager[Write]]


def write(folder: Path, lines: Iterable[Mapping[str, Any]], *, packed: bool = False) -> dict[str, int]:
    """Write the tables of records into a folder, and return how many rows each has; old files stay until then.

    Args:
        folder: made where it is not there.
        lines: the records.
        packed: write Parquet instead of CSV.
    """
    folder.mkdir(exist_ok=True)
    form, table = ("parquet", _parquet) if packed else ("csv", _csv)
    counts = dict.fromkeys(TABLES, 0)
    with ExitStack() as stack:
        tables = {name: stack.enter_context(_table(folder / f"{name}.{form}", name, table)) for name in TABLES}
        held: dict[str, list[Row]] = {name: [] for name in TABLES}
        for line in lines:
            for name, found in rows(line).items():
                held[name] += found
                counts[name] += len(found)
                if len(held[name]) >= BLOCK:
                    tables[name](held[name])
                    held[name] = []
        for name, rest in held.items():
            tables[name](rest)
    return counts


@contextmanager
def _table(path: Path, name: str, table: Table) -> Iterator[Write]:
    """Give what writes rows to a new file, which takes the place of the old one if all goes well."""
    with whole(path) as part, table(part, name) as write:
        yield write


@contextmanager
def _csv(path: Path, name: str) -> Iterator[Write]:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(TABLES[name]._fields)
        yield lambda found: writer.writerows([_cell(value) for value in row] for row in found)


def _cell(value: object) -> object:
    """Return a value as a spreadsheet may see it: numbers as they are, no text that it would compute."""
    return sanitize.cell(value) if isinstance(value, str) else value


@contextmanager
def _parquet(path: Path, name: str) -> Iterator[Write]:
    import pyarrow as pa  # here, since importing it takes 0.3 s
    import pyarrow.parquet as pq

    kinds = {str: pa.string(), int: pa.int64(), int | None: pa.int64(), float | None: pa.float64()}
    schema = pa.schema([(field, kinds[hint]) for field, hint in get_type_hints(TABLES[name]).items()])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:

        def write(found: Sequence[Row]) -> None:
            whole = [{field: _whole(value) for field, value in row._asdict().items()} for row in found]
            writer.write_table(pa.Table.from_pylist(whole, schema=schema))

        yield write


def _whole(value: object) -> object:
    """Return a text without half characters, which Parquet cannot hold."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
