"""Which phrases does a pair share that neither of its players uses with others?"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from debate.audits.corpus import Corpus
from debate.audits.evidence import Evidence
from debate.audits.others import cell
from debate.stats.column import Codes, Flags, Floats, Rows

Wide: TypeAlias = NDArray[np.int64]

QUESTIONS = 4
"""On so many questions a pair must have used a phrase, before it can be theirs."""
RARER = 5.0
"""By this factor the two players must use it more seldom with others."""
MOST = 5
"""More phrases of one debate count as this many."""
AT_ONCE = 4_000_000
"""So many phrases are looked at together; more would take too much memory."""
_BITS = 32
_MASK = (1 << _BITS) - 1


def private(evidence: Evidence) -> Floats:
    """Return by debate how many of its phrases are the pair's own, at most `MOST`.

    A phrase is the pair's own where the pair used it on at least `QUESTIONS` questions, and its two players take part
    in debates with others that use it at least `RARER` times more seldom, by question.
    """
    corpus, said = evidence.corpus, evidence.corpus.speeches
    found = np.zeros(len(corpus))
    order = np.lexsort((corpus.question.codes, corpus.pair))
    place = np.empty(len(order), np.uint32)
    place[order] = np.arange(len(order))
    placed = np.repeat(place[said.debate], np.diff(said.starts))
    parts = len(said.phrases) // AT_ONCE + 1
    for part in range(parts):
        here = said.phrases % np.uint32(parts) == part if parts > 1 else slice(None)
        phrase, at = _repeated(said.phrases[here], placed[here])
        found += _own(corpus, phrase, order[at])
    return np.minimum(found, MOST)


def _own(corpus: Corpus, phrase: Codes, debate: Rows) -> Floats:
    """Count by debate the phrases that are the pair's own; each phrase is judged by itself.

    Rows are uses of a phrase in a debate, in the order of phrase, pair and question.
    """
    pair, question = corpus.pair[debate], corpus.question.codes[debate]
    begins = _begins(phrase) | _begins(pair)
    use = np.cumsum(begins) - 1
    together = np.bincount(use[begins | _begins(question)])
    phrase_of, pair_of = phrase[begins], pair[begins]
    likely = np.zeros(int(phrase.max(initial=-1)) + 1, np.bool_)
    likely[phrase_of[together >= QUESTIONS]] = True
    rows = np.flatnonzero(likely[phrase_of])
    n, seats = together[rows], corpus.pairs[pair_of[rows]]
    asked = _asked(corpus)
    rate, elsewhere = n / asked[pair_of[rows]], _elsewhere(n, phrase_of[rows], seats, asked[pair_of[rows]], corpus)
    own = np.zeros(len(together), np.bool_)
    own[rows] = (n >= QUESTIONS) & (rate >= RARER * elsewhere)
    return np.bincount(debate[own[use]], minlength=len(corpus)).astype(np.float64)


def _repeated(phrase: NDArray[np.uint32], place: NDArray[np.uint32]) -> tuple[Codes, Rows]:
    """Return phrase and place of every use of a phrase that is used in `QUESTIONS` speeches or more, in their order."""
    keys = np.sort((phrase.astype(np.uint64) << np.uint64(_BITS)) | place)
    starts = np.flatnonzero(_begins(keys >> np.uint64(_BITS)))
    n = np.diff(starts, append=len(keys))
    keys = keys[np.repeat(n >= QUESTIONS, n)]
    keys = keys[_begins(keys)]
    numbers = np.cumsum(_begins(keys >> np.uint64(_BITS)), dtype=np.int32) - np.int32(1)
    return numbers, (keys & np.uint64(_MASK)).astype(np.intp)


def _elsewhere(together: Rows, phrase: Codes, seats: Codes, asked: Rows, corpus: Corpus) -> Floats:
    """Return by use the share of the players' questions with others on which they use the phrase."""
    of_key = cell(np.repeat(phrase, 2), seats.ravel())
    of_player = np.bincount(of_key, np.repeat(together, 2))
    n = of_player[of_key.reshape(seats.shape)].sum(axis=1) - 2 * together
    with_player = np.bincount(corpus.pairs.ravel(), np.repeat(_asked(corpus), 2))
    others = with_player[seats].sum(axis=1) - 2 * asked
    return np.asarray(n / np.maximum(others, 1))


def _asked(corpus: Corpus) -> Rows:
    """Return by pair on how many questions it debated."""
    found = _distinct(_key(corpus.pair, corpus.question.codes))
    return np.bincount(found >> _BITS, minlength=len(corpus.pairs))


def _begins(values: NDArray[Any]) -> Flags:
    """Tell for each row whether another value begins there."""
    found = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def _distinct(keys: Wide) -> Wide:
    """Return the different keys; sorting is faster here than the library's hash table."""
    ordered = np.sort(keys)
    return ordered[_begins(ordered)]


def _key(high: Any, low: Any) -> Wide:
    return (np.asarray(high).astype(np.int64) << _BITS) | np.asarray(low).astype(np.int64)
