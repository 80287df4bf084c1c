from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from debate.stats.accuracy import brier
from debate.stats.calibration import auroc, calibration, ece, murphy
from debate.stats.estimate import Estimate, NoData
from debate.stats.forecasts import Forecasts
from tests.stats.builders import Played, outcomes

beliefs = st.lists(st.floats(0.01, 0.99), min_size=1, max_size=40)


def judged(right: list[float]) -> list[Played]:
    return [Played((p, 1 - p), f"q{i}") for i, p in enumerate(right)]


def test_ece_by_hand() -> None:
    """Two rulings at 0.9, one of them right: |0.5 - 0.9|; two at 0.6, both right: |1 - 0.6|."""
    found = outcomes(judged([0.9, 0.1, 0.6, 0.6]))
    assert ece(Forecasts.of(found)) == pytest.approx(0.4)


def test_floating_point_noise_does_not_move_a_bin() -> None:
    """1 - 0.4 is a hair under 0.6 and belongs to the same bin as 0.6."""
    noisy = Forecasts.of(outcomes([Played((0.6, 0.4)), Played((1 - 0.4, 0.4), "q1"), Played((1 - 0.6, 0.6), "q2")]))
    assert set(noisy.bin.tolist()) == {6}
    assert set(Forecasts.of(outcomes(judged([1.0, 0.95, 0.9]))).bin.tolist()) == {9}


def test_a_tie_is_half_correct() -> None:
    """An exact tie is perfectly calibrated at one half, and scores a Brier of 1/4."""
    forecasts = Forecasts.of(outcomes(judged([0.5, 0.5])))
    assert ece(forecasts) == pytest.approx(0.0)
    assert murphy(forecasts).brier == pytest.approx(0.25)


@given(beliefs)
def test_the_parts_of_brier_sum_to_it(right: list[float]) -> None:
    """Reliability - resolution + uncertainty + what is within bins is the Brier score, exactly."""
    found = outcomes(judged(right))
    measured = brier(found)
    assert isinstance(measured, Estimate)
    assert murphy(Forecasts.of(found)).brier == pytest.approx(measured.value, abs=1e-12)


def test_auroc_agrees_with_scikit_learn() -> None:
    """Confidence tells right from wrong rulings as the area under the curve says, equal confidences half."""
    rng = np.random.default_rng(0)
    right = np.round(rng.random(200), 1).clip(0.1, 0.9)
    right = right[np.abs(right - 0.5) > 0.01]
    forecasts = Forecasts.of(outcomes(judged(right.tolist())))
    expected = roc_auc_score(right > 0.5, np.maximum(right, 1 - right))
    assert auroc(forecasts) == pytest.approx(expected)


def test_a_calibrated_judge_is_within_what_chance_gives() -> None:
    """With confidences that are true the ECE is as large as chance makes it, the slope is 1, the curve straight."""
    rng = np.random.default_rng(4)
    confidence = rng.choice([0.55, 0.65, 0.75, 0.85, 0.95], 3000)
    right = np.where(rng.random(3000) < confidence, confidence, 1 - confidence)
    found = calibration(outcomes(judged(right.tolist())), draws=200)
    assert isinstance(found.ece, Estimate)
    assert found.ece_if_perfect_95 is not None
    assert found.ece.value < found.ece_if_perfect_95
    assert isinstance(found.slope, Estimate)
    assert found.slope.low is not None
    assert found.slope.high is not None
    assert found.slope.low < 1 < found.slope.high
    assert sum(b.n for b in found.bins) == 3000
    for b in found.bins:
        assert b.accuracy == pytest.approx(b.confidence, abs=0.06)


def test_an_overconfident_judge_is_found_out() -> None:
    """A judge that says 0.95 and is right six times in ten has an ECE that chance does not give."""
    found = calibration(outcomes(judged(([0.95] * 6 + [0.05] * 4) * 10 + ([0.8] * 5 + [0.2] * 5) * 5)), draws=200)
    assert isinstance(found.ece, Estimate)
    assert found.ece_if_perfect_95 is not None
    assert found.ece.value > found.ece_if_perfect_95
    assert found.ece_debiased is not None
    assert 0 < found.ece_debiased < found.ece.value
    assert isinstance(found.slope, Estimate)
    assert found.slope.value < 0.5


def test_judgments_weigh_by_their_question() -> None:
    """Ninety copies of one question count as one question."""
    rows = [Played((0.9, 0.1), "q0", repeat=i) for i in range(90)] + [Played((0.1, 0.9), "q1")]
    assert ece(Forecasts.of(outcomes(rows))) == pytest.approx(0.4)
    assert ece(Forecasts.of(outcomes(rows), "judgment")) == pytest.approx(abs(90 / 91 - 0.9))


def test_nothing_to_calibrate() -> None:
    """H6, H7: no valid ruling, or all of them right, gives null and why."""
    none = calibration(outcomes([Played(state="failed")]))
    assert isinstance(none.ece, NoData)
    assert none.bins == ()
    right = calibration(outcomes(judged([0.9, 0.9, 0.9])), draws=20)
    assert right.auroc == NoData(why="all rulings are right, or all are wrong")
    assert right.slope == NoData(why="every confidence is the same")
