"""Does reading about one question help with a similar new one? Rulings on a new question after reading about the old.

A bank says with `transfer_of` which question is another one of the same kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any

import numpy as np

from debate.domain import Value
from debate.stats.accuracy import accuracy, nested
from debate.stats.column import NONE, Codes
from debate.stats.comparisons import compare
from debate.stats.estimate import LEVEL, Estimate, Measure, NoData, known
from debate.stats.intervals import standard_error, t_quantile
from debate.stats.outcomes import Outcomes
from debate.stats.sample import Sample, pairs
from debate.stats.tails import t_cdf

FEW = 2
"""Questions that were ruled on both ways, from which the gain is of those alone."""
SILENT = "naive"
"""The rules under which nothing is read."""


class Transfer(Value):
    """How right a judge was on new questions, after reading about a similar one and without."""

    after: Measure
    without: Measure
    gain: Measure
    """After minus without: paired on the questions that were ruled on both ways, where there are two of them."""
    p: float | None = None
    n_questions: int = 0
    """Different new questions."""


def reading(outcomes: Outcomes, sources: Mapping[str, str]) -> Codes:
    """Tell for each ruling on a new question whether its judge had read about the old one before: 1 or 0, else -1.

    Read has who ruled on a transcript of the old question, or with its passage at hand, earlier than on the new one,
    whatever the ruling was and what it was for.

    Args:
        outcomes: every ruling, also those of practice.
        sources: by the id of a new question, the id of the one that it is similar to.
    """
    debates = outcomes.debates
    if not sources:
        return np.full(len(outcomes), NONE, np.int32)
    code = {id: i for i, id in enumerate(debates.question.names)}
    old = np.array([code.get(sources.get(id, ""), NONE) for id in debates.question.names], np.int32)
    source = old[debates.question.codes][outcomes.debate]
    read = ~debates.rules.is_in(SILENT)[outcomes.debate]
    asked = debates.question.codes[outcomes.debate]
    at = pairs(np.concatenate([asked, source]), np.tile(outcomes.judge.codes, 2))
    of_own, of_source = np.split(at, 2)
    earliest = np.full(int(at.max(initial=-1)) + 1, np.inf)
    np.minimum.at(earliest, of_own[read], outcomes.order[read])
    before = earliest[of_source] < outcomes.order
    return np.where(source < 0, NONE, before).astype(np.int32)


def transfer(read: Outcomes, unread: Outcomes, *, level: float = LEVEL, seed: int = 0) -> Transfer:
    """Measure what reading about a similar question brought.

    gain = accuracy on new questions of those who had read about the old ones - accuracy of those who had not, the
    mean over questions ruled on both ways, tested as arms are; where fewer than two were, the difference of the two
    means, with Welch's t over clusters.

    Args:
        read: the rulings on new questions, of one judge or of people in one arm, after reading about the old ones.
        unread: those without.
        level: of the intervals.
        seed: of the permutations.
    """
    after, without = (_accuracy(group, level) for group in (read, unread))
    asked = (group.debates.question.codes[group.debate] for group in (read, unread))
    found = Transfer(
        after=after,
        without=without,
        gain=NoData(why="no new question was ruled on both after reading about a similar one and without"),
        n_questions=len(np.union1d(*asked)),
    )
    if not (known(after) and known(without)):
        return found
    one, other = (nested(group, group.correct.astype(np.float64), group.scored, "question") for group in (read, unread))
    if len(np.intersect1d(one.question, other.question)) < FEW:
        gain, p = _welch(one, other, level)
        return found.model_copy(update={"gain": gain, "p": p})
    tested = compare(one, other, names=("after", "without"), seed=seed, level=level)
    return found.model_copy(update={"gain": tested.difference, "p": tested.p})


def _accuracy(group: Outcomes, level: float) -> Measure:
    return accuracy(group, level=level) if len(group) else NoData(why="no such ruling")


def _welch(one: Sample, other: Sample, level: float) -> tuple[Estimate, float | None]:
    """Return the difference of two means of different questions, and its p-value [Welch 1947]."""
    difference = one.mean - other.mean
    about: dict[str, Any] = {
        "value": difference,
        "level": level,
        "n_clusters": one.n_clusters + other.n_clusters,
        "n_questions": one.n_questions + other.n_questions,
        "n_judgments": len(one) + len(other),
    }
    errors = [standard_error(sample) for sample in (one, other)]
    error = sqrt(sum(se**2 for se, _ in errors))
    if error <= 0 or any(df < 1 for _, df in errors):
        why = "not estimable, because there is only one cluster of questions, or none differs"
        return Estimate(**about, method="none", why=why), None
    df = error**4 / sum(se**4 / df for se, df in errors)
    half = t_quantile(level, df) * error
    limits: dict[str, Any] = {"low": max(-1.0, difference - half), "high": min(1.0, difference + half)}
    return Estimate(**about, **limits, method="Welch's t, over clusters"), (2 * t_cdf(df, -abs(difference) / error))
