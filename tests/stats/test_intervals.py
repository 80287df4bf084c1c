from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from debate.stats.estimate import Estimate, NoData
from debate.stats.intervals import (
    average,
    expanded,
    normal_quantile,
    percentiles,
    proportion,
    resample,
    t_quantile,
    wilson,
)
from debate.stats.sample import Sample


def sample(values: list[float], question: list[int], cluster: list[int] | None = None, **more: object) -> Sample:
    codes = np.array(question, np.int32)
    groups = codes if cluster is None else np.array(cluster, np.int32)
    return Sample(np.array(values, float), codes, groups, **more)  # type: ignore[arg-type] # test shorthand


def estimate(measured: object) -> Estimate:
    assert isinstance(measured, Estimate)
    return measured


@given(st.integers(1, 400), st.data())
def test_wilson_agrees_with_statsmodels(n: int, data: st.DataObject) -> None:
    """Over rows, the interval is the textbook one."""
    k = data.draw(st.integers(0, n))
    low, high = wilson(k / n, n, normal_quantile(0.95))
    expected = proportion_confint(k, n, method="wilson")
    assert (low, high) == pytest.approx(expected, abs=1e-12)


def test_published_interval() -> None:
    """31 right of 42: 0.5893 to 0.8470, the figures of the debates published with Michael et al."""
    rows = [1.0] * 31 + [0.0] * 11
    found = estimate(proportion(sample(rows, list(range(42)), unit="judgment")))
    assert (found.value, found.low, found.high) == pytest.approx((31 / 42, 0.5893126929, 0.8469735971), abs=1e-9)
    assert found.unit == "judgment"


def test_one_row_per_question_has_the_usual_standard_error() -> None:
    """Without copies, the variance is s^2/n and n_eff is n - 1."""
    rows = [1, 1, 1, 0, 1, 0, 1, 1, 0, 1]
    one = sample([float(r) for r in rows], list(range(10)))
    assert one.variance(one.cluster) == pytest.approx(np.var(rows, ddof=1) / 10)
    found = estimate(proportion(one))
    assert (found.low, found.high) == pytest.approx(wilson(0.7, 9, stats.t.ppf(0.975, 9)))
    assert found.n_judgments == found.n_questions == found.n_clusters == 10


def test_copies_of_a_question_do_not_narrow_the_interval() -> None:
    """K8: ten judgments that are copies of one another say no more than one."""
    once = estimate(proportion(sample([1.0, 0.0, 1.0, 1.0, 0.0, 1.0], list(range(6)))))
    copied = [v for v in (1.0, 0.0, 1.0, 1.0, 0.0, 1.0) for _ in range(10)]
    often = estimate(proportion(sample(copied, [q for q in range(6) for _ in range(10)])))
    rows = estimate(proportion(sample(copied, [q for q in range(6) for _ in range(10)], unit="judgment")))
    assert (often.low, often.high) == pytest.approx((once.low, once.high))
    assert often.n_judgments == 60
    assert rows.high is not None
    assert often.high is not None
    assert rows.high < often.high


def test_questions_weigh_the_same_however_often_they_were_judged() -> None:
    """One question judged nine times and one judged once are worth a half each."""
    found = estimate(average(sample([1.0] * 9 + [0.0], [0] * 9 + [1])))
    assert found.value == pytest.approx(0.5)


def test_questions_of_one_passage_are_one_draw() -> None:
    """K8: where all questions of a passage agree, it is the number of passages that counts."""
    values = [1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0]
    apart = estimate(average(sample(values, list(range(8)))))
    together = estimate(average(sample(values, list(range(8)), [0, 0, 1, 1, 2, 2, 3, 3])))
    four = estimate(average(sample(values[::2], list(range(4)))))
    assert together.n_clusters == 4
    assert together.n_questions == 8
    assert (together.low, together.high) == pytest.approx((four.low, four.high))
    assert together.low is not None
    assert apart.low is not None
    assert together.low < apart.low


def test_all_correct_is_still_uncertain() -> None:
    """H7: with every question right, the interval reaches down by the number of clusters."""
    found = estimate(proportion(sample([1.0] * 20, list(range(20)))))
    assert (found.low, found.high) == pytest.approx(wilson(1.0, 20, t_quantile(0.95, 19)))
    assert found.high == 1.0


def test_one_question_has_a_value_and_no_interval() -> None:
    """H7: an interval needs two clusters."""
    for found in (estimate(proportion(sample([1.0, 0.0], [0, 0]))), estimate(average(sample([1.0, 0.0], [0, 0])))):
        assert found.value == pytest.approx(0.5)
        assert found.low is None
        assert "only one cluster" in found.why


def test_no_rows_is_no_data() -> None:
    """H6: nothing measured is null with a reason."""
    assert proportion(sample([], []), empty="0 of 3 judgments are valid") == NoData(why="0 of 3 judgments are valid")
    assert isinstance(average(sample([], [])), NoData)


def test_people_are_a_sample_too() -> None:
    """Judges who differ widen the interval, and t counts the fewer of judges and clusters."""
    rng = np.random.default_rng(0)
    judge = np.tile(np.arange(6), 20)
    values = (rng.random(120) < np.array([0.2, 0.4, 0.6, 0.8, 0.9, 1.0])[judge]).astype(float)
    question = np.repeat(np.arange(20), 6)
    as_fixed = estimate(proportion(sample(values.tolist(), question.tolist())))
    as_drawn = estimate(proportion(sample(values.tolist(), question.tolist(), judge=judge.astype(np.int32))))
    assert "judges" in as_drawn.method
    assert as_drawn.low is not None
    assert as_fixed.low is not None
    assert as_drawn.low < as_fixed.low - 0.1


def test_few_people_speak_for_themselves() -> None:
    """With fewer than five judges nothing is said about other judges."""
    found = estimate(proportion(sample([1.0, 0.0, 1.0, 1.0], [0, 1, 2, 3], judge=np.array([0, 1, 0, 1], np.int32))))
    assert "these 2 judges only" in found.method


def test_resamples_are_seeded_and_keep_their_size() -> None:
    """Each draw takes as many clusters as there are."""
    times = resample(7, draws=50, seed=3)
    assert times.shape == (50, 7)
    assert (times.sum(axis=1) == 7).all()
    assert (times == resample(7, draws=50, seed=3)).all()
    assert (times != resample(7, draws=50, seed=4)).any()


@pytest.mark.parametrize(("questions", "truth"), [(20, 0.6), (20, 0.9), (60, 0.75)])
def test_intervals_keep_their_promise(questions: int, truth: float) -> None:
    """K8: over passages of two questions, three judges and both seatings, 95% intervals cover about 95%."""
    rng = np.random.default_rng(questions)
    base = np.log(truth / (1 - truth))
    judge = np.array([-0.5, 0.0, 0.5])
    mean = _truth(base, judge)
    question = np.repeat(np.arange(questions), 6)
    cluster = question // 2
    hits = 0
    for _ in range(repetitions := 400):
        odds = base + rng.normal(0, 0.5, questions // 2)[cluster] + rng.normal(0, 0.5, questions)[question]
        p = 1 / (1 + np.exp(-(odds + np.tile(judge, 2 * questions))))
        values = (rng.random(len(p)) < p).astype(float)
        found = estimate(proportion(sample(values.tolist(), question.tolist(), cluster.tolist())))
        assert found.low is not None
        assert found.high is not None
        hits += found.low <= mean <= found.high
    tolerance = 4 * np.sqrt(0.0475 / repetitions)
    assert 0.95 - tolerance <= hits / repetitions


def _truth(base: float, judge: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    rng = np.random.default_rng(1)
    odds = base + rng.normal(0, np.sqrt(0.5), (100_000, 1)) + judge
    return float((1 / (1 + np.exp(-odds))).mean())


@pytest.mark.parametrize("clusters", [5, 20, 200])
def test_expanded_percentiles_of_a_mean_are_its_t_interval(clusters: int) -> None:
    """A bootstrap draws means with variance s^2 (n-1) / n^2: expanded, their percentiles are m -+ t s / root n."""
    rng = np.random.default_rng(clusters)
    s = 3.0
    draws = rng.normal(10.0, s * np.sqrt((clusters - 1) / clusters**2), size=(2_000_000, 1))
    low, high = expanded(draws, clusters)[:, 0]
    half = t_quantile(0.95, clusters - 1) * s / np.sqrt(clusters)
    assert (low, high) == pytest.approx((10 - half, 10 + half), abs=0.06 * half)
    assert high - low > np.ptp(percentiles(draws[:, 0]))
