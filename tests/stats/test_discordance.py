"""What a played tournament tells a plan, against pairs counted one by one and another library's mean squares."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm

from debate.stats.discordance import intraclass, observed
from tests.stats.builders import Played, outcomes

RIGHT, WRONG = (0.9, 0.1), (0.1, 0.9)


def ruled(question: str, protocol: str, right: bool, copy: int = 0, **more: Any) -> Played:
    return Played(RIGHT if right else WRONG, question=question, protocol=protocol, repeat=copy, **more)


def test_discordance_is_the_share_of_pairs_that_differ() -> None:
    """Of every pair of rulings on a question, one from each arm: counted one by one."""
    rng = np.random.default_rng(1)
    right = {
        (q, arm, copy): bool(rng.random() < 0.6) for q in range(9) for arm in ("debate", "naive") for copy in range(3)
    }
    found = observed(outcomes(ruled(f"q{q}", arm, ok, copy) for (q, arm, copy), ok in right.items()))
    differ = [right[q, "debate", i] != right[q, "naive", k] for q, i, k in product(range(9), range(3), range(3))]
    (pair,) = found.pairs
    assert pair.share == pytest.approx(np.mean(differ))
    assert found.discordance("naive", "debate") == (pair.share, 9)
    assert found.discordance("naive", "expert") is None
    assert found.overall == (pair.share, 9)


def test_pairs_are_of_one_judge_and_pooled_by_questions() -> None:
    """Ten questions of one judge and thirty of another: the second counts three times as much."""
    rows = [ruled(f"q{q}", arm, arm == "debate", judge="jo") for q in range(10) for arm in ("debate", "naive")]
    rows += [ruled(f"q{q}", arm, True, judge="flo") for q in range(30) for arm in ("debate", "naive")]
    rows += [ruled("q1", "debate", True, judge="ann"), ruled("q1", "quotes", True, view="quotes")]
    found = observed(outcomes(rows))
    assert {(pair.judge, pair.share) for pair in found.pairs} == {("jo", 1.0), ("flo", 0.0)}
    assert found.discordance("debate", "naive") == (0.25, 40)


def test_the_correlation_is_that_of_an_analysis_of_variance() -> None:
    """Clusters of unequal size: the mean squares are statsmodels'."""
    rng = np.random.default_rng(2)
    cluster = np.repeat(np.arange(30), rng.integers(1, 6, 30)).astype(np.int32)
    value = (rng.random(len(cluster)) < np.repeat(rng.beta(1, 1, 30), np.bincount(cluster))).astype(np.float64)
    fitted = sm.OLS(value, np.eye(30)[cluster]).fit()
    between, within = (fitted.centered_tss - fitted.ssr) / 29, fitted.mse_resid
    many = np.bincount(cluster)
    copies = (len(value) - (many**2).sum() / len(value)) / 29
    assert intraclass([value], [cluster]) == pytest.approx((between - within) / (between + (copies - 1) * within))


def test_a_known_correlation_is_found() -> None:
    """Shares drawn from Beta(1, 1) make rulings on a question correlate by 1/3, in every arm."""
    rng = np.random.default_rng(3)
    cluster = np.repeat(np.arange(4000, dtype=np.int32), 4)
    arms = [(rng.random(16000) < np.repeat(rng.random(4000), 4)).astype(np.float64) for _ in range(2)]
    assert intraclass(arms, [cluster, cluster]) == pytest.approx(1 / 3, abs=0.02)


def test_what_was_not_seen_is_not_told() -> None:
    """Single rulings have no correlation, nothing has no discordance, and no correlation is below 0."""
    alone = observed(outcomes(ruled(f"q{q}", "debate", q > 2) for q in range(6)))
    assert (alone.correlation, alone.pairs, alone.overall, alone.base) == (None, (), None, 0.5)
    assert observed(outcomes([])).base is None
    two = np.array([0, 0, 1, 1], np.int32)
    assert intraclass([np.array([0.0, 1, 0, 1])], [two]) == 0.0
    assert intraclass([np.ones(4)], [two]) is None
