"""Which domain values does a record mean?"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import JsonValue, ValidationError

from debate import intake, quotes
from debate.domain import (
    Agent,
    Belief,
    Call,
    Debate,
    Judge,
    Judgment,
    Key,
    Match,
    Passage,
    Player,
    Posed,
    Protocol,
    Question,
    Quote,
    Says,
    Seat,
    Span,
    Turn,
    Usage,
    Value,
    agent,
    digest,
    match_id,
)
from debate.records.record import (
    JudgmentRow,
    ProtocolRow,
    QuestionRow,
    QuoteRow,
    Record,
    SeatRow,
    TurnRow,
    UsageRow,
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
    question = _question(record.question, record.tournament)
    match, own = _match(record, question.posed)
    passage = question.posed.passage.text if question.posed.passage else None
    beats = _beats(record)
    turns = tuple(_turn(row, beats[row.index], passage) for row in sorted(record.turns, key=lambda row: row.index))
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


def _question(row: QuestionRow, tournament: str) -> Question:
    posed = _posed(row, tournament)
    meta: dict[str, JsonValue] = dict(row.meta)
    if row.id != posed.id:
        meta.setdefault("name", row.id)
    if row.passage is not None:
        meta |= row.passage.model_extra or {}
        if posed.passage is not None and row.passage.id != posed.passage.id:
            meta.setdefault("passage", row.passage.id)
    key = Key(
        question=posed.id,
        correct=row.correct,
        distractor=row.distractor,
        evidence=tuple(Span(start=start, end=end) for start, end in row.evidence),
        flaws=tuple(Span(start=start, end=end) for start, end in row.flaws),
        difficulty=row.difficulty,
        domain=row.domain,
        tags=tuple(row.tags),
        reason=row.reason,
        match_id=row.match_id,
        stake_answer=row.stake_answer,
        counterpart_answer=row.counterpart_answer,
        transfer_of=row.transfer_of,
        source=row.source,
        licence=row.licence,
        share=row.share,
        meta={**meta, **(row.model_extra or {})},
    )
    return Question(posed=posed, key=key)


def _posed(row: QuestionRow, tournament: str) -> Posed:
    """Make the question; without its texts it is told from others by its name, never by an id that is a hash."""
    passage = None
    if row.passage is not None and row.passage.text is None:
        passage = Passage(id=_withheld(row.passage.id, tournament), title=row.passage.title, text="")
    elif row.passage is not None and row.passage.text is not None:
        passage = Passage.of(row.passage.text, row.passage.title)
    answers = tuple(row.answers)
    if not row.withheld:
        return Posed.of(row.text, answers, passage)
    return Posed(id=_withheld(row.id, tournament), text=row.text, answers=answers, passage=passage)


def _withheld(given: str, tournament: str) -> str:
    """Return the id of what came without its text: our own ids mean the same everywhere, others in their source."""
    if given.startswith("w1-"):
        return given
    return digest("w1", [given] if given.startswith(("q1-", "p1-")) else [tournament, given])


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
    said = {**(row.settings or {}), "name": row.player, "model": _model(row.player, row.model, row.kind)}
    if (row.role or ("judge" if row.seat == JUDGE else "player")) == "judge":
        return Seat(seat=row.seat, argues=row.argues, judge=_settled(Judge, said, place))
    return Seat(seat=row.seat, argues=row.argues, player=_settled(Player, said, place))


def _judges(record: Record) -> dict[str, Judge]:
    found: dict[str, Judge] = {}
    for index, row in enumerate(record.judgments):
        said = {**(row.settings or {}), "name": row.judge, "model": _model(row.judge, row.model, row.kind)}
        found.setdefault(row.judge, _settled(Judge, said, f"judgments[{index}]"))
    return found


def _model(name: str, model: str | None, kind: Agent) -> str:
    """Return a model's name that is of the kind that the record gives."""
    if model is not None and agent(model) == kind:
        return model
    return f"{'imported' if kind == 'model' else kind}/{model or name}"


def _settled(model: type[Held], said: dict[str, Any], place: str) -> Held:
    try:
        return model.model_validate(said)
    except ValidationError as exc:
        raise intake.Fault(f"{place}.settings.{'; '.join(intake.told(exc, model))}") from exc


def _beats(record: Record) -> dict[int, int]:
    """Return the beat of each turn by its index: as given, or as the order of speaking has it."""
    beats: dict[int, int] = {}
    last: tuple[int, str] | None = None
    beat = 0
    for row in sorted(record.turns, key=lambda row: row.index):
        order = record.protocol.order
        together = order == "simultaneous" or (order == "mixed" and row.round == 1)
        if not together or last != (row.round, row.kind):
            beat += 1
        last = (row.round, row.kind)
        beats[row.index] = beat if row.beat is None else row.beat
    return beats


def _turn(row: TurnRow, beat: int, passage: str | None) -> Turn:
    if row.quotes is None:
        text, found = quotes.mark(row.text, passage)
    else:
        text, found = row.text, tuple(_quote(quote) for quote in row.quotes)
    return Turn(
        index=row.index,
        seat=row.seat,
        round=row.round,
        beat=beat,
        kind=row.kind,
        text=text,
        about=row.about,
        says=None if row.says is None else _says(row.says.model_dump(exclude=set(row.says.model_extra or ()))),
        quotes=found,
        scratchpad=row.scratchpad,
        state=row.state,
        conceded=row.conceded,
        flags=tuple(row.flags),
        names=tuple((start, end) for start, end in row.names),
        usage=_usage(row.usage),
    )


def _quote(row: QuoteRow) -> Quote:
    return Quote(
        start=row.start,
        end=row.end,
        passage_start=row.passage_start,
        passage_end=row.passage_end,
        status=row.status,
    )


def _says(said: dict[str, Any]) -> Says:
    return Says.model_validate(said)


def _usage(row: UsageRow) -> Usage:
    return Usage.model_validate(row.model_dump(exclude=set(row.model_extra or ())))


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
        usage=_usage(row.usage),
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
