"""How a million rows leave the database: whole columns as one text each, blocks of rows at a time.

The driver makes an object of every cell of every row, which for a million judgments takes longer than everything
else that a report does. SQLite itself puts a column together as one text in a tenth of that time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Column, ColumnElement, Connection, Integer, Select, bindparam, func, literal, select
from sqlalchemy.types import Text

from debate.stats.column import Codes, Floats, Rows

LINE = "\n"
"""Between rows: JSON in one line has none."""
BLOCK = 50_000  # rows of a block, about ten megabytes
LOW, HIGH = bindparam("low", type_=Integer), bindparam("high", type_=Integer)


@dataclass(frozen=True)
class Told:
    """Few different rows of texts, and which of them each row is."""

    texts: Sequence[Sequence[Any]]
    at: Codes

    def take(self, rows: Rows) -> Told:
        """Return those rows only."""
        return Told(self.texts, self.at[rows])


@dataclass(frozen=True)
class Packed:
    """Two columns of numbers, one of texts, one of beliefs."""

    number: Rows
    match: Rows
    told: Told
    beliefs: Floats


def packed(
    connection: Connection,
    along: Column[Any],
    match: ColumnElement[Any],
    said: ColumnElement[str],
    beliefs: ColumnElement[Any],
    query: Select[Any],
) -> Packed:
    """Return the columns of a query, in no particular order.

    Args:
        connection: to read from.
        along: the number by which blocks of rows are made: the first column of a key.
        match: another number.
        said: what `together` makes of texts and numbers that take few different values.
        beliefs: JSON lists of numbers, or NULL.
        query: a select of no column yet, from where and under which conditions.
    """
    rows = query.add_columns(
        along.label("number"),
        match.label("match"),
        said.label("said"),
        func.coalesce(beliefs, literal("[]")).label("held"),
    )
    block = rows.where(along >= LOW, along < HIGH).subquery()
    c = block.c
    columns = (c.number, c.match, func.coalesce(c.said, ""), c.held)
    whole = select(func.count(), *(func.group_concat(column, LINE) for column in columns))
    top = connection.scalar(select(func.max(along)).select_from(along.table)) or 0
    code: dict[str, int] = {}
    found = [
        part
        for low in range(0, top + 1, BLOCK)
        if (part := _block(connection.execute(whole, {"low": low, "high": low + BLOCK}).one(), code))
    ]
    if not found:
        nothing = np.zeros(0, np.intp)
        return Packed(nothing, nothing, Told([], np.zeros(0, np.int32)), parsed(()))
    numbers, matches, at, held = zip(*found, strict=True)
    told = Told([json.loads(text) for text in code], np.concatenate(at))
    return Packed(np.concatenate(numbers), np.concatenate(matches), told, _stacked(held))


def together(*parts: Any) -> ColumnElement[str]:
    """Make one text of a row's texts and numbers, as JSON."""
    return func.json_array(*parts, type_=Text)


def parsed(texts: Sequence[str | None]) -> Floats:
    """Return JSON lists of numbers as rows of an array; NaN where there is none."""
    held = json.loads(f"[{','.join('[]' if text is None else text for text in texts)}]")
    wide = max(map(len, held), default=0) or 2
    filler = [float("nan")] * wide
    return np.array([row if len(row) == wide else [*row, *filler][:wide] for row in held]).reshape(-1, wide)


def _block(row: Any, code: dict[str, int]) -> tuple[Rows, Rows, Codes, Floats] | None:
    count, number, match, said, held = row
    if not count:
        return None
    texts, beliefs = said.split(LINE), held.split(LINE)
    for text in dict.fromkeys(texts):
        code.setdefault(text, len(code))
    believed = {text: i for i, text in enumerate(dict.fromkeys(beliefs))}
    return (
        _numbers(number),
        _numbers(match),
        np.fromiter(map(code.__getitem__, texts), np.int32, count),
        parsed(tuple(believed))[np.fromiter(map(believed.__getitem__, beliefs), np.intp, count)],
    )


def _numbers(text: str) -> Rows:
    return np.fromstring(text, np.intp, sep=LINE)


def _stacked(parts: Sequence[Floats]) -> Floats:
    wide = max(part.shape[1] for part in parts)
    return np.concatenate(list(_widened(parts, wide)))


def _widened(parts: Sequence[Floats], wide: int) -> Iterator[Floats]:
    for part in parts:
        yield np.pad(part, ((0, 0), (0, wide - part.shape[1])), constant_values=np.nan)
