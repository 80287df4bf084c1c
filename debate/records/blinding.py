"""Who played and who ruled, without their names: the same code for the same name, and no way back without a secret.

Models, families and settings tell a player as well as a name does, and ids that are hashes of settings can be guessed,
so all of them leave too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from debate.domain import digest
from debate.records.withholding import mask, silent

_TELLING = ("model", "family", "settings", "settings_hash")
_SHORT = 3  # letters; shorter names are words of any text


def blind(line: Mapping[str, Any], secret: str) -> dict[str, Any]:
    """Return a record in which names are codes, made with the secret of its database."""
    names = {*(seat["player"] for seat in line["seats"]), *(judgment["judge"] for judgment in line["judgments"])} - {
        None
    }
    codes = {name: code(name, secret) for name in names}
    hidden = _masked(names)
    blinded = {
        **line,
        "id": digest("x1", [secret, line["id"]]),
        "match": None,
        "prompts": "",
        "seats": [{**_untold(seat), "player": codes.get(seat["player"])} for seat in line["seats"]],
        "turns": [_turn(turn, hidden) for turn in line["turns"]],
        "judgments": [_judgment(judgment, codes, hidden, secret) for judgment in line["judgments"]],
        "meta": _coded(line["meta"], codes),
    }
    if "failures" in line:
        blinded["failures"] = [_lost(failure, codes) for failure in line["failures"]]
    if "plan" in line:
        blinded["plan"] = {name: value for name, value in line["plan"].items() if name != "seed"}
    return _asked(blinded)


def _lost(failure: Mapping[str, Any], codes: Mapping[str, str]) -> dict[str, Any]:
    """Leave of a failure which seat it was: its place and its words may name a judge or a model."""
    return {**failure, "where": "", "message": "withheld", "player": codes.get(failure["player"])}


def code(name: str, secret: str) -> str:
    """Return what stands for a name."""
    return f"P-{digest('c1', [secret, name])[3:11]}"


def _untold(part: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name not in _TELLING}


def _masked(names: Iterable[str]) -> re.Pattern[str] | None:
    long = sorted((name for name in names if len(name) > _SHORT), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, long))})\b", re.IGNORECASE) if long else None


def _hidden(text: str, names: re.Pattern[str] | None) -> str:
    return names.sub(lambda found: mask(found[0]), text) if names else text


def _turn(turn: Mapping[str, Any], names: re.Pattern[str] | None) -> dict[str, Any]:
    text = turn["text"]
    for start, end in turn["names"]:
        text = text[:start] + mask(text[start:end]) + text[end:]
    kept = {name: value for name, value in turn.items() if name != "candidates"}
    return {**kept, "text": _hidden(text, names), "scratchpad": _hidden(turn["scratchpad"], names)}


def _judgment(
    judgment: Mapping[str, Any], codes: Mapping[str, str], names: re.Pattern[str] | None, secret: str
) -> dict[str, Any]:
    kept = {name: value for name, value in _untold(judgment).items() if name != "transcript"}
    other = judgment["superseded_by"]
    return {
        **kept,
        "id": digest("x1", [secret, judgment["id"]]),
        "superseded_by": other and digest("x1", [secret, other]),
        "judge": codes[judgment["judge"]],
        "reason": _hidden(judgment["reason"], names),
    }


def _asked(line: dict[str, Any]) -> dict[str, Any]:
    """Leave of the calls what they cost: neither what they said, nor which model, nor what it was asked."""
    parts = {"turns": line["turns"], "judgments": line["judgments"]}
    found = {name: [_unnamed(part) for part in held] for name, held in parts.items()}
    return _unnamed({**line, **found})


def _unnamed(part: dict[str, Any]) -> dict[str, Any]:
    part = silent(part)
    if not part.get("calls"):
        return part
    calls = [{n: v for n, v in call.items() if n not in ("model", "request", "where")} for call in part["calls"]]
    for call in calls:
        call["completion"] = {n: v for n, v in call.get("completion", {"text": ""}).items() if n != "model"}
    return {**part, "calls": calls}


def _coded(value: Any, codes: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {codes.get(name, name): _coded(held, codes) for name, held in value.items()}
    if isinstance(value, list):
        return [_coded(held, codes) for held in value]
    return codes.get(value, value) if isinstance(value, str) else value
