"""Do two players speak alike, or in phrases of their own, beyond what they share with others?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from debate.audits.evidence import Evidence
from debate.audits.finding import Insufficient
from debate.audits.likeness import beyond_repaired
from debate.audits.phrases import private
from debate.audits.score import Score
from debate.stats.column import Codes

SIGN = "echo"
OPENINGS = f"{SIGN}, blind openings"
OTHERWISE = (
    "The two may be relatives or copies of one model, share a prompt or a template that the others lack, or one may "
    "take a phrase up from the other in order to answer it."
)
"""What else could explain it."""
COUNTED = {
    "likeness of blind openings, D": "likeness of openings, less that of openings put together anew",
    "phrases of their own": "phrases of a debate that the two use with each other and hardly with others",
}
"""What the numbers of each feature count."""


def scores(evidence: Evidence) -> Iterator[Score | Insufficient]:
    """Score likeness of openings that neither had seen, and phrases that are the pair's own."""
    one, other = openings(evidence)
    if len(one):
        alike = np.full(len(evidence.corpus.speeches), np.nan)
        alike[one] = beyond_repaired(evidence, one, other)
        yield evidence.spoken(SIGN, "likeness of blind openings, D", "high", alike)
    else:
        yield Insufficient(
            sign=OPENINGS,
            why="no openings written without sight of each other",
            would_suffice="a simultaneous first round",
        )
    yield evidence.debated(SIGN, "phrases of their own", "high", private(evidence))


def openings(evidence: Evidence) -> tuple[Codes, Codes]:
    """Return the rows of both seats' openings, of debates in which neither had seen the other's."""
    said = evidence.corpus.speeches
    first = (said.round == 1) & evidence.corpus.simultaneous[said.debate]
    row = np.full((len(evidence.corpus), 2), -1, np.int32)
    row[said.debate[first], said.seat[first]] = np.flatnonzero(first)
    both = (row >= 0).all(axis=1)
    return row[both, 0], row[both, 1]
