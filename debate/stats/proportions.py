"""Whether two shares differ when every row counts once: the test of published tables, which knows no questions."""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np

from debate.domain import Value
from debate.stats.column import Floats, Rows
from debate.stats.estimate import LEVEL
from debate.stats.intervals import normal_quantile


class Proportions(Value):
    """The share of a, less the share of b, and four ways to ask whether it is 0."""

    a: str = ""
    b: str = ""
    difference: float
    low: float
    high: float
    chi2: float
    p: float
    """Of the chi-square test without continuity correction."""
    p_yates: float
    """With Yates's correction."""
    p_fisher: float
    """Fisher's exact test, two-sided."""
    n_a: int
    n_b: int


def proportions(
    a: tuple[int, int], b: tuple[int, int], *, names: tuple[str, str] = ("", ""), level: float = LEVEL
) -> Proportions | None:
    """Compare two counts, each of so many; None where one has no rows, or all rows are alike.

    chi2 = d^2 / (m (1 - m) (1/n_a + 1/n_b)) with the pooled share m [Pearson 1900], less
    (1/n_a + 1/n_b) / 2 from |d| for Yates [1934]; the interval is d +- z sqrt(sum of p (1 - p) / n) [Wald 1943];
    Fisher's p adds up every table that is no likelier than this one [Fisher 1935].
    """
    (k, n), (j, m) = a, b
    if not n or not m or k + j in (0, n + m):
        return None
    one, other, pooled = k / n, j / m, (k + j) / (n + m)
    d, each = one - other, 1 / n + 1 / m
    variance = pooled * (1 - pooled) * each
    reach = normal_quantile(level) * sqrt(one * (1 - one) / n + other * (1 - other) / m)
    return Proportions(
        a=names[0],
        b=names[1],
        difference=d,
        low=d - reach,
        high=d + reach,
        chi2=d * d / variance,
        p=_beyond(abs(d) / sqrt(variance)),
        p_yates=_beyond(max(0.0, abs(d) - each / 2) / sqrt(variance)),
        p_fisher=_fisher(k, n, j, m),
        n_a=n,
        n_b=m,
    )


def _beyond(z: float) -> float:
    """Return how likely a standard normal is to be further from 0 than z."""
    return erfc(z / sqrt(2))


def _fisher(k: int, n: int, j: int, m: int) -> float:
    drawn = k + j
    likely = _pmf(np.arange(max(0, drawn - m), min(n, drawn) + 1), n, m, drawn)
    return min(1.0, float(likely[likely <= _pmf(np.array([k]), n, m, drawn) * (1 + 1e-7)].sum()))


def _pmf(k: Rows, n: int, m: int, drawn: int) -> Floats:
    """Return the hypergeometric probability that `k` of `drawn` are among the first `n` of `n + m`."""
    return np.exp(_choose(n, k) + _choose(m, drawn - k) - _choose(n + m, np.array([drawn])))


def _choose(n: int, k: Rows) -> Floats:
    from scipy.special import gammaln  # longer to import than a small report takes

    found: Floats = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return found
