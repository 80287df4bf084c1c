"""What does a model's reply say? Read strictly, so that a quoted or half-written verdict never counts as one.

A ruling is free reasoning and then exactly one JSON object. Anything else is `malformed`, with the reason why as
a sentence that a re-ask can repeat.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import JsonValue

from debate.domain import JudgmentState, Value
from debate.privacy import strip_thinking

FLOOR = 0.5  # less probability than this on the labels means that the model was about to say something else
TOLERANCE = 0.02  # how far from 1 rounded probabilities may sum
LONGEST = 1_000_000  # characters of a reply; nobody asks for more
_SHORT = 60  # of a reply's own words repeated in a problem


class Ruling(Value):
    """What a judge's reply says: beliefs in label order where `valid`, else the problem."""

    state: JudgmentState
    p: tuple[float, ...] | None = None
    reason: str = ""
    problem: str = ""


class SeatAct(Value):
    """What the judge's seat does between rounds: asks, believes, and ends the debate or not."""

    state: Literal["valid", "malformed"]
    question: str = ""
    end: bool = False
    p: tuple[float, ...] | None = None
    problem: str = ""


def ruling(text: str, labels: Sequence[str]) -> Ruling:
    """Read a judge's reply: `{"reason": ..., "probabilities": {label: p}}`, or `{"abstain": true}`."""
    try:
        found = [_ruling(each, labels) for each in _objects(text, ("probabilities", "winner", "abstain"))]
        if len({(each.state, each.p) for each in found}) > 1:
            raise _Malformed("the reply holds several verdicts that disagree")
    except _Malformed as problem:
        return Ruling(state="malformed", problem=str(problem))
    return found[-1]


def act(text: str, labels: Sequence[str]) -> SeatAct:
    """Read the reply of a judge's seat: `{"question": ..., "end": ..., "probabilities": {label: p}}`."""
    try:
        found = [_act(each, labels) for each in _objects(text, ("question", "end", "probabilities"))]
        if any(each != found[0] for each in found):
            raise _Malformed("the reply holds several acts that disagree")
    except _Malformed as problem:
        return SeatAct(state="malformed", problem=str(problem))
    return found[0]


class Pick(Value):
    """Which answer a player chooses to argue for: its place among the labels where `valid`, and why."""

    state: Literal["valid", "malformed"]
    answer: int | None = None
    reason: str = ""
    problem: str = ""


def pick(text: str, labels: Sequence[str]) -> Pick:
    """Read a player's choice of an answer: `{"reason": ..., "answer": label}`."""
    try:
        found = [_pick(each, labels) for each in _objects(text, ("answer",))]
        if len({each.answer for each in found}) > 1:
            raise _Malformed("the reply holds several choices that disagree")
    except _Malformed as problem:
        return Pick(state="malformed", problem=str(problem))
    return found[-1]


def choice(text: str, n: int) -> int | None:
    """Return the k of `{"best": k}`, counted from 1 to `n`, or None where the reply does not choose one."""
    try:
        picked = [found["best"] for found in _objects(text, ("best",))]
    except _Malformed:
        return None
    if all(type(k) is int and k == picked[0] and 1 <= k <= n for k in picked):
        return int(picked[0])
    return None


def data(text: str, keys: tuple[str, ...]) -> dict[str, Any] | str:
    """Return the one JSON object of a reply, which has exactly these keys, or else what is wrong with the reply."""
    try:
        found = _objects(text, keys)
    except _Malformed as problem:
        return str(problem)
    if any(each != found[0] for each in found):
        return "the reply holds several answers that disagree"
    return found[0] if set(found[0]) == set(keys) else f"the JSON object must give {_either(keys, 'and')}, nothing else"


def from_logprobs(probabilities: Mapping[str, float], labels: Sequence[str]) -> tuple[float, ...] | None:
    """Return beliefs from the probabilities of the labels as the next token, normalised over the labels.

    None where they hold less than half of the probability: the model was then about to say something else.
    """
    p = [probabilities.get(label, 0.0) for label in labels]
    if not all(math.isfinite(x) and 0 <= x <= 1 + TOLERANCE for x in p) or not FLOOR <= sum(p) <= 1 + TOLERANCE:
        return None
    return tuple(x / sum(p) for x in p)


def ruling_form(labels: Sequence[str]) -> dict[str, JsonValue]:
    """Return the JSON schema of a ruling, strict enough for endpoints that hold replies to one."""
    return _object({"reason": _STRING, "probabilities": _shares(labels)})


def act_form(labels: Sequence[str]) -> dict[str, JsonValue]:
    """Return the JSON schema of the judge's seat's act."""
    return _object({"question": _STRING, "end": {"type": "boolean"}, "probabilities": _shares(labels)})


def pick_form(labels: Sequence[str]) -> dict[str, JsonValue]:
    """Return the JSON schema of a player's choice of an answer."""
    return _object({"reason": _STRING, "answer": {"type": "string", "enum": list(labels)}})


def choice_form(n: int) -> dict[str, JsonValue]:
    """Return the JSON schema of a choice among `n` candidates."""
    return _object({"best": {"type": "integer", "enum": list(range(1, n + 1))}})


_STRING: dict[str, JsonValue] = {"type": "string"}


def _shares(labels: Sequence[str]) -> dict[str, JsonValue]:
    return _object({label: {"type": "number"} for label in labels})


def _object(properties: dict[str, JsonValue]) -> dict[str, JsonValue]:
    required: list[JsonValue] = list(properties)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


class _Malformed(Exception):
    """Why a reply cannot be used."""


# An object begins with a brace and a key, or is empty; sets in a formula and braces in prose are not objects.
_START = re.compile(r'\{\s*+(?:"[^"\\]{0,100}"\s*+:|\})')
_AFTER = re.compile(r"(?:\s|```|<[^<>]{0,60}>|[.])*+")


def _objects(text: str, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the JSON objects of a reply that name one of `keys`; the last thing said must be one of them."""
    reply, _ = strip_thinking(text)
    if not reply.strip():
        raise _Malformed("the reply is empty")
    if len(reply) > LONGEST:
        raise _Malformed("the reply is too long")
    found, last, prose = [], 0, []
    at = _START.search(reply)
    while at:
        value, end = _decode(reply, at.start())
        prose.append(reply[last : at.start()])
        last = end
        if any(key in value for key in keys):
            found.append((value, end))
        at = _START.search(reply, end)
    if not found:
        raise _Malformed(f"the reply holds no JSON object with {_either(keys)}")
    if not _AFTER.fullmatch(reply, found[-1][1]):
        raise _Malformed("the JSON object must be the last thing in the reply")
    _outermost(prose)
    return [value for value, _ in found]


def _outermost(prose: Iterable[str]) -> None:
    """Refuse an object that stands inside something left open, such as a quotation in a broken object."""
    depth = 0
    for run in prose:
        depth = max(0, depth + run.count("{") - run.count("}"))
        if depth:
            raise _Malformed("the JSON object stands inside an unfinished one")


def _decode(reply: str, start: int) -> tuple[dict[str, Any], int]:
    try:
        value, end = _DECODER.raw_decode(reply, start)
    except RecursionError:
        raise _Malformed("the JSON is nested too deeply") from None
    except ValueError as problem:
        raise _Malformed(f"the JSON cannot be read: {_cut(str(problem))}") from None
    return value, end


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key is given twice")
    return value


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a number")


# Not strict about line breaks inside strings: models write them, and they change nothing.
_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse, strict=False)


def _ruling(found: dict[str, Any], labels: Sequence[str]) -> Ruling:
    reason = _text(found, "reason")
    if _flag(found, "abstain"):
        return Ruling(state="abstained", reason=reason)
    p = _beliefs(found, labels)
    winner = found.get("winner")
    if winner is not None:
        if winner not in list(labels):
            raise _Malformed(f'"winner" must be {_either(labels)}')
        if p[list(labels).index(winner)] < max(p) - 1e-9:
            raise _Malformed('"winner" is not the answer with the largest probability')
    return Ruling(state="valid", p=p, reason=reason)


def _act(found: dict[str, Any], labels: Sequence[str]) -> SeatAct:
    question, end = _text(found, "question").strip(), _flag(found, "end")
    return SeatAct(state="valid", question=question, end=end, p=_beliefs(found, labels))


def _pick(found: dict[str, Any], labels: Sequence[str]) -> Pick:
    answer = found.get("answer")
    if answer not in list(labels):
        raise _Malformed(f'"answer" must be {_either(labels)}')
    return Pick(state="valid", answer=list(labels).index(answer), reason=_text(found, "reason"))


def _beliefs(found: dict[str, Any], labels: Sequence[str]) -> tuple[float, ...]:
    given = found.get("probabilities")
    if not isinstance(given, dict):
        raise _Malformed('"probabilities" must be an object')
    if set(given) != set(labels):
        raise _Malformed(f'"probabilities" must give a number for each of {_either(labels, "and")}, and nothing else')
    p = [_probability(given[label]) for label in labels]
    if abs(sum(p) - 1) > TOLERANCE:
        raise _Malformed(f"the probabilities sum to {sum(p):.3g}, not to 1")
    return tuple(x / sum(p) for x in p)


def _probability(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        given = "an object or a list" if isinstance(value, dict | list) else _cut(json.dumps(value))
        raise _Malformed(f"a probability must be a number from 0 to 1, not {given}")
    return float(value)


def _text(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    if value is not None and not isinstance(value, str):
        raise _Malformed(f'"{key}" must be a text')
    return value or ""


def _flag(found: dict[str, Any], key: str) -> bool:
    value = found.get(key)
    if value is not None and not isinstance(value, bool):
        raise _Malformed(f'"{key}" must be true or false')
    return value or False


def _either(names: Sequence[str], joint: str = "or") -> str:
    quoted = [f'"{name}"' for name in names]
    return f" {joint} ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else text[:_SHORT] + "…"
