"""The tables of Khan et al. 2024: a CSV file with a transcript in each row, and the judge's reply beside it.

In a transcript the right answer's debater is called `correct` and the other `incorrect`; `swap` says which of them the
judge knew as B. A judge's reply is a letter, or for people a last line with the confidence in the right answer. The
table of people has no replies: each row is what one person judged, its own debate, with the confidence in a column.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import JsonValue

from debate import intake
from debate.records.formats.shape import ODD, odd

TOURNAMENT = "llm-debate"
SIDES = ("correct", "incorrect")
NOTED = {"experiment": "experiment_name", "split": "dataset_split", "debaters": "debater_config"}
"""What is kept of the columns of people's rulings, so that reports can be narrowed to it."""
_LETTER = re.compile(r"^\W*(?:(?:Final )?Answer:)?\s*[<(]?([AB])[>).]?\s*$", re.MULTILINE | re.IGNORECASE)
_CONFIDENCE = re.compile(r"Confidence correct:\s*([01](?:\.\d+)?)\s*\Z")
_QUOTE = re.compile(r"<(/?)[uv]_quote>")
_JUDGED = re.compile(r"answer_judge(\w*)")


def items(path: Path) -> Iterator[tuple[Path, int, JsonValue | intake.Fault]]:
    """Yield the rows of a table."""
    csv.field_size_limit(intake.LINE)
    with path.open("rb") as stream:
        rows = csv.DictReader(_lines(stream))
        try:
            if "transcript" not in (rows.fieldnames or ()):
                yield path, 1, intake.Fault('has no column "transcript"')
                return
            for row in rows:
                yield path, rows.line_num, _read(row, path.stem)
        except intake.Fault as fault:
            yield path, rows.line_num + 1, fault
        except csv.Error as exc:
            yield path, rows.line_num, intake.Unreadable(f"cannot be read as CSV: {exc}")


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Yield lines of text, each refused by its size before it is read whole."""
    offset = 0
    while raw := stream.readline(intake.LINE + 1):
        if len(raw) > intake.LINE:
            raise intake.Unreadable(f"longer than {intake.LINE:,} bytes; the rest of the file was not read")
        yield intake.decode(raw, offset=offset)
        offset += len(raw)


def _read(row: Mapping[str, Any], name: str) -> JsonValue | intake.Fault:
    try:
        held: Any = intake.parse(row["transcript"] or "")
        return _record(held, row, name)
    except intake.Fault as fault:
        return intake.Fault(f"transcript: {fault}")
    except ODD as exc:
        return intake.Fault(odd("transcript", exc))


def _record(held: Any, row: Mapping[str, Any], name: str) -> dict[str, Any]:
    names, story = held["names"], held.get("story")
    person = row.get("judge_id") or ""
    seats = [
        {"seat": seat, "player": names[side], "kind": "model", "argues": answer}
        for answer, (side, seat) in enumerate(zip(SIDES, "AB", strict=True))
        if names.get(side)
    ]
    if len(seats) == 1:
        seats[0]["seat"] = "consultant"
    order = [1, 0] if held.get("swap") else [0, 1]
    return {
        "schema": "debate.record/1",
        "id": f"{name}/{row.get('debate_id') or held['index']}",
        "tournament": TOURNAMENT,
        "question": {
            "id": str(held.get("question_set_id") or held.get("index", held["question"])),
            "text": held["question"],
            "answers": [held["answers"][side] for side in SIDES],
            "correct": 0,
            "passage": {"id": held.get("story_title") or "story", "title": held.get("story_title") or "", "text": story}
            if story
            else None,
            "domain": "fiction",
        },
        "protocol": {
            "name": {2: "debate", 1: "consultancy", 0: "naive"}[len(seats)],
            "rounds": len(held.get("rounds") or ()),
            "order": "sequential" if "seq" in str(held.get("rollout_type")) else "simultaneous",
            "interactive": _asked(held),
        },
        "seats": [*seats, *_asking(held, person)],
        "turns": _turns(held, {seat["argues"]: seat["seat"] for seat in seats}),
        "judgments": list(_judged_by(person, row, order) if person else _judgments(row, held, order)),
        "shown": order,
        "meta": {"swap": bool(held.get("swap")), "rollout": str(held.get("rollout_type") or "")}
        | {key: row[column] for key, column in NOTED.items() if row.get(column)},
    }


def _asked(held: Mapping[str, Any]) -> bool:
    """Tell whether somebody at the judge's seat asked the debaters questions."""
    return bool(held["names"].get("cross_examiner")) or any(r.get("cross_examiner") for r in held.get("rounds") or ())


def _asking(held: Mapping[str, Any], person: str) -> list[dict[str, Any]]:
    if not _asked(held):
        return []
    who = _person(person) if person else held["names"].get("cross_examiner") or "judge"
    return [{"seat": "judge", "player": who, "kind": "human" if person else "model", "argues": None}]


def _person(number: str) -> str:
    return f"judge-{number}"


def _turns(held: Mapping[str, Any], seats: Mapping[Any, Any]) -> list[dict[str, Any]]:
    turns: list[dict[str, Any]] = []
    for number, spoken in enumerate(held.get("rounds") or (), 1):
        for answer, side in enumerate(SIDES):
            if spoken.get(side) and answer in seats:
                turns.append(_turn(len(turns), number, seats[answer], "argument", spoken[side]))
        if spoken.get("cross_examiner"):
            turns.append(_turn(len(turns), number, "judge", "question", spoken["cross_examiner"]))
    return turns


def _turn(index: int, number: int, seat: str, kind: str, said: Any) -> dict[str, Any]:
    text = _QUOTE.sub(r"<\1quote>", said if isinstance(said, str) else str(said.get("text", said)))
    return {"index": index, "round": number, "seat": seat, "kind": kind, "text": text, "state": "ok"}


def _judged_by(person: str, row: Mapping[str, Any], order: list[int]) -> Iterator[dict[str, Any]]:
    """Yield what a row of the table of people says, where its judge came to a ruling."""
    sure = (row.get("confidence_correct") or "").strip()
    if sure:
        right = float(sure)
        yield {
            "id": "confidence_correct",
            "judge": _person(person),
            "kind": "human",
            "channel": "offline",
            "state": "valid",
            "final": [right, 1 - right],
            "shown": order,
            "reason": row.get("explanation") or "",
        }


def _judgments(row: Mapping[str, Any], held: Mapping[str, Any], order: list[int]) -> Iterator[dict[str, Any]]:
    judge = held["names"].get("judge") or "judge"
    for sample, column in enumerate(name for name in row if _JUDGED.fullmatch(name or "")):
        said = (row[column] or "").strip()
        if not said:
            continue
        final, kind = _final(said, order)
        yield {
            "id": column,
            "judge": judge,
            "kind": kind,
            "channel": "offline",
            "state": "valid" if final else "malformed",
            "final": final,
            "shown": order,
            "sample": sample,
            "reason": said,
        }


def _final(said: str, order: list[int]) -> tuple[list[float] | None, str]:
    """Return the belief in each answer, and of which kind the judge was."""
    if sure := _CONFIDENCE.search(said):
        return [float(sure[1]), 1 - float(sure[1])], "human"
    letters = {letter.upper() for letter in _LETTER.findall(said)}
    if len(letters) != 1:
        return None, "model"
    chosen = order["AB".index(letters.pop())]
    return [float(answer == chosen) for answer in range(2)], "model"
