"""What a tournament tells a plan: how often two arms disagree, and how much the rulings on one question are alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from debate.domain import Value
from debate.stats.column import Codes, Floats
from debate.stats.outcomes import Outcomes
from debate.stats.sample import renumbered

WHOLE = ("full", "double")
"""Views that keep nothing from the judge: the arms that comparisons are made of."""


class Discordance(Value):
    """How often two arms of one judge, named by their protocols, disagree."""

    a: str
    b: str
    judge: str
    share: float
    """Of pairs of rulings on one question, one from each arm, those of which just one is correct."""
    n_questions: int


class Observed(Value):
    """What was seen in a tournament that was played."""

    pairs: tuple[Discordance, ...] = ()
    correlation: float | None = None
    """Intraclass, of the correctness of rulings in one arm on one question or passage; None where each was ruled on
    once."""
    base: float | None = None
    """Mean accuracy over arms."""
    n_clusters: int = 0
    n_judgments: int = 0

    def discordance(self, a: str, b: str) -> tuple[float, int] | None:
        """Return how often these two arms disagree, over judges and on how many questions; None if never compared."""
        return _pooled([pair for pair in self.pairs if {pair.a, pair.b} == {a, b}])

    @property
    def overall(self) -> tuple[float, int] | None:
        """How often any two arms disagree, and on how many questions that was seen."""
        return _pooled(self.pairs)


def observed(outcomes: Outcomes) -> Observed:
    """Measure what a plan for similar questions and judges may take over.

    discordance = mean over questions of a (1 - b) + b (1 - a), a and b the shares correct in two arms of one judge;
    correlation by analysis of variance, (B - W) / (B + (k - 1) W), B and W the mean squares between and within the
    clusters of each arm, pooled over arms, k the mean size of a cluster less its variance over the total [Donner 1986].
    """
    whole = outcomes.select(outcomes.scored & outcomes.view.is_in(*WHOLE))
    arms = {(str(k["judge"]), str(k["protocol"])): group for k, group in whole.group(("judge", "protocol"))}
    right = [group.correct.astype(np.float64) for group in arms.values()]
    clusters = [group.debates.cluster.codes[group.debate] for group in arms.values()]
    return Observed(
        pairs=tuple(_pairs(arms)),
        correlation=intraclass(right, clusters),
        base=float(np.mean([each.mean() for each in right])) if right else None,
        n_clusters=len(np.unique(whole.debates.cluster.codes[whole.debate])),
        n_judgments=len(whole),
    )


def intraclass(values: list[Floats], clusters: list[Codes]) -> float | None:
    """Return how much values of one cluster are alike, over several groups; None where nothing can be told.

    Below 0 it is 0: clusters whose values differ more than chance has them are seen by chance alone.
    """
    sums = np.zeros(2)
    df = np.zeros(2)
    size = 0.0
    for value, cluster in zip(values, clusters, strict=True):
        used, codes = renumbered(cluster)
        many = np.bincount(codes)
        mean = np.bincount(codes, value) / many
        sums += many @ (mean - value.mean()) ** 2, ((value - mean[codes]) ** 2).sum()
        df += len(used) - 1, len(value) - len(used)
        size += len(value) - (many**2).sum() / len(value)
    if (df < 1).any():
        return None
    between, within = sums / df
    copies = size / df[0]
    spread = between + (copies - 1) * within
    return max(0.0, float((between - within) / spread)) if spread > 0 else None


def _pairs(arms: dict[tuple[str, str], Outcomes]) -> Iterator[Discordance]:
    shares = {arm: _by_question(group) for arm, group in arms.items()}
    for (judge, a), (other, b) in combinations(shares, 2):
        if judge != other:
            continue
        (asked, one), (known, two) = shares[judge, a], shares[judge, b]
        shared, at, of = np.intersect1d(asked, known, return_indices=True)
        if len(shared):
            x, y = one[at], two[of]
            differ = float((x * (1 - y) + y * (1 - x)).mean())
            yield Discordance(a=a, b=b, judge=judge, share=differ, n_questions=len(shared))


def _by_question(group: Outcomes) -> tuple[Codes, Floats]:
    asked, codes = renumbered(group.debates.question.codes[group.debate])
    share = np.bincount(codes, group.correct.astype(np.float64)) / np.bincount(codes)
    return asked.astype(np.int32), np.asarray(share)


def _pooled(pairs: tuple[Discordance, ...] | list[Discordance]) -> tuple[float, int] | None:
    total = sum(pair.n_questions for pair in pairs)
    if not total:
        return None
    return sum(pair.share * pair.n_questions for pair in pairs) / total, total
