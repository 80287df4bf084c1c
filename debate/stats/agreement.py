"""Whether judges who read the same thing rule alike.

The unit is a ballot, one debate under one view; the categories are the answers in the bank's order, with a tie a
category of its own. Never right or wrong: two judges who are both wrong, but differently, do not agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import sqrt

import numpy as np

from debate.domain import Value
from debate.stats.column import NONE, Codes, Column, Floats, Rows
from debate.stats.estimate import LEVEL
from debate.stats.intervals import TINY, t_quantile, unskewed
from debate.stats.outcomes import TIE, Outcomes
from debate.stats.sample import firsts, pairs, renumbered, together


class Pair(Value):
    """Two judges on the ballots that both ruled on."""

    a: str
    b: str
    raw: float
    kappa: float | None
    """Cohen's; None where both always gave the same one answer."""
    n_ballots: int


class Between(Value):
    """How often a ruling of one kind of judge agrees with one of another kind, or of the same."""

    kinds: tuple[str, str]
    raw: float
    """The share of pairs of rulings on one ballot that agree, averaged over ballots."""
    n_ballots: int


class Agreement(Value):
    """How much judges agree, over all ballots with two or more of them."""

    alpha: float | None = None
    """Krippendorff's alpha of the answers chosen."""
    alpha_low: float | None = None
    alpha_high: float | None = None
    """Its 95% interval: jackknife over clusters and one more ballot, t on clusters less 1, corrected for
    skewness [Efron and Tibshirani 1993, ch. 11; Hall 1992]."""
    alpha_beliefs: float | None = None
    """Krippendorff's alpha of the beliefs in the first answer, by squared distance."""
    ac1: float | None = None
    """Gwet's AC1."""
    raw: float | None = None
    """The share of pairs of rulings on one ballot that agree, averaged over ballots."""
    n_ballots: int = 0
    n_judges: int = 0
    n_judgments: int = 0
    pairs: tuple[Pair, ...] = ()
    between: tuple[Between, ...] = ()
    """People among themselves, models among themselves, and people with models, apart."""
    why: str = ""


@dataclass(frozen=True)
class Rulings:
    """One row per ballot and judge: what was chosen, and what was believed."""

    ballot: Codes
    judge: Column
    chosen: Codes
    belief: Floats
    cluster: Codes
    kind: Column

    @classmethod
    def of(cls, outcomes: Outcomes) -> Rulings:
        """Take each judge's first valid ruling on each ballot that two or more judges ruled on."""
        valid = np.flatnonzero(outcomes.valid)
        view, heard = outcomes.view.codes[valid], outcomes.heard[valid]
        ballot = pairs(pairs(outcomes.debate[valid], view), heard)
        first = firsts(pairs(ballot, outcomes.judge.codes[valid]))
        shared = np.sort(first[np.bincount(ballot[first])[ballot[first]] > 1] if len(first) else first)
        rows, (_, kept) = valid[shared], renumbered(ballot[shared])
        cluster = outcomes.debates.cluster.codes[outcomes.debate[rows]]
        judge, kind = outcomes.judge.take(rows), outcomes.judge_kind.take(rows)
        return cls(kept, judge, outcomes.chosen[rows], outcomes.beliefs[rows, 0], cluster, kind)


def agreement(outcomes: Outcomes) -> Agreement:
    """Measure how much the judges of a group agree."""
    rulings = Rulings.of(outcomes)
    if not len(rulings.ballot):
        return Agreement(why="no transcript was ruled on by two judges")
    table = counts(rulings.ballot, rulings.chosen)
    cluster = np.zeros(len(table), np.int32)
    cluster[rulings.ballot] = rulings.cluster
    low, high = jackknife(table, cluster) or (None, None)
    return Agreement(
        alpha=alpha_nominal(table),
        alpha_low=low,
        alpha_high=high,
        alpha_beliefs=alpha_interval(rulings.ballot, rulings.belief),
        ac1=ac1(table),
        raw=float(_raw(table).mean()),
        n_ballots=len(table),
        n_judges=len(rulings.judge.present),
        n_judgments=len(rulings.ballot),
        pairs=_by_pair(rulings),
        between=tuple(_between(rulings)),
    )


def counts(ballot: Codes, chosen: Codes) -> Floats:
    """Count the rulings of each ballot by category: (ballots, categories)."""
    categories, at = np.unique(chosen, return_inverse=True)
    cells = np.bincount(ballot * len(categories) + at, minlength=(int(ballot.max()) + 1) * len(categories))
    return cells.reshape(-1, len(categories)).astype(np.float64)


def alpha_nominal(table: Floats) -> float | None:
    """Return Krippendorff's alpha of categories, 1 - D_o / D_e [Krippendorff 2011]; None if all chose the same."""
    found = _alpha(_apart(table).sum(), table.sum(axis=0))
    return None if np.isnan(found) else float(found)


def jackknife(table: Floats, cluster: Codes, *, level: float = LEVEL) -> tuple[float, float] | None:
    """Return the interval of alpha: a - SE g(+-t), over what each of G clusters adds, and one more ballot might add.

    A cluster adds d_g = a - a_-g, a_-g the alpha without it. One more ballot of average size, on which all choose k,
    would add d_k = a_+k - a: without it nothing tells of the agreement on a rare answer that so few ballots did not
    happen to show. SE^2 = (G-1)/G sum_i w_i (d_i - mean)^2, w_g = 1, w_k = sqrt(q_k) / sum_k sqrt(q_k), q_k the share
    of k in all choices (between as often as it was chosen and as often as any); g is Hall's transformation with the
    skewness ((G-1)/G)^3 sum_i w_i (d_i - mean)^3 / SE^3, as for means.
    None with fewer than two clusters, or where without one of them all choose the same.
    """
    whole = alpha_nominal(table)
    _, group = renumbered(cluster)
    many = int(group.max(initial=-1)) + 1
    if whole is None or many < 2:
        return None
    apart, chosen = _apart(table), table.sum(axis=0)
    others = chosen - np.stack([np.bincount(group, each, many) for each in table.T], axis=1)
    added = whole - _alpha(apart.sum() - np.bincount(group, apart, many), others)
    if np.isnan(added).any():
        return None
    unseen = _alpha(apart.sum(), chosen + np.diag(np.full(len(chosen), chosen.sum() / len(table)))) - whole
    often = np.sqrt(chosen)
    adds, weight = np.concatenate([added, unseen]), np.concatenate([np.ones(many), often / often.sum()])
    adds = (adds - np.average(adds, weights=weight)) * (many - 1) / many
    error = sqrt(many / (many - 1) * float(weight @ adds**2))
    skewness = float(weight @ adds**3) / error**3 if error > TINY else 0.0
    low, high = (whole - error * unskewed(end * t_quantile(level, many - 1), skewness) for end in (1, -1))
    return low, min(1.0, high)


def _apart(table: Floats) -> Floats:
    """Return of each ballot the ordered pairs of rulings that differ, over its rulings less one."""
    rulings = table.sum(axis=1)
    return np.asarray((rulings**2 - (table**2).sum(axis=1)) / (rulings - 1))


def _alpha(apart: Floats, chosen: Floats) -> Floats:
    """Return alphas of sums over ballots, by category along the last axis; NaN where all chose the same."""
    total = chosen.sum(axis=-1)
    expected = (total**2 - (chosen**2).sum(axis=-1)) / np.maximum(total - 1, 1)
    return 1 - apart / np.where(expected > 0, expected, np.nan)


def alpha_interval(ballot: Codes, values: Floats) -> float | None:
    """Return Krippendorff's alpha of numbers by squared distance; None if all are equal."""
    many = np.bincount(ballot).astype(np.float64)
    mean = np.bincount(ballot, values) / many
    within = np.bincount(ballot, (values - mean[ballot]) ** 2)
    observed = float((2 * many * within / (many - 1)).sum())
    n = len(values)
    expected = float(2 * n * ((values - values.mean()) ** 2).sum() / (n - 1))
    return None if expected <= TIE else 1 - observed / expected


def ac1(table: Floats) -> float | None:
    """Return Gwet's AC1, (p_a - p_e) / (1 - p_e), p_e = sum_k pi_k (1 - pi_k) / (K - 1) [Gwet 2008]."""
    if table.shape[1] < 2:
        return 1.0
    share = (table / table.sum(axis=1, keepdims=True)).mean(axis=0)
    by_chance = float((share * (1 - share)).sum() / (table.shape[1] - 1))
    return (float(_raw(table).mean()) - by_chance) / (1 - by_chance)


def kappa(one: Codes, other: Codes) -> float | None:
    """Return Cohen's kappa (1960) of two judges; None where chance alone would agree always."""
    low = min(int(one.min()), int(other.min()))
    kinds = max(int(one.max()), int(other.max())) - low + 1
    return _kappa(np.bincount((one - low) * kinds + other - low, minlength=kinds * kinds).reshape(kinds, kinds))


def _kappa(table: Codes | Rows) -> float | None:
    """Return the same of the counts of what one chose and the other."""
    shares = table / table.sum()
    by_chance = float(shares.sum(axis=0) @ shares.sum(axis=1))
    return None if by_chance >= 1 else (float(np.trace(shares)) - by_chance) / (1 - by_chance)


def _raw(table: Floats) -> Floats:
    rulings = table.sum(axis=1)
    return np.asarray((table * (table - 1)).sum(axis=1) / (rulings * (rulings - 1)))


def _by_pair(rulings: Rulings) -> tuple[Pair, ...]:
    """Compare every two judges, by the table of what one chose and the other, absence being a choice."""
    names, chosen = rulings.judge.present, rulings.chosen - NONE + 1
    rows_of = {str(rulings.judge.text(rows[0])): rows for rows in together(rulings.judge.codes)}
    of = {name: (rulings.ballot[rows], chosen[rows]) for name, rows in rows_of.items()}
    found, kinds = [], int(chosen.max()) + 1
    for i, one in enumerate(names):
        ruled = np.zeros(int(rulings.ballot.max()) + 1, np.int32)
        ruled[of[one][0]] = of[one][1] * kinds
        for other in names[i + 1 :]:
            ballot, theirs = of[other]
            table = np.bincount(ruled[ballot] + theirs, minlength=kinds * kinds).reshape(kinds, kinds)[1:, 1:]
            if n := int(table.sum()):
                raw = float(np.trace(table) / n)
                found.append(Pair(a=one, b=other, raw=raw, kappa=_kappa(table), n_ballots=n))
    return tuple(found)


def _between(rulings: Rulings) -> Iterator[Between]:
    """Yield how much each two kinds of judges agree."""
    whole = counts(rulings.ballot, rulings.chosen)
    categories, at = np.unique(rulings.chosen, return_inverse=True)
    tables = {}
    for kind in rulings.kind.present:
        rows = rulings.kind.is_in(kind)
        cells = np.bincount(rulings.ballot[rows] * len(categories) + at[rows], minlength=whole.size)
        tables[kind] = cells.reshape(whole.shape).astype(np.float64)
    for one, other in combinations_with_replacement(tables, 2):
        a, b = tables[one], tables[other]
        own = a.sum(axis=1) if one == other else 0.0
        possible = a.sum(axis=1) * b.sum(axis=1) - own
        both = possible > 0
        if both.any():
            agreeing = (a * b).sum(axis=1) - own
            raw = float((agreeing[both] / possible[both]).mean())
            yield Between(kinds=(one, other), raw=raw, n_ballots=int(both.sum()))
