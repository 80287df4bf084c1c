"""What stands in one row, by the names of its columns, whatever their case and spacing?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from debate import intake


class Missing(intake.Fault):
    """A column or key that the format needs is not there, or holds nothing."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        there = folded(name) in map(folded, known)
        super().__init__(f"{name}: is empty" if there else f"{name}: is missing{intake.near(name, known)}")


class Cells:
    """One row: "Correct Answer", "correct_answer" and "correct answer" are the same column."""

    def __init__(self, cells: dict[str, Any]) -> None:
        self.named = cells

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {folded(name): name for name in reversed(self.named)}  # of two that fold alike, the first

    def __contains__(self, name: str) -> bool:
        return self.value(name) is not None

    def has(self, name: str) -> bool:
        """Tell whether there is such a column, be its cell empty or not."""
        return name in self.named or folded(name) in self._folded

    def value(self, name: str) -> Any:
        """Return what stands in a column, None where nothing does; `a.b` is what stands under `b` in the object `a`."""
        whole, _, part = name.partition(".")
        if part and not self.has(name):
            held = self.value(whole)
            return Cells(held).value(part) if isinstance(held, dict) else None
        value = self.named.get(name)
        if value is None and name not in self.named:
            value = self.named.get(self._folded.get(folded(name), name))
        return None if value is None or value == "" or (isinstance(value, float) and math.isnan(value)) else value

    def some(self, *names: str) -> Any:
        """Return what stands in the first of several columns that hold something.

        Raises:
            Missing: none does; it is called by the first name.
        """
        for name in names:
            if (value := self.value(name)) is not None:
                return value
        raise Missing(names[0], self.named)

    def text(self, *names: str) -> str:
        """Return the text in the first of several columns that hold something."""
        return as_text(names[0], self.some(*names))

    def maybe(self, *names: str) -> str:
        """Return the text in the first of several columns that hold something, or nothing."""
        return next((as_text(name, value) for name in names if (value := self.value(name)) is not None), "")

    def number(self, name: str) -> float | None:
        """Return a number, or None where there is none."""
        value = self.value(name)
        if value is None:
            return None
        try:
            number = math.nan if isinstance(value, bool) else float(value)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number):
            raise intake.Fault(f"{name}: should be a number, not {intake.shown(value)}")
        return number

    def rows(self, name: str) -> Iterator[Cells]:
        """Yield the objects of a list, none where there is no list."""
        for index, held in enumerate(listed(name, self.value(name) or [])):
            if not isinstance(held, dict):
                raise intake.Fault(f"{name}[{index}]: should be an object, not {intake.shown(held)}")
            yield Cells(held)

    def texts(self, *names: str) -> tuple[str, ...]:
        """Return a list of texts."""
        held = listed(names[0], self.some(*names))
        return tuple(as_text(f"{names[0]}[{index}]", one) for index, one in enumerate(held))


@lru_cache(maxsize=4_096)  # the same few names stand in every row
def folded(name: str) -> str:
    """Return a column's name in small letters, words joined by underscores."""
    return re.sub(r"\W+", "_", name.casefold()).strip("_")


def as_text(name: str, value: Any) -> str:
    """Return a value that is text, or a number or truth value as it is written."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if not isinstance(value, str):
        raise intake.Fault(f"{name}: should be text, not {intake.shown(value)}")
    return value


def listed(name: str, value: Any) -> list[Any]:
    """Return a value that is a list."""
    if not isinstance(value, list):
        raise intake.Fault(f"{name}: should be a list, not {intake.shown(value)}")
    return value


def as_json(name: str, value: str) -> Any:
    """Return what stands in a cell as JSON."""
    try:
        return intake.parse(value)
    except intake.Fault as fault:
        raise intake.Fault(f"{name}: {fault}") from fault
