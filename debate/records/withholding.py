"""What is left out of a record that not everybody may read?

Texts that may not be shared leave by their id alone, and wherever somebody repeats a run of their words, or a whole
answer however short, it is masked. A mask puts a block for every character but spaces: words can still be counted,
quotations keep their places.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from debate.domain import Posed

_RUN = 5  # words that nobody writes by chance just as the passage does
_WORD = re.compile(r"\w+")
_ANSWERS: dict[str, Any] = {
    "correct": None,
    "distractor": None,
    "evidence": [],
    "flaws": [],
    "reason": "",
    "stake_answer": None,
    "counterpart_answer": None,
    "meta": {},
}
_INSTRUCTIONS = ("persona", "instructions", "principles", "extra")


@dataclass(frozen=True)
class Withheld:
    """What is left out: the answer key, or every text that somebody wrote."""

    answers: bool = False
    texts: bool = False


def withhold(line: dict[str, Any], withheld: Withheld, posed: Posed, *, share: bool) -> dict[str, Any]:
    """Return a record of a debate on `posed` without what may not leave; `share` says whether its texts may."""
    line = dict(line)
    if withheld.answers:
        line |= {"question": {**line["question"], **_ANSWERS}, "meta": {}}
    if withheld.texts or not share:
        hide = mask if withheld.texts else _hiding(posed)
        line["question"] = _by_id(line["question"], posed)
        line["turns"] = [_turn(turn, hide) for turn in line["turns"]]
        line["judgments"] = [_judgment(judgment, hide) for judgment in line["judgments"]]
        line = silent(line)
        if "failures" in line:
            line["failures"] = [{**failure, "message": "withheld"} for failure in line["failures"]]
    if withheld.texts:
        line |= {"seats": [_plain(seat) for seat in line["seats"]], "meta": {}}
        line["judgments"] = [_plain(judgment) for judgment in line["judgments"]]
    return line


def mask(text: str) -> str:
    """Return a text of the same length and the same words, none of which can be read."""
    return re.sub(r"\S", "█", text)


def _hiding(posed: Posed) -> Callable[[str], str]:
    """Return what masks, in any text, the runs of words that stand in a question, its answers or its passage."""
    texts = (posed.text, *posed.answers, posed.passage.text if posed.passage else "")
    runs = {run for text in texts for run in _runs(_words(text), _RUN)}
    runs |= {tuple(_words(answer)) for answer in posed.answers}
    lengths = sorted({len(run) for run in runs} - {0})

    def hide(text: str) -> str:
        words = list(_WORD.finditer(text))
        said, covered = _words(text), set[int]()
        for length in lengths:
            for start, run in enumerate(_runs(said, length)):
                if run in runs:
                    covered.update(range(start, start + length))
        for index in covered:
            start, end = words[index].span()
            text = text[:start] + mask(text[start:end]) + text[end:]
        return text

    return hide


def _words(text: str) -> list[str]:
    return [word[0].casefold() for word in _WORD.finditer(text)]


def _runs(words: list[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + length]) for at in range(len(words) - length + 1)]


def _by_id(question: dict[str, Any], posed: Posed) -> dict[str, Any]:
    passage = {"id": posed.passage.id, "title": ""} if posed.passage else None
    blank = {"id": posed.id, "text": "", "answers": [""] * len(posed.answers), "passage": passage}
    return {**question, **blank, "withheld": True, "reason": "", "meta": {}}


def _turn(turn: dict[str, Any], hide: Callable[[str], str]) -> dict[str, Any]:
    text = turn["text"]
    for quote in turn["quotes"]:
        text = text[: quote["start"]] + mask(text[quote["start"] : quote["end"]]) + text[quote["end"] :]
    hidden: dict[str, Any] = {"text": hide(text), "scratchpad": hide(turn["scratchpad"])}
    if turn["says"] and turn["says"]["question"]:
        hidden["says"] = {**turn["says"], "question": hide(turn["says"]["question"])}
    if "candidates" in turn:
        hidden["candidates"] = [hide(text) for text in turn["candidates"]]
    return silent({**turn, **hidden})


def _judgment(judgment: dict[str, Any], hide: Callable[[str], str]) -> dict[str, Any]:
    return silent({**judgment, "reason": hide(judgment["reason"])})


def silent(part: dict[str, Any]) -> dict[str, Any]:
    """Return a turn, a judgment or a record with what its calls cost, but not what they said."""
    if not part.get("calls"):
        return part
    return {**part, "calls": [_unsaid(call) for call in part["calls"]]}


def _unsaid(call: dict[str, Any]) -> dict[str, Any]:
    reply = {name: value for name, value in call.get("completion", {}).items() if name in ("usage", "model", "state")}
    kept = {name: value for name, value in call.items() if name not in ("completion", "error")}
    if "error" in call:
        kept["error"] = "withheld"
    return {**kept, "completion": {"text": "", **reply}} if reply else kept


def _plain(part: dict[str, Any]) -> dict[str, Any]:
    """Return a seat or a judgment without what its agent was told."""
    settings = part.get("settings")
    if not settings:
        return part
    return {**part, "settings": {name: value for name, value in settings.items() if name not in _INSTRUCTIONS}}
