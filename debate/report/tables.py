"""A report as flat tables, one for each kind of row: every number with interval, unit and n in columns of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from debate import sanitize
from debate.report.report import Report
from debate.stats.estimate import Estimate, NoData

Cell = str | int | float | bool | None
Row = dict[str, Cell]

ABOUT = {
    *("tournament", "version", "where", "only", "by", "unit", "seed", "complete", "incomplete", "matches", "excluded"),
    *("n_questions", "n_debates", "n_judgments", "rating_slope", "rating_slope_players", "rating_reliability"),
}
"""What is said once of a whole report."""


def tables(report: Report) -> dict[str, list[Row]]:
    """Return every table of a report by name; one without rows is left out."""
    found: dict[str, list[Row]] = {"report": [dict(flat(report, only=ABOUT))]}
    for name in ("headlines", "warnings", "rating_notes"):
        found[name] = [{name.removesuffix("s"): sentence} for sentence in getattr(report, name)]
    found["models"] = [{"name": name, "model": model} for name, model in report.models.items()]
    for name in type(report).model_fields:
        held = getattr(report, name)
        if isinstance(held, tuple) and held and all(isinstance(one, BaseModel) for one in held):
            found[name] = [dict(flat(one)) for one in held]
            found |= _within(name, held)
        elif isinstance(held, BaseModel) and name != "rating_slope":
            found[name] = [dict(flat(held))]
            found |= _within(name, (held,))
    return {name: rows for name, rows in found.items() if rows}


def _within(name: str, held: Sequence[BaseModel]) -> dict[str, list[Row]]:
    """Return the tables inside rows, such as the bins of a calibration, with the row that each belongs to."""
    found: dict[str, list[Row]] = {}
    for row, one in enumerate(held):
        about = {
            key: value for key, value in flat(one) if isinstance(value, str) and not key.endswith(("_why", "_method"))
        }
        for key, inner in _tuples(one, name):
            found.setdefault(key, []).extend({"row": row, **about, **dict(flat(part))} for part in inner)
    return found


def _tuples(value: BaseModel, name: str) -> Iterator[tuple[str, tuple[BaseModel, ...]]]:
    """Yield the tuples of rows in a value, and in the values within it."""
    for key in type(value).model_fields:
        inner = getattr(value, key)
        if isinstance(inner, tuple) and inner and all(isinstance(part, BaseModel) for part in inner):
            yield f"{name}_{key}", inner
        elif isinstance(inner, BaseModel):
            yield from _tuples(inner, f"{name}_{key}")


def flat(value: BaseModel, prefix: str = "", *, only: Collection[str] = ()) -> Iterator[tuple[str, Cell]]:
    """Yield the columns of one row; a measure takes several, and tuples of values are tables of their own."""
    for name in type(value).model_fields:
        if only and name not in only:
            continue
        held: Any = getattr(value, name)
        key = f"{prefix}{name}"
        if isinstance(held, Estimate):
            yield key, held.value
            for part in ("low", "high", "level", "method", "unit", "n_clusters", "n_questions", "n_judgments", "why"):
                yield f"{key}_{part}", getattr(held, part)
        elif isinstance(held, NoData):
            yield key, None
            yield f"{key}_why", held.why
        elif isinstance(held, BaseModel):
            yield from flat(held, f"{key}_")
        elif isinstance(held, dict):
            yield from ((f"{key}_{inner}", _plain(one)) for inner, one in held.items())
        elif not isinstance(held, tuple):
            yield key, _plain(held)
        elif all(isinstance(one, str | int | float) for one in held):
            yield key, " ".join(map(str, held))


def _plain(held: Any) -> Cell:
    return held if held is None or isinstance(held, str | int | float | bool) else str(held)


def as_csv(rows: Sequence[Row]) -> str:
    """Return rows as CSV that no spreadsheet takes for a formula; columns in the order in which they first occur."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
    return out.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return (
        sanitize.cell(value)
        if isinstance(value, str)
        else str(value).lower()
        if isinstance(value, bool)
        else repr(value)
    )
