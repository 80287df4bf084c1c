from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact

from debate.stats.proportions import proportions

COUNTS = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS, COUNTS)
def test_every_p_is_that_of_another_library(a: tuple[int, int], b: tuple[int, int]) -> None:
    """Chi-square with and without correction, and Fisher's exact test, against scipy's own."""
    found = proportions(a, b)
    table = [[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]]
    if found is None:
        assert sum(row[0] for row in table) in (0, a[1] + b[1])
        return
    plain, yates = (chi2_contingency(table, correction=correction) for correction in (False, True))
    assert found.chi2 == pytest.approx(plain.statistic, abs=1e-9)
    assert found.p == pytest.approx(plain.pvalue, abs=1e-9)
    assert found.p_yates == pytest.approx(yates.pvalue, abs=1e-9)
    assert found.p_fisher == pytest.approx(fisher_exact(table).pvalue, abs=1e-9)
    assert found.low <= found.difference <= found.high


def test_nothing_to_compare() -> None:
    """Without rows, or with all of them alike, there is no test."""
    assert proportions((0, 0), (1, 2)) is None
    assert proportions((3, 3), (2, 2)) is None
    assert proportions((0, 3), (0, 2)) is None


def test_a_small_table_by_hand() -> None:
    """The lady tasting tea: 3 of 4 against 1 of 4 has p = 34/70."""
    found = proportions((3, 4), (1, 4))
    assert found is not None
    assert found.p_fisher == pytest.approx(34 / 70)
    assert found.chi2 == pytest.approx(2.0)
