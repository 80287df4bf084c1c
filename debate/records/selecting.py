"""Which debates and rulings leave? Those whose columns in the flat tables have the values that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from debate.errors import UsageError
from debate.records.flat import JudgmentRow, MatchRow, judgment, rows

Line: TypeAlias = dict[str, Any]
META = "meta."
KEYS = (*JudgmentRow._fields, *MatchRow._fields)


def select(lines: Iterable[Line], where: Mapping[str, str]) -> Iterator[Line]:
    """Yield the records that have every value, each with the rulings that have it; one without such rulings stays out.

    Raises:
        UsageError: a key is no column.
    """
    if wrong := [key for key in where if not key.startswith(META) and key not in KEYS]:
        raise UsageError(f'--where: there is no key "{wrong[0]}"; there are {", ".join(dict.fromkeys(KEYS))}, meta.X')
    ruled = {key: value for key, value in where.items() if key in JudgmentRow._fields}
    played = {key: value for key, value in where.items() if key not in ruled}
    return (found for line in lines if (found := _selected(line, ruled, played)) is not None)


def _selected(line: Line, ruled: Mapping[str, str], played: Mapping[str, str]) -> Line | None:
    if played:
        (row,) = rows(line)["matches"]
        held = row._asdict()
        if any(
            _told(_meta(line, key) if key.startswith(META) else held[key]) != value for key, value in played.items()
        ):
            return None
    if not ruled:
        return line
    kept = [ruling for ruling in line["judgments"] if _has(judgment(line, ruling), ruled)]
    ids = {ruling["id"] for ruling in kept} | {None}
    kept = [ruling for ruling in kept if ruling["superseded_by"] in ids]
    return {**line, "judgments": kept} if kept else None


def _has(row: JudgmentRow, ruled: Mapping[str, str]) -> bool:
    return all(_told(getattr(row, key)) == value for key, value in ruled.items())


def _meta(line: Line, key: str) -> Any:
    held: Any = line["meta"]
    for part in key.removeprefix(META).split("."):
        held = held.get(part) if isinstance(held, dict) else None
    return held


def _told(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
