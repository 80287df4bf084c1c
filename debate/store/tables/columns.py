"""How columns are declared: types that are STRICT on SQLite, and the CHECKs that keep states and numbers sane."""

from __future__ import annotations

from typing import Any, get_args

from sqlalchemy import BigInteger, CheckConstraint, Double, ForeignKey, Integer, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

Real: TypeEngine[float] = Double().with_variant(sqlite.REAL(), "sqlite")
Serial: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
STRICT: dict[str, Any] = {"sqlite_strict": True}
CLUSTERED: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}

MOST_USD = 1e12  # finite, and more than anybody has


class Table(SQLModel, registry=registry()):
    """The base of every table; its metadata is its own, apart from other packages' SQLModel tables."""


def among(column: str, words: Any, *, nullable: bool = False) -> CheckConstraint:
    """Make a CHECK that a column holds one of the words of a Literal."""
    listed = ", ".join(f"'{word}'" for word in get_args(words))
    either = f'"{column}" IS NULL OR ' if nullable else ""
    return CheckConstraint(f'{either}"{column}" IN ({listed})', name=f"{column}_known")


def finite(column: str, most: float = MOST_USD) -> CheckConstraint:
    """Make a CHECK that a column is NULL or a finite number that is not negative."""
    return CheckConstraint(f'"{column}" IS NULL OR "{column}" BETWEEN 0 AND {most:.0f}', name=f"{column}_finite")


def flag(column: str) -> CheckConstraint:
    """Make a CHECK that a column is 0 or 1."""
    return CheckConstraint(f'"{column}" IN (0, 1)', name=f"{column}_flag")


def json(column: str) -> CheckConstraint:
    """Make a CHECK that a column is NULL or JSON."""
    return CheckConstraint(f'"{column}" IS NULL OR json_valid("{column}")', name=f"{column}_json").ddl_if(
        dialect="sqlite"
    )


def words(**more: Any) -> Any:
    """Make a column of text."""
    return Field(sa_type=Text, **more)


def to(column: str, **more: Any) -> Any:
    """Make a column that refers to an integer key of another table."""
    return Field(sa_type=Serial, sa_column_args=[ForeignKey(column)], **more)


def naming(column: str, **more: Any) -> Any:
    """Make a column that refers to a text key of another table."""
    return Field(sa_type=Text, sa_column_args=[ForeignKey(column)], **more)


def number(**more: Any) -> Any:
    """Make a column of floating-point numbers."""
    return Field(sa_type=Real, **more)
