"""Which training data do debates make? Speeches that won, and pairs of a better and a worse one, as chats.

A speech is as good as its rulings: the share of them, by judges of the whole debate, that believed its answer most;
a tie counts half. What may not be shared makes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, TypeAlias

from debate.records.flat import judgment

Line: TypeAlias = Mapping[str, Any]
Chat: TypeAlias = dict[str, Any]
EVEN = 0.5
_MARKS = re.compile(r"<[^<>]*>|\s+")


def supervised(line: Line) -> Iterator[Chat]:
    """Yield the speeches of the side that won most of the rulings, each as the reply to what was before it."""
    won = _won(line)
    for turn in _speeches(line):
        share = won.get(_argued(line, turn), 0.0)
        if share > EVEN:
            yield {"messages": [*_prompt(line, turn), _reply(turn["text"])], **_about(line, turn, "won", share)}


def preferences(line: Line) -> Iterator[Chat]:
    """Yield pairs: the winner's speech of a round against the loser's, and what was spoken against what was not."""
    if not line["question"].get("withheld"):
        yield from _sides(line)
        yield from _candidates(line)


def _sides(line: Line) -> Iterator[Chat]:
    """Yield pairs of speeches that were made without sight of each other, so that both answer the same prompt."""
    won = _won(line)
    for _, together in groupby(_speeches(line), key=lambda turn: (turn["round"], turn["beat"])):
        both = sorted(together, key=lambda turn: won.get(_argued(line, turn), EVEN), reverse=True)
        better, worse = both[0], both[-1]
        share = won.get(_argued(line, better), EVEN)
        if share > EVEN and _argued(line, better) != _argued(line, worse):
            prompt = _prompt(line, better, neutral=True)
            yield _pair(prompt, better["text"], worse["text"]) | _about(line, better, "sides", share)


def _candidates(line: Line) -> Iterator[Chat]:
    """Yield the candidate that was spoken against each other one, as they were replied."""
    for turn in _speeches(line):
        said = _MARKS.sub("", turn["text"])
        written = turn.get("candidates") or []
        chosen = next((text for text in written if said and said in _MARKS.sub("", text)), None)
        for other in dict.fromkeys(written):
            if chosen is not None and other != chosen:
                yield _pair(_prompt(line, turn), chosen, other) | _about(line, turn, "candidates", None)


def _won(line: Line) -> dict[int, float]:
    """Return by answer the share of the study's rulings that it won."""
    rows = [judgment(line, ruling) for ruling in line["judgments"]]
    counted = [row for row in rows if row.state == "valid" and row.view == "full" and row.purpose == "study"]
    counted = [row for row in counted if not row.superseded]
    answers = {seat["argues"] for seat in line["seats"] if seat["argues"] is not None}
    if not counted:
        return {}
    return {
        answer: sum(EVEN if row.tie else float(row.chosen == answer) for row in counted) / len(counted)
        for answer in answers
    }


def _argued(line: Line, turn: Line) -> int:
    argues: int = next(seat["argues"] for seat in line["seats"] if seat["seat"] == turn["seat"])
    return argues


def _speeches(line: Line) -> list[Line]:
    """Return what was said for an answer, by round."""
    if line["question"].get("withheld"):
        return []
    seats = {seat["seat"] for seat in line["seats"] if seat["argues"] is not None}
    said = [t for t in line["turns"] if t["seat"] in seats and t["state"] == "ok" and t["text"].strip()]
    return sorted(said, key=lambda turn: (turn["round"], turn["index"]))


def _prompt(line: Line, turn: Line, *, neutral: bool = False) -> list[Chat]:
    """Return what stood before a speaker: rules, passage, question and the speeches of earlier beats."""
    question, protocol = line["question"], line["protocol"]
    answers = "\n".join(f"{number}. {answer}" for number, answer in enumerate(question["answers"], 1))
    passage = (question["passage"] or {}).get("text")
    before = [t for t in line["turns"] if t["beat"] < turn["beat"] and t["text"].strip()]
    parts = [
        f"A {protocol['name']} of {protocol['rounds']} rounds; a judge who has not read the passage decides.",
        *([f"Passage:\n{passage}"] if passage else []),
        f"Question: {question['text']}\n{answers}",
        *(f"Round {t['round']}, {_speaker(line, t)}:\n{t['text']}" for t in before),
        "Argue for one of the answers." if neutral else f"Argue for answer {_argued(line, turn) + 1}.",
    ]
    return [{"role": "user", "content": "\n\n".join(parts)}]


def _speaker(line: Line, turn: Line) -> str:
    argues = next(seat["argues"] for seat in line["seats"] if seat["seat"] == turn["seat"])
    return "the judge" if argues is None else f"for answer {argues + 1}"


def _reply(text: str) -> Chat:
    return {"role": "assistant", "content": text}


def _pair(prompt: list[Chat], chosen: str, rejected: str) -> Chat:
    return {"prompt": prompt, "chosen": [_reply(chosen)], "rejected": [_reply(rejected)]}


def _about(line: Line, turn: Line, kind: str, share: float | None) -> Chat:
    """Return where a line comes from, and what is known of the speech."""
    correct = line["question"]["correct"]
    seat = next(seat for seat in line["seats"] if seat["seat"] == turn["seat"])
    right = None if correct is None else seat["argues"] == correct
    known = {"record": line["id"], "turn": turn["index"], "player": seat["player"], "right_side": right, "won": share}
    return {"metadata": {"tournament": line["tournament"], "kind": kind, **known}, "canary": line["canary"]}
