"""Later rulings of people against their earlier ones."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t, ttest_1samp

from debate.stats.estimate import known
from debate.stats.learning import learning
from tests.stats.builders import Played, outcomes


def sat(judge: str, right: list[bool], *, kind: str = "human") -> list[Played]:
    return [
        Played((0.9, 0.1) if ok else (0.1, 0.9), question=f"q{i}", judge=judge, judge_kind=kind)
        for i, ok in enumerate(right)
    ]


def test_the_change_is_a_paired_t_over_people() -> None:
    """scipy's test of the same differences has the same interval; the middle of an odd number is left out."""
    rng = np.random.default_rng(4)
    sittings = {f"p{i}": (rng.random(9) < np.linspace(0.3, 0.9, 9)).tolist() for i in range(7)}
    found = learning(outcomes(row for name, right in sittings.items() for row in sat(name, right)))
    changes = [np.mean(right[5:]) - np.mean(right[:4]) for right in sittings.values()]
    expected = ttest_1samp(changes, 0).confidence_interval()
    assert known(found.change)
    assert found.change.value == pytest.approx(np.mean(changes))
    assert (found.change.low, found.change.high) == pytest.approx((expected.low, expected.high))
    assert found.n_judges == 7
    assert "over people" in found.change.method
    assert t.ppf(0.975, 6) > 2


def test_sittings_that_interleave_are_told_apart() -> None:
    """Each person's rulings are counted for themselves, in the order in which they were made."""
    ann, ben = sat("ann", [False, False, True, True]), sat("ben", [True, True, False, False])
    mixed = [row for pair in zip(ann, ben, strict=True) for row in pair]
    found = learning(outcomes(mixed))
    assert known(found.change)
    assert found.change.value == 0.0
    assert known(found.first)
    assert found.first.value == 0.5


def test_models_and_the_rarely_asked_learn_nothing() -> None:
    """Models have no sittings, and three rulings have no halves."""
    found = learning(outcomes([*sat("jo", [True] * 8, kind="model"), *sat("ann", [True] * 3)]))
    assert found.change.value is None
    assert "4 times" in found.change.why


def test_one_person_has_no_interval() -> None:
    """The change is told, and why nothing more can be."""
    found = learning(outcomes(sat("ann", [False, False, True, True])))
    assert known(found.change)
    assert (found.change.value, found.change.low) == (1.0, None)
    assert "one such person" in found.change.why
