"""Write the measured coverage of intervals into docs/measuring.md, from docs/measured/coverage.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PAGE = HERE / "measuring.md"
MEASURED = HERE / "measured" / "coverage.json"
_BLOCK = re.compile(r"(<!-- coverage:begin -->\n).*?(<!-- coverage:end -->)", re.DOTALL)

Row = dict[str, Any]


def page(text: str, found: Row) -> str:
    """Return the page with the tables in their place."""
    body = "\n".join(_told(found))
    return _BLOCK.sub(lambda at: f"{at[1]}{body}\n{at[2]}", text)


def current() -> str:
    """Return the page as it should be."""
    return page(PAGE.read_text("utf-8"), json.loads(MEASURED.read_text("utf-8")))


def _told(found: Row) -> Iterator[str]:
    yield f"\n{found['repetitions']:,} tournaments in each cell:\n"
    yield from _table(
        ("measure", "questions", "cells", "mean coverage", "worst cell", "which that is"),
        (
            (r["measure"], r["questions"], r["cells"], _share(r["mean"]), _share(r["worst"]), r["worst_cell"])
            for r in found["summary"]
        ),
    )
    yield "\nExempt from the promise, and measured all the same:\n"
    yield from _table(
        ("measure", "questions", "tournaments", "with an interval", "coverage of those"),
        (
            (r["measure"], r["questions"], r["repetitions"], _share(r["estimable"]), _share(r["coverage"]))
            for r in found["exempt"]
        ),
    )
    yield "\nSlopes and regressions, of which nothing is promised:\n"
    yield from _table(
        ("measure", "size", "tournaments", "with an interval", "coverage of those", "mean of value - truth", "width"),
        map(_sloped, found["slopes"]),
    )
    yield ""


def _sloped(row: Row) -> tuple[object, ...]:
    shares = _share(row["estimable"]), _share(row["coverage"])
    return (
        row["measure"],
        f"{row['size']} {row['of']}",
        row["repetitions"],
        *shares,
        f"{row['off']:+.3f}",
        f"{row['width']:.3f}",
    )


def _share(value: float | None) -> str:
    return "none" if value is None else f"{value:.1%}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)


def main() -> None:
    """Write the tables."""
    PAGE.write_text(current(), "utf-8")


if __name__ == "__main__":
    main()
