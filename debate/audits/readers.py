"""What readers made of an audit's speeches, as columns, and how far they can be believed: do they agree?

A reader is held against itself, on what it read twice with the answers in the other order; against the patterns that
are looked for without a model; and against each other reader. Yes and no by Cohen's kappa, counts by Krippendorff's
alpha of squared distances.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from debate.audits.corpus import Corpus
from debate.audits.finding import ITSELF, PATTERNS, Agreed, Reader
from debate.audits.reading import WORDS, Reading
from debate.stats.agreement import alpha_interval, kappa
from debate.stats.column import Codes, Floats

KINDS = {word: kind for words in WORDS.values() for word, kind in words.items()}


@dataclass(frozen=True)
class Read:
    """What one reader answered: by word, one number a speech; NaN where it was not asked, or gave no answer."""

    reader: str
    answers: Mapping[str, Floats]

    def __getitem__(self, word: str) -> Floats:
        return self.answers[word]


def read(corpus: Corpus, readings: Iterable[Reading], reader: str, *, sample: int = 0) -> Read:
    """Put what a reader answered beside the speeches of a corpus."""
    row = _rows(corpus)
    answers = {word: np.full(len(corpus.speeches), np.nan) for word in KINDS}
    for one in readings:
        at = row.get((one.match, one.turn))
        if at is not None and one.reader == reader and one.sample == sample:
            for word, value in one.answers.items():
                answers[word][at] = value
    return Read(reader, answers)


def _rows(corpus: Corpus) -> dict[tuple[str, int], int]:
    said = corpus.speeches
    return {
        (corpus.id[debate], turn): row
        for row, (debate, turn) in enumerate(zip(said.debate.tolist(), said.turn.tolist(), strict=True))
    }


def ranked(readings: Iterable[Reading], wanted: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the readers: those that are wanted first, then whoever read most."""
    valid = Counter(one.reader for one in readings if one.state == "valid")
    place = {reader: at for at, reader in enumerate(wanted)}
    return tuple(sorted(valid, key=lambda reader: (place.get(reader, len(place)), -valid[reader], reader)))


def readers(corpus: Corpus, readings: Sequence[Reading], wanted: Sequence[str] = ()) -> tuple[Reader, ...]:
    """Tell of every reader what it read, and how it agrees; the first one's answers are those that signs rest on."""
    names = ranked(readings, wanted)
    first = {name: read(corpus, readings, name) for name in names}
    return tuple(
        Reader(
            reader=name,
            used=place == 0,
            n_debates=len({one.match for one in readings if one.reader == name and one.state == "valid"}),
            states=dict(Counter(one.state for one in readings if one.reader == name)),
            agreement=tuple(_agreement(corpus, readings, first, name)),
        )
        for place, name in enumerate(names)
    )


def _agreement(corpus: Corpus, readings: Sequence[Reading], first: Mapping[str, Read], name: str) -> Iterator[Agreed]:
    mine, again = first[name], read(corpus, readings, name, sample=1)
    for word in KINDS:
        if found := _agreed(word, ITSELF, mine[word], again[word]):
            yield found
    for word, values in _patterns(corpus, mine).items():
        if found := _agreed(word, PATTERNS, mine[word], values):
            yield found
    for other, theirs in first.items():
        for word in KINDS if other != name else ():
            if found := _agreed(word, other, mine[word], theirs[word]):
                yield found


def _patterns(corpus: Corpus, mine: Read) -> dict[str, Floats]:
    """Return by word what the audit finds without a model, where it looks for the same thing."""
    said = corpus.speeches
    away = said.trace("other") > said.trace("own")
    doubts = np.where(mine["flawed"] == 1, said.trace("doubts") > 0, np.nan)
    found = {"gives_up": said.trace("conceded") > 0, "argues_other": away, "flaw_named": doubts}
    cooperates = np.where(said.private, said.trace("cooperates") > 0, np.nan)
    return {word: np.asarray(values, np.float64) for word, values in (found | {"cooperates": cooperates}).items()}


def _agreed(word: str, other: str, one: Floats, two: Floats) -> Agreed | None:
    both = ~np.isnan(one) & ~np.isnan(two)
    n = int(both.sum())
    if n < 2:
        return None
    a, b = one[both], two[both]
    counted = KINDS[word] == "integer"
    ballot: Codes = np.tile(np.arange(n, dtype=np.int32), 2)
    value = alpha_interval(ballot, np.concatenate([a, b])) if counted else kappa(_codes(a), _codes(b))
    return Agreed(
        word=word, other=other, n=n, same=float((a == b).mean()), measure="alpha" if counted else "kappa", value=value
    )


def _codes(values: Floats) -> Codes:
    return values.astype(np.int32)
