"""The tails of distributions, against another library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from debate.stats.tails import beta_cdf, normal_cdf, normal_quantile, t_cdf, t_quantile

FREEDOM = st.integers(1, 100_000) | st.floats(1, 100_000)


@given(FREEDOM, st.floats(0.501, 0.9999))
def test_quantiles_of_students_t(df: float, p: float) -> None:
    """From Cauchy's distribution to one that is all but normal."""
    assert t_quantile(df, p) == pytest.approx(special.stdtrit(df, p), rel=1e-10)


@given(FREEDOM, st.floats(-40, 40))
def test_students_t(df: float, t: float) -> None:
    """Its tails are as precise as its middle."""
    assert t_cdf(df, t) == pytest.approx(special.stdtr(df, t), rel=1e-10)


@given(st.integers(1, 3_000), st.data())
def test_a_binomial_tail(n: int, data: st.DataObject) -> None:
    """The chance of k or more heads."""
    k = data.draw(st.integers(1, n))
    assert beta_cdf(k, n - k + 1, 0.5) == pytest.approx(special.betainc(k, n - k + 1, 0.5), rel=1e-10)


@given(st.floats(-8, 8), st.floats(1e-9, 1 - 1e-9))
def test_the_normal_distribution(z: float, p: float) -> None:
    """Both ways."""
    assert normal_cdf(z) == pytest.approx(special.ndtr(z), rel=1e-12)
    assert normal_quantile(p) == pytest.approx(special.ndtri(p), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("x", "share"), [(0.0, 0.0), (1.0, 1.0), (0.25, 0.25)])
def test_the_ends(x: float, share: float) -> None:
    """Nothing lies below 0, everything below 1, and an even distribution is even."""
    assert beta_cdf(1, 1, x) == pytest.approx(share)
