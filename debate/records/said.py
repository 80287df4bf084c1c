"""Which turns does a record mean?"""

from __future__ import annotations

from typing import Any

from debate import quotes
from debate.domain import Quote, Says, Turn, Usage
from debate.records.record import QuoteRow, Record, Row, TurnRow, UsageRow


def beats(record: Record) -> dict[int, int]:
    """Return the beat of each turn by its index: as given, or as the order of speaking has it."""
    found: dict[int, int] = {}
    last: tuple[int, str] | None = None
    beat = 0
    for row in sorted(record.turns, key=lambda row: row.index):
        order = record.protocol.order
        together = order == "simultaneous" or (order == "mixed" and row.round == 1)
        if not together or last != (row.round, row.kind):
            beat += 1
        last = (row.round, row.kind)
        found[row.index] = beat if row.beat is None else row.beat
    return found


def turn(row: TurnRow, beat: int, passage: str | None) -> Turn:
    """Make a turn; quotations that the record leaves out are found in the text."""
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
        says=None if row.says is None else Says.model_validate(_known(row.says)),
        quotes=found,
        scratchpad=row.scratchpad,
        state=row.state,
        conceded=row.conceded,
        flags=tuple(row.flags),
        names=tuple((start, end) for start, end in row.names),
        usage=usage(row.usage),
    )


def _quote(row: QuoteRow) -> Quote:
    return Quote(
        start=row.start,
        end=row.end,
        passage_start=row.passage_start,
        passage_end=row.passage_end,
        status=row.status,
    )


def usage(row: UsageRow) -> Usage:
    """Make what a turn or a ruling used."""
    return Usage.model_validate(_known(row))


def _known(row: Row) -> dict[str, Any]:
    return row.model_dump(exclude=set(row.model_extra or ()))
