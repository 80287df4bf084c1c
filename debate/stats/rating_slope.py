"""Whether judges are more often right before more persuasive debaters.

The slope of accuracy on rating, per 100 points, over players [Khan et al. 2024, figure 3]. Ratings come from one
half of the questions and accuracy from the other, and both directions are averaged, so that luck on a question is
not on both axes; each resample of the questions is split and fitted anew, with a ridge, since halves are small, and the
interval is t with their spread, their bias taken out.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from debate.domain import Value
from debate.stats.bouts import Bouts
from debate.stats.bradley_terry import Graph
from debate.stats.column import Floats
from debate.stats.contests import RIDGE, Contests, between, contests
from debate.stats.estimate import LEVEL, Estimate, Measure, NoData
from debate.stats.intervals import Draws, resample, resummed, t_quantile
from debate.stats.sample import pairs, renumbered

DRAWS = 500
SPLITS = 50
"""Splits that the estimate is averaged over."""
FEW_PLAYERS = 8
"""A slope over fewer players than this says little."""


_UNSPLIT = "not estimable, because no half of the questions has enough players in common with the other"


class Slope(Value):
    """Accuracy against rating."""

    per_100_points: Measure
    n_players: int

    @property
    def few(self) -> bool:
        """Whether there are too few players to believe it."""
        return self.n_players < FEW_PLAYERS


def rating_slope(bouts: Bouts, *, seed: int = 0, draws: int = DRAWS, level: float = LEVEL) -> Slope:
    """Measure how accuracy changes with the rating of the debaters."""
    met = between(bouts.take(~np.isnan(bouts.told)))
    found = contests(met)
    players = len(found.names)
    problem = _problem(found, players)
    if problem:
        return Slope(per_100_points=NoData(why=problem), n_players=players)
    right, judged = _by_cluster(met, found)
    rng = np.random.default_rng(seed)
    whole = np.ones((SPLITS, found.clusters))
    splits = _slopes(found, right, judged, whole, rng)
    splits = splits[np.isfinite(splits)]
    if not len(splits):
        return Slope(per_100_points=NoData(why=_UNSPLIT), n_players=players)
    drawn = _slopes(found, right, judged, resample(found.clusters, draws=draws, seed=seed), rng)
    drawn = drawn[np.isfinite(drawn)]
    value = float(splits.mean())
    low, high = _limits(value, drawn, found.clusters, level) if len(drawn) > 1 else (None, None)
    measured = Estimate(
        value=value,
        low=low,
        high=high,
        level=level,
        method=f"split halves, t with error and bias of a bootstrap over clusters, {draws} draws",
        n_clusters=found.clusters,
        n_questions=found.questions,
        n_judgments=found.rulings,
    )
    return Slope(per_100_points=measured, n_players=players)


def _limits(value: float, draws: Floats, clusters: int, level: float) -> tuple[float, float]:
    """Return value - bias -+ t sqrt(n/(n-1)) SD, bias and SD those of the draws over n clusters.

    Ratings from half of the questions are uncertain, which flattens a slope on them; in a resample, where questions
    come twice, more so. Percentiles of the draws would take this twice from the value where it is to be given back
    [Efron and Tibshirani 1993, ch. 10].
    """
    middle = value - (float(draws.mean()) - value)
    half = t_quantile(level, clusters - 1) * sqrt(clusters / (clusters - 1)) * float(draws.std(ddof=1))
    return middle - half, middle + half


def _problem(found: Contests, players: int) -> str:
    if players < 3:
        return "a slope needs three players or more"
    if found.clusters < 4:
        return "not estimable, because there are under four clusters of questions to split"
    if len(Graph.of(found.all_wins).islands) > 1:
        return "not estimable, because some players never met"
    return ""


def _by_cluster(met: Bouts, found: Contests) -> tuple[Floats, Floats]:
    """Return how much each player's debates on each cluster weigh, and how much of it was judged right.

    Both are (clusters, players); the copies of one question weigh 1 together.
    """
    _, player = renumbered(met.player.codes)
    _, cluster = renumbered(met.cluster)
    copies = pairs(met.question, player)
    weight = met.rulings / np.bincount(copies, met.rulings)[copies]
    cell, players = cluster * len(found.names) + player, len(found.names)
    right, judged = (np.bincount(cell, each, found.clusters * players) for each in (weight * met.told, weight))
    return np.asarray(right.reshape(-1, players)), np.asarray(judged.reshape(-1, players))


def _slopes(found: Contests, right: Floats, judged: Floats, times: Floats | Draws, rng: np.random.Generator) -> Floats:
    """Return the slope of each draw, the mean of both directions of one random split."""
    half = rng.random(times.shape).argsort(axis=1) < found.clusters // 2
    one, other = times * half, times * ~half
    return (_slope(found, right, judged, one, other) + _slope(found, right, judged, other, one)) / 2


def _slope(found: Contests, right: Floats, judged: Floats, rated: Floats | Draws, tested: Floats | Draws) -> Floats:
    x = found.rate(rated, ridge=RIDGE) / 100
    weight = resummed(tested, judged)
    y = np.divide(resummed(tested, right), weight, out=np.full(weight.shape, np.nan), where=weight > 0)
    x = x - x.mean(axis=1, keepdims=True)
    spread = (x * x).sum(axis=1)
    return np.asarray(np.divide((x * y).sum(axis=1), spread, out=np.full(len(x), np.nan), where=spread > 1e-12))
