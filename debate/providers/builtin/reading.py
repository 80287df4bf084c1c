"""What does a passage say, and where? It is cut into pieces, and a BM25 index tells what each piece is about."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import bm25s
import numpy as np

from debate.providers.builtin.association import Rows, association
from debate.providers.builtin.words import WORD, content, own, stems
from debate.wording import count

LONGEST = 40  # words in a piece: two pieces fit in one quotation
NEAR = 4.0  # pieces: how far what a sentence says bears on its neighbours
FLOOR = 0.05  # BM25 points: next to nothing

_END = re.compile(
    r"(?<![A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)[.!?]+[\"'”’)\]]*\s+(?=[\"“‘'(\[`]*[^\W_a-z])|\n\s*\n"
)
_TAG = re.compile(r"</?\w")


@dataclass(frozen=True)
class Piece:
    """A sentence, or part of a long one, and where it stands in the passage."""

    start: int
    end: int
    words: int


class Reading:
    """A passage as read: its pieces and their index. A stride of 3 reads one piece in three."""

    def __init__(self, text: str, stride: int = 1) -> None:
        self.text = text
        self.pieces = tuple(_pieces(text))[::stride]
        self._index = bm25s.BM25(k1=1.2, b=0.5)
        self._index.index([stems(text[p.start : p.end]) for p in self.pieces] or [[""]], show_progress=False)

    def quotable(self, first: int, last: int) -> bool:
        """Tell whether the run of pieces can stand between tags: it holds nothing that looks like one."""
        return not _TAG.search(self.text, self.pieces[first].start, self.pieces[last].end)

    def presence(self, words: tuple[str, ...]) -> Rows:
        """Return how much each piece is about each word: a row of BM25 scores for each word."""
        known = self._index.vocab_dict
        rows = np.zeros((len(words), len(self.pieces)))
        for row, word in zip(rows, words, strict=True):
            if self.pieces and word in known:
                row[:] = self._index.get_scores([word])
        return rows


def _pieces(text: str) -> Iterable[Piece]:
    start = 0
    for stop in [*(match.end() for match in _END.finditer(text)), len(text)]:
        yield from _cut(text, start, stop)
        start = stop


def _cut(text: str, start: int, stop: int) -> Iterable[Piece]:
    words = list(WORD.finditer(text, start, stop))
    while words:
        words = words[LONGEST:]
        end = words[0].start() if words else stop
        run = text[start:end]
        yield Piece(start + len(run) - len(run.lstrip()), start + len(run.rstrip()), count(run))
        start = end


@lru_cache(maxsize=32)
def read(text: str, stride: int = 1) -> Reading:
    """Read a passage, or remember it."""
    return Reading(text, stride)


@lru_cache(maxsize=256)
def support(text: str, question: str, answer: str, stride: int = 1) -> float:
    """Return how strongly a passage ties an answer's own words to the question; 0 where it has none of them."""
    reading = read(text, stride)
    weights = _spread(reading.presence(content(question))).sum(axis=0) ** 2
    return association(_spread(reading.presence(own(answer, question))), weights, floor=FLOOR)


def _spread(rows: Rows) -> Rows:
    """Let what a piece says fade into its neighbours."""
    near = rows.copy()
    for distance in range(1, min(int(3 * NEAR), rows.shape[1] - 1) + 1):
        faded = rows * math.exp(-distance / NEAR)
        np.maximum(near[:, distance:], faded[:, :-distance], out=near[:, distance:])
        np.maximum(near[:, :-distance], faded[:, distance:], out=near[:, :-distance])
    return near
