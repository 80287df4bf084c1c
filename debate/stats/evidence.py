"""How much of what debaters say is quoted from the passage, how much of that is new, and is it really there?

New characters of a speech are those that it quotes and that no earlier round had quoted, without the blank that parts
them from what was quoted before; two speeches of one round may both bring the same ones [Michael et al. 2023]. Per
round, they are pooled over all rounds of all debates.

Decisive evidence is what the answer key marks in the passage as settling the question: of its characters, the share
that verified quotes hold, in a debate or of one side of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from typing import NamedTuple

import numpy as np

from debate.domain import Value
from debate.stats.column import Codes, Flags, Floats
from debate.stats.estimate import Measure, NoData, Unit
from debate.stats.intervals import Range, average
from debate.stats.sample import Sample

Spans = list[tuple[int, int]]
UNMARKED = "no evidence is annotated in these questions"
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
    seat: int = 0
    """The place of the speaker among the two that argue."""


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
    decisive: Measure
    """The share of the annotated evidence that is quoted in the end."""
    n_debates: int


class Cited(Value):
    """How much of the annotated evidence one player quotes."""

    cited: Measure
    right_side: Measure
    """Where the answer that it argues is right."""
    wrong_side: Measure


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
    decisive: Codes
    """Characters of the annotated evidence; 0 where there is none."""
    cited: Codes
    """Of those, the ones that the debate quotes."""
    cited_by: Codes
    """Two axes: debate, seat: of those, the ones that this side quotes."""

    def of(self, rows: Codes) -> Shown:
        """Return the same of these debates only."""
        return Shown(*(getattr(self, field.name)[rows] for field in fields(self)))


def shown(
    quotings: Iterable[Quoting], passage: Codes, read: Codes, text: Text, evidence: Mapping[int, Spans] | None = None
) -> Shown:
    """Add up by debate; speeches come ordered by debate and round.

    Args:
        quotings: what each speech quotes.
        passage: by debate, its length.
        read: by debate, whether it was looked at.
        text: returns the passage of a debate.
        evidence: by debate, the spans of its passage that the answer key marks; what is not named has none.
    """
    marked = {debate: united(spans) for debate, spans in (evidence or {}).items()}
    totals = np.zeros((5, len(passage)), np.int32)
    cited = np.zeros((len(passage), 3), np.int32)
    for debate, speeches in groupby(quotings, key=lambda speech: speech.debate):
        said = list(speeches)
        totals[:, debate] = _of_one(said, text)
        if debate in marked:
            cited[debate] = _cited(said, marked[debate])
    decisive = np.zeros(len(passage), np.int32)
    decisive[list(marked)] = [length(spans) for spans in marked.values()]
    sums = dict(zip(("quotes", "verified", "quoted", "new", "revealed"), totals, strict=True))
    return Shown(passage, read, **sums, decisive=decisive, cited=cited[:, 2], cited_by=cited[:, :2])


def _cited(speeches: Sequence[Quoting], marked: Spans) -> tuple[int, int, int]:
    """Return how many of the marked characters each of the two seats quotes, and how many both together do."""
    by_seat = [united(span for speech in speeches if speech.seat == seat for span in speech.spans) for seat in (0, 1)]
    every = united(span for speech in speeches for span in speech.spans)
    one, other, both = (overlap(spans, marked) for spans in (*by_seat, every))
    return one, other, both


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
            revealed=nothing, decisive=nothing, n_debates=0,
        )  # fmt: skip

    def mean(values: Floats, of: Codes, empty: str, within: Range = (0.0, 1.0)) -> Measure:
        return average(Sample(values, question[of], cluster[of], unit), within=within, empty=empty)

    quoting, told = rows[found.quotes[rows] > 0], rows[found.passage[rows] > 0]
    marked = rows[found.decisive[rows] > 0]
    played = int(rounds[rows].sum())
    return Evidence(
        rounds=mean(rounds[rows].astype(np.float64), rows, "no debate was played", (0.0, np.inf)),
        rounds_sd=float(rounds[rows].std()),
        verified=mean(found.verified[quoting] / np.maximum(found.quotes[quoting], 1), quoting, "nothing was quoted"),
        quoted_per_round=float(found.quoted[rows].sum() / played) if played else None,
        new_per_round=float(found.new[rows].sum() / played) if played else None,
        revealed=mean(found.revealed[told] / np.maximum(found.passage[told], 1), told, "no passage is stored"),
        decisive=mean(found.cited[marked] / np.maximum(found.decisive[marked], 1), marked, UNMARKED),
        n_debates=len(rows),
    )


def cited(
    debates: Codes,
    seats: Codes,
    right: Flags,
    found: Shown,
    question: Codes,
    cluster: Codes,
    *,
    unit: Unit = "question",
) -> Cited:
    """Measure how much of the annotated evidence one player quotes.

    cited = mean over debates of (characters of the evidence that its own verified quotes hold / all of them).

    Args:
        debates: the rows of the debates that it argues in; one in which it sits on both sides comes twice.
        seats: the place that it argues from in each.
        right: whether the answer argued there is right.
        found: by debate (all of them), what its quotes come to.
        question: by debate.
        cluster: by debate.
        unit: what counts once.
    """
    marked = (found.read[debates] > 0) & (found.decisive[debates] > 0)
    shares = found.cited_by[debates, seats] / np.maximum(found.decisive[debates], 1)

    def mean(rows: Flags, empty: str) -> Measure:
        of = debates[rows]
        return average(Sample(shares[rows], question[of], cluster[of], unit), within=(0.0, 1.0), empty=empty)

    return Cited(
        cited=mean(marked, UNMARKED),
        right_side=mean(marked & right, "it argued no right answer to a question with annotated evidence"),
        wrong_side=mean(marked & ~right, "it argued no wrong answer to a question with annotated evidence"),
    )
