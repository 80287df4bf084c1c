"""How thousands of rows leave the database at once: whole columns as one text each.

The driver makes an object of every cell of every row, which takes longer than everything else. SQLite itself puts a
column together as one text in a tenth of that time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, func, literal, select
from sqlalchemy.types import Text

from debate.stats.column import Column, Floats, Rows

LINE = "\n"
"""Between rows: JSON in one line has none."""


@dataclass(frozen=True)
class Packed:
    """Two columns of numbers, one of texts, one of beliefs."""

    match: Rows
    number: Rows
    said: Column
    beliefs: Floats


def packed(
    connection: Connection,
    query: Select[Any],
    *,
    match: ColumnElement[Any],
    number: ColumnElement[Any],
    said: ColumnElement[str],
    beliefs: ColumnElement[Any],
) -> Packed:
    """Return the columns of a query, ordered by the two numbers.

    Args:
        connection: to read from.
        query: a select of no column yet, from where and under which conditions.
        match: a number.
        number: another.
        said: what `together` makes of texts and numbers that take few different values.
        beliefs: JSON lists of numbers, or NULL.
    """
    held = func.coalesce(beliefs, literal("[]"))
    rows = query.add_columns(match.label("match"), number.label("number"), said.label("said"), held.label("held"))
    c = rows.subquery().c
    whole = select(func.count(), *(func.group_concat(column, LINE) for column in (c.match, c.number, c.said, c.held)))
    count, *columns = connection.execute(whole).one()
    first, second, texts, lists = (column.split(LINE) if count else [] for column in columns)
    one, other = (np.fromiter(map(int, numbers), np.intp, count) for numbers in (first, second))
    order = np.lexsort((other, one))
    believed = {text: i for i, text in enumerate(dict.fromkeys(lists))}
    at = np.fromiter(map(believed.__getitem__, lists), np.intp, count)
    return Packed(one[order], other[order], Column.of(texts).take(order), parsed(tuple(believed))[at[order]])


def together(*parts: Any) -> ColumnElement[str]:
    """Make one text of a row's texts and numbers, as JSON."""
    return func.json_array(*parts, type_=Text)


def parsed(texts: Sequence[str | None]) -> Floats:
    """Return JSON lists of numbers as rows of an array; NaN where there is none."""
    held = json.loads(f"[{','.join('[]' if text is None else text for text in texts)}]")
    wide = max(map(len, held), default=0) or 2
    filler = [float("nan")] * wide
    return np.array([row if len(row) == wide else [*row, *filler][:wide] for row in held]).reshape(-1, wide)
