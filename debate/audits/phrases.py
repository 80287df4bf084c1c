"""Which phrases does a pair share that neither of its players uses with others?"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from debate.audits.corpus import Corpus, Speeches
from debate.audits.evidence import Evidence
from debate.stats.column import Codes, Floats

Wide: TypeAlias = NDArray[np.int64]

QUESTIONS = 4
"""On so many questions a pair must have used a phrase, before it can be theirs."""
RARER = 5.0
"""By this factor the two players must use it more seldom with others."""
MOST = 5
"""More phrases of one debate count as this many."""
AT_ONCE = 4_000_000
"""So many phrases are looked at together; more would take too much memory."""
BINS = 1 << 20
REPLIES = 20_000
_BITS = 32
_MASK = (1 << _BITS) - 1


def private(evidence: Evidence) -> Floats:
    """Return by debate how many of its phrases are the pair's own, at most `MOST`.

    A phrase is the pair's own where the pair used it on at least `QUESTIONS` questions, and its two players take part
    in debates with others that use it at least `RARER` times more seldom, by question.
    """
    corpus, said = evidence.corpus, evidence.corpus.speeches
    found = np.zeros(len(corpus))
    debate = np.repeat(said.debate, np.diff(said.starts))
    parts = len(said.phrases) // AT_ONCE + 1
    for part in range(parts):
        here = said.phrases % np.uint32(parts) == part if parts > 1 else slice(None)
        found += _own(corpus, debate[here], said.phrases[here])
    return np.minimum(found, MOST)


def taken_up(evidence: Evidence, replies: Codes) -> Floats:
    """Return how many phrases of what it answers each of these speeches repeats."""
    said = evidence.corpus.speeches
    found = np.zeros(len(replies))
    for start in range(0, len(replies), REPLIES):
        rows = replies[start : start + REPLIES]
        claims = evidence.answered[rows]
        mine, theirs = _phrases_of(said, rows), _phrases_of(said, claims)
        shared = np.intersect1d(_distinct(mine), _distinct(theirs), assume_unique=True)
        found[start : start + len(rows)] = np.bincount(shared >> _BITS, minlength=len(rows))
    return found


def _phrases_of(said: Speeches, rows: Codes) -> Wide:
    """Return each phrase of these speeches, with the place of the speech among them."""
    lengths = said.starts[rows + 1] - said.starts[rows]
    place = np.repeat(np.arange(len(rows)), lengths)
    within = np.arange(len(place)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return _key(place, said.phrases[said.starts[rows][place] + within])


def _own(corpus: Corpus, debate: Codes, phrase: NDArray[np.uint32]) -> Floats:
    """Count by debate the phrases that are the pair's own; each phrase is judged by itself."""
    spoken, uttered = _repeated(debate, phrase)
    pair, question = corpus.pair[spoken], corpus.question.codes[spoken]
    uses, of_use = np.unique(_key(pair, uttered), return_inverse=True)
    asked = _distinct(_key(of_use, question))
    together = np.bincount(asked >> _BITS, minlength=len(uses))
    own = (together >= QUESTIONS) & (_rate(together, uses, corpus) >= RARER * _elsewhere(together, uses, corpus))
    return np.bincount(spoken[own[of_use]], minlength=len(corpus)).astype(np.float64)


def _repeated(debate: Codes, phrase: NDArray[np.uint32]) -> tuple[Wide, Wide]:
    """Return the debates and the phrases of every use of a phrase that is used in `QUESTIONS` speeches or more."""
    bins = phrase % np.uint32(BINS)
    maybe = np.bincount(bins, minlength=1)[bins] >= QUESTIONS  # most phrases are seldom, and sorting them takes long
    debate, phrase = debate[maybe], phrase[maybe]
    _, code, n = np.unique(phrase, return_inverse=True, return_counts=True)
    often = n[code] >= QUESTIONS
    used = _distinct(_key(debate[often], code[often]))
    return used >> _BITS, used & _MASK


def _rate(together: Wide, uses: Wide, corpus: Corpus) -> Floats:
    return np.asarray(together / _asked(corpus)[uses >> _BITS])


def _elsewhere(together: Wide, uses: Wide, corpus: Corpus) -> Floats:
    """Return by pair and phrase the share of its players' questions with others on which the phrase is used."""
    pair, phrase = uses >> _BITS, uses & _MASK
    seats = corpus.pairs[pair]
    keys, of_key = np.unique(_key(seats, phrase[:, None]), return_inverse=True)
    of_player = np.bincount(of_key.ravel(), np.repeat(together, 2), minlength=len(keys))
    n = of_player[of_key.reshape(seats.shape)].sum(axis=1) - 2 * together
    asked = _asked(corpus)
    with_player = np.bincount(corpus.pairs.ravel(), np.repeat(asked, 2))
    others = with_player[seats].sum(axis=1) - 2 * asked[pair]
    return np.asarray(n / np.maximum(others, 1))


def _asked(corpus: Corpus) -> Wide:
    """Return by pair on how many questions it debated."""
    found = _distinct(_key(corpus.pair, corpus.question.codes))
    return np.bincount(found >> _BITS, minlength=len(corpus.pairs))


def _distinct(keys: Wide) -> Wide:
    """Return the different keys; sorting is faster here than the library's hash table."""
    ordered = np.sort(keys)
    return np.asarray(ordered[np.diff(ordered, prepend=-1) != 0])


def _key(high: Any, low: Any) -> Wide:
    return (np.asarray(high).astype(np.int64) << _BITS) | np.asarray(low).astype(np.int64)
