"""What is told after practice: how sure a judge was, and how often right, with every number beside its n."""

from __future__ import annotations

from debate.studies.calibrating import calibration, held


def test_a_ruling_tells_how_sure_and_whether_right() -> None:
    """Whichever answer it leans to; an even one leans to none."""
    assert held(80, 0) == (80, True)
    assert held(80, 1) == (80, False)
    assert held(15, 1) == (85, True)
    assert held(50, 1) is None


def test_bars_tell_counts_by_how_sure() -> None:
    """Twice 90 and more, once right; a bar of what was right, and a mark at how sure."""
    said = calibration([(90, True), (94, False), (65, True), None])
    assert "In 3 transcripts (# how often right, | how sure)" in said
    assert "  90-99 sure  right 1 of 2  [##########........|.]" in said
    assert "  60-69 sure  right 1 of 1  [#############|######]" in said
    assert "70-79" not in said
    assert "On average you were 83 sure, and right 2 of 3 times. 1 transcript you held to be even." in said
    assert max(map(len, said.split("\n")[:4])) <= 70


def test_nothing_is_told_of_nothing() -> None:
    """No ruling, or none that leans to an answer."""
    assert calibration([]) == ""
    assert calibration([None]) == ""
