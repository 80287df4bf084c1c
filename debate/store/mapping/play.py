"""What was played and ruled, as rows: calls and how they ended, turns, judgments with their beliefs, failures."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import RowMapping

from debate.domain import Belief, Call, Completion, Failure, Fault, Intent, Judgment, Reply, Turn, Usage
from debate.sanitize import restore, store
from debate.store.batch import Record
from debate.store.mapping.cells import dumps, rest_of
from debate.store.status import StoredCall

SILENCE = Completion(text="")


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
        "rest": rest_of(said, REPLY_COLUMNS) if answered else "{}",
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
        "rest": rest_of(turn, TURN_COLUMNS),
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
        "rest": rest_of(judgment, JUDGMENT_COLUMNS),
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
