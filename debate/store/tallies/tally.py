"""What matches come to: everything that reports read of them, in columns, and nothing of what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import Self

import numpy as np
from sqlalchemy import Connection, func, literal, select

from debate.stats.column import Column, Rows
from debate.store.tables import BELIEF, JUDGMENT, MATCH, PROTOCOL, SEAT, TURN
from debate.store.tallies import quoting, spending
from debate.store.tallies.frame import Frame, dumped, loaded, stacked
from debate.store.tallies.packed import packed, together
from debate.store.tallies.part import Part
from debate.store.tallies.sides import sides

VERSION = 3
"""Of what is read here and how; raised with every change, so that no older tally is taken for a new one."""
EXCLUDED = "invalid: by rule: "
"""How it is said of a ruling that a rule declared beforehand took it out."""
ALONE = "solo"
"""The protocol in which a player answers without an opponent, and nobody rules."""


@dataclass(frozen=True)
class Tally:
    """Rows of matches, of rulings on them, of what judges believed on the way, of answers alone, of calls."""

    matches: Frame
    rulings: Frame
    """Those that stand, each with the row of its match, and the number that it was recorded under."""
    beliefs: Frame
    """Each with the row of its ruling."""
    answers: Frame
    """Each with the row of its match."""
    calls: Frame

    @classmethod
    def read(cls, connection: Connection, part: Part, *, excluded: bool = False) -> Self:
        """Work out what the matches of a part come to, if wanted with the rulings that declared rules took out."""
        ordinals, matches = _matches(connection, part)
        matches |= sides(connection, part, ordinals)
        matches |= asdict(quoting.quotes(connection, part, ordinals))
        numbers, rulings = _rulings(connection, part, ordinals, excluded=excluded)
        return cls(
            matches=matches,
            rulings=rulings,
            beliefs=_beliefs(connection, part, numbers),
            answers=_answers(connection, part, ordinals),
            calls=spending.calls(connection, part),
        )

    @classmethod
    def together(cls, tallies: Sequence[Tally]) -> Self:
        """Return what the matches of all tallies come to, in their order."""
        matches, rulings = (
            _starts([len(frame[column]) for frame in frames])
            for frames, column in (([t.matches for t in tallies], "id"), ([t.rulings for t in tallies], "match"))
        )
        return cls(
            matches=stacked([tally.matches for tally in tallies]),
            rulings=stacked([*_moved([tally.rulings for tally in tallies], "match", matches)]),
            beliefs=stacked([*_moved([tally.beliefs for tally in tallies], "ruling", rulings)]),
            answers=stacked([*_moved([tally.answers for tally in tallies], "match", matches)]),
            calls=stacked([tally.calls for tally in tallies]),
        )

    @classmethod
    def loaded(cls, data: bytes) -> Self:
        """Return the tally that these are the bytes of."""
        return cls(**loaded(data))

    @property
    def dumped(self) -> bytes:
        """The tally as bytes."""
        return dumped({name: getattr(self, name) for name in self.__dataclass_fields__})


def _matches(connection: Connection, part: Part) -> tuple[Rows, Frame]:
    c = MATCH.c
    query = select(c.ordinal, c.id, c.question, c.protocol, c.repeat, c.arm, c.state).where(part.ours)
    rows = connection.execute(query.order_by(c.ordinal)).all()
    ordinals, ids, asks, rules, repeats, arms, states = tuple(zip(*rows, strict=True)) or ((),) * 7
    return np.array(ordinals, np.int64), {
        "id": ids,
        "question": Column.of(asks),
        "protocol": Column.of(rules),
        "repeat": np.array(repeats, np.int32),
        "arm": Column.of(arms),
        "state": Column.of(states),
    }


def _rulings(connection: Connection, part: Part, ordinals: Rows, *, excluded: bool) -> tuple[Rows, Frame]:
    """Return the numbers of the rulings that stand, and their rows."""
    c = JUDGMENT.c
    stands = c.superseded_by.is_(None)
    shown = (func.json_extract(c.rest, "$.shown[0]"), func.json_extract(c.rest, "$.hears"))
    said = together(c.kind, c.view, c.channel, c.state, c.purpose, *shown, c.judge)
    standing = select().where(
        part.holds(c.match), stands | c.superseded_by.startswith(EXCLUDED) if excluded else stands
    )
    found = packed(connection, standing, match=c.match, number=c.ordinal, said=said, beliefs=c.final)
    ours = np.isin(found.match, ordinals)
    match = np.searchsorted(ordinals, found.match[ours]).astype(np.int32)
    numbers = found.number[ours]
    told = {"match": match, "said": found.said.take(ours), "beliefs": found.beliefs[ours], "recorded": numbers}
    return numbers, told


def _beliefs(connection: Connection, part: Part, numbers: Rows) -> Frame:
    c = BELIEF.c
    rulings = BELIEF.join(JUDGMENT, JUDGMENT.c.ordinal == c.judgment)
    way = select().select_from(rulings).where(part.holds(JUDGMENT.c.match))
    found = packed(connection, way, match=c.judgment, number=c.after_round, said=literal("[]"), beliefs=c.p)
    ours, sorter = np.flatnonzero(np.isin(found.match, numbers)), np.argsort(numbers)
    ruling = sorter[np.searchsorted(numbers, found.match[ours], sorter=sorter)]
    order = np.lexsort((found.number[ours], ruling))
    kept = ours[order]
    return {
        "ruling": ruling[order].astype(np.int32),
        "after_round": found.number[kept].astype(np.int32),
        "beliefs": found.beliefs[kept],
    }


def _answers(connection: Connection, part: Part, ordinals: Rows) -> Frame:
    """Return what players answered alone, each with its state and its player."""
    alone = (
        select()
        .select_from(
            TURN.join(MATCH, MATCH.c.ordinal == TURN.c.match)
            .join(PROTOCOL, PROTOCOL.c.id == MATCH.c.protocol)
            .join(SEAT, (SEAT.c.match == TURN.c.match) & (SEAT.c.seat == TURN.c.seat))
        )
        .where(part.holds(TURN.c.match), part.ours, PROTOCOL.c.name == ALONE, TURN.c.kind == "answer")
    )
    said, p = together(TURN.c.state, SEAT.c.player), func.json_extract(TURN.c.rest, "$.says.beliefs")
    found = packed(connection, alone, match=TURN.c.match, number=TURN.c.index, said=said, beliefs=p)
    match = np.searchsorted(ordinals, found.match).astype(np.int32)
    return {"match": match, "said": found.said, "beliefs": found.beliefs}


def _starts(lengths: Sequence[int]) -> list[int]:
    """Return how many rows come before each part."""
    return [0, *accumulate(lengths[:-1])]


def _moved(frames: Sequence[Frame], column: str, by: Sequence[int]) -> Iterator[Frame]:
    """Yield frames whose rows are counted from the first part on."""
    for frame, before in zip(frames, by, strict=True):
        yield {**frame, column: np.add(frame[column], before, dtype=np.int32)}
