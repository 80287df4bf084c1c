"""Statements whose text is made once: SQLAlchemy would make the key to its own cache anew for every execution."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, CursorResult
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

DIALECT = sqlite.dialect()


class Prepared:
    """A statement with its bind parameters by name."""

    def __init__(self, statement: Any) -> None:
        compiled: SQLCompiler = statement.compile(dialect=DIALECT)
        self.text = str(compiled)
        self.names = tuple(compiled.positiontup or ())
        self.fixed = {name: value for name, value in compiled.params.items() if value is not None}

    def __call__(self, connection: Connection, **values: Any) -> CursorResult[Any]:
        """Execute the statement."""
        given = self.fixed | values
        return connection.exec_driver_sql(self.text, tuple(given[name] for name in self.names))
