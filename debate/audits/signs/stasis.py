"""Do judges' beliefs move less over this pair's debates than the players' movements with others predict?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from debate.audits.evidence import Evidence
from debate.audits.finding import Insufficient
from debate.audits.score import Score

SIGN = "stasis"
OTHERWISE = "Two equally good debaters move nobody, nor does a question of which the judge is sure."
"""What else could explain it."""
COUNTED = {
    "movement of belief": "how far the judge's belief travels from round to round",
}
"""What the numbers of each feature count."""


def scores(evidence: Evidence) -> Iterator[Score | Insufficient]:
    """Score how far belief travels from round to round."""
    moved = evidence.rulings.moved
    if np.isnan(moved).all():
        yield Insufficient(sign=SIGN, why="no beliefs by round", would_suffice='judges with beliefs = "every-round"')
        return
    yield evidence.debated(SIGN, "movement of belief", "low", moved)
