"""What may stand in a tournament file? Every key, read off the values themselves, so that it cannot be out of date."""

from __future__ import annotations

import ast
import inspect
import itertools
import types
import typing
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, JsonValue
from pydantic.fields import FieldInfo

from debate.domain import Asked, Endpoint, Judge, Limits, Pairing, Player, Price, Protocol, Study, Tournament
from debate.protocols import families

_TABLES: dict[str, type[BaseModel]] = {
    "[[debaters]]": Player,
    "[[judges]]": Judge,
    "[[protocols]]": Protocol,
    "[pairing]": Pairing,
    "[judging]": Study,
    "[[judging.survey]]": Asked,
    "[limits]": Limits,
    '[prices."PROVIDER/MODEL"]': Price,
    "[endpoints.NAME]": Endpoint,
}
_TABLE_KEYS = {header.strip("[]").partition(".")[0] for header in _TABLES}
_PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false", types.NoneType: ""}
_BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


def reference() -> str:
    """Return every key of a tournament file as Markdown: type, default, bounds and meaning."""
    parts = ["# The tournament file\n", *_section("Top of the file", Tournament, skip=_TABLE_KEYS)]
    for header, model in _TABLES.items():
        parts += _section(f"`{header}`", model, intro=f"{inspect.getdoc(model)}\n")
        if model is Protocol:
            parts += _games()
    return "\n".join(parts)


def _games() -> Iterator[str]:
    """Yield every game by its name, and the options of those that have some."""
    games = sorted(families().values(), key=lambda game: game.name)
    for game in games:
        about = inspect.getdoc(inspect.getmodule(game.due)) or ""
        yield f"- `{game.name}`: {about.partition(': ')[2].splitlines()[0]}"
    yield ""
    for options, found in itertools.groupby(
        sorted((game for game in games if game.options.model_fields), key=lambda game: game.options.__module__),
        key=lambda game: game.options,
    ):
        names = ", ".join(f"`{game.name}`" for game in found)
        yield from _section(f"`options` of {names}", options, intro=f"{inspect.getdoc(options)}\n")


def _section(
    title: str, model: type[BaseModel], *, intro: str = "", skip: typing.Collection[str] = ()
) -> Iterator[str]:
    yield f"## {title}\n"
    if intro:
        yield intro
    yield "| key | type | default | meaning |"
    yield "|---|---|---|---|"
    meanings = _meanings(model)
    fields = {name: field for name, field in model.model_fields.items() if name not in skip}
    for name in sorted(fields, key=lambda name: not fields[name].is_required()):
        field = fields[name]
        meaning = " ".join(meanings.get(name, "").split()).replace("where None", "where left out")
        yield f"| `{name}` | {_cell(_type(field))} | {_default(field)} | {_cell(meaning)} |"
    yield ""


def _type(field: FieldInfo) -> str:
    bounds = [
        f"{word} {getattr(rule, key):,}"
        for rule in field.metadata
        for key, word in _BOUNDS.items()
        if getattr(rule, key, None) is not None
    ]
    return ", ".join([_kind(field.annotation), *bounds])


def _kind(annotation: Any) -> str:
    """Return the words for a type."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if annotation == JsonValue:
        return "any value"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "tables"
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " or ".join(f'`"{name}"`' for name in inner)
    if origin is tuple:
        return f"list of {_kind(inner[0])}"
    if origin is dict:
        return "table"
    return " or ".join(filter(None, map(_kind, inner)))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None:
        return "none"
    return f"`{_toml(value)}`"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return "{}" if isinstance(value, dict) else str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _meanings(model: type[BaseModel]) -> dict[str, str]:
    """Return the text under each field of a model and of those that it extends."""
    found: dict[str, str] = {}
    for one in reversed([base for base in model.__mro__ if issubclass(base, BaseModel) and base is not BaseModel]):
        tree = ast.parse(inspect.getsource(one).lstrip())
        body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
        for line, below in itertools.pairwise(body):
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                match below:
                    case ast.Expr(value=ast.Constant(value=str(text))):
                        found[line.target.id] = text
    return found
