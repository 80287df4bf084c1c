"""Plots made of characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from debate.report.glyphs import ASCII, UNICODE, Axis
from debate.stats.estimate import Estimate, NoData


def measured(value: float, low: float | None = None, high: float | None = None) -> Estimate:
    return Estimate(value=value, low=low, high=high)


def test_a_whisker_stands_where_its_numbers_are() -> None:
    """The ends, the middle and the value on an axis of eleven characters."""
    axis = Axis(11, UNICODE)
    assert axis.whisker(measured(0.3, 0.1, 0.6)) == " ├─●──┤    "
    assert axis.whisker(measured(1.0, 0.8, 1.0)) == "     ┊  ├─●"
    assert Axis(11, ASCII).whisker(measured(0.3, 0.1, 0.6)) == " [-o--]    "


def test_without_data_only_the_axis_is_drawn() -> None:
    """H6: there is no dot where there is no number, and no line where there is no interval."""
    axis = Axis(11, UNICODE)
    assert axis.whisker(NoData(why="none")) == "     ┊     "
    assert axis.whisker(measured(0.1)) == " ●   ┊     "


def test_a_dumbbell_joins_two_values() -> None:
    """The filled end hides the hollow one where they meet."""
    axis = Axis(11, UNICODE)
    assert axis.dumbbell(measured(0.8), measured(0.2)) == "  ○─────●  "
    assert axis.dumbbell(measured(0.5), measured(0.5)) == "     ●     "
    assert axis.dumbbell(measured(0.8), NoData(why="none")) == "     ┊  ●  "


@given(st.floats(-2, 3), st.floats(-2, 3), st.floats(-2, 3), st.integers(13, 61))
def test_nothing_leaves_the_axis(value: float, low: float, high: float, width: int) -> None:
    """Values beyond the axis stand at its end."""
    low, value, high = sorted((low, value, high))
    drawn = Axis(width, UNICODE).whisker(measured(value, low, high))
    assert len(drawn) == width
    assert drawn.count("●") == 1


def test_the_scale_stands_above_its_axis() -> None:
    """Ends at the ends, the middle in the middle."""
    assert Axis(21, UNICODE).scale("0%", "50%", "100%") == "0%       50%     100%"
