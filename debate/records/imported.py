"""Which domain values does a record mean?"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import JsonValue, ValidationError

from debate import intake
from debate.domain import (
    Agent,
    Belief,
    Debate,
    Failure,
    Judge,
    Judgment,
    Match,
    MatchState,
    Player,
    Posed,
    Protocol,
    Question,
    Seat,
    Tournament,
    Value,
    agent,
    chance,
    digest,
    match_id,
)
from debate.protocols import planned
from debate.records import asked, said
from debate.records.attempt import Attempt
from debate.records.record import (
    FailureRow,
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
    question: Question
    debate: Debate
    state: MatchState = "done"
    judgments: tuple[Judgment, ...] = ()
    judges: dict[str, Judge] = {}
    """Who ruled, by name."""
    calls: dict[str, tuple[Attempt, ...]] = {}
    """By `turn:INDEX` or the id of a judgment, where the record has them."""
    at: dict[str, str] = {}
    """When, by the same names."""
    failures: tuple[Failure, ...] = ()
    planned: Tournament | None = None
    """What its tournament was planned with, where the record tells."""
    meta: dict[str, JsonValue] = {}
    """The record's `meta`, and every key that we do not know, by its place."""


def import_id(tournament: str, record_id: str) -> str:
    """Return the id of the match that a record holds."""
    return digest("i1", [tournament, record_id])


def imported(record: Record) -> Imported:
    """Make the domain values of a valid record.

    A match keeps the id that the record gives only if that is the hash of what the record says, so that no file can
    pass for a match that it does not hold.

    Raises:
        intake.Fault: the settings of a seat or a judge, or a call, are not valid.
    """
    question = asked.question(record.question, record.tournament)
    match = _match(record, question.posed)
    passage = question.posed.passage.text if question.posed.passage else None
    beats = said.beats(record)
    turns = tuple(said.turn(row, beats[row.index], passage) for row in sorted(record.turns, key=lambda row: row.index))
    debate = Debate(match=match, turns=turns)
    return Imported(
        tournament=record.tournament,
        record_id=record.id,
        question=question,
        debate=debate,
        state=record.state or ("set-aside" if debate.broken else "done"),
        judgments=tuple(_judgment(row, debate) for row in record.judgments),
        judges=_judges(record),
        calls=_calls(record),
        at=_times(record),
        failures=tuple(_failure(row, match.id) for row in record.failures or ()),
        planned=_planned(record),
        meta={**record.meta, **{k: v for k, v in unknown(record) if not k.startswith("question.")}},
    )


def _match(record: Record, posed: Posed) -> Match:
    protocol = _protocol(record.protocol)
    seats = tuple(_seat(row, f"seats[{index}]") for index, row in enumerate(record.seats))
    match = Match(
        id=record.match or "",
        question=posed,
        protocol=protocol,
        seats=seats,
        repeat=record.repeat,
        shown=tuple(record.shown),
        prompts=record.prompts,
        arm=record.arm,
    )
    id = match.id if _own(match) else import_id(record.tournament, record.id)
    return match.model_copy(update={"id": id, "shown": match.shown or drawn(id, len(posed.answers))})


def _own(match: Match) -> bool:
    """Tell whether the id of a match is the one that a plan gives it."""
    seats = planned(match).seats
    return match.id == match_id(match.question.id, match.protocol, seats, match.repeat, match.prompts, match.arm)


def drawn(match: str, answers: int) -> tuple[int, ...]:
    """Return an order of the answers for those who read a debate here, where none came with it."""
    return tuple(sorted(range(answers), key=lambda answer: chance(match, "shown", answer)))


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
        return Seat(seat=row.seat, argues=row.argues, judge=_settled(Judge, given, f"{place}.settings"))
    return Seat(seat=row.seat, argues=row.argues, player=_settled(Player, given, f"{place}.settings"))


def _judges(record: Record) -> dict[str, Judge]:
    found: dict[str, Judge] = {}
    for index, row in enumerate(record.judgments):
        given = {**(row.settings or {}), "name": row.judge, "model": _model(row.judge, row.model, row.kind)}
        found.setdefault(row.judge, _settled(Judge, given, f"judgments[{index}].settings"))
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
        raise intake.Fault(f"{place}.{'; '.join(intake.told(exc, model))}") from exc


def _judgment(row: JudgmentRow, debate: Debate) -> Judgment:
    return Judgment(
        id=row.id,
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
        beliefs=tuple(
            Belief(after_round=belief.after_round, p=tuple(belief.p))
            for belief in sorted(row.beliefs, key=lambda belief: belief.after_round)
        ),
        reason=row.reason,
        transcript=debate.digest if row.transcript is None else row.transcript,
        usage=said.usage(row.usage),
        active_s=row.active_s,
        idle_s=row.idle_s,
        superseded_by=row.superseded_by,
    )


def _calls(record: Record) -> dict[str, tuple[Attempt, ...]]:
    turns = ((f"turn:{row.index}", f"turns[{at}]", row.calls) for at, row in enumerate(record.turns))
    rulings = ((row.id, f"judgments[{at}]", row.calls) for at, row in enumerate(record.judgments))
    found = {
        where: tuple(_settled(Attempt, dict(call), f"{place}.calls[{at}]") for at, call in enumerate(calls))
        for where, place, calls in (*turns, *rulings)
        if calls
    }
    for at, call in enumerate(record.calls or ()):
        where, rest = str(call.get("where", "")), {key: value for key, value in call.items() if key != "where"}
        found[where] = (*found.get(where, ()), _settled(Attempt, rest, f"calls[{at}]"))
    return found


def _failure(row: FailureRow, match: str) -> Failure:
    return Failure(
        match=match,
        where=row.where,
        kind=row.kind,
        message=row.message,
        seat=row.seat,
        player=row.player,
        retried=row.retried,
        at=row.at or "",
    )


def _planned(record: Record) -> Tournament | None:
    """Return the tournament as far as its plan is told; it names no questions, since it was not planned here."""
    if record.plan is None:
        return None
    plan = record.plan
    return Tournament(
        name=record.tournament,
        questions=(),
        seed=plan.seed or 0,
        controls=tuple(plan.controls),
        peek=plan.peek,
        quorum=plan.quorum,
    )


def _times(record: Record) -> dict[str, str]:
    turns = {f"turn:{row.index}": row.at for row in record.turns}
    rulings = {row.id: row.at for row in record.judgments}
    return {where: at for where, at in (turns | rulings).items() if at is not None}
