"""What does a tournament file say, and on which line does each key stand?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from debate import intake
from debate.errors import ConfigError
from debate.intake import Loc

LARGEST = 2**20  # bytes; the largest sensible file, of hundreds of players, is a tenth of it
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_NAME = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)"""
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*\]")


@dataclass(frozen=True)
class File:
    """A tournament file that could be read as TOML; where there is none, it says nothing."""

    name: str = ""
    folder: Path = Path()
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Loc, int] = field(default_factory=dict)

    def line(self, loc: Loc) -> int:
        """Return the line of a key, or of the nearest table around it; 0 where there is none."""
        return next((self.lines[loc[:size]] for size in range(len(loc), 0, -1) if loc[:size] in self.lines), 0)


def read(path: Path) -> File:
    """Read a tournament file as TOML.

    Raises:
        ConfigError: it is not there, not text, not TOML, too large or nested too deeply.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as exc:
        hint = '; "debate init" writes one' if isinstance(exc, FileNotFoundError) else ""
        raise ConfigError([f"{path}: {exc.strerror}{hint}"]) from exc
    if len(raw) > LARGEST:
        raise ConfigError([f"{path}: larger than {LARGEST:,} bytes, which no tournament file needs"])
    try:
        text = intake.decode(raw).replace("\r\n", "\n")
    except intake.Fault as exc:
        raise ConfigError([f"{path}: {exc}"]) from exc
    data = _parse(text, path)
    return File(name=str(path), folder=path.parent, data=data, lines=dict(_lines(text)))


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise ConfigError([_syntax(str(exc), text, path)]) from exc
    except RecursionError as exc:
        raise ConfigError([f"{path}: nested too deeply"]) from exc
    except ValueError as exc:
        raise ConfigError([f"{path}: a number or a date in it is out of range"]) from exc
    if intake.deeper(data, intake.DEPTH):
        raise ConfigError([f"{path}: nested more than {intake.DEPTH} levels deep"])
    return data


def _syntax(message: str, text: str, path: Path) -> str:
    """Return a syntax error with its line in front."""
    found = _AT.search(message)
    said = _AT.sub("", message)
    if found is None or found[1] is None:
        return f"{path}:{text.count(chr(10)) + 1}: not valid TOML: {said}: the file ends too soon"
    number, column = int(found[1]), int(found[2])
    twice = said.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate"))
    if twice:
        line = text.splitlines()[number - 1] if number <= text.count("\n") + 1 else ""
        return f"{path}:{number}: this key or table is given twice: {line.partition('=')[0].strip()}"
    return f"{path}:{number}: not valid TOML: {said} at column {column}"


def _lines(text: str) -> Iterator[tuple[Loc, int]]:
    """Yield the place and line of every table and key."""
    table: Loc = ()
    counts: dict[Loc, int] = {}
    for number, line in _outside_strings(text):
        if header := _HEADER.match(line):
            table = _indexed(_names(header[2]), counts, array=header[1] == "[[")
            yield table, number
        elif key := _KEY.match(line):
            yield (*table, *_names(key[1])), number


def _outside_strings(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that do not begin within a string of several lines."""
    within = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not within:
            yield number, line
        for mark in re.findall(r'"""|\'\'\'', line):
            within = mark if not within else "" if mark == within else within


def _indexed(names: tuple[str, ...], counts: dict[Loc, int], *, array: bool) -> Loc:
    """Return the place of a table, with the numbers of the arrays that it is in."""
    place: Loc = ()
    for depth, name in enumerate(names, 1):
        place = (*place, name)
        if array and depth == len(names):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


def _names(dotted: str) -> tuple[str, ...]:
    """Return the parts of a dotted key, as TOML itself reads them."""
    held: Any = tomllib.loads(f"{dotted} = 0")
    names: list[str] = []
    while isinstance(held, dict):
        ((name, held),) = held.items()
        names.append(name)
    return tuple(names)
