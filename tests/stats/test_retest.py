"""How steady judges are."""

from __future__ import annotations

import pytest

from debate.stats.estimate import Estimate, NoData
from debate.stats.retest import retest
from tests.stats.builders import Played, outcomes


def test_repeats_are_held_against_the_first_ruling_of_the_same_judge() -> None:
    """Another judge's repeat, another view's, practice and attention do not count."""
    rows = [
        Played((0.8, 0.2), "q0", debate="d0"),
        Played((0.6, 0.4), "q0", debate="d0", purpose="repeat"),
        Played((0.7, 0.3), "q1", debate="d1"),
        Played((0.3, 0.7), "q1", debate="d1", purpose="repeat"),
        Played((0.9, 0.1), "q2", debate="d2"),
        Played((0.1, 0.9), "q2", debate="d2", judge="al", purpose="repeat"),
        Played((0.1, 0.9), "q2", debate="d2", view="quotes", purpose="repeat"),
        Played((0.1, 0.9), "q2", debate="d2", purpose="attention"),
    ]
    found = retest(outcomes(rows))
    assert isinstance(found.same, Estimate)
    assert isinstance(found.moved, Estimate)
    assert found.same.value == pytest.approx(0.5)
    assert found.moved.value == pytest.approx(0.3)
    assert (found.same.n_judgments, found.n_judges) == (2, 1)


def test_without_repeats_there_is_no_number() -> None:
    """With a reason."""
    assert isinstance(retest(outcomes([Played()])).same, NoData)
