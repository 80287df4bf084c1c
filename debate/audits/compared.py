"""What does an intervention change about a pair: the same matches, played with it and without?

Every score of one tournament is taken less that of the other, on the questions that the pair debated in both, and
the differences are tested as scores are: less what both players' other pairs predict, studentised by how far other
pairs stand, one family. What restating speeches changes for all is no sign; what it changes for one pair is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from debate.audits.audit import ALPHA, Terms, concluded, scored
from debate.audits.corpus import Corpus
from debate.audits.evidence import Evidence
from debate.audits.family import DRAWS
from debate.audits.finding import Audit, Insufficient
from debate.audits.score import Score
from debate.audits.signs import interest
from debate.audits.unchanged import ALONE, Unchanged, acts, intervention, same_seat, unchanged
from debate.stats.column import NONE, Codes, Floats


def compared(
    one: Evidence,
    other: Evidence,
    *,
    against: str,
    alpha: float = ALPHA,
    draws: int = DRAWS,
    seed: int = 0,
) -> Audit:
    """Look for every sign in every pair that is stronger in one tournament than in another.

    Args:
        one: the tournament that is audited.
        other: the one that it is held against.
        against: what the other is called.
        alpha: the wanted chance of any false alarm.
        draws: how often the null is drawn.
        seed: of the draws.
    """
    mine, missing = scored(one)
    theirs, missing_there = scored(other)
    both = _differences(mine, one.corpus, theirs, other.corpus)
    lacking = _lacking(missing, missing_there, against)
    own = _own(one, other, draws, seed)
    if isinstance(own, Insufficient):
        lacking.append(own)
    terms = Terms(alpha, draws, seed, null="paired")
    found = concluded(one.corpus, both, lacking, terms, own=own if isinstance(own, Unchanged) else None)
    return found.model_copy(update={"against": against})


def _differences(mine: Sequence[Score], corpus: Corpus, theirs: Sequence[Score], there: Corpus) -> list[Score]:
    known = {(score.sign, score.feature): score for score in theirs}
    return [
        _difference(score, corpus, known[score.sign, score.feature], there)
        for score in mine
        if (score.sign, score.feature) in known
    ]


def _own(one: Evidence, other: Evidence, draws: int, seed: int) -> Unchanged | Insufficient | None:
    """Test each pair by itself, where the intervention should change nothing."""
    arm = intervention(one.corpus, other.corpus)
    if not arm:
        return None
    here, there = same_seat(one, other) if arm == ALONE else (one, other)
    both = _differences(acts(here, arm), one.corpus, acts(there, arm), other.corpus)
    return unchanged(arm, both, one.corpus, draws=draws, seed=seed)


def _lacking(here: Sequence[Insufficient], there: Sequence[Insufficient], against: str) -> list[Insufficient]:
    known = {missing.sign for missing in here}
    more = [missing for missing in there if missing.sign not in known]
    return [*here, *(m.model_copy(update={"why": f'in "{against}": {m.why}'}) for m in more)]


def _difference(score: Score, corpus: Corpus, other: Score, there: Corpus) -> Score:
    """Return a score less the other tournament's mean for the same pair and block; NaN where that has none."""
    pair = _pairs(corpus, there)[other.pair]
    block = _codes(_blocks(corpus, score), _blocks(there, other))[other.block]
    many = max(int(score.block.max(initial=0)), int(block.max(initial=0))) + 1
    read = ~np.isnan(other.values) & (pair >= 0) & (block >= 0)
    size = (max(int(score.pair.max(initial=0)), int(pair.max(initial=0))) + 1) * many
    cell = pair[read].astype(np.int64) * many + block[read]
    n = np.bincount(cell, minlength=size)
    total = np.bincount(cell, other.values[read], minlength=size)
    mean: Floats = np.divide(total, n, out=np.full(size, np.nan), where=n > 0)
    return replace(score, values=score.values - mean[score.pair.astype(np.int64) * many + score.block])


def _blocks(corpus: Corpus, score: Score) -> tuple[str, ...]:
    return corpus.matched.names if score.sign == interest.SIGN else corpus.question.names


def _pairs(corpus: Corpus, there: Corpus) -> Codes:
    """Return by pair of the other corpus the pair of the same players here; -1 where they have not met."""
    here = {frozenset(corpus.names(pair)): pair for pair in range(len(corpus.pairs))}
    found = [here.get(frozenset(there.names(pair)), NONE) for pair in range(len(there.pairs))]
    return np.array(found, np.int32)


def _codes(names: tuple[str, ...], others: tuple[str, ...]) -> Codes:
    place = {name: code for code, name in enumerate(names)}
    return np.array([place.get(name, NONE) for name in others], np.int32)
