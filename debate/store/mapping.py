"""How domain values become rows, and rows values again: the one place that knows both.

Text that somebody wrote passes `sanitize.store` on its way in and `restore` on its way out, so that NUL and lone
surrogates survive; JSON columns are ASCII, where both are escapes.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from pydantic_core import PydanticSerializationError
from sqlalchemy import RowMapping

from debate.domain import (
    Belief,
    Call,
    Completion,
    Failure,
    Fault,
    Intent,
    Judgment,
    Key,
    Match,
    Passage,
    Posed,
    Protocol,
    Reply,
    Turn,
    Usage,
    Value,
    digest,
)
from debate.sanitize import restore, store
from debate.store.batch import Record
from debate.store.status import StoredCall

REPLACED = "\ufffd"
SILENCE = Completion(text="")


def dumps(value: Any) -> str:
    """Return JSON in ASCII; NaN and infinity are errors."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


@lru_cache(maxsize=1024)
def ints(text: str) -> tuple[int, ...]:
    """Return a short tuple of numbers, such as the order in which answers are shown, from its JSON."""
    return tuple(json.loads(text))


@lru_cache(maxsize=1024)
def ints_text(numbers: tuple[int, ...]) -> str:
    """Return the JSON of a short tuple of numbers."""
    return dumps(numbers)


def settings(value: Value) -> str:
    """Return every field of a value as JSON, defaults too: a later version may have other defaults."""
    return dumps(value.model_dump())


def _rest(value: Value, columns: Any) -> str:
    """Return the fields that have no column of their own, defaults left out."""
    try:
        quick = value.model_dump_json(exclude=columns, exclude_defaults=True)
    except PydanticSerializationError:  # a lone surrogate
        quick = REPLACED
    if REPLACED in quick:  # perhaps one in a key, where pydantic does not complain
        return dumps(value.model_dump(exclude=columns, exclude_defaults=True))
    return quick


def protocol_id(protocol: Protocol) -> str:
    """Return the digest of rules and label; without a label it is the digest of the rules."""
    return digest("r1", protocol)


def passage_row(passage: Passage) -> Record:
    """Return the row of a passage."""
    return {"id": passage.id, "title": store(passage.title), "text": store(passage.text)}


def question_row(posed: Posed) -> Record:
    """Return the row of a question as posed."""
    return {
        "id": posed.id,
        "text": store(posed.text),
        "answers": dumps(posed.answers),
        "passage": posed.passage.id if posed.passage else None,
    }


def key_row(tournament: int, key: Key) -> Record:
    """Return the row of an answer key."""
    columns = {"question", "correct", "distractor", "difficulty", "domain"}
    return {
        "tournament": tournament,
        "question": key.question,
        "correct": key.correct,
        "distractor": key.distractor,
        "difficulty": key.difficulty,
        "domain": store(key.domain),
        "rest": dumps(key.model_dump(exclude=columns, exclude_defaults=True)),
    }


def key(row: RowMapping) -> Key:
    """Return an answer key from its row."""
    return Key(
        question=row["question"],
        correct=row["correct"],
        distractor=row["distractor"],
        difficulty=row["difficulty"],
        domain=restore(row["domain"]),
        **json.loads(row["rest"]),
    )


def match_row(ordinal: int, tournament: int, match: Match, protocol: str) -> Record:
    """Return the row of a match that was just planned."""
    return {
        "ordinal": ordinal,
        "tournament": tournament,
        "id": match.id,
        "question": match.question.id,
        "protocol": protocol,
        "repeat": match.repeat,
        "shown": ints_text(match.shown),
        "prompts": match.prompts,
        "arm": store(match.arm),
        "state": "open",
    }


def seat_rows(ordinal: int, match: Match) -> list[Record]:
    """Return the rows of the seats of a match."""
    return [
        {
            "match": ordinal,
            "place": place,
            "seat": store(seat.seat),
            "player": seat.player.digest if seat.player else None,
            "judge": seat.judge.digest if seat.judge else None,
            "argues": seat.argues,
        }
        for place, seat in enumerate(match.seats)
    ]


def call_row(id: int, match: int, run: int, intent: Intent, at: str) -> Record:
    """Return the row of a call that is about to be made."""
    return {
        "id": id,
        "match": match,
        "run": run,
        "call": intent.call,
        "where": intent.where,
        "purpose": intent.purpose,
        "slot": intent.slot,
        "attempt": intent.attempt,
        "request": intent.request,
        "model": store(intent.model),
        "reserve_usd": intent.reserve_usd,
        "at": at,
    }


USAGE_COLUMNS = ("input_tokens", "cached_tokens", "output_tokens", "cost_usd")
REPLY_COLUMNS: dict[str, Any] = {"text": True, "thinking": True, "model": True, "usage": set(USAGE_COLUMNS)}


def reply_row(call: int, row: Reply | Fault, at: str, *, late: bool = False) -> Record:
    """Return the row of how a call ended."""
    answered = isinstance(row, Reply)
    said = row.completion if isinstance(row, Reply) else SILENCE
    usage = said.usage
    return {
        "call": call,
        "outcome": "late" if late else "answered" if answered else "failed",
        "model": store(said.model),
        "text": store(said.text),
        "thinking": store(said.thinking),
        "input_tokens": usage.input_tokens,
        "cached_tokens": usage.cached_tokens,
        "output_tokens": usage.output_tokens,
        "cost_usd": usage.cost_usd,
        "billed": int(row.billed) if isinstance(row, Fault) else 1,
        "error": store(row.error) if isinstance(row, Fault) else "",
        "latency_s": row.latency_s,
        "rest": _rest(said, REPLY_COLUMNS) if answered else "{}",
        "at": at,
    }


def completion(row: RowMapping) -> Completion:
    """Return a reply from the columns of `reply`, whose `model` and `at` are labelled `reply_...`."""
    rest = json.loads(row["rest"])
    usage = {name: row[name] for name in USAGE_COLUMNS} | rest.pop("usage", {})
    return Completion(
        text=restore(row["text"]),
        thinking=restore(row["thinking"]),
        model=restore(row["reply_model"]),
        usage=Usage(**usage),
        **rest,
    )


def call(row: RowMapping) -> Call:
    """Return an answered call from the columns of `call` and `reply` together."""
    return Call(
        purpose=row["purpose"],
        slot=row["slot"],
        attempt=row["attempt"],
        request=row["request"],
        completion=completion(row),
    )


def stored_call(row: RowMapping, match: str) -> StoredCall:
    """Return a call, answered or not, from the columns of `call` and `reply` together."""
    outcome = row["outcome"] or "sent"
    failed = outcome == "sent" or bool(row["error"])
    return StoredCall(
        **{name: row[name] for name in ("where", "purpose", "slot", "attempt", "request", "reserve_usd", "latency_s")},
        match=match,
        model=restore(row["model"]),
        outcome=outcome,
        reply=None if failed else call(row),
        error=restore(row["error"] or ""),
        billed=row["billed"] != 0,
        sent_at=row["at"],
        replied_at=row["reply_at"],
    )


TURN_COLUMNS = dict.fromkeys(
    ("index", "seat", "round", "beat", "kind", "state", "conceded", "text", "scratchpad"), True
)


def turn_row(match: int, turn: Turn, at: str) -> Record:
    """Return the row of a turn."""
    return {
        "match": match,
        "index": turn.index,
        "seat": store(turn.seat),
        "round": turn.round,
        "beat": turn.beat,
        "kind": store(turn.kind),
        "state": turn.state,
        "conceded": int(turn.conceded),
        "text": store(turn.text),
        "scratchpad": store(turn.scratchpad),
        "rest": _rest(turn, TURN_COLUMNS),
        "at": at,
    }


def turn(row: RowMapping) -> Turn:
    """Return a turn from its row."""
    return Turn(
        index=row["index"],
        seat=restore(row["seat"]),
        round=row["round"],
        beat=row["beat"],
        kind=restore(row["kind"]),
        state=row["state"],
        conceded=bool(row["conceded"]),
        text=restore(row["text"]),
        scratchpad=restore(row["scratchpad"]),
        **json.loads(row["rest"]),
    )


AS_THEY_ARE = ("id", "kind", "view", "channel", "purpose", "state", "sample", "transcript", "active_s", "idle_s")
JUDGMENT_COLUMNS = dict.fromkeys((*AS_THEY_ARE, "match", "judge", "final", "beliefs", "reason", "superseded_by"), True)


def judgment_row(ordinal: int, match: int, judgment: Judgment, at: str) -> Record:
    """Return the row of a judgment."""
    return {
        "ordinal": ordinal,
        "match": match,
        **{name: getattr(judgment, name) for name in AS_THEY_ARE},
        "judge": store(judgment.judge),
        "final": None if judgment.final is None else dumps(judgment.final),
        "reason": store(judgment.reason),
        "superseded_by": judgment.superseded_by,
        "rest": _rest(judgment, JUDGMENT_COLUMNS),
        "at": at,
    }


def belief_rows(ordinal: int, judgment: Judgment) -> list[Record]:
    """Return the rows of the beliefs of a judgment."""
    return [{"judgment": ordinal, "after_round": b.after_round, "p": dumps(b.p)} for b in judgment.beliefs]


def judgment(row: RowMapping, match: str, beliefs: tuple[Belief, ...]) -> Judgment:
    """Return a judgment from its row and those of its beliefs."""
    return Judgment(
        **{name: row[name] for name in AS_THEY_ARE},
        match=match,
        judge=restore(row["judge"]),
        final=None if row["final"] is None else tuple(json.loads(row["final"])),
        beliefs=beliefs,
        reason=restore(row["reason"]),
        superseded_by=row["superseded_by"],
        **json.loads(row["rest"]),
    )


def failure_row(match: int, failure: Failure, at: str) -> Record:
    """Return the row of a failure."""
    return {
        "match": match,
        "where": failure.where,
        "kind": failure.kind,
        "message": store(failure.message),
        "seat": None if failure.seat is None else store(failure.seat),
        "player": None if failure.player is None else store(failure.player),
        "retried": int(failure.retried),
        "at": failure.at or at,
    }


def failure(row: RowMapping, match: str) -> Failure:
    """Return a failure from its row."""
    return Failure(
        match=match,
        where=row["where"],
        kind=row["kind"],
        message=restore(row["message"]),
        seat=None if row["seat"] is None else restore(row["seat"]),
        player=None if row["player"] is None else restore(row["player"]),
        retried=bool(row["retried"]),
        at=row["at"],
    )
