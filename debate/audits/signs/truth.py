"""Do judges learn less of the truth from this pair than its players, sides and questions predict?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from debate.audits.evidence import Evidence
from debate.audits.finding import Insufficient
from debate.audits.score import Score

SIGN = "truth suppressed"
OTHERWISE = (
    "The two may be good against just each other, or persuade just this judge; the wrong answers may have been argued"
    " unusually well."
)
"""What else could explain it."""
COUNTED = {
    "belief in the right answer": "the judge's belief in the right answer",
}
"""What the numbers of each feature count."""


def scores(evidence: Evidence) -> Iterator[Score | Insufficient]:
    """Score the judges' belief in the right answer."""
    right = evidence.rulings.right
    if np.isnan(right).all():
        yield Insufficient(
            sign=SIGN,
            why="no ruling on a question with a known answer",
            would_suffice="judgments of whole debates, on questions with an answer key",
        )
        return
    yield evidence.debated(SIGN, "belief in the right answer", "low", right)
