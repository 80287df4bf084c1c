"""How a text column of a million rows fits in memory: as codes into its few different names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import NoneType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.int32]
Flags: TypeAlias = NDArray[np.bool_]
Rows: TypeAlias = NDArray[np.intp]

NONE = -1
"""The code of a row that has no value."""


@dataclass(frozen=True)
class Column:
    """Row i says `names[codes[i]]`, or nothing where its code is -1. `codes` may have two axes."""

    codes: Codes
    names: tuple[str, ...]

    @classmethod
    def of(cls, values: Iterable[object]) -> Column:
        """Code the texts of `values`; None stays none."""
        said: list[Any] = list(values)
        if set(map(type, said)) - {str, NoneType}:
            said = [None if value is None else _text(value) for value in said]
        names = tuple(sorted(set(said) - {None}))
        code: dict[object, int] = {name: i for i, name in enumerate(names)}
        code[None] = NONE
        return cls(np.fromiter(map(code.__getitem__, said), np.int32, len(said)), names)

    @classmethod
    def of_numbers(cls, values: NDArray[np.generic]) -> Column:
        """Code whole numbers; -1 stays none."""
        found, codes = np.unique(values, return_inverse=True)
        none = found == NONE
        moved = np.where(none, NONE, np.cumsum(~none) - 1).astype(np.int32)
        return cls(moved[codes], tuple(_text(value) for value in found[~none].tolist()))

    @classmethod
    def constant(cls, name: str | None, rows: int) -> Column:
        """Make a column that says the same in every row."""
        return cls(np.full(rows, NONE if name is None else 0, np.int32), () if name is None else (name,))

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: Codes | Rows | Flags) -> Column:
        """Return the column of those rows only."""
        return Column(taken(self.codes, rows), self.names)

    def is_in(self, *names: str) -> Flags:
        """Tell for each row whether it says one of `names`; an empty name means none."""
        wanted = np.array([*(name in names for name in self.names), "" in names])  # the last stands for none
        return np.asarray(wanted[self.codes])

    def text(self, row: int) -> str | None:
        """Return what one row says."""
        code = int(self.codes[row])
        return None if code == NONE else self.names[code]

    @property
    def present(self) -> tuple[str, ...]:
        """The names that some row says."""
        counts = self.counts
        return tuple(name for name in self.names if counts[name])

    @property
    def counts(self) -> dict[str, int]:
        """How many rows say each name."""
        flat = self.codes.ravel()
        found = np.bincount(flat[flat >= 0], minlength=len(self.names))
        return dict(zip(self.names, found.tolist(), strict=True))

    @property
    def only(self) -> str | None:
        """The one name that every row says, or None."""
        if len(self) and (self.codes == self.codes.flat[0]).all():
            return self.text(0)
        return None


def taken(values: Any, rows: Codes | Rows | Flags) -> Any:
    """Return those rows of a column or an array; by number, several times as fast where there are two axes."""
    if isinstance(values, Column):
        return values.take(rows)
    return values[rows] if rows.dtype == bool else values.take(rows, axis=0)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
