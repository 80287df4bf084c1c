"""Write what was measured of intervals and of the audit into docs/measuring.md: `python -m docs.coverage`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PAGE = HERE / "measuring.md"
COVERAGE = HERE / "measured" / "coverage.json"
AUDIT = HERE / "measured" / "audit.json"
_BLOCK = re.compile(r"(<!-- (coverage|audit):begin -->\n).*?(<!-- \2:end -->)", re.DOTALL)

Row = dict[str, Any]


def page(text: str, coverage: Row, audit: Row) -> str:
    """Return the page with the tables in their places."""
    made = {"coverage": "\n".join(_coverage(coverage)), "audit": "\n".join(_audit(audit))}
    return _BLOCK.sub(lambda found: f"{found[1]}{made[found[2]]}\n{found[3]}", text)


def _coverage(table: Row) -> Iterator[str]:
    yield f"{table['repetitions']:,} tournaments in each cell:\n"
    rows = table["summary"]
    yield from _table(
        ("measure", "questions", "cells", "mean coverage", "worst cell", "which"),
        (
            (r["measure"], r["questions"], r["cells"], _share(r["mean"]), _share(r["worst"]), r["worst_cell"])
            for r in rows
        ),
    )
    yield "\nExempt from the promise, and measured all the same:\n"
    yield from _table(
        ("measure", "questions", "tournaments", "with an interval", "coverage of those"),
        (
            (r["measure"], r["questions"], r["repetitions"], _share(r["estimable"]), _share(r["coverage"]))
            for r in table["exempt"]
        ),
    )


def _audit(table: Row) -> Iterator[str]:
    if "alarms" in table:
        yield "False alarms in honest tournaments, with the upper 95% limit of their rate:\n"
        rows = table["alarms"]
        yield from _table(
            ("tournaments", "played", "with an alarm", "at most"),
            ((r["kind"], r["runs"], r["raised"], f"{r['upper']:.2%}") for r in rows),
        )
    if "power" in table:
        yield "\nColluding players named, and nobody else:\n"
        rows = table["power"]
        yield from _table(
            ("scheme", "dose", "players", "debates", "tournaments", "named alone", "interval"),
            (
                (r["scheme"], r["dose"], r["players"], r["debates"], r["runs"], r["named_alone"], _range(r))
                for r in rows
            ),
        )


def _range(row: Row) -> str:
    return f"{row['low']:.0%} to {row['high']:.0%}"


def _share(value: float | None) -> str:
    return "none" if value is None else f"{value:.1%}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)


def main() -> None:
    """Write the tables that have been measured."""
    coverage, audit = (json.loads(path.read_text("utf-8")) if path.exists() else {} for path in (COVERAGE, AUDIT))
    PAGE.write_text(page(PAGE.read_text("utf-8"), coverage, audit), "utf-8")


if __name__ == "__main__":
    main()
