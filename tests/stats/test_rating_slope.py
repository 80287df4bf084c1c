from __future__ import annotations

import numpy as np
import pytest

from benchmarks.calibration.slopes import round_robin
from debate.stats.estimate import Estimate, NoData
from debate.stats.rating_slope import rating_slope
from tests.stats.builders import Played, bouts


def league(players: int, questions: int, *, help: float, seed: int = 0) -> list[Played]:
    """Players of rising strength; `help` is by how much the debates of strong ones favour the right answer."""
    rng = np.random.default_rng(seed)
    strength = np.linspace(-1, 1, players)
    rows = []
    for q in range(questions):
        for one in range(players):
            for other in range(one + 1, players):
                odds = strength[one] - strength[other] + 1.0 + help * (strength[one] + strength[other])
                p = 0.8 if rng.random() < 1 / (1 + np.exp(-odds)) else 0.2
                rows.append(Played((p, 1 - p), f"q{q}", players=(f"p{one}", f"p{other}")))
                odds -= 2 * (strength[one] - strength[other])
                p = 0.8 if rng.random() < 1 / (1 + np.exp(-odds)) else 0.2
                rows.append(Played((p, 1 - p), f"q{q}", players=(f"p{other}", f"p{one}")))
    return rows


@pytest.mark.parametrize("help", [1.0, -1.0])
def test_the_slope_has_the_sign_of_the_truth(help: float) -> None:
    """Where strong debaters make judges better, or worse, the slope and its interval say so."""
    found = rating_slope(bouts(league(5, 40, help=help)), draws=100)
    slope = found.per_100_points
    assert isinstance(slope, Estimate)
    assert slope.low is not None
    assert slope.high is not None
    assert min(help * slope.low, help * slope.high) > 0
    assert found.n_players == 5
    assert found.few


def test_luck_is_not_on_both_axes() -> None:
    """Among equal players, whoever wins by chance is not also found to be followed by right rulings."""
    rng = np.random.default_rng(3)
    slopes = []
    for seed in range(20):
        rows = [
            Played((p, 1 - p), f"q{q}", players=pair)
            for q in range(16)
            for pair in (("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("a", "d"), ("d", "b"))
            for p in [0.8 if rng.random() < 0.7 else 0.2]
        ]
        slope = rating_slope(bouts(rows), draws=10, seed=seed).per_100_points
        assert isinstance(slope, Estimate)
        slopes.append(slope.value)
    assert abs(np.mean(slopes)) < 3 * np.std(slopes) / np.sqrt(20)


def test_two_players_have_no_slope() -> None:
    """H7: with two players, or one question, or islands, it is not estimable."""
    for rows in (
        [Played(question=f"q{q}") for q in range(9)],
        league(4, 1, help=0.0),
        [Played(question=f"q{q}", players=pair) for q in range(9) for pair in (("a", "b"), ("c", "d"))],
    ):
        assert isinstance(rating_slope(bouts(rows), draws=10).per_100_points, NoData)


def test_the_interval_gives_back_what_halves_flatten() -> None:
    """Of forty leagues with a known slope nearly all intervals hold it; percentiles of the draws would miss a fifth."""
    draw = round_robin(12)
    held = [draw(np.random.default_rng([7, seed]), 20) for seed in range(40)]
    covered = sum(m.low <= truth <= m.high for m, truth in held if isinstance(m, Estimate) and m.low and m.high)
    assert covered >= 40 * (0.95 - 4 * (0.0475 / 40) ** 0.5)
