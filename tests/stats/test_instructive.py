"""Which transcripts teach the most."""

from __future__ import annotations

import pytest

from debate.stats.instructive import Instructive, instructive
from tests.stats.builders import Played, outcomes


def found(rows: list[Played], lesson: str) -> list[Instructive]:
    return [one for one in instructive(outcomes(rows)) if one.lesson == lesson]


def test_the_surest_mistakes_come_first() -> None:
    """Wrong rulings by belief in the wrong answer; right ones, ties and doubts are none; a debate counts once."""
    rows = [
        Played((0.4, 0.6), "q0", debate="mild"),
        Played((0.01, 0.99), "q1", debate="worst"),
        Played((0.02, 0.98), "q1", debate="worst", judge="al"),
        Played((0.1, 0.9), "q2", debate="bad"),
        Played((0.95, 0.05), "q3", debate="right"),
        Played((0.5, 0.5), "q4", debate="tie"),
        Played((0.2, 0.8), "q5", debate="fourth"),
        Played((0.0, 1.0), "q6", debate="unknown", correct=-1),
    ]
    worst = found(rows, "sure-and-wrong")
    assert [(one.match, one.judge) for one in worst] == [("worst", "jo"), ("bad", "jo"), ("fourth", "jo")]
    assert worst[0].amount == pytest.approx(0.99)


def test_a_swing_is_late_when_the_last_round_made_it() -> None:
    """The change over the last round, up or down, where it crossed one half."""
    rows = [
        Played((0.9, 0.1), "q0", debate="up", path=[(0, (0.5, 0.5)), (1, (0.2, 0.8)), (2, (0.9, 0.1))]),
        Played((0.3, 0.7), "q1", debate="down", path=[(1, (0.7, 0.3)), (2, (0.3, 0.7))]),
        Played((0.9, 0.1), "q2", debate="early", path=[(0, (0.1, 0.9)), (1, (0.9, 0.1)), (2, (0.9, 0.1))]),
        Played((0.9, 0.1), "q3", debate="same side", path=[(1, (0.6, 0.4)), (2, (0.9, 0.1))]),
        Played((0.9, 0.1), "q4", debate="no path"),
    ]
    swung = found(rows, "swung-late")
    assert [one.match for one in swung] == ["up", "down"]
    assert [one.amount for one in swung] == pytest.approx([0.7, -0.4])


def test_two_judges_are_split_when_they_stand_on_either_side() -> None:
    """The farthest two of a ballot: who was nearer the truth, and who was not."""
    rows = [
        Played((0.9, 0.1), "q0", debate="split", judge="jo"),
        Played((0.2, 0.8), "q0", debate="split", judge="al"),
        Played((0.6, 0.4), "q0", debate="split", judge="mo"),
        Played((0.9, 0.1), "q1", debate="agreed", judge="jo"),
        Played((0.6, 0.4), "q1", debate="agreed", judge="al"),
        Played((0.9, 0.1), "q2", debate="alone", judge="jo"),
    ]
    (split,) = found(rows, "judges-split")
    assert (split.match, split.judge, split.other) == ("split", "jo", "al")
    assert split.amount == pytest.approx(0.7)


def test_nothing_teaches_where_nothing_was_ruled() -> None:
    """No rulings, and rulings on questions without a known answer."""
    assert not instructive(outcomes([], unjudged=[Played()]))
    assert not instructive(outcomes([Played(correct=-1)]))
