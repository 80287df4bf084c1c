from __future__ import annotations

import numpy as np
import pytest

from debate.stats.belief_paths import bits_per_round, paths
from debate.stats.estimate import Estimate, Measure, NoData
from tests.stats.builders import Played, outcomes


def value(measured: Measure) -> float:
    assert isinstance(measured, Estimate), measured
    return measured.value


def walked(question: str, *beliefs: float, **more: int) -> Played:
    steps = [(after, (p, 1 - p)) for after, p in enumerate(beliefs)]
    return Played((beliefs[-1], 1 - beliefs[-1]), question, path=steps, **more)  # type: ignore[arg-type] # test shorthand


def test_the_last_belief_is_carried_forward() -> None:
    """A judge that ended after round 1 still believes it after round 2, and is no longer at risk."""
    found = paths(outcomes([walked("q0", 0.5, 0.6), walked("q1", 0.5, 0.7, 0.9)]))
    assert [step.after_round for step in found.steps] == [0, 1, 2]
    assert [value(step.belief) for step in found.steps] == pytest.approx([0.5, 0.65, 0.75])
    assert [step.at_risk for step in found.steps] == [2, 2, 1]
    assert value(found.steps[0].accuracy) == 0.0


def test_swings_cross_one_half() -> None:
    """Touching one half is no swing; passing it is, and the last round is told apart."""
    found = paths(
        outcomes(
            [
                walked("q0", 0.6, 0.4, 0.8),
                walked("q1", 0.6, 0.5, 0.8),
                walked("q2", 0.4, 0.5, 0.8),
                walked("q3", 0.4, 0.8, 0.9),
            ]
        )
    )
    assert value(found.swings) == pytest.approx(3 / 4)
    assert value(found.last_swings) == pytest.approx(2 / 4)


def test_bits_are_pooled_over_rounds() -> None:
    """Information gained over rounds read: from 1/2 to 0.8 in two rounds and back to 0.25 in one."""
    found = bits_per_round(outcomes([walked("q0", 0.5, 0.8, rounds=2), walked("q1", 0.5, 0.25, rounds=1)]))
    assert value(found) == pytest.approx((np.log2(1.6) - 1.0) / 3)
    assert isinstance(found, Estimate)
    assert found.low is not None
    assert found.low < found.value


def test_bits_of_steady_gain_have_no_variance() -> None:
    """Where every judgment gains the same per round the ratio is certain, however many rounds each had."""
    found = bits_per_round(outcomes([walked("q0", 0.25, 0.5, rounds=1), walked("q1", 0.2, 0.8, rounds=2)]))
    assert isinstance(found, Estimate)
    assert (found.low, found.value, found.high) == pytest.approx((1.0, 1.0, 1.0))


def test_without_a_path_there_is_nothing_to_follow() -> None:
    """H6: judges asked only at the end have no path and no bits."""
    found = outcomes([Played()])
    assert paths(found).steps == ()
    assert isinstance(paths(found).swings, NoData)
    assert isinstance(bits_per_round(found), NoData)
