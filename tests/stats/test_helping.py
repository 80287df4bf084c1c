"""What a protocol did to a judge's naive rulings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.stats.accuracy import accuracy
from debate.stats.estimate import Estimate, Measure, NoData
from debate.stats.helping import helped
from tests.stats.builders import Played, outcomes

RIGHT, WRONG = (0.9, 0.1), (0.1, 0.9)


def value(measure: Measure) -> float:
    assert isinstance(measure, Estimate)
    return measure.value


def arm(rulings: list[bool], protocol: str = "debate") -> list[Played]:
    return [Played(RIGHT if right else WRONG, f"q{n}", protocol=protocol) for n, right in enumerate(rulings)]


def test_helped_and_harmed_are_counted_on_shared_questions() -> None:
    """Two of four were turned right, one wrong; the question that was never ruled on naively is left out."""
    found = helped(outcomes(arm([True, True, False, True, True])), outcomes(arm([False, False, True, True], "naive")))
    assert (value(found.helped), value(found.harmed)) == (0.5, 0.25)
    assert isinstance(found.helped, Estimate)
    assert found.helped.n_questions == 4


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=2, max_size=20))
def test_help_less_harm_is_the_difference_in_accuracy(rows: list[tuple[bool, bool, bool]]) -> None:
    """Whatever was ruled, and with copies: two rulings on each debate, one naive."""
    debates = [
        Played(RIGHT if right else WRONG, f"q{n}", judge=judge)
        for n, (a, b, _) in enumerate(rows)
        for judge, right in (("jo", a), ("al", b))
    ]
    naive = outcomes(arm([right for _, _, right in rows], "naive"))
    found = helped(outcomes(debates), naive)
    gained = value(accuracy(outcomes(debates))) - value(accuracy(naive))
    assert value(found.helped) - value(found.harmed) == pytest.approx(gained)


def test_nothing_shared_is_no_number() -> None:
    """With a reason."""
    both = outcomes([Played(question="q0"), Played(question="q1", protocol="naive")])
    found = helped(both.where(protocol="debate"), both.where(protocol="naive"))
    assert isinstance(found.helped, NoData)
    assert isinstance(found.harmed, NoData)
