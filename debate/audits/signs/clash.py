"""Do two players answer each other less than they answer others?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from debate.audits.evidence import Evidence
from debate.audits.finding import Insufficient
from debate.audits.likeness import beyond_repaired
from debate.audits.score import Score

SIGN = "no clash"
LIKENESS = "likeness of reply to claim, D"
MOST = 5
"""More phrases of one reply count as this many."""
OTHERWISE = (
    "They may agree on the facts and differ on what these weigh; a partner who speaks in general terms gives little "
    "to take up."
)
"""What else could explain it."""
COUNTED = {
    LIKENESS: "likeness of replies to what they answer, less that of speeches put together anew",
    "phrases of the claim taken up": "phrases of what is answered that a reply repeats",
    "share of points taken up, as read": "share of the points in what is answered that a reply speaks to",
    "contradiction": "words in a reply that contradict or doubt",
}
"""What the numbers of each feature count."""


def scores(evidence: Evidence) -> Iterator[Score | Insufficient]:
    """Score how much of what a speech answers is taken up in it, and how often it contradicts."""
    said = evidence.corpus.speeches
    replies = np.flatnonzero(evidence.answered >= 0).astype(np.int32)
    if not len(replies):
        yield Insufficient(sign=SIGN, why="no speech answers another", would_suffice="debates of two rounds or more")
        return
    alike = np.full(len(said), np.nan)
    alike[replies] = beyond_repaired(evidence, replies, evidence.answered[replies])
    yield evidence.spoken(SIGN, LIKENESS, "low", alike)
    repeated = np.where(evidence.answered >= 0, np.minimum(said.taken_up, float(MOST)), np.nan)
    yield evidence.spoken(SIGN, "phrases of the claim taken up", "low", repeated)
    if evidence.read:
        made, answered = evidence.read["points"], evidence.read["taken_up"]
        share = np.divide(answered, made, out=np.full(len(said), np.nan), where=made > 0)
        yield evidence.spoken(SIGN, "share of points taken up, as read", "low", share)
    yield evidence.spoken(SIGN, "contradiction", "low", said.trace("doubts"), evidence.answered >= 0)
