"""Whoever says what they believe expects the most points."""

from __future__ import annotations

from math import log2
from typing import get_args

import pytest

from debate.domain import ScoringRule, Study
from debate.studies.scoring import points, round_cost, score

RULES: tuple[ScoringRule, ...] = get_args(ScoringRule)
GRID = range(1, 100)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("penalty", [0.0, 0.05, 0.4])
def test_the_truth_pays_best(rule: ScoringRule, penalty: float) -> None:
    """For every belief on the gauge, no other report has as high an expected number of points."""
    study = Study(scoring=rule, penalty=penalty)
    paid = {p: points(study, p / 100, 2, 3) for p in GRID}
    for belief in GRID:
        expected = {said: belief * paid[said] + (100 - belief) * paid[100 - said] for said in GRID}
        assert max(expected, key=expected.__getitem__) == belief


@pytest.mark.parametrize("rule", RULES)
def test_points_run_from_0_to_100(rule: ScoringRule) -> None:
    """The best belief at once is worth 100, the worst after every round 0, and more belief is worth more."""
    study = Study(scoring=rule)
    assert points(study, 0.99, 0, 3) == pytest.approx(100)
    assert points(study, 0.01, 3, 3) == pytest.approx(0)
    for rounds in range(4):
        paid = [points(study, p / 100, rounds, 3) for p in GRID]
        assert paid == sorted(paid)
        assert 0 - 1e-9 <= paid[0] <= paid[-1] <= 100 + 1e-9


@pytest.mark.parametrize("rule", RULES)
def test_each_round_costs_the_same(rule: ScoringRule) -> None:
    """What is told of another round is what it takes away."""
    study = Study(scoring=rule, penalty=0.1)
    for rounds in range(3):
        loss = points(study, 0.8, rounds, 3) - points(study, 0.8, rounds + 1, 3)
        assert loss == pytest.approx(round_cost(study, 3))


def test_scores_are_the_published_ones() -> None:
    """Golden values, by hand."""
    assert score("log", 0.25) == -2
    assert score("quadratic", 0.7) == pytest.approx(1 - 2 * 0.09)
    assert score("spherical", 0.6) == pytest.approx(0.6 / (0.36 + 0.16) ** 0.5)
    assert score("log", 0.5) == log2(0.5)
