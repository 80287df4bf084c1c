"""How is it said what is wrong with a value that was read: in which words, and at which place?"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError

Loc: TypeAlias = tuple[int | str, ...]
"""Where a key stands: the keys and places that lead to it."""


_WORDS = {
    "a valid integer": "a whole number",
    "a valid string": "text",
    "a valid boolean": "true or false",
    "a valid array": "a list",
    "an array": "a list",
    "a valid ": "a ",
}


def told(exc: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    """Yield each problem of a validation in one sentence that begins with the place of the key."""
    for loc, message in problems(exc, model):
        yield f"{place(loc) or 'the line'}: {message}"


def problems(exc: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Loc, str]]:
    """Yield the place and the problem of each error of a validation, in our own words."""
    for error in exc.errors(include_url=False):
        loc, kind = error["loc"], error["type"]
        if kind == "missing":
            yield loc, "is missing"
        elif kind == "extra_forbidden":
            yield loc, f"unknown key{near(str(loc[-1]), _keys(model, loc[:-1]))}"
        elif kind == "value_error":
            yield loc, str(error["ctx"]["error"])
        elif kind == "literal_error":
            names = re.findall(r"'([^']*)'", error["ctx"]["expected"])
            yield (
                loc,
                f"should be {error['ctx']['expected']}, not {shown(error['input'])}{near(str(error['input']), names)}",
            )
        elif kind in ("model_type", "dict_type"):
            yield loc, f"should be an object, not {shown(error['input'])}"
        elif kind == "string_unicode":
            yield loc, "holds half a character (a lone surrogate)"
        else:
            yield loc, f"{_plain(error['msg'])}, not {shown(error['input'])}"


def place(loc: Loc) -> str:
    """Return the path of a key as people write it: `judgments[2].final`."""
    said = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return said.removeprefix(".")


def near(name: str, known: Iterable[str]) -> str:
    """Return ` Did you mean "..."?` after a full stop where a known name is close, else nothing."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f'. Did you mean "{close[0]}"?' if close else ""


def shown(value: Any) -> str:
    """Return a value as a short piece of JSON."""
    said = json.dumps(value, default=str)
    return said if len(said) <= 40 else f"{said[:37]}..."


def _plain(message: str) -> str:
    """Return a message of pydantic in the words of somebody who writes files."""
    said = re.sub(r"^\w+ should", "should", re.sub(r" after validation, not \d+$", "", message))
    for pydantic, ours in _WORDS.items():
        said = said.replace(pydantic, ours)
    return said


def _keys(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the keys that the model at `loc` knows."""
    for part in loc:
        field = model.model_fields.get(str(part))
        if field is None:
            continue
        held = _models(field.annotation)
        if len(held) != 1:
            return []
        model = held[0]
    return list(model.model_fields)


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in getattr(annotation, "__args__", ()) for model in _models(inner)]
