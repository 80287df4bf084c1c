from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.power import TTestPower, zt_ind_solve_power

from debate.stats.power import detectable, mde, questions_needed


def test_unpaired_agrees_with_statsmodels() -> None:
    """With one judgment per question it is the two-proportion formula at the base accuracy."""
    found = mde(500)
    d = zt_ind_solve_power(nobs1=500, alpha=0.05, power=0.8)
    assert found.unpaired == pytest.approx(d * np.sqrt(0.7 * 0.3), rel=0.01)


def test_paired_agrees_with_statsmodels() -> None:
    """The difference on a question has variance D - d^2."""
    found = mde(300)
    assert found.paired is not None
    d = TTestPower().solve_power(nobs=300, alpha=0.05, power=0.8)
    assert found.paired == pytest.approx(d * np.sqrt(0.25 - found.paired**2), rel=0.01)


def test_a_plan_of_that_size_finds_the_difference_four_times_in_five() -> None:
    """Simulated questions with the assumed discordance show the difference in about 80% of studies."""
    rng = np.random.default_rng(0)
    found = mde(100).paired
    assert found is not None
    chances = [(0.25 + found) / 2, (0.25 - found) / 2, 0.75]
    drawn = rng.choice([1.0, -1.0, 0.0], p=chances, size=(2000, 100))
    t = drawn.mean(axis=1) / (drawn.std(axis=1, ddof=1) / 10)
    assert (np.abs(t) > 1.984).mean() == pytest.approx(0.8, abs=0.04)


def test_more_copies_help_less_than_more_questions() -> None:
    """Judgments of one question are correlated."""
    one, copies, questions = mde(50).paired, mde(50, 4).paired, mde(200).paired
    assert one is not None
    assert copies is not None
    assert questions is not None
    assert questions < copies < one


@pytest.mark.parametrize("paired", [True, False])
def test_the_number_of_questions_is_the_smallest_that_will_do(paired: bool) -> None:
    """One question fewer would not show the difference."""
    n = questions_needed(0.1, paired=paired)
    assert n is not None
    found, before = ((m.paired if paired else m.unpaired) for m in (mde(n), mde(n - 1)))
    assert found is not None
    assert before is not None
    assert found <= 0.1 < before


def test_too_few_questions_show_nothing() -> None:
    """H7: one question can show no difference, however large, and no number shows a difference of 0."""
    assert mde(1).paired is None
    assert mde(1).unpaired is None
    assert questions_needed(0.0) is None
    assert detectable(0.01, 99) == pytest.approx(0.01 * (1.98422 + 0.84162), abs=1e-5)


def test_arms_of_different_sizes_have_the_mean_of_their_noise() -> None:
    """One judgment against four lies between one against one and four against four; a simulation shows it."""
    one, both, four = mde(80).unpaired, mde(80, 1, per_question_b=4).unpaired, mde(80, 4).unpaired
    assert one is not None
    assert both is not None
    assert four is not None
    assert four < both < one
    assert both**2 == pytest.approx((one**2 + four**2) / 2)
