from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from debate.stats.accuracy import accuracy
from debate.stats.bias import chose_first, chose_longer, length_bias, position_bias, swaps
from debate.stats.estimate import Estimate, Measure, NoData
from debate.stats.logistic import fit
from tests.stats.builders import Played, outcomes


def estimate(measured: Measure) -> Estimate:
    assert isinstance(measured, Estimate), measured
    return measured


def both_orders(p_of_first: float, questions: int = 40) -> list[Played]:
    """A judge that believes `p_of_first` in whatever is displayed first."""
    shown = [(p_of_first, 1 - p_of_first), (1 - p_of_first, p_of_first)]
    return [Played(shown[first], f"q{q}", first=first) for q in range(questions) for first in (0, 1)]


def test_a_judge_that_always_takes_the_first_is_found_out() -> None:
    """E21: bias is total, and accuracy is a coin's."""
    found = outcomes(both_orders(0.9))
    assert estimate(position_bias(found)).value == pytest.approx(0.5)
    assert estimate(chose_first(found)).value == pytest.approx(1.0)
    assert estimate(accuracy(found)).value == pytest.approx(0.5)
    assert estimate(swaps(found).consistency).value == 0.0
    assert estimate(swaps(found).accuracy_in_all_orders).value == 0.0


def test_a_perfect_judge_has_no_position_bias() -> None:
    """Being right half the time about the first and half about the second is no bias."""
    rows = [Played((0.9, 0.1), f"q{q}", first=first) for q in range(20) for first in (0, 1)]
    found = outcomes(rows)
    assert estimate(position_bias(found)).value == pytest.approx(0.0)
    assert estimate(swaps(found).consistency).value == 1.0
    assert estimate(swaps(found).accuracy_in_all_orders).value == 1.0


def test_an_order_that_follows_the_key_tells_nothing() -> None:
    """H7: were the right answer always first, bias and skill could not be told apart."""
    assert isinstance(position_bias(outcomes([Played(first=0)])), NoData)


def test_a_tie_in_one_order_only_is_inconsistent() -> None:
    """The same answer must win in every order."""
    rows = [Played((0.9, 0.1), "q0", first=0), Played((0.5, 0.5), "q0", first=1)]
    rows += [Played((0.5, 0.5), "q1", first=0), Played((0.5, 0.5), "q1", first=1)]
    rows += [Played((0.9, 0.1), "q2", first=0)]
    found = swaps(outcomes(rows))
    assert estimate(found.consistency).value == pytest.approx(0.5)
    assert estimate(found.consistency).n_questions == 2
    assert isinstance(swaps(outcomes(rows[-1:])).consistency, NoData)


def test_a_judge_that_takes_the_longer_side_is_found_out() -> None:
    """E22: the length effect is large, its interval is finite and above 0, and the longer side always wins."""
    rng = np.random.default_rng(0)
    rows = []
    for q in range(60):
        words = (int(rng.integers(50, 150)), int(rng.integers(50, 150)))
        p = (0.9, 0.1) if words[0] > words[1] else (0.1, 0.9)
        rows.append(Played(p, f"q{q}", words=words))
    found = outcomes(rows)
    effect = estimate(length_bias(found))
    assert effect.low is not None
    assert effect.low > 1
    assert estimate(chose_longer(found)).value == pytest.approx(1.0)


def test_a_judge_of_substance_has_no_length_effect() -> None:
    """A judge that follows the right answer does not follow length."""
    rng = np.random.default_rng(1)
    rows = [
        Played((0.9, 0.1) if rng.random() < 0.8 else (0.1, 0.9), f"q{q}", words=tuple(rng.integers(50, 150, 2)))
        for q in range(80)
    ]
    effect = estimate(length_bias(outcomes(rows)))
    assert effect.low is not None
    assert effect.high is not None
    assert effect.low < 0 < effect.high


def test_equal_lengths_say_nothing() -> None:
    """H7: without a difference in words there is no slope."""
    assert isinstance(length_bias(outcomes([Played(question=f"q{q}") for q in range(9)])), NoData)
    assert isinstance(chose_longer(outcomes([Played()])), NoData)


def test_logistic_slopes_agree_with_statsmodels() -> None:
    """With much data the penalty vanishes and the fit is the usual one, errors by cluster included."""
    rng = np.random.default_rng(2)
    x = np.stack([np.ones(20_000), rng.normal(size=20_000)], axis=1)
    y = (rng.random(20_000) < 1 / (1 + np.exp(-(0.3 + 0.8 * x[:, 1])))).astype(float)
    group = np.arange(20_000) // 2
    found = fit(x, y, weight=np.full(20_000, 2.0), cluster=group)
    theirs = sm.Logit(y, x).fit(disp=0, cov_type="cluster", cov_kwds={"groups": group})
    assert found.coefficients == pytest.approx(theirs.params, abs=1e-3)
    assert found.errors[1] == pytest.approx(theirs.bse[1], rel=0.01)


def test_separated_data_stay_finite() -> None:
    """Firth's penalty: the published fit of a separated two by two table, log odds ratio log((k+.5)/.5)*2."""
    x = np.array([[1.0, 1.0]] * 10 + [[1.0, -1.0]] * 10)
    y = np.array([1.0] * 10 + [0.0] * 10)
    found = fit(x, y, weight=np.ones(20), cluster=np.arange(20))
    assert found.coefficients[1] == pytest.approx(np.log(10.5 / 0.5))
    assert np.isfinite(found.errors).all()


def test_without_a_valid_ruling_no_order_is_blamed() -> None:
    """H7: what is missing are rulings, or ties aside words, and not an order in which answers were displayed."""
    invalid = outcomes([Played(question=f"q{q}", state="malformed", first=q % 2) for q in range(4)])
    unplaced = outcomes([Played(question=f"q{q}", first=-1) for q in range(4)])
    for found in (position_bias(invalid), chose_first(invalid), position_bias(unplaced)):
        assert found == NoData(why="no valid ruling on a known answer says which answer was displayed first")
    for found in (length_bias(invalid), chose_longer(invalid)):
        assert isinstance(found, NoData)
        assert found.why.startswith("no valid ruling")
    assert chose_longer(outcomes([Played(words=(90, 90))])) == NoData(why="both sides always spoke as many words")
    always = position_bias(outcomes([Played(question=f"q{q}") for q in range(4)]))
    assert always == NoData(why="the right answer was never, or always, displayed first")
