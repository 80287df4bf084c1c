"""Which lines of a passage speak for an answer to a question?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from debate.providers.builtin.association import Rows
from debate.providers.builtin.reading import Reading, read
from debate.providers.builtin.words import content, own

SHORTEST = 5  # words: fewer are no evidence
SPAN = 3  # pieces: the longest run that is quoted as one; who skips pieces does not know what stands between
LENGTH = 0.05  # BM25 points a word: a short quotation that says the same is the better one
MOST = 240  # windows kept of a ranking; they overlap, and still are more than a seat's speeches can hold

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Window:
    """A run of text that can be quoted."""

    start: int
    end: int
    telling: bool = True
    """Whether it holds words of the question and words which only the answer quoted for has."""

    def apart(self, taken: Iterable[tuple[int, int]]) -> bool:
        """Tell whether the window overlaps none of the spans."""
        return all(self.end <= start or self.start >= end for start, end in taken)


class Search:
    """The search of one reader for evidence on one question; quotations are at most `longest` words."""

    def __init__(self, text: str, question: str, *, longest: int, stride: int = 1) -> None:
        self.text = text
        self.question = question
        self._reading = read(text, stride)
        self._span = SPAN if stride == 1 else 1
        self._runs = _runs(text, stride, longest, self._span)

    def support(self, answer: str, others: Sequence[str], extra: str = "") -> list[Window]:
        """Return the windows that can be quoted for an answer, the best first.

        First come those that hold words of the question and words which only this answer has, then those with words
        of the question alone. Within these a window is worth the BM25 points of the answer's own words, the
        question's and `extra`, less half of those of the other answers' own words and a little for its length; one
        that holds none of them is left out.
        """
        theirs = {word for other in others for word in own(other, self.question)}
        mine = own(answer, self.question)
        only = self._best(tuple(word for word in mine if word not in theirs) or mine)
        said = only + self._asked + self._best(content(extra))
        worth = said - self._best(tuple(sorted(theirs - set(mine)))) / 2 - LENGTH * self._runs.words
        tier = np.where(self._asked <= 0, 2, np.where(only <= 0, 1, 0))
        order = np.lexsort((-np.round(worth, 6), tier))
        return self._windows(order[said[order] > 0], tier == 0)

    def context(self, start: int, end: int, words: Collection[str]) -> list[Window]:
        """Return the pieces next to a span of the passage that hold any of the words, the one that follows first."""
        if self._span == 1:
            return []
        pieces = self._reading.pieces
        inside = [i for i, piece in enumerate(pieces) if piece.start < end and piece.end > start]
        beside = [i for i in (max(inside) + 1, min(inside) - 1) if 0 <= i < len(pieces)] if inside else []
        windows = [Window(pieces[i].start, pieces[i].end) for i in beside]
        return [window for window in windows if set(words) & set(content(self.text[window.start : window.end]))]

    @cached_property
    def _asked(self) -> Scores:
        return self._best(content(self.question))

    def _best(self, words: tuple[str, ...]) -> Scores:
        """Return for each window the sum over words of the best score among its pieces."""
        rows, runs = self._reading.presence(words), self._runs
        found: Rows = rows[:, runs.first]
        for step in range(1, SPAN):
            found = np.maximum(found, rows[:, np.minimum(runs.first + step, runs.last)])
        total: Scores = found.sum(axis=0)
        return total

    def _windows(self, order: NDArray[np.intp], telling: NDArray[np.bool_]) -> list[Window]:
        pieces, runs = self._reading.pieces, self._runs
        return [Window(pieces[runs.first[i]].start, pieces[runs.last[i]].end, bool(telling[i])) for i in order[:MOST]]


@dataclass(frozen=True)
class _Runs:
    """The runs of pieces that can be quoted, as arrays: first piece, last piece, words."""

    first: NDArray[np.intp]
    last: NDArray[np.intp]
    words: NDArray[np.intp]


@lru_cache(maxsize=32)
def _runs(text: str, stride: int, longest: int, span: int) -> _Runs:
    found = np.array(list(_quotable(read(text, stride), longest, span)), dtype=np.intp).reshape(-1, 3)
    return _Runs(found[:, 0], found[:, 1], found[:, 2])


def _quotable(reading: Reading, longest: int, span: int) -> Iterable[tuple[int, int, int]]:
    for first in range(len(reading.pieces)):
        words = 0
        for last in range(first, min(first + span, len(reading.pieces))):
            words += reading.pieces[last].words
            if words > longest and last > first:
                break
            if words >= min(SHORTEST, longest) and reading.quotable(first, last):
                yield first, last, words
