"""What do flags say, in the words of the tournament file?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from debate import intake
from debate.intake import Loc

_PLAIN: dict[str, Loc] = {
    "name": ("name",),
    "seed": ("seed",),
    "questions": ("questions",),
    "sample": ("sample",),
    "prompts": ("prompts",),
    "controls": ("controls",),
    "repeats": ("repeats",),
    "answers": ("answers",),
    "pairing": ("pairing", "kind"),
    "intervention": ("intervention",),
    "paraphraser": ("paraphraser",),
    "max_cost": ("limits", "max_cost_usd"),
    "max_calls": ("limits", "max_calls"),
    "max_failures": ("limits", "max_failures"),
    "concurrency": ("limits", "concurrency"),
    "peek": ("peek",),
}
_AGENTS: dict[str, Loc] = {"debater": ("debaters",), "judge": ("judges",)}
KNOWN = frozenset({*_PLAIN, *_AGENTS, "protocol", "control", "rounds"})
_ORDERS = ("simultaneous", "sequential", "mixed")
_SWITCHES = ("interactive", "passage")
_NUMBERS = ("rounds", "words")


@dataclass
class Typed:
    """What the flags say: values by place, the flag that gave each, and what is wrong with them."""

    values: dict[Loc, Any] = field(default_factory=dict)
    flags: dict[Loc, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def put(self, loc: Loc, value: Any, flag: str) -> None:
        """Note a value that a flag gave."""
        self.values[loc] = value
        self.flags[loc] = flag


def typed(flags: Mapping[str, object]) -> Typed:
    """Return what the flags say; those that are None or empty say nothing."""
    said = Typed()
    for name, value in flags.items():
        flag = f"--{name.replace('_', '-')}"
        if value is None or value == () or value == []:
            continue
        if name not in KNOWN:
            said.problems.append(f"{flag}: unknown flag{intake.near(name, KNOWN)}")
        elif name in _AGENTS:
            said.put(_AGENTS[name], agents(_texts(value)), flag)
        elif name == "protocol":
            said.put(("protocols",), list(_protocols(_texts(value), said)), flag)
        elif name == "control":
            said.put(("controls",), [one for one in _texts(value) if one != "none"], flag)
        elif name in _PLAIN:
            said.put(_PLAIN[name], list(value) if isinstance(value, tuple) else value, flag)
    return said


def agents(models: Sequence[str]) -> list[dict[str, str]]:
    """Return a table for each `provider/model` or `NAME=provider/model`, with short names that differ.

    A model is called by its last part; the second of that name by its provider too, and by a number if need be.
    """
    made: list[dict[str, str]] = []
    taken = {name for name, _ in map(_named, models) if name}
    for given in models:
        name, model = _named(given)
        if not name:
            name = next(short for short in _short(model) if short not in taken)
            taken.add(name)
        made.append({"name": name, "model": model})
    return made


def _named(given: str) -> tuple[str, str]:
    name, equals, model = given.partition("=")
    return (name.strip(), model.strip()) if equals and "/" not in name else ("", given.strip())


def _short(model: str) -> Iterator[str]:
    provider, _, rest = model.partition("/")
    last = re.sub(r"\.\w{1,5}(?=:|$)", "", rest) if provider == "scripted" else rest
    last = last.rstrip("/").rpartition("/")[2] or model
    yield last
    yield f"{provider}-{last}"
    yield from (f"{last}-{number}" for number in range(2, 1_000_000))


def _protocols(given: Iterable[str], said: Typed) -> Iterator[dict[str, Any]]:
    for one in given:
        name, _, rest = one.partition(":")
        table: dict[str, Any] = {"name": name.strip()}
        for word in filter(None, (part.strip() for part in rest.split(","))):
            _word(word, table, one, said)
        if rest:
            table["label"] = re.sub(r"[:,=\s]+", "-", one.strip())
        yield table


def _word(word: str, table: dict[str, Any], one: str, said: Typed) -> None:
    """Add one word of `NAME:WORD,WORD` to a protocol's table."""
    key, equals, value = word.partition("=")
    if equals and key in _NUMBERS and value.isdecimal() and len(value) < 10:
        table[key] = int(value)
    elif not equals and word in _ORDERS:
        table["order"] = word
    elif not equals and word in _SWITCHES:
        table[word] = True
    else:
        hint = intake.near(key, (*_ORDERS, *_SWITCHES, *_NUMBERS)) or (
            f"; after the colon come {', '.join((*_ORDERS, *_SWITCHES))}, rounds=N and words=N"
        )
        said.problems.append(f'--protocol: "{one}" says "{word}"{hint}')


def _texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(one) for one in value] if isinstance(value, Iterable) else []
