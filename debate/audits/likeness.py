"""How much more alike are two speeches than the same players' speeches to others on the same question?

D = actual - re-paired: what is left of likeness when topic and style are taken out, since the speeches that are put
together instead were made by the same two players on the same question, side and round, for other partners.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from debate.audits.evidence import Evidence
from debate.audits.others import cell
from debate.stats.column import Codes, Floats

Vectors = NDArray[np.float32]

AT_ONCE = 2_000
"""So many pairs of speeches are compared together; more would take too much memory."""


def beyond_repaired(evidence: Evidence, one: Codes, other: Codes) -> Floats:
    """Return D for each pair of speeches, as a difference of cosines; NaN where either has no speech to others.

    Args:
        one: rows of speeches.
        other: as many rows of the partner's speeches.
    """
    found = np.full(len(one), np.nan)
    question = evidence.question[one]
    order = np.argsort(question, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(question[order])) + 1, len(order))
    start = 0
    while start < len(order):
        end = max(int(ends[ends > start][0]), int(ends[ends <= start + AT_ONCE].max(initial=0)))
        rows = order[start:end]
        found[rows] = _within(evidence, one[rows], other[rows])
        start = end
    return found


def _within(evidence: Evidence, one: Codes, other: Codes) -> Floats:
    """Compare the speeches of some questions, all of each."""
    mine, theirs = vectors(evidence, one), vectors(evidence, other)
    elsewhere, n_mine = _with_others(mine, evidence.place[one], evidence.partner[one])
    answers, n_theirs = _with_others(theirs, evidence.place[other], evidence.partner[other])
    actual = np.einsum("ij,ij->i", mine, theirs)
    repaired = np.einsum("ij,ij->i", elsewhere, answers)
    return np.where((n_mine > 0) & (n_theirs > 0), actual - repaired, np.nan)


def vectors(evidence: Evidence, rows: Codes) -> Vectors:
    """Return the words of some speeches as vectors of length 1, along a new last axis."""
    bag = evidence.corpus.speeches.bag[rows].astype(np.float32)
    lengths = np.sqrt(np.einsum("...i,...i->...", bag, bag))
    bag /= np.maximum(lengths, np.float32(1e-9))[..., None]
    return bag


def _with_others(vectors: Vectors, place: Codes, partner: Codes) -> tuple[Vectors, Codes]:
    """Return for each row the mean vector of its place with other partners, and of how many rows."""
    place, both = cell(place), cell(place, partner)
    of_place, of_both = _sums(vectors, place), _sums(vectors, both)
    n = np.bincount(place)[place] - np.bincount(both)[both]
    mean = of_place[place]
    mean -= of_both[both]
    mean /= np.maximum(n, 1).astype(np.float32)[:, None]
    return mean, n.astype(np.int32)


def _sums(vectors: Vectors, group: Codes) -> Vectors:
    from scipy.sparse import csr_array  # longer to import than a small report takes

    starts = np.concatenate([[0], np.cumsum(np.bincount(group))])
    rows = np.argsort(group, kind="stable")
    membership = csr_array((np.ones(len(rows), np.float32), rows, starts), shape=(len(starts) - 1, len(rows)))
    return np.asarray(membership @ vectors)
