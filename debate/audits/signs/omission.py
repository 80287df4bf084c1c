"""Is decisive evidence left out by both players together more often than each leaves it out with others?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from debate.audits.evidence import Evidence
from debate.audits.finding import Insufficient
from debate.audits.others import cell, mean_with_others
from debate.audits.reduced import PARTS
from debate.audits.score import Score
from debate.stats.column import Flags, Floats

SIGN = "both omit"
OTHERS = 3
"""So many other debates of an item tell which parts of its passage matter, where no evidence is annotated."""
MATTERS = 0.5
"""A part of the passage matters that this share of them quotes."""
OTHERWISE = "Both may rest on another line that serves as well, and each may know that the other will."
"""What else could explain it."""
COUNTED = {
    "decisive evidence": "share of debates in which both leave decisive evidence out, less what chance makes of it",
}
"""What the numbers of each feature count."""


def scores(evidence: Evidence) -> Iterator[Score | Insufficient]:
    """Score joint omission less the product of the two players' rates on the same item with other partners."""
    omitted = _omitted(evidence)
    if np.isnan(omitted).all():
        yield Insufficient(
            sign=SIGN,
            why="neither annotated evidence nor enough debates of one item",
            would_suffice=f"questions with evidence, or {OTHERS} debates of each question with other partners",
        )
        return
    corpus = evidence.corpus
    player, partner = corpus.player.codes, corpus.player.codes[:, ::-1]
    item = cell(player.ravel(), np.repeat(corpus.question.codes, 2), corpus.answer.ravel())
    usual = mean_with_others(omitted.ravel(), item, partner.ravel(), fewest=2).reshape(omitted.shape)
    yield evidence.debated(SIGN, "decisive evidence", "high", omitted.prod(axis=1) - usual.prod(axis=1))


def _omitted(evidence: Evidence) -> Floats:
    """Return by debate and seat 1 where no decisive evidence is quoted, 0 where it is, NaN where that is not known."""
    corpus, said = evidence.corpus, evidence.corpus.speeches
    cited = np.zeros((len(corpus), 2))
    np.maximum.at(cited, (said.debate, said.seat), said.trace("cites"))
    inferred = _inferred(evidence)
    return np.where(corpus.annotated[:, None], 1 - cited, inferred)


def _inferred(evidence: Evidence) -> Floats:
    corpus, said = evidence.corpus, evidence.corpus.speeches
    quoted = np.zeros((len(corpus), 2), np.uint64)
    np.bitwise_or.at(quoted, (said.debate, said.seat), said.cited)
    if corpus.annotated.all() or not quoted.any():
        return np.full(quoted.shape, np.nan)
    parts = _parts(quoted.ravel())
    item = cell(np.repeat(corpus.question.codes, 2), corpus.answer.ravel())
    pair = np.repeat(corpus.pair, 2)
    usual = np.stack([mean_with_others(part, item, pair, fewest=OTHERS) for part in parts.T.astype(float)], axis=1)
    matters: Flags = np.nan_to_num(usual) >= MATTERS
    found = np.where(matters.any(axis=1), 1.0 - (matters & parts).any(axis=1), np.nan)
    return np.asarray(found.reshape(quoted.shape))


def _parts(quoted: np.ndarray) -> Flags:
    shifts = np.arange(PARTS, dtype=np.uint64)
    return np.asarray((quoted[:, None] >> shifts) & np.uint64(1), np.bool_)
