from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test, t, ttest_1samp
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from debate.stats.comparisons import Comparison, apart, cohen_h, compare, compare_accuracy, equivalent, holm, sign_flip
from debate.stats.estimate import Estimate, NoData, known
from debate.stats.sample import Sample
from tests.stats.builders import Played, outcomes


def arm(values: list[float], questions: list[int] | None = None, clusters: list[int] | None = None) -> Sample:
    asked = np.array(questions if questions is not None else range(len(values)), np.int32)
    return Sample(np.array(values, float), asked, asked if clusters is None else np.array(clusters, np.int32))


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 40))
def test_one_row_per_question_is_exact_mcnemar(b: int, c: int, same: int) -> None:
    """Whatever the size, the p-value is that of the binomial test of the discordant pairs."""
    one = arm([1.0] * b + [0.0] * c + [1.0] * same)
    other = arm([0.0] * b + [1.0] * c + [1.0] * same)
    if not b + c + same:
        return
    found = compare(one, other, names=("x", "y"))
    expected = mcnemar([[0, b], [c, 0]], exact=True).pvalue if b + c else 1.0
    assert found.p == pytest.approx(expected, abs=1e-12)
    assert found.test == "exact McNemar" if b + c else "no question differs" in found.test
    assert found.discordant == pytest.approx((b + c) / (b + c + same))


def test_few_questions_are_enumerated() -> None:
    """Every assignment of signs is looked at, as scipy does it."""
    d = [0.5, 0.25, -0.25, 1.0, 0.75, 0.0, -0.5]
    expected = permutation_test(
        (np.array(d), np.zeros(7)), lambda x, y: np.mean(x - y), permutation_type="samples", n_resamples=np.inf
    ).pvalue
    found = sign_flip(arm(d))
    assert found.p == pytest.approx(expected)
    assert "exact" in found.test


def test_many_questions_are_drawn() -> None:
    """Beyond twenty, random signs come close to the exact value, never reach 0, and repeat with the seed."""
    rng = np.random.default_rng(0)
    d = arm(rng.choice([-0.5, 0.0, 0.25, 0.75], 60).tolist())
    found = sign_flip(d, seed=5)
    assert found.p == pytest.approx(ttest_1samp(d.values, 0).pvalue, abs=0.02)
    assert found == sign_flip(d, seed=5)
    assert sign_flip(arm(np.linspace(1, 2, 40).tolist())).p == pytest.approx(1 / 20_000)


def test_questions_of_one_passage_change_sign_together() -> None:
    """K8: four passages can show no less than 2 / 2^4."""
    d = arm([0.5, 0.75] * 4, clusters=[0, 0, 1, 1, 2, 2, 3, 3])
    sums = 1.25
    exact = np.mean([abs(sum(s)) >= 4 * sums - 1e-9 for s in product((sums, -sums), repeat=4)])
    assert sign_flip(d).p == pytest.approx(exact) == pytest.approx(2 / 16)


def test_only_shared_questions_are_compared() -> None:
    """An arm that played easier questions besides gains nothing by them."""
    one = [Played((0.9, 0.1), f"q{q}") for q in range(10)]
    other = [Played((0.9, 0.1) if q < 4 else (0.1, 0.9), f"q{q}", protocol="naive") for q in range(8)]
    both = outcomes([*one, *other])
    found = compare_accuracy(both.where(protocol="debate"), both.where(protocol="naive"), names=("debate", "naive"))
    assert isinstance(found.difference, Estimate)
    assert found.difference.value == pytest.approx(0.5)
    assert (found.n_questions, found.n_only_a, found.n_only_b) == (8, 2, 0)
    assert found.p == pytest.approx(2 / 16)
    assert found.effect_size == pytest.approx(cohen_h(1.0, 0.5))


def test_nothing_shared_is_no_comparison() -> None:
    """H6: two arms over different questions are not compared at all."""
    found = compare(arm([1.0], [0]), arm([1.0], [1]), names=("x", "y"))
    assert found.difference == NoData(why="no question with a known answer was judged in both arms")
    assert found.p is None


def test_holm_agrees_with_statsmodels() -> None:
    """The family's p-values are adjusted step by step; arms without one are left out."""
    p = [0.01, 0.04, 0.03, 0.005, 0.5]
    none = NoData(why="none")
    family = tuple(Comparison(a="x", b=str(i), difference=none, p=v) for i, v in enumerate(p))
    adjusted = holm((*family, Comparison(a="x", b="-", difference=none)), family="f")
    assert [c.p_adjusted for c in adjusted[:-1]] == pytest.approx(multipletests(p, method="holm")[1])
    assert adjusted[-1].p_adjusted is None
    assert {c.family for c in adjusted} == {"f"}


def test_equivalence_needs_a_margin_beyond_the_noise() -> None:
    """A tight zero is equivalent within five points, a wide one is not shown to be."""
    tight = arm([0.01, -0.01] * 20)
    wide = arm([0.5, -0.5] * 10)
    assert (equivalent(tight, margin=0.05) or 1) < 0.001
    assert (equivalent(wide, margin=0.05) or 0) > 0.2


def test_cohens_h_of_independent_arms_has_the_variance_of_two_arcsines() -> None:
    """2 asin sqrt(p) has variance 1/n whatever p is [Cohen 1988], so h has 2/n where arms are independent."""
    rng = np.random.default_rng(5)
    n = 20_000
    one, other = (arm((rng.random(n) < p).astype(float).tolist()) for p in (0.8, 0.6))
    found = compare(one, other, names=("x", "y"))
    assert found.effect_size == pytest.approx(cohen_h(0.8, 0.6), abs=0.03)
    assert found.effect_low is not None
    assert found.effect_high is not None
    assert found.effect_high - found.effect_low == pytest.approx(2 * 1.96 * np.sqrt(2 / n), rel=0.03)


def test_an_arm_that_is_always_right_has_no_interval_of_h() -> None:
    """The arcsine has no slope at 1."""
    found = compare(arm([1.0] * 8), arm([1.0, 0.0] * 4), names=("x", "y"))
    assert found.effect_size is not None
    assert (found.effect_low, found.effect_high) == (None, None)


def overlapping(rng: np.random.Generator) -> tuple[Sample, Sample]:
    """Arm a on questions 0 to 29, arm b on 20 to 59, two to a passage, one ruling each."""
    hard = rng.normal(size=60)
    right = [(hard[q] + rng.normal() > 0, q) for q in (*range(30), *range(20, 60))]
    one, other = (
        arm([float(ok) for ok, _ in part], [q for _, q in part], [q // 2 for _, q in part])
        for part in (right[:30], right[30:])
    )
    return one, other


def test_unequal_question_sets_are_compared_on_all_of_them_too() -> None:
    """The error is that of a regression on the arm with errors clustered by passage, as statsmodels has it."""
    a, b = overlapping(np.random.default_rng(6))
    found = compare(a, b, names=("a", "b"))
    y = np.concatenate([a.values, b.values])
    x = np.concatenate([np.ones(len(a)), np.zeros(len(b))])
    fitted = sm.OLS(y, sm.add_constant(x)).fit(
        cov_type="cluster", cov_kwds={"groups": np.concatenate([a.cluster, b.cluster]), "use_correction": False}
    )
    assert found.difference_all is not None
    assert known(found.difference_all)
    assert found.difference_all.low is not None
    assert found.difference_all.value == pytest.approx(fitted.params[1])
    clusters = 30
    error = fitted.bse[1] * np.sqrt(clusters / (clusters - 1))
    assert found.difference_all.value - found.difference_all.low == pytest.approx(t.ppf(0.975, clusters - 1) * error)
    assert (found.n_only_a, found.n_only_b, found.difference_all.n_questions) == (20, 30, 60)


def test_the_same_questions_have_one_difference() -> None:
    """With the same sets the paired difference is all there is, and `apart` says the same."""
    rng = np.random.default_rng(7)
    one, other = (arm((rng.random(25) < p).astype(float).tolist()) for p in (0.8, 0.6))
    found, whole = compare(one, other, names=("x", "y")), apart(one, other)
    assert found.difference_all is None
    assert known(found.difference)
    assert known(whole)
    assert (whole.value, whole.low, whole.high) == pytest.approx(
        (found.difference.value, found.difference.low, found.difference.high)
    )
    assert found.mean_a == pytest.approx(one.mean)
    assert known(apart(arm([1.0]), arm([0.0])))
    assert apart(arm([1.0]), arm([0.0])).model_dump()["low"] is None


def test_equivalence_is_told_with_the_comparison() -> None:
    """With its margin, and for arms that never differ by the same bound as their interval has."""
    one = arm([1.0, 0.0] * 30)
    found = compare(one, one, names=("x", "y"), margin=0.1)
    assert found.margin == 0.1
    assert known(found.difference)
    ninety = compare(one, one, names=("x", "y"), level=0.9)
    assert known(ninety.difference)
    assert ninety.difference.high is not None
    assert equivalent(arm([0.0] * 60), margin=ninety.difference.high) == pytest.approx(0.05)
    assert found.p_equivalent == equivalent(arm([0.0] * 60), margin=0.1)
    assert equivalent(arm([0.2] * 9), margin=0.1) == 1.0
    assert equivalent(arm([0.0]), margin=0.1) is None
    assert compare(one, one, names=("x", "y")).p_equivalent is None
