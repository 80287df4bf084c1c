"""How much of what debaters say is quoted from the passage, how much of that is new, and is it really there?

New characters of a speech are those that it quotes and that no earlier round had quoted, without the blank that parts
them from what was quoted before; two speeches of one round may both bring the same ones [Michael et al. 2023]. Per
round, they are pooled over all rounds of all debates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from typing import NamedTuple

import numpy as np

from debate.domain import Value
from debate.stats.column import Codes, Floats
from debate.stats.estimate import Measure, NoData, Unit
from debate.stats.intervals import average
from debate.stats.sample import Sample

Spans = list[tuple[int, int]]
Text = Callable[[int], str]
"""The passage of a debate, by its row; asked for only where a quote runs into one of an earlier round."""


class Quoting(NamedTuple):
    """What one speech quotes."""

    debate: int
    """The row of the debate."""
    round: int
    spans: Spans
    """Of the passage, half open, of quotes that are there."""
    verified: int
    quotes: int


class Evidence(Value):
    """What quotes show over some debates."""

    rounds: Measure
    """Rounds of a debate."""
    rounds_sd: float | None
    """Their standard deviation, over debates."""
    verified: Measure
    """The share of quotes that stand in the passage, by debate."""
    quoted_per_round: float | None
    """Characters of the passage quoted, pooled over rounds."""
    new_per_round: float | None
    """Of those, the ones that no earlier round had quoted."""
    revealed: Measure
    """The share of the passage that is quoted in the end."""
    n_debates: int


@dataclass(frozen=True)
class Shown:
    """By debate, what its quotes come to; as many rows as debates."""

    passage: Codes
    """Characters of the passage; 0 where there is none."""
    read: Codes
    """1 where the quotes of the debate were looked at."""
    quotes: Codes
    verified: Codes
    quoted: Codes
    """Characters, of every quote."""
    new: Codes
    revealed: Codes

    def of(self, rows: Codes) -> Shown:
        """Return the same of these debates only."""
        return Shown(*(getattr(self, field.name)[rows] for field in fields(self)))


def shown(quotings: Iterable[Quoting], passage: Codes, read: Codes, text: Text) -> Shown:
    """Add up by debate; speeches come ordered by debate and round."""
    totals = np.zeros((5, len(passage)), np.int32)
    for debate, speeches in groupby(quotings, key=lambda speech: speech.debate):
        totals[:, debate] = _of_one(list(speeches), text)
    return Shown(passage, read, *totals)


def _of_one(speeches: Sequence[Quoting], text: Text) -> tuple[int, int, int, int, int]:
    new = sum(news([(speech.round, speech.spans) for speech in speeches], lambda: text(speeches[0].debate)))
    verified, quotes = sum(s.verified for s in speeches), sum(s.quotes for s in speeches)
    quoted = sum(length(speech.spans) for speech in speeches)
    return quotes, verified, quoted, new, length(united(span for speech in speeches for span in speech.spans))


def news(speeches: Iterable[tuple[int, Spans]], text: Callable[[], str]) -> Iterator[int]:
    """Yield how many characters each speech is the first to quote; speeches come by round, each with its round."""
    earlier: Spans = []
    for _, of_round in groupby(speeches, key=lambda speech: speech[0]):
        said = [united(spans) for _, spans in of_round]
        for spans in said:
            again = overlap(spans, earlier)
            yield length(spans) - (overlap(spans, grown(earlier, text())) if again else 0)
        earlier = united([*earlier, *(span for spans in said for span in spans)])


def grown(spans: Spans, text: str) -> Spans:
    """Return spans with the blank before and the one after each of them."""
    return united(
        (start - text[max(0, start - 1) : start].isspace(), end + text[end : end + 1].isspace()) for start, end in spans
    )


def united(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return spans put together where they touch, in order."""
    found: Spans = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def length(spans: Spans) -> int:
    """Return how many characters spans hold, each for itself."""
    return sum(end - start for start, end in spans)


def overlap(one: Spans, other: Spans) -> int:
    """Return how many characters two lists of united spans share."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a, b in _meeting(one, other))


def _meeting(one: Spans, other: Spans) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    i = j = 0
    while i < len(one) and j < len(other):
        yield one[i], other[j]
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1


def evidence(
    debates: Codes, rounds: Codes, found: Shown, question: Codes, cluster: Codes, *, unit: Unit = "question"
) -> Evidence:
    """Measure the quotes of some debates.

    Args:
        debates: their rows.
        rounds: by debate (all of them), the rounds that were played.
        found: by debate, what its quotes come to.
        question: by debate.
        cluster: by debate.
        unit: what counts once.
    """
    rows = debates[found.read[debates] > 0]
    if not len(rows):
        nothing = NoData(why="no debate was played")
        return Evidence(
            rounds=nothing, rounds_sd=None, verified=nothing, quoted_per_round=None, new_per_round=None,
            revealed=nothing, n_debates=0,
        )  # fmt: skip

    def mean(values: Floats, of: Codes, empty: str) -> Measure:
        return average(Sample(values, question[of], cluster[of], unit), empty=empty)

    quoting, told = rows[found.quotes[rows] > 0], rows[found.passage[rows] > 0]
    played = int(rounds[rows].sum())
    return Evidence(
        rounds=mean(rounds[rows].astype(np.float64), rows, "no debate was played"),
        rounds_sd=float(rounds[rows].std()),
        verified=mean(found.verified[quoting] / np.maximum(found.quotes[quoting], 1), quoting, "nothing was quoted"),
        quoted_per_round=float(found.quoted[rows].sum() / played) if played else None,
        new_per_round=float(found.new[rows].sum() / played) if played else None,
        revealed=mean(found.revealed[told] / np.maximum(found.passage[told], 1), told, "no passage is stored"),
        n_debates=len(rows),
    )
