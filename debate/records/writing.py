"""How is a debate written as a record? With everything that reports and audits read, so that nothing is lost."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from pydantic import JsonValue

from debate.domain import (
    Debate,
    Failure,
    Judge,
    Judgment,
    Key,
    MatchState,
    Passage,
    Player,
    Posed,
    Seat,
    Tournament,
    Turn,
)
from debate.records.attempt import Attempt
from debate.records.canary import canary
from debate.records.record import SCHEMA
from debate.records.whole import whole
from debate.records.withholding import Withheld, withhold

Line: TypeAlias = dict[str, Any]

PLANNED = {"seed", "controls", "peek", "quorum"}
"""What reports tell of a tournament that no debate of it says."""
UNPLANNED: Line = {"seed": 0, "controls": [], "peek": False, "quorum": None}
WHOLE = Withheld()
"""Nothing is left out but what may not be shared."""


def record(
    debate: Debate,
    judgments: Iterable[Judgment],
    key: Key,
    *,
    tournament: str,
    record_id: str | None = None,
    judges: Mapping[str, Judge] | None = None,
    calls: Mapping[str, Sequence[Attempt]] | None = None,
    at: Mapping[str, str] | None = None,
    meta: Mapping[str, JsonValue] | None = None,
    state: MatchState | None = None,
    failures: Iterable[Failure] = (),
    planned: Tournament | None = None,
    withheld: Withheld = WHOLE,
) -> Line:
    """Return a debate with its judgments as one line of the interchange format.

    Args:
        record_id: the id in its source; the match's own where None.
        judges: by name, so that their settings are written.
        calls: by `turn:INDEX` or the id of a judgment; their candidates are written too.
        state: how far the match came, where it is not all that its turns tell.
        at: when, by the same names.
        failures: what failed for good.
        planned: what its tournament was planned with, where that is known.
        withheld: what is left out besides the texts of questions that may not be shared.
    """
    match, calls, at, ruled = debate.match, calls or {}, at or {}, list(judgments)
    line: Line = {
        "schema": SCHEMA,
        "id": record_id or match.id,
        "tournament": tournament,
        "match": match.id,
        "repeat": match.repeat,
        "arm": match.arm,
        "question": _question(match.question, key),
        "protocol": _protocol(debate),
        "seats": [_seat(seat) for seat in match.seats],
        "turns": [_turn(turn, calls, at) for turn in debate.turns],
        "judgments": [_judgment(judgment, debate, judges or {}, calls, at) for judgment in ruled],
        "shown": list(match.shown),
        "prompts": match.prompts,
        "meta": dict(meta or {}),
        "state": state or ("set-aside" if debate.broken else "done"),
        "canary": canary(tournament),
    }
    recorded = {f"turn:{turn.index}" for turn in debate.turns} | {judgment.id for judgment in ruled}
    if rest := [{"where": where, **_call(call)} for where in calls if where not in recorded for call in calls[where]]:
        line["calls"] = rest
    if lost := [_failure(failure) for failure in failures]:
        line["failures"] = lost
    if planned is not None and (plan := planned.model_dump(mode="json", include=PLANNED)) != UNPLANNED:
        line["plan"] = plan
    return withhold(line, withheld, match.question, share=key.share)


def write(path: Path, records: Iterable[Line]) -> int:
    """Write records to a file, packed if its name ends in `.gz`, and return how many; an old file stays until then."""
    with whole(path) as part, part.open("wb") as raw:
        if path.suffix != ".gz":
            return _write(raw, records)
        with gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as packed:
            return _write(packed, records)


def encode(line: Line) -> bytes:
    """Return a record as the bytes of one line."""
    try:
        return (json.dumps(line, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()
    except UnicodeEncodeError:  # half a character, which only an escape can hold
        return (json.dumps(line, allow_nan=False, separators=(",", ":")) + "\n").encode()


def _write(stream: BinaryIO | gzip.GzipFile, records: Iterable[Line]) -> int:
    count = 0
    for line in records:
        stream.write(encode(line))
        count += 1
    return count


def _question(posed: Posed, key: Key) -> Line:
    meta = dict(key.meta)
    whole = Posed.of(posed.text, posed.answers, posed.passage).id == posed.id
    line: Line = {
        "id": _named(meta, "name", posed.id),
        "text": posed.text,
        "answers": list(posed.answers),
        "passage": _passage(posed.passage, meta),
    }
    if not whole:
        line["withheld"] = True
    plain = key.model_dump(mode="json", exclude={"question", "meta", "evidence", "flaws"})
    spans = {name: [[s.start, s.end] for s in getattr(key, name)] for name in ("evidence", "flaws")}
    return {**line, **plain, **spans, "meta": meta}


def _passage(passage: Passage | None, meta: dict[str, JsonValue]) -> Line | None:
    if passage is None:
        return None
    line: Line = {"id": _named(meta, "passage", passage.id), "title": passage.title}
    if Passage.of(passage.text, passage.title).id == passage.id:
        line["text"] = passage.text
    return line


def _named(meta: dict[str, JsonValue], name: str, own: str) -> str:
    """Take the bank's own name out of what is known, where there is one."""
    given = meta.get(name)
    if not isinstance(given, str) or given in ("", own):
        return own
    del meta[name]
    return given


def _protocol(debate: Debate) -> Line:
    protocol = debate.match.protocol
    line: Line = protocol.model_dump(mode="json", exclude={"name", "label"})
    return {"name": protocol.title, **({"game": protocol.name} if protocol.label else {}), **line}


def _seat(seat: Seat) -> Line:
    sitting = seat.player or seat.judge
    line: Line = {"seat": seat.seat, "player": None, "kind": "model", "argues": seat.argues}
    if sitting is None:
        return line
    return line | {"player": sitting.name, "role": "player" if seat.player else "judge", **_agent(sitting)}


def _agent(sitting: Player | Judge) -> Line:
    return {
        "kind": sitting.kind,
        "model": sitting.model,
        "family": _family(sitting.model),
        "settings_hash": sitting.digest,
        "settings": sitting.model_dump(mode="json", exclude_defaults=True, exclude={"name", "model"}),
    }


def _family(model: str) -> str:
    """Return the word that a model's name begins with: `gpt`, `claude`, `llama`."""
    found = re.match(r"[A-Za-z]+", model.rpartition("/")[2])
    return found[0].lower() if found else ""


def _turn(turn: Turn, calls: Mapping[str, Sequence[Attempt]], at: Mapping[str, str]) -> Line:
    line: Line = turn.model_dump(mode="json")
    where = f"turn:{turn.index}"
    if made := calls.get(where):
        answered = (call for call in made if call.outcome == "answered")
        line["candidates"] = [call.completion.text for call in answered if call.purpose == "candidate"]
    return line | _said(where, calls, at)


def _judgment(
    judgment: Judgment,
    debate: Debate,
    judges: Mapping[str, Judge],
    calls: Mapping[str, Sequence[Attempt]],
    at: Mapping[str, str],
) -> Line:
    line: Line = judgment.model_dump(mode="json", exclude={"match", "transcript"})
    if judgment.transcript != debate.digest:
        line["transcript"] = judgment.transcript
    judge = judges.get(judgment.judge)
    known = {name: value for name, value in _agent(judge).items() if name != "kind"} if judge else {}
    return line | known | _said(judgment.id, calls, at)


def _failure(failure: Failure) -> Line:
    line: Line = failure.model_dump(mode="json", exclude={"match", "at"})
    return line | ({"at": failure.at} if failure.at else {})


def _said(where: str, calls: Mapping[str, Sequence[Attempt]], at: Mapping[str, str]) -> Line:
    """Return what a store knows besides: the calls that were made, and when it was said."""
    made = [_call(call) for call in calls.get(where, ())]
    return ({"calls": made} if made else {}) | ({"at": at[where]} if where in at else {})


def _call(call: Attempt) -> Line:
    return call.model_dump(mode="json", exclude_defaults=True)
