"""What cells of Parquet and Arrow files come to, whatever kind they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import inf, nan
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from debate.questions.formats.columns import rows

CELLS: dict[str, list[Any]] = {
    "number": [1.5, nan, inf],
    "whole": [7, None, -7],
    "nothing": [None, None, None],
    "nested": [{"a": [nan, 1.0], "b": {"c": None}}, None, {"a": [], "b": None}],
    "several": [["x", None], [], None],
    "money": [Decimal("1.10"), None, Decimal("0")],
    "day": [date(2026, 3, 1), None, None],
    "raw": [b"abc", None, b""],
}
SAID: dict[str, list[Any]] = {
    **CELLS,
    "number": [1.5, None, None],
    "nested": [{"a": [None, 1.0], "b": {"c": None}}, None, {"a": [], "b": None}],
    "money": ["1.10", None, "0.00"],
    "day": ["2026-03-01", None, None],
    "raw": ["3 bytes", None, "0 bytes"],
}


def parquet(path: Path, table: pa.Table) -> None:
    pq.write_table(table, path)


def stream(path: Path, table: pa.Table) -> None:
    with pa.ipc.new_stream(str(path), table.schema) as out:
        out.write_table(table)


def file(path: Path, table: pa.Table) -> None:
    with pa.ipc.new_file(str(path), table.schema) as out:
        out.write_table(table)


@pytest.mark.parametrize("write", [parquet, stream, file])
def test_what_json_cannot_hold_is_nothing_or_a_text(tmp_path: Path, write: Callable[[Path, pa.Table], None]) -> None:
    """H5: NaN and infinities are nothing, also within lists; nulls of every type are None; the rest is text."""
    table = pa.table({name: pa.array(cells) for name, cells in CELLS.items()})
    write(tmp_path / "cells", table)
    found = [row.cells for row in rows([tmp_path / "cells"])]
    assert found == [{name: cells[i] for name, cells in SAID.items()} for i in range(3)]
    assert json.loads(json.dumps(found, allow_nan=False)) == found
