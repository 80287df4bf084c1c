"""Measure coverage, and keep it: `python -m benchmarks.calibration [--repetitions N] [--out FILE]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from benchmarks.calibration.agreeing import agreeing
from benchmarks.calibration.coverage import SEED, Row, coverage, summary
from benchmarks.calibration.exempt import exempt
from benchmarks.calibration.slopes import slopes
from benchmarks.calibration.truths import Truth, grid

OUT = Path(__file__).resolve().parents[2] / "docs" / "measured" / "coverage.json"
EXEMPT_REPETITIONS = 400
SLOPE_REPETITIONS = 500
PROMISED = (60, 200)
"""Numbers of questions from which alpha's interval makes the promise."""


def main() -> int:
    """Measure every cell, write the table, and say whether the promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=2000, help="tournaments drawn in each cell")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--out", type=Path, default=OUT, help="the JSON file that docs/measuring.md is made from")
    asked = parser.parse_args()
    rows, spared, sloping = _measured(asked.repetitions, asked.workers)
    found = summary(rows)
    parts = {"summary": found, "exempt": spared, "slopes": sloping, "cells": rows}
    table: dict[str, Any] = {"repetitions": asked.repetitions, **parts}
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(_lines(table), "utf-8")
    for row in (*found, *spared, *sloping):
        print(json.dumps(row))
    kept = all(row["kept"] for row in found)
    print("the intervals keep their promise" if kept else "an interval falls short", file=sys.stderr)
    return 0 if kept else 1


def _measured(repetitions: int, workers: int) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the cells with alpha's, what the promise exempts, and the slopes; what takes longest begins first."""
    with Pool(workers) as pool:
        sloping = pool.apply_async(_rows, (slopes, min(repetitions, SLOPE_REPETITIONS)))
        spared = pool.apply_async(_rows, (exempt, min(repetitions, EXEMPT_REPETITIONS)))
        alike = pool.apply_async(_rows, (agreeing, PROMISED, repetitions))
        cells = [row for rows in pool.imap(_cell, [(truth, repetitions) for truth in grid()]) for row in rows]
        return [*cells, *alike.get()], spared.get(), sloping.get()


def _rows(part: Callable[..., Iterator[Row]], *asked: Any) -> list[Row]:
    return list(part(*asked, seed=SEED))


def _cell(job: tuple[Truth, int]) -> list[Row]:
    truth, repetitions = job
    return list(coverage([truth], repetitions))


def _lines(table: dict[str, Any]) -> str:
    """Return JSON with a line for each row."""
    parts = []
    for key, value in table.items():
        held = json.dumps(value)
        if isinstance(value, list):
            held = "[\n" + ",\n".join(f"  {json.dumps(row)}" for row in value) + "\n ]"
        parts.append(f" {json.dumps(key)}: {held}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    sys.exit(main())
