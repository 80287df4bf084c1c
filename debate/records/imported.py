"""Which domain values does a record mean?"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import JsonValue, ValidationError

from debate import intake
from debate.domain import (
    Agent,
    Belief,
    Call,
    Debate,
    Judge,
    Judgment,
    Match,
    Player,
    Posed,
    Protocol,
    Question,
    Seat,
    Value,
    agent,
    digest,
    match_id,
)
from debate.records import asked, said
from debate.records.record import (
    JudgmentRow,
    ProtocolRow,
    Record,
    SeatRow,
    unknown,
)

Held = TypeVar("Held", bound=Value)

JUDGE = "judge"
"""The seat of an interactive judge, unless a record says otherwise by `role`."""


class Imported(Value):
    """One debate that was played elsewhere."""

    tournament: str
    record_id: str
    content_digest: str
    """The hash of the whole record: the same id with another one is an error."""
    question: Question
    debate: Debate
    judgments: tuple[Judgment, ...] = ()
    judges: dict[str, Judge] = {}
    """Who ruled, by name."""
    calls: dict[str, tuple[Call, ...]] = {}
    """By `turn:INDEX` or the id of a judgment, where the record has them."""
    at: dict[str, str] = {}
    """When, by the same names."""
    meta: dict[str, JsonValue] = {}
    """The record's `meta`, and every key that we do not know, by its place."""


def import_id(tournament: str, record_id: str, *parts: str) -> str:
    """Return the id of what a record holds: of its match, or of a judgment named by `parts`."""
    return digest("i1", [tournament, record_id, *parts])


def imported(record: Record, content: JsonValue) -> Imported:
    """Make the domain values of a valid record.

    A match keeps the id that the record gives only if that is the hash of what the record says, so that no file can
    pass for a match that it does not hold.

    Raises:
        intake.Fault: the settings of a seat or a judge, or a call, are not valid.
    """
    question = asked.question(record.question, record.tournament)
    match, own = _match(record, question.posed)
    passage = question.posed.passage.text if question.posed.passage else None
    beats = said.beats(record)
    turns = tuple(said.turn(row, beats[row.index], passage) for row in sorted(record.turns, key=lambda row: row.index))
    debate = Debate(match=match, turns=turns)
    names = {row.id: row.id if own else import_id(record.tournament, record.id, row.id) for row in record.judgments}
    return Imported(
        tournament=record.tournament,
        record_id=record.id,
        content_digest=digest("rec1", content),
        question=question,
        debate=debate,
        judgments=tuple(_judgment(row, debate, names) for row in record.judgments),
        judges=_judges(record),
        calls=_calls(record, names),
        at=_times(record, names),
        meta={**record.meta, **{k: v for k, v in unknown(record) if not k.startswith("question.")}},
    )


def _match(record: Record, posed: Posed) -> tuple[Match, bool]:
    """Return the match, and whether the record gives it the id that its content has."""
    protocol = _protocol(record.protocol)
    seats = tuple(_seat(row, f"seats[{index}]") for index, row in enumerate(record.seats))
    own = match_id(posed.id, protocol, seats, record.repeat, record.prompts, record.arm) == record.match
    match = Match(
        id=record.match if own and record.match else import_id(record.tournament, record.id),
        question=posed,
        protocol=protocol,
        seats=seats,
        repeat=record.repeat,
        shown=tuple(record.shown),
        prompts=record.prompts,
        arm=record.arm,
    )
    return match, own


def _protocol(row: ProtocolRow) -> Protocol:
    return Protocol(
        name=row.game or row.name,
        label=row.name if row.game else "",
        rounds=row.rounds,
        order=row.order,
        words=row.words,
        interactive=row.interactive,
        passage=row.passage,
        options=row.options,
    )


def _seat(row: SeatRow, place: str) -> Seat:
    if row.player is None:
        return Seat(seat=row.seat, argues=row.argues)
    given = {**(row.settings or {}), "name": row.player, "model": _model(row.player, row.model, row.kind)}
    if (row.role or ("judge" if row.seat == JUDGE else "player")) == "judge":
        return Seat(seat=row.seat, argues=row.argues, judge=_settled(Judge, given, place))
    return Seat(seat=row.seat, argues=row.argues, player=_settled(Player, given, place))


def _judges(record: Record) -> dict[str, Judge]:
    found: dict[str, Judge] = {}
    for index, row in enumerate(record.judgments):
        given = {**(row.settings or {}), "name": row.judge, "model": _model(row.judge, row.model, row.kind)}
        found.setdefault(row.judge, _settled(Judge, given, f"judgments[{index}]"))
    return found


def _model(name: str, model: str | None, kind: Agent) -> str:
    """Return a model's name that is of the kind that the record gives."""
    if model is not None and agent(model) == kind:
        return model
    return f"{'imported' if kind == 'model' else kind}/{model or name}"


def _settled(model: type[Held], given: dict[str, Any], place: str) -> Held:
    try:
        return model.model_validate(given)
    except ValidationError as exc:
        raise intake.Fault(f"{place}.settings.{'; '.join(intake.told(exc, model))}") from exc


def _judgment(row: JudgmentRow, debate: Debate, names: dict[str, str]) -> Judgment:
    return Judgment(
        id=names[row.id],
        match=debate.match.id,
        judge=row.judge,
        kind=row.kind,
        view=row.view,
        hears=row.hears,
        channel=row.channel,
        purpose=row.purpose,
        state=row.state,
        shown=tuple(row.shown or ()),
        sample=row.sample,
        final=None if row.final is None else tuple(row.final),
        beliefs=tuple(Belief(after_round=belief.after_round, p=tuple(belief.p)) for belief in row.beliefs),
        reason=row.reason,
        transcript=debate.digest if row.transcript is None else row.transcript,
        usage=said.usage(row.usage),
        active_s=row.active_s,
        idle_s=row.idle_s,
        superseded_by=None if row.superseded_by is None else names[row.superseded_by],
    )


def _calls(record: Record, names: dict[str, str]) -> dict[str, tuple[Call, ...]]:
    turns = ((f"turn:{row.index}", f"turns[{at}]", row.calls) for at, row in enumerate(record.turns))
    rulings = ((names[row.id], f"judgments[{at}]", row.calls) for at, row in enumerate(record.judgments))
    return {
        where: tuple(_settled(Call, dict(call), f"{place}.calls[{at}]") for at, call in enumerate(calls))
        for where, place, calls in (*turns, *rulings)
        if calls
    }


def _times(record: Record, names: dict[str, str]) -> dict[str, str]:
    turns = {f"turn:{row.index}": row.at for row in record.turns}
    rulings = {names[row.id]: row.at for row in record.judgments}
    return {where: at for where, at in (turns | rulings).items() if at is not None}
