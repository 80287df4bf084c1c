"""What is impossible in a record whose keys are all well-formed?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from debate.records.record import JudgmentRow, QuestionRow, Record, TurnRow

TOLERANCE = 1e-6  # how far from 1 the sum of probabilities may be


def faults(record: Record) -> Iterator[str]:
    """Yield everything in a record that cannot be, each with the place of its key."""
    count = len(record.question.answers)
    yield from _question(record.question)
    yield from _repeated("seats", "seat", [seat.seat for seat in record.seats])
    for index, seat in enumerate(record.seats):
        yield from _answer(f"seats[{index}].argues", seat.argues, count)
    if record.shown:
        yield from _order("shown", record.shown, count)
    yield from _repeated("turns", "index", [turn.index for turn in record.turns])
    for index, turn in enumerate(record.turns):
        yield from _turn(f"turns[{index}]", turn, record)
    yield from _repeated("judgments", "id", [judgment.id for judgment in record.judgments])
    for index, judgment in enumerate(record.judgments):
        yield from _judgment(f"judgments[{index}]", judgment, record)
    for index, failure in enumerate(record.failures or ()):
        if failure.seat is not None and failure.seat not in {seat.seat for seat in record.seats}:
            yield f'failures[{index}].seat: there is no seat "{failure.seat}"'


def _question(question: QuestionRow) -> Iterator[str]:
    count = len(question.answers)
    if not question.id:
        yield "question.id: is empty"
    for name in ("correct", "distractor", "stake_answer", "counterpart_answer"):
        yield from _answer(f"question.{name}", getattr(question, name), count)
    text = question.passage.text if question.passage else None
    for name in ("evidence", "flaws"):
        for index, (start, end) in enumerate(getattr(question, name)):
            yield from _span(f"question.{name}[{index}]", start, end, None if text is None else len(text))


def _turn(place: str, turn: TurnRow, record: Record) -> Iterator[str]:
    if turn.seat not in {seat.seat for seat in record.seats}:
        yield f'{place}.seat: there is no seat "{turn.seat}"'
    if turn.about is not None and (
        turn.about >= turn.index or turn.about not in {other.index for other in record.turns}
    ):
        yield f"{place}.about: {turn.about} is the index of no turn before this one"
    if turn.says and turn.says.beliefs is not None:
        yield from _probabilities(f"{place}.says.beliefs", turn.says.beliefs, len(record.question.answers))
    if turn.says:
        yield from _answer(f"{place}.says.chose", turn.says.chose, len(record.question.answers))
    for index, (start, end) in enumerate(turn.names):
        yield from _span(f"{place}.names[{index}]", start, end, len(turn.text))
    yield from _quotes(place, turn, record)
    yield from _time(f"{place}.at", turn.at)


def _quotes(place: str, turn: TurnRow, record: Record) -> Iterator[str]:
    passage = record.question.passage
    size = len(passage.text) if passage and passage.text is not None else None
    for index, quote in enumerate(turn.quotes or ()):
        where = f"{place}.quotes[{index}]"
        yield from _span(where, quote.start, quote.end, len(turn.text))
        start, end = quote.passage_start, quote.passage_end
        if (start is None or end is None) != (quote.status == "unverified") or (start is None) != (end is None):
            yield f"{where}.passage_start: must be null for an unverified quote, and a place for any other"
        elif start is not None and end is not None:
            yield from _span(f"{where}.passage_start", start, end, size)


def _judgment(place: str, judgment: JudgmentRow, record: Record) -> Iterator[str]:
    count = len(record.question.answers)
    if (judgment.final is not None) != (judgment.state == "valid"):
        yield f'{place}.final: must be null unless the state is "valid", and then it must not'
    if judgment.final is not None:
        yield from _probabilities(f"{place}.final", judgment.final, count)
    for index, belief in enumerate(judgment.beliefs):
        yield from _probabilities(f"{place}.beliefs[{index}].p", belief.p, count)
        if belief.after_round > _last_round(record):
            yield f"{place}.beliefs[{index}].after_round: there is no round {belief.after_round}"
    yield from _repeated(f"{place}.beliefs", "after_round", [belief.after_round for belief in judgment.beliefs])
    if judgment.shown:
        yield from _order(f"{place}.shown", judgment.shown, count)
    yield from _answer(f"{place}.hears", judgment.hears, count)
    if judgment.superseded_by is not None and judgment.superseded_by not in {other.id for other in record.judgments}:
        yield f'{place}.superseded_by: there is no judgment "{judgment.superseded_by}" in this record'
    yield from _time(f"{place}.at", judgment.at)


def _last_round(record: Record) -> int:
    return max(chain([record.protocol.rounds], (turn.round for turn in record.turns)))


def _answer(place: str, value: int | None, count: int) -> Iterator[str]:
    if value is not None and not 0 <= value < count:
        yield f"{place}: {value} is none of the {count} answers, which count from 0"


def _probabilities(place: str, values: Sequence[float], count: int) -> Iterator[str]:
    if len(values) != count:
        yield f"{place}: has {len(values)} probabilities for {count} answers"
    elif abs(math.fsum(values) - 1) > TOLERANCE:
        yield f"{place}: sums to {math.fsum(values):.6g}, not to 1"


def _order(place: str, values: Sequence[int], count: int) -> Iterator[str]:
    if sorted(values) != list(range(count)):
        yield f"{place}: must name each of the {count} answers once, counting from 0"


def _span(place: str, start: int, end: int, size: int | None) -> Iterator[str]:
    if start >= end:
        yield f"{place}: {start} to {end} is empty"
    elif size is not None and end > size:
        yield f"{place}: {start} to {end} leads past the end, which is at {size}"


def _time(place: str, at: str | None) -> Iterator[str]:
    if at is None:
        return
    try:
        datetime.fromisoformat(at)
    except ValueError:
        yield f"{place}: is no time such as 2026-01-31T09:30:00Z"


def _repeated(place: str, name: str, values: Iterable[object]) -> Iterator[str]:
    seen: dict[object, int] = {}
    for index, value in enumerate(values):
        if value in seen:
            yield f"{place}[{index}].{name}: {value!r} is that of {place}[{seen[value]}] too"
        seen.setdefault(value, index)
