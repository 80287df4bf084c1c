"""What `--where` means, whichever command has it."""

from __future__ import annotations

import numpy as np

from debate.stats.selection import Selection
from tests.stats.builders import Played, outcomes

ROWS = [
    Played((0.9, 0.1), "q0", judge="Elmo Eggplant"),
    Played((0.1, 0.9), "q1", judge="Elmo Eggplant"),
    Played((0.1, 0.9), "q2", judge="jo", protocol="consultancy"),
]


def test_a_value_stands_as_it_is_and_a_condition_is_read() -> None:
    """Blanks belong to the value of a pair; what has a mark or a joining word is a condition."""
    asked = Selection.of(["judge=Elmo Eggplant", "wrong", "protocol=debate and not tied"])
    assert asked.pairs == {"judge": "Elmo Eggplant"}
    assert [one.text for one in asked.met] == ["wrong", "protocol=debate and not tied"]
    assert set(asked.keys) == {"judge", "protocol"}


def test_everything_that_was_asked_for_holds() -> None:
    """The rulings that are kept are those that are told to be meant."""
    found = outcomes(ROWS)
    asked = Selection.of(["judge=Elmo Eggplant", "wrong"])
    kept = asked.chosen(found)
    assert np.flatnonzero(asked.rows(found)).tolist() == [1]
    assert (len(kept), len(kept.debates), kept.rulers.text(0)) == (1, 1, "Elmo Eggplant")


def test_debates_that_nobody_ruled_on_stay_where_only_values_are_asked_for() -> None:
    """What failed is still counted; a condition is about rulings."""
    found = outcomes(ROWS, unjudged=[Played(question="q9", broken=("refused", None))])
    assert len(Selection.of(["protocol=debate"]).chosen(found).debates) == 3
    assert len(Selection.of(["protocol=debate", "valid"]).chosen(found).debates) == 2


def test_nothing_asked_for_is_everything() -> None:
    """No pair and no condition."""
    found = outcomes(ROWS)
    assert len(Selection.of([]).chosen(found)) == 3
    assert Selection.of([]).rows(found).all()
