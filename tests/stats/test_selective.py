"""Risk against coverage."""

from __future__ import annotations

import numpy as np
import pytest

from debate.stats.selective import selective
from tests.stats.builders import Played, outcomes


def rows(sure: list[float], right: list[bool]) -> list[Played]:
    return [
        Played((p, 1 - p) if ok else (1 - p, p), f"q{n}") for n, (p, ok) in enumerate(zip(sure, right, strict=True))
    ]


def test_the_curve_is_that_of_the_surest_rulings() -> None:
    """Ten rulings of ten confidences: at each tenth, the share of the surest that is wrong."""
    sure = [0.95 - 0.04 * n for n in range(10)]
    right = [True, True, False, True, True, False, True, False, False, True]
    found = selective(outcomes(rows(sure, right)))
    wrong = np.cumsum([not ok for ok in right])
    assert [point.risk for point in found.curve] == pytest.approx([wrong[n] / (n + 1) for n in range(10)])
    assert found.n_judgments == 10


def test_the_area_is_the_mean_risk_by_simulation() -> None:
    """Against a fine sum over coverages of random rulings, ties of confidence among them."""
    rng = np.random.default_rng(3)
    sure = rng.choice([0.55, 0.65, 0.75, 0.95], 200).tolist()
    right = (rng.random(200) < 0.7).tolist()
    found = selective(outcomes(rows(sure, right)))
    steps = np.array([0.0, *(np.sum(np.array(sure) >= p) / 200 for p in (0.95, 0.75, 0.65, 0.55))])
    missed = np.array([0.0, *(np.sum(~np.array(right)[np.array(sure) >= p]) / 200 for p in (0.95, 0.75, 0.65, 0.55))])
    grid = (np.arange(200_000) + 0.5) / 200_000
    assert found.area == pytest.approx(np.mean(np.interp(grid, steps, missed) / grid), abs=1e-5)


def test_the_order_of_equals_does_not_matter() -> None:
    """One confidence for all: the risk is the same at every coverage."""
    found = selective(outcomes(rows([0.8] * 6, [True, False, True, False, True, True])))
    assert {round(point.risk, 12) for point in found.curve} == {round(1 / 3, 12)}
    assert found.area == pytest.approx(1 / 3)


def test_nothing_is_covered_where_nothing_is_known() -> None:
    """No ruling with a known answer."""
    found = selective(outcomes([Played(correct=-1)]))
    assert (found.curve, found.area, found.n_judgments) == ((), None, 0)
