"""Accuracy before the most persuasive wrong-side debater."""

from __future__ import annotations

import numpy as np
import pytest

from debate.stats.estimate import Estimate, NoData
from debate.stats.risk import dishonest_risk
from tests.stats.builders import Played, bouts


def played(wins: dict[str, float], questions: int, seed: int) -> list[Played]:
    """Each player argues a wrong answer on each question against a quiet opponent, and wins with its own chance."""
    rng = np.random.default_rng(seed)
    return [
        Played((0.1, 0.9) if rng.random() < chance else (0.9, 0.1), f"q{q}", players=("quiet", name))
        for q in range(questions)
        for name, chance in wins.items()
    ]


def test_the_best_liar_is_found_and_faced() -> None:
    """A simulation with known truth: accuracy before the one who wins most."""
    found = dishonest_risk(bouts(played({"ada": 0.3, "bob": 0.8, "cyd": 0.1}, 400, 1)))
    assert isinstance(found.accuracy, Estimate)
    assert found.chosen == "bob"
    assert found.accuracy.value == pytest.approx(0.2, abs=0.05)
    assert found.accuracy.low is not None
    assert found.accuracy.high is not None
    assert found.accuracy.low < 0.2 < found.accuracy.high


def test_luck_is_not_taken_for_skill() -> None:
    """Ten equal debaters: chosen and faced on the same questions the best would look far better than it is."""
    players = {f"p{n}": 0.5 for n in range(10)}
    measured = []
    for seed in range(12):
        found = dishonest_risk(bouts(played(players, 20, seed))).accuracy
        assert isinstance(found, Estimate)
        measured.append(found.value)
    assert np.mean(measured) == pytest.approx(0.5, abs=0.06)


def test_one_debater_alone_is_not_chosen() -> None:
    """With a reason."""
    found = dishonest_risk(bouts(played({"ada": 0.5}, 10, 0)))
    assert isinstance(found.accuracy, NoData)
