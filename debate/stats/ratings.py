"""How strong debaters are on one scale, overall and apart for arguing right and wrong answers.

Bradley-Terry on the 400-point Elo scale, mean 1500 [Khan et al. 2024]. A tie is half a win and half a loss, which
shrinks the scale a little. Intervals resample whole clusters of questions; where results are separated there are none,
since every resample is, too, and the ridge alone says how far apart players stand.
"""

from __future__ import annotations

import numpy as np

from debate.domain import Value
from debate.stats.bouts import Bouts, Side
from debate.stats.bradley_terry import Graph
from debate.stats.column import Floats
from debate.stats.contests import FEW, RIDGE, Contests, Node, contests
from debate.stats.estimate import LEVEL, ONE_CLUSTER, Estimate, Measure, NoData
from debate.stats.intervals import expanded, resample
from debate.stats.outcomes import TIE

DRAWS = 1000
UNBOUNDED = (
    "not estimable, because some won every ruling against others: nothing but the ridge bounds how much stronger"
)


class Rating(Value):
    """One player's rating in one role."""

    player: str
    role: Side
    rating: Measure
    n_comparisons: int
    """The rulings that the player took part in, in that role."""


class Ratings(Value):
    """The ratings of all players, and what they rest on."""

    rows: tuple[Rating, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader must know: a ridge, separation, islands."""
    islands: tuple[tuple[str, ...], ...] = ()
    """Groups of players that never met, where there is more than one: then nothing is rated."""
    reliability: float | None = None
    """The correlation of ratings from two halves of the questions, stepped up to the whole (Spearman-Brown)."""


def ratings(bouts: Bouts, *, seed: int = 0, draws: int = DRAWS, level: float = LEVEL) -> Ratings:
    """Rate the players of two-sided debates, overall and split by the side argued."""
    overall = _rated(contests(bouts), seed, draws, level)
    split = _rated(contests(bouts, split=True), seed, draws, level)
    return Ratings(
        rows=(*overall.rows, *split.rows),
        notes=tuple(dict.fromkeys((*overall.notes, *(f"by side: {note}" for note in split.notes)))),
        islands=overall.islands,
        reliability=overall.reliability,
    )


def _rated(found: Contests, seed: int, draws: int, level: float) -> Ratings:
    problem = _problem(found)
    if problem:
        islands = Graph.of(found.all_wins).islands if found.rulings else ()
        named = tuple(tuple(found.names[i][0] for i in group) for group in islands) if len(islands) > 1 else ()
        none = NoData(why=problem)
        unrated = tuple(Rating(player=p, role=r, rating=none, n_comparisons=n) for (p, r), n in _counted(found))
        return Ratings(rows=unrated, notes=(problem,) if found.rulings else (), islands=named)
    value = found.rate(np.ones((1, found.clusters)))[0]
    limits, unbounded = None, Graph.of(found.all_wins).separated
    if found.clusters > 1 and not unbounded:
        drawn = found.rate(resample(found.clusters, draws=draws, seed=seed))
        limits = expanded(drawn, found.clusters, level)
    rows = tuple(
        Rating(
            player=player,
            role=role,
            rating=_estimate(found, float(value[i]), None if limits is None else limits[:, i], draws, level, unbounded),
            n_comparisons=n,
        )
        for i, ((player, role), n) in enumerate(_counted(found))
    )
    return Ratings(rows=rows, notes=_notes(found), reliability=_reliability(found, seed))


def _counted(found: Contests) -> zip[tuple[Node, int]]:
    return zip(found.names, found.counts, strict=True)


def _estimate(
    found: Contests, value: float, limits: Floats | None, draws: int, level: float, unbounded: bool
) -> Estimate:
    why = UNBOUNDED if unbounded else ONE_CLUSTER
    return Estimate(
        value=value,
        low=None if limits is None else float(limits[0]),
        high=None if limits is None else float(limits[1]),
        level=level,
        method="none" if limits is None else f"expanded percentile bootstrap over clusters, {draws} draws",
        n_clusters=found.clusters,
        n_questions=found.questions,
        n_judgments=found.rulings,
        why=why if limits is None else "",
    )


def _problem(found: Contests) -> str:
    if not found.rulings:
        return "no valid ruling on a debate between two different players"
    islands = Graph.of(found.all_wins).islands
    if len(islands) == 1:
        return ""
    if found.names[0][1] != "all":
        if len({player for player, _ in found.names}) < 3:
            return "not estimable, because right and wrong sides share a scale only with three debaters or self-play"
        return f"not estimable, because players apart by side fall into {len(islands)} groups that never met"
    groups = "; ".join("{" + ", ".join(found.names[i][0] for i in group) + "}" for group in islands)
    return f"not estimable, because these groups of players never met: {groups}"


def _notes(found: Contests) -> tuple[str, ...]:
    if not found.ridge:
        return ()
    why = (
        "the results are separated"
        if Graph.of(found.all_wins).separated
        else f"a player has under {FEW} wins or losses"
    )
    return (f"ratings carry a ridge of {RIDGE} per nat squared, because {why}",)


def _reliability(found: Contests, seed: int, splits: int = 50) -> float | None:
    """Correlate ratings between random halves of the clusters, r -> 2r / (1 + r) [Spearman 1910; Brown 1910]."""
    if len(found.names) < 3 or found.clusters < 4:
        return None
    rng = np.random.default_rng(seed)
    half = (rng.random((splits, found.clusters)).argsort(axis=1) < found.clusters // 2).astype(np.float64)
    one, other = found.rate(half), found.rate(1.0 - half)
    one, other = (x - x.mean(axis=1, keepdims=True) for x in (one, other))
    spread = np.sqrt((one**2).sum(axis=1) * (other**2).sum(axis=1))
    if (spread < TIE).any():
        return None
    r = float(((one * other).sum(axis=1) / spread).mean())
    return 2 * r / (1 + r) if r > 0 else r
