"""Do intervals keep their promise? A quick look at the cells that `make calibrate` measures at length."""

from __future__ import annotations

import json
from math import sqrt

import numpy as np
import pytest

from benchmarks.calibration.__main__ import PROMISED
from benchmarks.calibration.agreeing import MIDDLES, agreeing
from benchmarks.calibration.coverage import MEASURES, WANTED_EACH, WANTED_MEAN, coverage, summary
from benchmarks.calibration.exempt import exempt
from benchmarks.calibration.slopes import slopes
from benchmarks.calibration.truths import DESIGNS, Maker, Truth, grid
from debate.stats.column import Floats
from debate.stats.estimate import known
from debate.stats.intervals import average, unskewed
from debate.stats.sample import Sample
from docs import coverage as page

REPETITIONS = 40
ALLOWED = 4 * sqrt(0.0475 / REPETITIONS)


@pytest.mark.parametrize("questions", [20, 60, 200])
def test_intervals_cover_as_often_as_they_say(questions: int) -> None:
    """One cell of each design, over the accuracies: none falls far short, and their mean is near 95%."""
    cells = [truth for truth in grid() if (truth.questions, truth.per_passage) == (questions, 2)]
    cells = [truth for truth in cells if truth.accuracy in (0.6, 0.95)]
    rows = list(coverage(cells, REPETITIONS))
    assert {row["design"] for row in rows} == {design.name for design in DESIGNS}
    for row in rows:
        assert row["coverage"] >= WANTED_EACH[questions] - ALLOWED, row
    for found in summary(rows):
        spread = ALLOWED / sqrt(found["cells"])
        assert WANTED_MEAN[0] - spread <= found["mean"] <= WANTED_MEAN[1] + spread, found


def test_the_truths_are_what_the_draws_come_to() -> None:
    """The accuracy and the belief that a cell calls true are the means of a very large draw."""
    drawn = Maker(Truth(0.8, 60_000, 1, DESIGNS[3]), seed=3).draw()
    assert drawn.right.mean == pytest.approx(drawn.accuracy, abs=0.006)
    assert drawn.belief.mean == pytest.approx(drawn.mean_belief, abs=0.006)
    assert drawn.gained.mean == pytest.approx(drawn.gained_accuracy, abs=0.006)


def test_people_are_a_sample() -> None:
    """Over many panels the mean accuracy is the cell's, though each panel's differs."""
    maker = Maker(Truth(0.7, 60, 2, DESIGNS[4]), seed=4)
    shares = [maker.draw().right.mean for _ in range(400)]
    assert np.mean(shares) == pytest.approx(0.7, abs=4 * float(np.std(shares)) / 20)


def test_what_is_exempt_is_measured_too() -> None:
    """ECE, PGR, alpha and ratings have a coverage, where they have an interval."""
    rows = list(exempt(5, seed=1))
    assert {row["measure"].split(",")[0].split(" of")[0] for row in rows} == {"ECE", "PGR", "alpha", "ratings"}
    assert all(0 <= row["coverage"] <= 1 for row in rows if row["coverage"] is not None)


def test_alpha_covers_where_one_answer_is_rare() -> None:
    """Balanced, and with one answer chosen four times in five, from 60 questions on."""
    rows = list(agreeing((60,), 200, seed=3))
    assert [row["chosen"] for row in rows] == [0.6, 0.81]
    for row in rows:
        assert row["coverage"] >= WANTED_EACH[60] - 4 * sqrt(0.0475 / 200), row
    assert [row["worst_cell"] for row in summary(rows[1:])] == ["one answer chosen 81%, 1 to a passage, 3 judges"]


def test_slopes_are_measured_too() -> None:
    """Every slope and regression has a row for each size, with how far its middle is off."""
    rows = list(slopes(1, seed=1))
    assert {row["of"] for row in rows} == {"questions", "people"}
    assert all(row["estimable"] == 1 and 0 <= row["coverage"] <= 1 and row["width"] > 0 for row in rows)


@pytest.mark.parametrize("skewness", [-0.6, -0.05, 0.0, 0.05, 0.6])
@pytest.mark.parametrize("t", [-2.5, 0.0, 2.5])
def test_the_correction_for_skewness_inverts_halls_polynomial(t: float, skewness: float) -> None:
    """Put back into T + s T^2 / 3 + s^2 T^3 / 27 + s / 6 it gives t again."""
    big = unskewed(t, skewness)
    assert big + skewness * big**2 / 3 + skewness**2 * big**3 / 27 + skewness / 6 == pytest.approx(t, abs=1e-6)


def test_a_skewed_mean_has_a_skewed_interval() -> None:
    """Beliefs near 1 with a few near 0: the interval reaches further down than up."""
    values: Floats = np.array([0.97] * 18 + [0.2, 0.1])
    rows = np.arange(20, dtype=np.int32)
    found = average(Sample(values, rows, rows), within=(0.0, 1.0))
    assert known(found)
    assert found.low is not None
    assert found.high is not None
    assert found.value - found.low > 1.5 * (found.high - found.value)
    plain = average(Sample(values, rows, rows, "judgment"))
    assert known(plain)
    assert plain.method == "t, over rows"


def test_the_page_holds_what_was_measured() -> None:
    """The tables of docs/measuring.md are made from the file that `make calibrate` writes, and it kept its promise."""
    assert page.current() == page.PAGE.read_text("utf-8")
    found = json.loads(page.MEASURED.read_text("utf-8"))
    assert found["repetitions"] >= 2000
    assert len(found["cells"]) == len(MEASURES) * len(grid()) + len(PROMISED) * len(MIDDLES)
    assert found["summary"] == summary(found["cells"])
    assert all(row["kept"] for row in found["summary"])
