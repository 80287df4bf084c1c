"""Many rows in few statements.

The thread that writes shares the interpreter with the event loop, and has to wait for it after every statement:
rows of one table go into one INSERT, whose text is made once for each number of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from debate.store import tables
from debate.store.prepared import DIALECT

SIZES = (64, 16, 4, 1)  # how many rows one statement takes, so that few statements are kept prepared

Record = Mapping[str, Any]
"""A row to be, by column."""


class Batch:
    """Rows to be inserted, by table, in the order in which tables refer to each other."""

    def __init__(self) -> None:
        self.rows: defaultdict[str, list[Record]] = defaultdict(list)

    def add(self, table: str, row: Record) -> None:
        """Keep a row for the next flush."""
        self.rows[table].append(row)

    def flush(self, connection: Connection) -> None:
        """Insert everything that was added."""
        for table in ORDER:
            if rows := self.rows.pop(table, None):
                insert_rows(connection, table, rows)


def insert_rows(connection: Connection, table: str, rows: Iterable[Record], *, new: bool = False) -> None:
    """Insert rows, which all have the columns of the first; with `new`, leave alone those that are there."""
    rows = list(rows)
    if not rows:
        return
    columns = _columns(table, tuple(rows[0]))
    values = list(map(itemgetter(*columns), rows))
    start = 0
    for size in SIZES:
        while len(values) - start >= size:
            block = values[start : start + size]
            start += size
            connection.exec_driver_sql(_statement(table, columns, size, new), tuple(chain.from_iterable(block)))


@lru_cache(maxsize=256)
def _columns(table: str, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the given columns in the order of the table, which is the order of a compiled INSERT."""
    return tuple(column.name for column in tables.Table.metadata.tables[table].columns if column.name in given)


@lru_cache(maxsize=256)
def _statement(name: str, columns: tuple[str, ...], size: int, new: bool) -> str:
    """Return the text of an INSERT of so many rows."""
    statement = insert(tables.Table.metadata.tables[name])
    if new:
        statement = statement.on_conflict_do_nothing()
    one = str(statement.compile(dialect=DIALECT, column_keys=columns))
    head, _, rest = one.partition(" VALUES ")
    group, _, tail = rest.partition(")")
    return f"{head} VALUES {', '.join([group + ')'] * size)}{tail}"


ORDER = tuple(table.name for table in tables.Table.metadata.sorted_tables)
