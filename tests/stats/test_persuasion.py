from __future__ import annotations

import numpy as np
import pytest

from debate.stats.asd import score_difference
from debate.stats.estimate import Estimate, Measure, NoData
from debate.stats.persuasion import (
    log_odds_gap,
    log_odds_per_100_words,
    log_odds_per_round,
    mean_belief,
    win_rate,
    win_rate_gap,
)
from tests.stats.builders import Played, bouts, outcomes


def value(measured: Measure) -> float:
    assert isinstance(measured, Estimate), measured
    return measured.value


def test_win_rates_by_side() -> None:
    """Ada wins with the right answer and loses with a wrong one; ties are half a win."""
    rows = [
        Played((0.8, 0.2), "q0"),
        Played((0.8, 0.2), "q0", argues=(1, 0)),
        Played((0.5, 0.5), "q1"),
        Played((0.4, 0.6), "q1", argues=(1, 0)),
    ]
    ada = bouts(rows)
    assert value(win_rate(ada.of_player("ada"))) == pytest.approx((0.5 + 0.75) / 2)
    assert value(win_rate(ada.of_player("ada", "right_side"))) == pytest.approx(0.75)
    assert value(win_rate(ada.of_player("ada", "wrong_side"))) == pytest.approx(0.5)
    assert value(mean_belief(ada.of_player("ada", "wrong_side"))) == pytest.approx((0.2 + 0.6) / 2)
    assert value(win_rate_gap(ada.of_player("ada"))) == pytest.approx(0.25)


def test_what_one_wins_the_other_loses() -> None:
    """In two-sided debates the win rates of two players sum to 1."""
    rng = np.random.default_rng(0)
    found = bouts([Played((p, 1 - p), f"q{i}") for i, p in enumerate(rng.random(50))])
    assert value(win_rate(found.of_player("ada"))) + value(win_rate(found.of_player("bob"))) == pytest.approx(1)


def test_a_consultant_competes_with_every_other_answer() -> None:
    """A consultant wins where its own answer has the largest belief."""
    rows = [
        Played((0.5, 0.3, 0.2), "q0", players=("ada",), argues=(0,)),
        Played((0.35, 0.4, 0.25), "q1", players=("ada",), argues=(0,)),
    ]
    found = bouts(rows)
    assert len(found) == 2
    assert value(win_rate(found)) == pytest.approx(0.5)


def test_the_gap_is_taken_on_questions_argued_both_ways() -> None:
    """Easy questions argued from one side only do not enter the gap."""
    rows = [Played((0.9, 0.1), f"q{i}") for i in range(5)]
    rows += [Played((0.9, 0.1), "q0", argues=(1, 0))]
    found = win_rate_gap(bouts(rows).of_player("ada"))
    assert value(found) == pytest.approx(1.0)
    assert isinstance(found, Estimate)
    assert found.n_questions == 1
    assert found.low is None
    none = win_rate_gap(bouts(rows[1:5]).of_player("ada"))
    assert none == NoData(why="no question was argued from both sides")


def test_log_odds_need_a_prior() -> None:
    """Persuasion is the change since before the first argument, per round and per hundred words of one's own."""
    rows = [Played((0.8, 0.2), rounds=2, words=(200, 50), path=[(0, (0.5, 0.5)), (1, (0.6, 0.4))])]
    ada = bouts(rows).of_player("ada")
    assert value(log_odds_per_round(ada)) == pytest.approx(np.log(4) / 2)
    assert value(log_odds_per_100_words(ada)) == pytest.approx(np.log(4) / 2)
    bob = bouts(rows).of_player("bob")
    assert value(log_odds_per_100_words(bob)) == pytest.approx(-np.log(4) * 2)
    unasked = bouts([Played()])
    assert isinstance(log_odds_per_round(unasked), NoData)
    assert isinstance(log_odds_gap(unasked), NoData)


def test_score_difference_of_a_perfect_judge() -> None:
    """A perfect judge gives a Brier difference of 2 and a 0/1 difference of 1; a coin gives 0 everywhere."""
    perfect = score_difference(outcomes([Played((1.0, 0.0), f"q{i}") for i in range(4)]))
    assert value(perfect.brier) == pytest.approx(2)
    assert value(perfect.zero_one) == pytest.approx(1)
    assert value(perfect.log) == pytest.approx(np.log(1 - 1e-4) - np.log(1e-4))
    coin = score_difference(outcomes([Played((0.5, 0.5), f"q{i}") for i in range(4)]))
    for measured in (coin.log, coin.brier, coin.logit, coin.zero_one):
        assert value(measured) == pytest.approx(0)


def test_score_difference_drops_questions_with_one_run() -> None:
    """In consultancy only questions with both runs valid count, and the dropped are counted by side."""
    rows = [Played((0.9, 0.1), f"q{i}", players=("ada",), argues=(a,)) for i in range(3) for a in (0, 1)]
    rows += [Played((0.9, 0.1), "q7", players=("ada",), argues=(0,))]
    rows += [Played(question="q7", players=("ada",), argues=(1,), state="refused")]
    found = score_difference(outcomes(rows))
    assert (found.dropped_right_side, found.dropped_wrong_side) == (1, 0)
    assert value(found.zero_one) == pytest.approx(1)
