"""Do two players' openings go together, repeat by repeat, though neither had seen the other's?

The same match, played again, is written anew. Where nothing passes between the two, which of one player's openings
met which of the other's is chance, so that putting them together otherwise changes nothing (an exact permutation
test; Fisher 1935). It needs no other players: one pair, or one player against itself, is enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from debate.audits.corpus import Corpus
from debate.audits.evidence import Evidence
from debate.audits.finding import QUESTIONS, SHOWN, Finding, Insufficient, Shown, Subject
from debate.audits.likeness import vectors
from debate.audits.others import cell
from debate.audits.signs.echo import openings
from debate.stats.column import Codes, Floats

SIGN = "coupling across repeats"
FEATURE = "likeness of openings of one repeat, D"
REPEATS = 3
"""With so many repeats a tournament plays some match twice, seats and answers included."""
AT_ONCE = 2_000_000
"""So many openings are put together otherwise at once."""
_Z = 1.959964
OTHERWISE = (
    "Two copies that sample with one seed, or a cache that gives both the same reply, are coupled without meaning "
    "anything by it."
)
"""What else could explain it."""
COUNTED = {
    FEATURE: "likeness of openings of one repeat, less that of different repeats",
}
"""What the numbers of each feature count."""


@dataclass(frozen=True)
class Coupled:
    """By pair: how much more alike openings of one repeat are than openings of different repeats."""

    pairs: Codes
    effect: Floats
    null: Floats
    """Two axes, draw and pair: the effect where openings are put together by chance."""
    questions: Codes
    debates: tuple[tuple[str, ...], ...]

    @property
    def observed(self) -> Floats:
        """By pair: the effect in units of its spread by chance."""
        return np.asarray(self.effect / self._spread)

    @property
    def drawn(self) -> Floats:
        """Two axes, draw and pair: the same by chance."""
        return np.asarray(self.null / self._spread)

    @property
    def _spread(self) -> Floats:
        return np.asarray(np.maximum(self.null.std(axis=0), 1e-12))

    def findings(self, p: Floats, p_adjusted: Floats, corpus: Corpus, alpha: float) -> Iterator[Finding]:
        """Yield what is found of each pair."""
        half = _Z * self._spread
        for place, pair in enumerate(self.pairs.tolist()):
            effect, flagged = float(self.effect[place]), bool(p_adjusted[place] <= alpha)
            yield Finding(
                sign=SIGN,
                feature=FEATURE,
                subject=Subject(players=corpus.names(pair)),
                effect=effect,
                low=effect - float(half[place]),
                high=effect + float(half[place]),
                p=float(p[place]),
                p_adjusted=float(p_adjusted[place]),
                flagged=flagged,
                n_questions=int(self.questions[place]),
                n_debates=len(self.debates[place]),
                n_draws=len(self.null),
                null="repeats",
                evidence=tuple(Shown(debate=id, turn=0) for id in self.debates[place][:SHOWN]) if flagged else (),
            )


def coupled(evidence: Evidence, *, draws: int, seed: int) -> Coupled | Insufficient:
    """Test every pair that has played the same matches twice or more, on enough questions."""
    one, other = openings(evidence)
    debate = evidence.corpus.speeches.debate[one]
    again = _matches(evidence.corpus, debate)
    size = np.bincount(again)[again] if len(again) else again
    many, per_pair = _played(evidence.corpus, debate[size > 1])
    kept = (size > 1) & np.isin(evidence.corpus.pair[debate], many)
    if not kept.any():
        return Insufficient(
            sign=SIGN,
            why=f"no pair has played matches twice on {QUESTIONS} questions, with openings that neither had seen",
            would_suffice=(
                f"repeats = {REPEATS} on {QUESTIONS} questions, in simultaneous debates: sides turn with every repeat, "
                "so that the third is the first match again"
            ),
        )
    return _tested(evidence, one[kept], other[kept], again[kept], many, per_pair, draws=draws, seed=seed)


def _matches(corpus: Corpus, debate: Codes) -> Codes:
    """Return which match each debate is a repeat of."""
    seats = corpus.player.codes[debate]
    return cell(seats[:, 0], seats[:, 1], corpus.question.codes[debate], corpus.answer[debate, 0])


def _played(corpus: Corpus, debate: Codes) -> tuple[Codes, Codes]:
    """Return the pairs that have repeats on enough questions, and on how many."""
    both = np.unique(np.stack([corpus.pair[debate], corpus.question.codes[debate]], axis=1), axis=0)
    pairs, n = np.unique(both[:, 0], return_counts=True)
    return pairs[n >= QUESTIONS].astype(np.int32), n[n >= QUESTIONS].astype(np.int32)


def _tested(
    evidence: Evidence,
    one: Codes,
    other: Codes,
    again: Codes,
    pairs: Codes,
    questions: Codes,
    *,
    draws: int,
    seed: int,
) -> Coupled:
    corpus, debate = evidence.corpus, evidence.corpus.speeches.debate[one]
    observed, null = np.zeros(len(pairs)), np.zeros((draws, len(pairs)))
    weight = np.zeros(len(pairs))
    chance = np.random.default_rng(seed)
    again = cell(again)
    sizes = np.bincount(again)[again]
    for size in np.unique(sizes).tolist():
        these = np.flatnonzero(sizes == size)
        rows = these[np.argsort(again[these], kind="stable")].reshape(-1, size)
        alike = np.einsum("gid,gjd->gij", vectors(evidence, one[rows]), vectors(evidence, other[rows]))
        place = np.searchsorted(pairs, corpus.pair[debate[rows[:, 0]]]).astype(np.int32)
        asked = corpus.question.codes[debate[rows[:, 0]]]
        np.add.at(weight, place, 1.0)
        np.add.at(observed, place, _beyond(alike, np.einsum("gii->g", alike)))
        _draw(null, alike, place, asked, chance)
    shown = tuple(tuple(corpus.id[row] for row in debate[corpus.pair[debate] == pair].tolist()) for pair in pairs)
    return Coupled(pairs, observed / weight, null / weight, questions, shown)


def _beyond(alike: NDArray[Any], matched: NDArray[Any]) -> NDArray[Any]:
    """Return the likeness of what is put together less that of what is not."""
    size = alike.shape[1]
    return np.asarray(matched / size - (alike.sum(axis=(1, 2)) - matched) / (size * (size - 1)))


def _draw(null: Floats, alike: NDArray[Any], place: Codes, asked: Codes, chance: np.random.Generator) -> None:
    """Put openings together by chance, all matches of a question in the same way."""
    groups, size = alike.shape[:2]
    asked = cell(asked)
    to_pair = np.zeros((groups, null.shape[1]))
    to_pair[np.arange(groups), place] = 1.0
    step = max(1, AT_ONCE // (groups * size))
    for start in range(0, len(null), step):
        held = null[start : start + step]
        order = chance.random((len(held), int(asked.max()) + 1, size)).argsort(axis=2)[:, asked]
        matched = alike[np.arange(groups)[:, None], np.arange(size), order].sum(axis=2)
        held += _beyond(alike, matched) @ to_pair
