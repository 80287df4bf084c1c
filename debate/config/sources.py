"""Where does each value of a tournament come from: a flag, a line of the file, or the defaults?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from debate import intake
from debate.config.file import File
from debate.domain import Tournament
from debate.intake import Loc

DEFAULT = "default"


@dataclass(frozen=True)
class Sources:
    """Knows the flag or the line of the file that each value was given by."""

    file: File = field(default_factory=File)
    flags: dict[Loc, str] = field(default_factory=dict)

    def of(self, *loc: int | str) -> str:
        """Return where the value at a place comes from: `--seed`, `tournament.toml:3` or `default`."""
        if flag := self._flag(loc):
            return flag
        if not _held(self.file.data, loc):
            return DEFAULT
        line = self.file.line(loc)
        return f"{self.file.name}:{line}" if line else self.file.name

    def place(self, loc: Loc) -> str:
        """Return what a message about a place begins with: the flag, or the line and the key."""
        if flag := self._flag(loc):
            return flag
        line = self.file.line(loc)
        where = f"{self.file.name}:{line}: " if line else f"{self.file.name}: " if self.file.name else ""
        return where + intake.place(loc)

    def line(self, loc: Loc) -> int:
        """Return the line that a place is reported at; 0 for a flag and for what is nowhere."""
        return 0 if self._flag(loc) else self.file.line(loc)

    def _flag(self, loc: Loc) -> str | None:
        return next((self.flags[loc[:size]] for size in range(len(loc), 0, -1) if loc[:size] in self.flags), None)

    def rows(self, tournament: Tournament) -> Iterator[tuple[str, str, str]]:
        """Yield the place, the value and the source of every setting, those left at their defaults last."""
        rows = [(intake.place(loc), intake.shown(value), self.of(*loc)) for loc, value in _leaves(tournament)]
        yield from sorted(rows, key=lambda row: row[2] == DEFAULT)


def _held(data: Any, loc: Loc) -> bool:
    held = data
    for part in loc:
        if not (part in held if isinstance(held, dict) else isinstance(held, list) and part in range(len(held))):
            return False
        held = held[part]
    return True


def _leaves(tournament: Tournament) -> Iterator[tuple[Loc, Any]]:
    """Yield the plain settings, and what players, judges and other tables say beyond their defaults."""
    given = tournament.model_dump(mode="json", exclude_defaults=True)
    every = tournament.model_dump(mode="json")
    for name, value in every.items():
        if isinstance(value, dict) and name not in ("prices", "endpoints"):
            yield from (((name, inner), held) for inner, held in value.items())
        elif name in ("debaters", "judges", "protocols", "prices", "endpoints"):
            yield from _inner(given.get(name, value), (name,))
        else:
            yield (name,), value


def _inner(value: Any, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for part, held in items:
        if len(loc) == 1 and isinstance(held, dict):
            yield from _inner(held, (*loc, part))
        else:
            yield (*loc, part), held
