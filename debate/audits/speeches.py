"""What was said, as columns: where each speech stands, what it shows, and what it takes up of the one it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from debate.audits.reduced import Spoken
from debate.audits.traces import BAG, PLACE, TRACES
from debate.stats.column import NONE, Codes, Flags, Floats, Rows

REPLIES = 20_000
"""So many replies are held against what they answer at once; more would take too much memory."""
_BITS = 32


@dataclass(frozen=True)
class Speeches:
    """One row a speech, ordered by debate, round and seat."""

    debate: Codes
    seat: Codes
    round: Codes
    turn: Codes
    """The index of the turn."""
    traces: NDArray[np.float32]
    """Two axes: speech, and `TRACES`."""
    bag: NDArray[np.uint8]
    """Two axes: speech, and the bins of its words."""
    cited: NDArray[np.uint64]
    """Which of 64 equal parts of the passage the verified quotes stand in, as bits."""
    phrases: NDArray[np.uint32]
    """The phrases of all speeches, one after the other."""
    starts: NDArray[np.int64]
    """Where each speech's phrases start, and where the last ends."""
    private: Flags
    """Whether the seat wrote private notes."""
    taken_up: Codes
    """How many phrases of the speech that it answers are repeated; 0 where it answers none."""

    def __len__(self) -> int:
        return len(self.debate)

    def in_order(self, debates: Rows) -> Speeches:
        """Return the same speeches where their debates stand in another order."""
        n = np.bincount(self.debate, minlength=len(debates))
        rows = spans((np.cumsum(n) - n)[debates], n[debates])
        starts, lengths = self.starts[rows], np.diff(self.starts)[rows]
        return Speeches(
            debate=np.repeat(np.arange(len(debates), dtype=np.int32), n[debates]),
            phrases=self.phrases[spans(starts, lengths)],
            starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            **{name: getattr(self, name)[rows] for name in _BY_SPEECH},
        )

    def trace(self, name: str) -> Floats:
        """Return one feature of every speech."""
        return self.traces[:, PLACE[name]].astype(np.float64)

    @cached_property
    def following(self) -> Codes:
        """The row of the partner's first speech in a later round; -1 where there is none."""
        return neighbour(self.debate, self.seat, self.round, later=True)

    @cached_property
    def answered(self) -> Codes:
        """The row of the partner's last speech in an earlier round; -1 where there is none."""
        return neighbour(self.debate, self.seat, self.round, later=False)


_BY_SPEECH = ("seat", "round", "turn", "traces", "bag", "cited", "private", "taken_up")


def spoken(rows: Sequence[tuple[int, Spoken]]) -> Speeches:
    """Put speeches into columns; with each comes the number of its debate, ascending."""
    said = [speech for _, speech in rows]
    debate, seat, round = (_codes(values) for values in ([d for d, _ in rows], *_places(said)))
    phrases = np.concatenate([speech.phrases for speech in said]) if said else np.zeros(0, np.uint32)
    starts = np.concatenate([[0], np.cumsum([len(speech.phrases) for speech in said], dtype=np.int64)]).astype(np.int64)
    return Speeches(
        debate=debate,
        seat=seat,
        round=round,
        turn=_codes([speech.turn for speech in said]),
        traces=np.array([speech.traces for speech in said], np.float32).reshape(-1, len(TRACES)),
        bag=np.array([speech.bag for speech in said], np.uint8).reshape(-1, BAG),
        cited=np.array([speech.cited for speech in said], np.uint64),
        phrases=phrases,
        starts=starts,
        private=np.array([speech.private for speech in said], np.bool_),
        taken_up=_taken_up(phrases, starts, neighbour(debate, seat, round, later=False)),
    )


def _places(said: Sequence[Spoken]) -> tuple[list[int], list[int]]:
    return [speech.seat for speech in said], [speech.round for speech in said]


def one_after_another(parts: Sequence[Speeches], starts: Sequence[int]) -> Speeches:
    """Join speeches of parts, whose debates are numbered from `starts`."""
    lengths = np.concatenate([np.diff(part.starts) for part in parts])
    return Speeches(
        debate=np.concatenate([part.debate + start for part, start in zip(parts, starts, strict=True)]).astype(
            np.int32
        ),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in ("phrases", *_BY_SPEECH)},
    )


def neighbour(debate: Codes, seat: Codes, round: Codes, *, later: bool) -> Codes:
    """Return by speech the row of the partner's nearest one in a later or an earlier round; -1 where there is none."""
    many = int(round.max(initial=0)) + 3
    here = (debate.astype(np.int64) * 2 + seat) * many + round + 1
    there = (debate.astype(np.int64) * 2 + 1 - seat) * many + round + (2 if later else 0)
    order = np.argsort(here, kind="stable")
    found = np.minimum(np.searchsorted(here[order], there), max(len(order) - 1, 0))
    rows = order[found] if len(order) else found
    return np.where(here[rows] == there, rows, NONE).astype(np.int32)


def spans(starts: Rows, lengths: Rows) -> Rows:
    """Return the places of spans, one after the other, given where each starts and how long it is."""
    return np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))


def _taken_up(phrases: NDArray[np.uint32], starts: NDArray[np.int64], answered: Codes) -> Codes:
    replies, lengths = np.flatnonzero(answered >= 0), np.diff(starts)
    found = np.zeros(len(answered), np.int32)
    for start in range(0, len(replies), REPLIES):
        rows = replies[start : start + REPLIES]
        found[rows] = _shared(phrases, starts, lengths, answered[rows], rows)
    return found


def _shared(phrases: NDArray[np.uint32], starts: Rows, lengths: Rows, claims: Codes, replies: Rows) -> Rows:
    """Count by reply the different phrases that stand in the claim, too."""

    def marked(rows: Rows, side: int) -> Rows:
        place = np.repeat(np.arange(len(rows)), lengths[rows])
        return (place << _BITS | phrases[spans(starts[rows], lengths[rows])]) << 1 | side

    both = np.sort(np.concatenate([marked(claims.astype(np.intp), 0), marked(replies, 1)]))
    both = both[np.diff(both, prepend=-1) != 0] >> 1  # a phrase counts once, however often it is said
    return np.bincount(both[1:][both[1:] == both[:-1]] >> _BITS, minlength=len(replies))


def _codes(values: Sequence[int]) -> Codes:
    return np.array(values, np.int32)
