from __future__ import annotations

import json

import numpy as np
import pytest

from debate.stats.accuracy import (
    accuracy,
    accuracy_all,
    bounds,
    brier,
    invalid,
    judge_score,
    log_score,
    probabilistic,
    side_accuracy,
    ties,
)
from debate.stats.estimate import Estimate, Measure, NoData
from tests.stats.builders import Played, outcomes


def value(measured: Measure) -> float:
    assert isinstance(measured, Estimate)
    return measured.value


def test_correct_is_strictly_the_largest_belief() -> None:
    """A tie is in the denominator, is not correct, and is counted."""
    found = outcomes([Played((0.9, 0.1), "q0"), Played((0.5, 0.5), "q1"), Played((0.2, 0.8), "q2")])
    assert value(accuracy(found)) == pytest.approx(1 / 3)
    assert ties(found) == 1


def test_a_tie_is_one_within_rounding() -> None:
    """Floating-point noise does not decide a ruling."""
    found = outcomes([Played((0.5 + 1e-12, 0.5 - 1e-12))])
    assert value(accuracy(found)) == 0.0
    assert ties(found) == 1


def test_more_than_two_answers() -> None:
    """The right answer must beat every other one, and a tie among wrong answers is plainly wrong."""
    found = outcomes(
        [
            Played((0.4, 0.3, 0.3), "q0"),
            Played((0.2, 0.4, 0.4), "q1"),
            Played((0.4, 0.4, 0.2), "q2"),
        ]
    )
    assert value(accuracy(found)) == pytest.approx(1 / 3)
    assert ties(found) == 1
    assert value(brier(found)) == pytest.approx(np.mean([0.54 / 2, 0.96 / 2, 0.56 / 2]))


def test_scores_by_hand() -> None:
    """Brier, log and judge scores of two beliefs, in nats and bits."""
    found = outcomes([Played((0.8, 0.2), "q0", rounds=3), Played((0.4, 0.6), "q1", rounds=1)])
    assert value(probabilistic(found)) == pytest.approx(0.6)
    assert value(brier(found)) == pytest.approx((0.04 + 0.36) / 2)
    assert value(log_score(found)) == pytest.approx((np.log(0.8) + np.log(0.4)) / 2)
    assert value(judge_score(found)) == pytest.approx((np.log2(0.8) - 0.15 + np.log2(0.4) - 0.05) / 2)


def test_certain_errors_are_cut_and_counted() -> None:
    """A belief of 0 in the right answer scores log 0.01, and the method says so."""
    found = log_score(outcomes([Played((0.0, 1.0), "q0"), Played((0.5, 0.5), "q1")]))
    assert value(found) == pytest.approx((np.log(0.01) + np.log(0.5)) / 2)
    assert isinstance(found, Estimate)
    assert "1 beliefs cut to [0.01, 0.99]" in found.method


def test_what_is_not_valid_is_counted_apart() -> None:
    """A failed or refused ruling is no loss and no half: it is missing, and bounds say what it could be."""
    found = outcomes(
        [
            Played((0.9, 0.1), "q0"),
            Played(question="q1", state="refused"),
            Played(question="q2", state="malformed"),
            Played((0.1, 0.9), "q3"),
        ]
    )
    assert value(accuracy(found)) == pytest.approx(0.5)
    assert value(accuracy_all(found)) == pytest.approx(0.25)
    limits = bounds(found)
    assert (limits.low, limits.high) == pytest.approx((0.25, 0.75))
    assert (limits.n_missing, limits.n_judgments) == (2, 4)
    assert invalid(found) == {"refused": 1, "malformed": 1}


def test_no_valid_judgment_is_null_with_its_count() -> None:
    """H6: zero valid rulings give null and why, never 0 or NaN, and plain JSON."""
    found = outcomes([Played(question=f"q{i}", state="failed") for i in range(3)])
    for measured in (accuracy(found), brier(found), log_score(found), probabilistic(found)):
        assert measured == NoData(why="0 of 3 judgments are valid")
        assert json.loads(measured.model_dump_json()) == {"value": None, "why": "0 of 3 judgments are valid"}


def test_a_question_without_a_key_has_no_accuracy() -> None:
    """Where no answer is known nothing is correct or wrong."""
    found = accuracy(outcomes([Played(correct=-1)]))
    assert found == NoData(why="no question here has a known right answer")


def consultancy(question: str, argues: int, p: float, **more: object) -> Played:
    return Played(
        (p, 1 - p),
        question,
        protocol="consultancy",
        players=("ada",),
        argues=(argues,),
        **more,  # type: ignore[arg-type]
    )


def test_consultancy_is_the_mean_of_its_sides() -> None:
    """However many copies each side has, both weigh the same on every question."""
    rows = [consultancy("q0", 0, 0.9, repeat=i) for i in range(3)] + [consultancy("q0", 1, 0.2)]
    rows += [consultancy("q1", 0, 0.9), consultancy("q1", 1, 0.7)]
    found = outcomes(rows)
    assert value(accuracy(found)) == pytest.approx((0.5 + 1.0) / 2)
    assert value(side_accuracy(found, right=True)) == pytest.approx(1.0)
    assert value(side_accuracy(found, right=False)) == pytest.approx(0.5)


def test_consultancy_uses_the_questions_that_both_sides_have() -> None:
    """A question judged on one side only is left out where most have both."""
    rows = [consultancy(f"q{i}", side, 0.9) for i in range(3) for side in (0, 1)]
    found = accuracy(outcomes([*rows, consultancy("q9", 1, 0.1)]))
    assert value(found) == pytest.approx(1.0)
    assert isinstance(found, Estimate)
    assert found.n_questions == 3


def test_sides_over_different_questions_still_weigh_the_same() -> None:
    """Where hardly any question has both sides, the two sides' own means are averaged."""
    rows = [consultancy(f"q{i}", 0, 0.9) for i in range(9)] + [consultancy("q9", 1, 0.1)]
    assert value(accuracy(outcomes(rows))) == pytest.approx(0.5)


def test_one_side_alone_is_no_accuracy_of_a_protocol() -> None:
    """H7: consultancy with only one side judged says so."""
    found = accuracy(outcomes([consultancy("q0", 0, 0.9), consultancy("q1", 0, 0.9)]))
    assert found == NoData(why="only the side that argues the right answer was judged")


def test_missing_rulings_of_one_side_are_noticed() -> None:
    """A judge that refuses only where a wrong answer is argued would look better than it is."""
    rows = [consultancy(f"q{i}", 0, 0.9) for i in range(10)]
    rows += [consultancy(f"q{i}", 1, 0.9, state="refused" if i < 3 else "valid") for i in range(10)]
    limits = bounds(outcomes(rows))
    assert (limits.missing_right_side, limits.missing_wrong_side) == pytest.approx((0.0, 0.3))
    assert limits.lopsided


def test_two_sided_debates_have_no_sides() -> None:
    """Both answers are argued in every debate."""
    assert side_accuracy(outcomes([Played()]), right=True) == NoData(why="both sides are heard in every debate")


def test_practice_does_not_count() -> None:
    """Only rulings made for the study enter."""
    found = outcomes([Played((0.9, 0.1), "q0"), Played((0.1, 0.9), "q1", purpose="practice")])
    assert value(accuracy(found.study)) == 1.0
