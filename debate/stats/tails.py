"""How much of a distribution lies beyond a value: the normal's, Student's t and the binomial's tails, one at a time.

They are what scipy computes, to a dozen digits; its import would take longer than a small report.
"""

from __future__ import annotations

from functools import lru_cache
from math import erfc, exp, lgamma, log, log1p, sqrt
from statistics import NormalDist

CLOSE = 1e-15
NEAR = 1e-9
"""Newton's steps square what is left."""
STEPS = 100
TERMS = 100_000
"""A continued fraction has at most so many; about the root of the larger parameter do."""
TINY = 1e-300
LARGE = 20.0
"""Above this the logarithms of two gamma functions are not subtracted from each other."""


def normal_cdf(z: float) -> float:
    """Return P(Z <= z) of a standard normal Z."""
    return erfc(-z / sqrt(2)) / 2


def normal_quantile(p: float) -> float:
    """Return the z with P(Z <= z) = p."""
    return NormalDist().inv_cdf(p)


def t_cdf(df: float, t: float) -> float:
    """Return P(T <= t) of Student's T."""
    whole = df + t * t
    beyond = _beta_cdf(df / 2, 0.5, df / whole, t * t / whole) / 2
    return 1 - beyond if t > 0 else beyond


@lru_cache(maxsize=4096)
def t_quantile(df: float, p: float) -> float:
    """Return the t with P(T <= t) = p, for p above 1/2.

    Newton's method on the logarithms of t and of the tail, which far out are a straight line, from the first terms of
    the expansion in 1/df [Cornish and Fisher 1937].
    """
    z = normal_quantile(p)
    t = z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
    scale = -_log_beta(df / 2, 0.5) - log(df) / 2
    for _ in range(STEPS):
        beyond = t_cdf(df, -t)
        density = exp(scale - (df + 1) / 2 * log1p(t * t / df))
        step = log(beyond / (1 - p)) * beyond / (density * t)
        t *= exp(step)
        if abs(step) < NEAR:
            break
    return t


def beta_cdf(a: float, b: float, x: float) -> float:
    """Return the incomplete beta function I_x(a, b): P(B <= x), and P(K >= a) of a + b - 1 draws with chance x."""
    return _beta_cdf(a, b, x, 1 - x)


def _beta_cdf(a: float, b: float, x: float, y: float) -> float:
    """Return I_x(a, b), y being 1 - x, by a continued fraction on the side where it converges fast."""
    if x <= 0 or y <= 0:
        return float(y <= 0)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_cdf(b, a, y, x)
    front = a * (log1p(-y) if y < 0.5 else log(x)) + b * (log1p(-x) if x < 0.5 else log(y))
    return exp(front - _log_beta(a, b)) / (a * _fraction(a, b, x))


def _log_beta(a: float, b: float) -> float:
    """Return log B(a, b); for 1/2 and a large number by its asymptotic series."""
    small, large = min(a, b), max(a, b)
    if small == 0.5 and large > LARGE:
        i = 1 / (large * large)
        return lgamma(0.5) - log(large) / 2 + (1 / 8 - i * (1 / 192 - i * (1 / 640 - i * 17 / 14336))) / large
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _fraction(a: float, b: float, x: float) -> float:
    """Return 1 + d_1 / (1 + d_2 / (1 + ...)), from the front [Lentz 1976]."""
    found = above = 1.0
    below = 0.0
    for n in range(1, TERMS):
        m = n // 2
        part = -(a + m) * (a + b + m) if n % 2 else m * (b - m)
        d = part * x / ((a + n - 1) * (a + n))
        below = 1 / ((1 + d * below) or TINY)
        above = (1 + d / above) or TINY
        found *= above * below
        if abs(above * below - 1) < CLOSE:
            break
    return found
