"""Numbers as people read them."""

from __future__ import annotations

import pytest

from debate.report import wording
from debate.stats.estimate import Estimate, NoData


def measured(value: float, low: float | None = None, high: float | None = None) -> Estimate:
    return Estimate(value=value, low=low, high=high)


def test_shares_and_differences() -> None:
    """Shares are per cent, differences are points with a sign, and nothing rounds to minus zero."""
    assert wording.percent(measured(0.531, 0.467, 0.594)) == "53% [47, 59]"
    assert wording.percent(measured(1.0)) == "100%"
    assert wording.points(measured(0.11, -0.094, 0.306)) == "+11 [-9, +31]"
    assert wording.points(measured(-0.001, -0.004, 0.004)) == "0 [0, 0]"
    assert wording.points(measured(-0.0014, -0.02, 0.02), digits=1) == "-0.1 [-2.0, +2.0]"
    assert wording.number(measured(1549.2, 1532, 1568), 0) == "1549 [1532, 1568]"


def test_what_is_not_there_is_not_a_number() -> None:
    """H6: no data is n/a in every form."""
    none = NoData(why="0 of 3 judgments are valid")
    forms = (wording.share, wording.percent, wording.points, wording.number, wording.value)
    assert {form(none) for form in forms} == {"n/a"}
    assert wording.shares(none) == ""


@pytest.mark.parametrize(
    ("p", "shown"), [(None, "n/a"), (0.0, "<0.001"), (0.0004, "<0.001"), (0.012, "0.012"), (1.0, "1.000")]
)
def test_p_values_are_never_zero(p: float | None, shown: str) -> None:
    """A permutation test cannot give certainty."""
    assert wording.p_value(p) == shown


@pytest.mark.parametrize(
    ("usd", "shown"), [(None, "unknown"), (0.0, "$0.00"), (0.0123, "$0.012"), (12.5, "$12.50"), (1234.5, "$1,234.50")]
)
def test_money(usd: float | None, shown: str) -> None:
    """Small amounts keep two digits that say something, and unknown is not free."""
    assert wording.money(usd) == shown
