"""Which question does a record mean?"""

from __future__ import annotations

import re

from pydantic import JsonValue

from debate.domain import Key, Passage, Posed, Question, Span, digest
from debate.records.record import QuestionRow

_WITHHELD = re.compile(r"w1-[0-9a-f]{20}")


def question(row: QuestionRow, tournament: str) -> Question:
    """Make the question of a record and its key."""
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
        meta={**(row.model_extra or {}), **meta},
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
    if _WITHHELD.fullmatch(given):
        return given
    return digest("w1", [given] if given.startswith(("q1-", "p1-")) else [tournament, given])
