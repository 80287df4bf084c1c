"""The rooms of the human debates of Michael et al. 2023: one JSON file a room, their metadata beside them.

A quote is a half-open span of the room's own tokens. Debater A argues the first answer of the room and B the second;
one of them alone is a consultancy. Rooms of one question have its answers in either order, so they are sorted here, and
the room's order is the one in which they were shown. Private notes are left where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from debate import intake
from debate.records.formats.shape import ODD, odd

TOURNAMENT = "nyu"
METADATA = "metadata.jsonl"
MODELS = ("GPT-4",)
"""Names under which models sat; everybody else is a person."""
DEBATERS = ("Debater A", "Debater B")
_PRINTED = {"``": '"', "''": '"', "--": "—", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}
"""What the tokeniser wrote for quotation marks, dashes and brackets."""
_NO_SPACE_BEFORE = re.compile(r"[.,;:!?]|-R[RS]B-|n't|na|'.*", re.DOTALL)
_NO_SPACE_AFTER = re.compile(r"``|-L[RS]B-")
"""The lengths of quotes, which the study counts in characters, follow from these."""
ROUNDING = 1e-12
SPEECHES = ("SimultaneousSpeeches", "SequentialSpeeches")


def items(path: Path) -> Iterator[tuple[Path, int, JsonValue | intake.Fault]]:
    """Yield the rooms of a folder (or of `rooms/` in it), or of one file."""
    rooms = path / "rooms" if (path / "rooms").is_dir() else path
    files = sorted(rooms.glob("*.json")) if rooms.is_dir() else [path]
    known = _metadata(path if path.is_dir() else path.parent)
    for file in files:
        yield file, 0, _read(file, known.get(file.stem, {}))


def _metadata(folder: Path) -> dict[str, dict[str, Any]]:
    for place in (folder / METADATA, folder.parent / METADATA):
        if place.is_file():
            with place.open("rb") as stream:
                rows = [value for _, value in intake.lines(stream) if isinstance(value, dict)]
            return {str(row.get("name")): row for row in rows}
    return {}


def _read(file: Path, known: Mapping[str, Any]) -> JsonValue | intake.Fault:
    try:
        return _Room(intake.parse(intake.decode(file.read_bytes())), known).record(file.stem)
    except intake.Fault as fault:
        return fault
    except ODD as exc:
        return intake.Fault(odd("room", exc))


class _Room:
    def __init__(self, room: Any, known: Mapping[str, Any]) -> None:
        self.setup, self.rounds, self.known = room["setup"], room["rounds"], known
        story = self.setup["sourceMaterial"]["QuALITYSourceMaterial"]
        self.title, self.article = str(story["title"]), str(story["articleId"])
        self.tokens = tuple(map(str, story["contents"]))
        self.text, self.spans = joined(self.tokens)
        self.roles = self.setup["roles"]
        answers = self.setup["answers"]
        self.shown = sorted(range(len(answers)), key=lambda place: answers[place])
        """The room's place of each answer; its own inverse, since there are two."""
        self.flags: set[str] = set()

    def record(self, name: str) -> dict[str, Any]:
        """Return the room as a record."""
        turns, live = self._played()
        one_sided = len([role for role in DEBATERS if role in self.roles]) == 1
        judged = [*([live] if live else []), *self._offline()]
        return {
            "schema": "debate.record/1",
            "id": name,
            "tournament": TOURNAMENT,
            "question": self._question(),
            "protocol": {
                "name": "consultancy" if one_sided else "debate",
                "rounds": max((turn["round"] for turn in turns), default=0),
                "order": "mixed" if self._opens_together() else "sequential",
                "interactive": "Judge" in self.roles,
            },
            "seats": self._seats(),
            "turns": turns,
            "judgments": judged,
            "shown": self.shown,
            "meta": self._meta(),
        }

    def _question(self) -> dict[str, Any]:
        return {
            "id": f"{self.article}: {self.setup['question']}",
            "text": self.setup["question"],
            "answers": [self.setup["answers"][place] for place in self.shown],
            "correct": self.shown.index(self.setup["correctAnswerIndex"]),
            "passage": {"id": self.article, "title": self.title, "text": self.text},
            "domain": "fiction",
            "source": "Michael et al. 2023, on QuALITY (Pang et al. 2022)",
            "licence": "CC BY 4.0",
        }

    def _meta(self) -> dict[str, Any]:
        status = self.known.get("status") or {}
        return {
            "story": self.title,
            "included_in_paper": bool(self.known.get("includedInPaper")),
            "complete": "Complete" in status if isinstance(status, dict) else False,
            "flags": sorted(self.flags),
            "offline": {judge: said["mode"] for judge, said in self._read_later()},
        }

    def _opens_together(self) -> bool:
        return next((kind == SPEECHES[0] for kind in map(_kind, self.rounds) if kind in SPEECHES), False)

    def _seats(self) -> list[dict[str, Any]]:
        alone = sum(role in self.roles for role in DEBATERS) == 1
        seats: list[dict[str, Any]] = []
        for place, role in enumerate(DEBATERS):
            if role in self.roles:
                name = "consultant" if alone else "AB"[place]
                seats.append({"seat": name, "argues": self.shown.index(place), **_who(self.roles[role])})
        if "Judge" in self.roles:
            seats.append({"seat": "judge", "argues": None, **_who(self.roles["Judge"])})
        return seats

    def _seat_of(self, side: str) -> str:
        alone = sum(role in self.roles for role in DEBATERS) == 1
        return "consultant" if alone else "AB"[int(side)]

    def _played(self) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
        """Return the turns, and the live judge's ruling if there is one."""
        turns: list[dict[str, Any]] = []
        beliefs: dict[int, list[float]] = {}
        last: dict[str, Any] | None = None
        number = 0
        for held in self.rounds:
            kind, said = next(iter(held.items()))
            if kind in SPEECHES:
                number += 1
                turns += self._speeches(said["speeches"], number, len(turns), kind)
            elif kind == "JudgeFeedback":
                beliefs[number] = self._beliefs(said["distribution"])
                turns += self._asked(said["feedback"], number, len(turns))
                last = said
        if last is None or not last["endDebate"]:
            return turns, None
        return turns, self._ruling("live", last, beliefs, "live")

    def _speeches(self, speeches: Mapping[str, Any], number: int, start: int, kind: str) -> list[dict[str, Any]]:
        turns = []
        for place, side in enumerate(sorted(speeches)):
            role = DEBATERS[int(side)]
            if speeches[side]["speaker"] != self.roles.get(role):
                self.flags.add("another speaker")
            turn = self._turn(start + place, self._seat_of(side), number, "argument", speeches[side])
            turns.append(turn | {"beat": 2 * number if kind == SPEECHES[0] else 2 * number + place})
        if len(turns) < sum(role in self.roles for role in DEBATERS):
            self.flags.add("a side is missing")
        return turns

    def _asked(self, feedback: Mapping[str, Any], number: int, index: int) -> list[dict[str, Any]]:
        if feedback["speaker"] != self.roles.get("Judge"):
            self.flags.add("another judge")
        if "Judge" not in self.roles or not any(_words(part) for part in feedback["content"]):
            return []
        return [self._turn(index, "judge", number, "question", feedback) | {"beat": 2 * number + 2}]

    def _turn(self, index: int, seat: str, number: int, kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
        text, quotes = self._text(said["content"])
        return {"index": index, "round": number, "seat": seat, "kind": kind, "text": text, "quotes": quotes} | {
            "state": "ok",  # an empty speech was made and read like any other
            "at": _time(said["timestamp"]),
        }

    def _text(self, content: list[Mapping[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
        """Put the parts of a speech together, and return where its quotes stand in it and in the passage."""
        text, quotes = "", list[dict[str, Any]]()
        end_of_quotes = 0
        for part in content:
            if "Quote" not in part:
                text += str(part["Text"]["text"])
                continue
            start, end = (min(int(edge), len(self.tokens)) for edge in part["Quote"]["span"])
            if start < 0:
                raise intake.Fault(f"a quote begins at token {start}")
            if start >= end:
                continue
            first, last = self.spans[start][0], self.spans[end - 1][1]
            quoted = self.text[first:last]
            text += "" if not text or text[-1].isspace() else " "
            if quoted:
                quotes.append(
                    {"start": len(text), "end": len(text) + len(quoted), "passage_start": first, "passage_end": last}
                    | {"status": "verified"}
                )
            text += quoted
            end_of_quotes = len(text)
            text += " "
        return text[: max(len(text.rstrip()), end_of_quotes)], quotes

    def _read_later(self) -> Iterator[tuple[str, Any]]:
        for held in self.rounds:
            yield from (held.get("OfflineJudgments") or {}).get("judgments", {}).items()

    def _offline(self) -> Iterator[dict[str, Any]]:
        for judge, said in self._read_later():
            rulings = said["judgments"]
            if not rulings or not rulings[-1]["endDebate"]:
                self.flags.add("an offline ruling is not finished")
                continue
            every = enumerate(rulings) if said["mode"] == "stepped" else ()
            beliefs = {number: self._beliefs(ruling["distribution"]) for number, ruling in every}
            yield self._ruling(f"offline/{judge}", rulings[-1], beliefs, "offline") | {"judge": judge}

    def _ruling(
        self, id: str, last: Mapping[str, Any], beliefs: Mapping[int, list[float]], channel: str
    ) -> dict[str, Any]:
        judge = last["feedback"]["speaker"]
        kind = _who(judge)["kind"]
        return {
            "id": id,
            "judge": judge,
            "kind": kind,
            "channel": channel,
            "state": "valid",
            "final": self._beliefs(last["distribution"]),
            "shown": self.shown,
            "beliefs": [{"after_round": number, "p": p} for number, p in sorted(beliefs.items())],
            "reason": self._text(last["feedback"]["content"])[0],
            "at": _time(last["feedback"]["timestamp"]),
        }

    def _beliefs(self, distribution: list[Any]) -> list[float]:
        """Return the belief in each answer, without what rounding put beyond 0 and 1."""
        believed = [float(distribution[place]) for place in self.shown]
        return [float(round(p)) if abs(p - round(p)) < ROUNDING else p for p in believed]


@lru_cache(4)  # neighbouring rooms are on one story
def joined(tokens: tuple[str, ...]) -> tuple[str, list[tuple[int, int]]]:
    """Put tokens together as they were printed, and return where each stands in the text."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length, before = 0, ""
    for token in tokens:
        printed = _PRINTED.get(token, token)
        if before and not (_NO_SPACE_BEFORE.fullmatch(token) or _NO_SPACE_AFTER.fullmatch(before)):
            parts.append(" ")
            length += 1
        spans.append((length, length + len(printed)))
        parts.append(printed)
        length, before = length + len(printed), token
    return "".join(parts), spans


def _who(name: str) -> dict[str, str]:
    return {"player": name, "kind": "model" if name in MODELS else "human"}


def _kind(held: Mapping[str, Any]) -> str:
    return next(iter(held))


def _words(part: Mapping[str, Any]) -> bool:
    return "Quote" in part or bool(str(part["Text"]["text"]).strip())


def _time(stamp_ms: float) -> str:
    return datetime.fromtimestamp(stamp_ms / 1000, tz=UTC).isoformat()
