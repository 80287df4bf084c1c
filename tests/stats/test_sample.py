"""However the rulings of a question are put into rows, they come to the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from debate.stats.bouts import Bouts
from debate.stats.persuasion import mean_belief, win_rate
from debate.stats.sample import Sample
from tests.stats.builders import Played, outcomes


def rows(seed: int = 0) -> Sample:
    """Two hundred rulings on nine questions in three clusters."""
    rng = np.random.default_rng(seed)
    question = rng.integers(0, 9, 200).astype(np.int32)
    return Sample(rng.random(200), question, question // np.int32(3))


def test_one_row_per_question_is_enough() -> None:
    """A mean over questions, its variance and skewness are the same, and it still knows how many rulings there were."""
    sample = rows()
    condensed = sample.condensed
    assert len(condensed) == 9
    assert condensed.n_judgments == 200
    assert condensed.mean == pytest.approx(sample.mean)
    assert condensed.variance(condensed.cluster) == pytest.approx(sample.variance(sample.cluster))
    assert condensed.third_moment(condensed.cluster) == pytest.approx(sample.third_moment(sample.cluster))


def test_a_row_may_stand_for_several_rulings() -> None:
    """It weighs as they would one by one, with sides and without."""
    sample = replace(rows(), side=(np.arange(200) % 2).astype(np.int32))
    rulings = np.random.default_rng(1).integers(1, 4, 200)
    one_by_one = sample.take(np.repeat(np.arange(200), rulings))
    together = replace(sample, rulings=rulings.astype(np.float64))
    for one, other in ((one_by_one, together), (replace(one_by_one, side=None), replace(together, side=None))):
        assert other.mean == pytest.approx(one.mean)
        assert other.variance(other.cluster) == pytest.approx(one.variance(one.cluster))
        assert other.n_judgments == one.n_judgments


def test_a_debate_that_many_judged_is_one_row_of_its_seat() -> None:
    """By question and by judgment players win the same where every question was ruled on as often."""
    played = [
        Played((p, 1 - p), f"q{i}", judge=f"judge-{j}")
        for i in range(6)
        for j, p in enumerate(np.random.default_rng(i).random(4))
    ]
    debates, rulings = (Bouts.of(outcomes(played), unit) for unit in ("question", "judgment"))
    for measure in (win_rate, mean_belief):
        assert measure(debates.of_player("ada")).value == pytest.approx(measure(rulings.of_player("ada")).value)
    assert debates.rulings.sum() == rulings.rulings.sum() == 48
