"""Which tournament do a file and flags describe, and what is wrong with them, all at once?

Flags beat the file, the file beats the defaults. Where a value is not valid it is reported and then left out or
replaced, so that the rest can still be checked: nobody mends a file one message at a time.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from debate import intake
from debate.config import checking, outside, secrets
from debate.config.file import File, read
from debate.config.flags import Typed, typed
from debate.config.sources import Sources
from debate.domain import Tournament
from debate.errors import ConfigError
from debate.intake import Loc
from debate.protocols import families

_STANDINS = {"model": "builtin/advocate", "api": "openai", "base_url": "http://127.0.0.1", "input": 0, "output": 0}
"""What stands in for a missing key while the rest is checked."""
_MENDS = 4  # a value of the wrong type is taken out first; what is then missing is replaced
_BITS = 200  # far more than any setting holds; JSON refuses to write integers of thousands of digits


def load(path: Path | None, flags: Mapping[str, object] | None = None) -> tuple[Tournament, Sources]:
    """Return the tournament that a file and flags describe, and where each of its values came from.

    Args:
        path: the tournament file; None for a tournament of flags alone.
        flags: by name, without dashes and with underscores; None and empty ones say nothing. `debater`, `judge`,
            `protocol` and `questions` are lists and replace what the file says; `allow_outside` lets the file name
            files anywhere.

    Raises:
        ConfigError: with every problem of the file and the flags.
    """
    given = dict(flags or {})
    allow_outside = bool(given.pop("allow_outside", False))
    said = typed(given)
    file = read(path) if path else File()
    sources = Sources(file, said.flags)
    data = _merged(outside.rooted(deepcopy(file.data), file.folder), said, sources, given.get("rounds"))
    told = dict(_cleansed(data))
    tournament = _valid(data, told)
    if tournament is not None:
        _add(told, checking.faults(tournament, broken=_broken(told)))
        _add(told, outside.faults(tournament, sources, allow_outside=allow_outside))
    in_order = sorted(told.items(), key=lambda fault: sources.line(fault[0]))
    problems = [*said.problems, *(secrets.hide(f"{sources.place(loc)}: {what}") for loc, what in in_order)]
    if problems or tournament is None:
        raise ConfigError(dict.fromkeys(problems))
    return tournament, sources


def _merged(data: dict[str, Any], said: Typed, sources: Sources, rounds: object) -> dict[str, Any]:
    """Lay the flags over what the file says."""
    for loc, value in said.values.items():
        held: Any = data
        for part in loc[:-1]:
            inner = held.get(part)
            held[part] = held = inner if isinstance(inner, dict) else {}
        held[loc[-1]] = value
    if rounds is not None:
        listed = data.setdefault("protocols", [{"name": "debate"}])
        for index, protocol in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(protocol, dict) and _in_rounds(protocol.get("name")):
                protocol["rounds"] = rounds
                sources.flags["protocols", index, "rounds"] = "--rounds"
    if not sources.file.name:
        data.setdefault("name", _title(data))
    return data


def _in_rounds(name: object) -> bool:
    known = families().get(str(name))
    return known is not None and bool(known.seats) and known.argued


def _title(data: dict[str, Any]) -> str:
    """Return a name for a tournament of flags: the same for the same debaters, so that it can go on."""
    names = [player["name"] for player in data.get("debaters", [])]
    return "-v-".join(names)[:100] or "tournament"


def _cleansed(data: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
    """Take out what must not be repeated or cannot be written as JSON, and say so."""
    for loc in list(secrets.exposed(data)):
        _drop(data, loc)
        yield loc, "looks like a key or a password, which is never written here; name its variable in api_key_env"
    for loc, value in list(_odd(data, ())):
        _drop(data, loc)
        yield loc, f"should be text, a number, true or false, not {str(value)[:40]}"


def _odd(value: Any, loc: Loc) -> Iterator[tuple[Loc, object]]:
    """Yield dates, numbers that are none, and integers that no setting can hold."""
    if isinstance(value, dict):
        for name, held in value.items():
            yield from _odd(held, (*loc, name))
    elif isinstance(value, list):
        for index, held in enumerate(value):
            yield from _odd(held, (*loc, index))
    elif isinstance(value, int) and value.bit_length() > _BITS:
        yield loc, f"an integer of {value.bit_length()} bits"
    elif not isinstance(value, str | int) and not (isinstance(value, float) and math.isfinite(value)):
        yield loc, value


def _valid(data: dict[str, Any], told: dict[Loc, str]) -> Tournament | None:
    """Return the tournament, mended where it had to be, and add to `told` what had to be mended."""
    for _ in range(_MENDS):
        try:
            return Tournament.model_validate_json(json.dumps(data), strict=True)
        except ValidationError as exc:
            found = _settled(exc, data)
            _add(told, found.items())
            for loc in sorted(found, key=_deepest_last_first):
                _mend(data, loc)
    return None


def _add(told: dict[Loc, str], faults: Iterable[tuple[Loc, str]]) -> None:
    """Note faults, but for those at or within a place that has one already."""
    known = set(told)
    told |= {loc: what for loc, what in faults if not any(loc[:size] in known for size in range(1, len(loc) + 1))}


def _broken(told: Iterable[Loc]) -> frozenset[str]:
    """Return the tables from whose mended state nothing follows."""
    whole = {str(loc[0]) for loc in told if len(loc) == 1 or loc[0] == "pairing"}
    models = {
        "prices" for loc in told if loc[-1] in ("model", "preference", "critic") or whole & {"debaters", "judges"}
    }
    return frozenset(whole | models)


def _deepest_last_first(loc: Loc) -> tuple[int, int]:
    last = loc[-1]
    return -len(loc), -last if isinstance(last, int) else 0


def _settled(exc: ValidationError, data: dict[str, Any]) -> dict[Loc, str]:
    """Return the problems by place, those of the branches of a union as one."""
    told: dict[Loc, list[str]] = {}
    for loc, message in intake.problems(exc, Tournament):
        place = loc if message == "is missing" else _real(loc, data)
        last = str(place[-1])
        if message == "unknown key" and len(place) > 1 and (hint := intake.near(last, Tournament.model_fields)):
            message = f"unknown key here{hint} It belongs above the first [table]"
        told.setdefault(place, []).append(message.replace("an object", "a table"))
    return {loc: " or ".join(dict.fromkeys(messages)) for loc, messages in told.items()}


def _real(loc: Loc, data: Any) -> Loc:
    """Return the part of a place that is in the data, without the names that pydantic gives to branches."""
    held = data
    for depth, part in enumerate(loc):
        if not (part in held if isinstance(held, dict) else isinstance(held, list) and part in range(len(held))):
            return loc[:depth]
        held = held[part]
    return loc


def _mend(data: dict[str, Any], loc: Loc) -> None:
    """Take out a value that is not valid, or put something in the place of one that is missing."""
    *parents, last = loc
    held: Any = data
    for part in parents:
        held = held[part]
    if isinstance(last, int):
        held[last : last + 1] = [{}] if parents[-1] in ("debaters", "judges", "protocols") else []
    elif last in held:
        del held[last]
    else:
        held[last] = _STANDINS.get(str(last), intake.place(tuple(parents)) or "unnamed")


def _drop(data: dict[str, Any], loc: Loc) -> None:
    held: Any = data
    for part in loc[:-1]:
        held = held[part]
    if isinstance(held, dict):
        del held[loc[-1]]
    else:
        held[loc[-1]] = "..."
