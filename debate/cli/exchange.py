"""What a database gives as records say it, and what records say as a database takes it."""

from __future__ import annotations

from typing import Any

from debate import records
from debate.domain import Call, Completion
from debate.records import Attempt, Imported, Withheld
from debate.store import Played, StoredCall


def record_of(one: Played, withheld: Withheld) -> dict[str, Any]:
    """Return a debate as a record."""
    calls: dict[str, list[Attempt]] = {}
    for call in one.calls:
        calls.setdefault(call.where, []).append(_attempt(call))
    return records.record(
        one.debate,
        one.judgments,
        one.question.key,
        tournament=one.source,
        record_id=one.record,
        judges=one.judges,
        calls=calls,
        at=one.at,
        meta=one.meta,
        state=one.state,
        failures=one.failures,
        planned=one.planned,
        withheld=withheld,
    )


def _attempt(call: StoredCall) -> Attempt:
    completion = call.reply.completion if call.reply else Completion(text="")
    return Attempt(**call.model_dump(exclude={"match", "where", "reply"}), completion=completion)


def played(one: Imported) -> Played:
    """Return a debate that was read from a record as a database takes it."""
    return Played(
        source=one.tournament,
        record=one.record_id,
        question=one.question,
        debate=one.debate,
        state=one.state,
        judgments=one.judgments,
        judges=one.judges,
        calls=tuple(_stored(one.debate.match.id, where, call) for where, made in one.calls.items() for call in made),
        at=one.at,
        failures=one.failures,
        planned=one.planned,
        meta=one.meta,
    )


def _stored(match: str, where: str, call: Attempt) -> StoredCall:
    answered = call.outcome != "sent" and not call.error
    reply = Call.model_validate(call.model_dump(include=set(Call.model_fields))) if answered else None
    return StoredCall(match=match, where=where, **call.model_dump(exclude={"completion"}), reply=reply)
