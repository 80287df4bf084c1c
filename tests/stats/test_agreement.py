from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t
from sklearn.metrics import cohen_kappa_score

from debate.stats.agreement import ac1, agreement, alpha_interval, alpha_nominal, jackknife, kappa
from debate.stats.column import Floats
from tests.stats.builders import Played, outcomes

# Krippendorff's own example: four observers, twelve units, some values missing.
OBSERVED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
UNITS = [
    [v for v in unit if v is not None] for unit in zip(*OBSERVED, strict=True) if sum(v is not None for v in unit) > 1
]


def test_krippendorffs_example() -> None:
    """The published values: alpha is 0.743 for categories and 0.849 for numbers."""
    table = np.array([[unit.count(k) for k in range(1, 6)] for unit in UNITS], float)
    assert alpha_nominal(table) == pytest.approx(0.743, abs=5e-4)
    ballot = np.array([i for i, unit in enumerate(UNITS) for _ in unit], np.int32)
    values = np.array([v for unit in UNITS for v in unit], float)
    assert alpha_interval(ballot, values) == pytest.approx(0.849, abs=5e-4)


def test_gwets_coefficient_by_hand() -> None:
    """Ten ballots of two judges, nine agreed on the first answer: p_e = 2 pi (1 - pi) with pi = 0.95."""
    table = np.array([[2.0, 0.0]] * 9 + [[1.0, 1.0]])
    by_chance = 2 * 0.95 * 0.05
    assert ac1(table) == pytest.approx((0.9 - by_chance) / (1 - by_chance))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=40))
def test_kappa_agrees_with_scikit_learn(rulings: list[tuple[int, int]]) -> None:
    """Two judges' kappa is the textbook one."""
    one, other = (np.array(column, np.int32) for column in zip(*rulings, strict=True))
    if len(set(one.tolist()) | set(other.tolist())) > 1:
        found = kappa(one, other)
        if found is not None:
            assert found == pytest.approx(cohen_kappa_score(one, other))


def rulings(*beliefs: tuple[str, str, float]) -> list[Played]:
    return [Played((p, 1 - p), question, judge=judge) for question, judge, p in beliefs]


def test_judges_who_err_differently_do_not_agree() -> None:
    """What counts is the answer chosen, and a tie is a choice of its own."""
    found = agreement(outcomes(rulings(("q0", "jo", 0.9), ("q0", "kim", 0.5), ("q1", "jo", 0.2), ("q1", "kim", 0.1))))
    assert found.raw == pytest.approx(0.5)
    assert found.n_ballots == 2
    assert [(p.a, p.b, p.n_ballots) for p in found.pairs] == [("jo", "kim", 2)]


def test_one_ruling_per_judge_and_ballot() -> None:
    """Samples and orders of one judge do not agree with each other, and views are different ballots."""
    rows = [*rulings(("q0", "jo", 0.9), ("q0", "kim", 0.9)), Played((0.1, 0.9), "q0", judge="jo", first=1)]
    rows += [Played((0.9, 0.1), "q0", judge="jo", view="quotes")]
    found = agreement(outcomes(rows))
    assert (found.n_ballots, found.n_judgments, found.raw) == (1, 2, 1.0)


def test_one_judge_cannot_agree() -> None:
    """H7: with a single judge there is nothing to measure, and the report says so."""
    found = agreement(outcomes(rulings(("q0", "jo", 0.9), ("q1", "jo", 0.9))))
    assert found.alpha is None
    assert found.why == "no transcript was ruled on by two judges"


def test_no_variation_is_no_alpha() -> None:
    """H7: where all always choose the same answer chance explains it, and alpha is null."""
    found = agreement(outcomes(rulings(("q0", "jo", 0.9), ("q0", "kim", 0.9))))
    assert found.alpha is None
    assert found.raw == 1.0


def test_the_interval_of_alpha_leaves_out_one_cluster_at_a_time_and_adds_one() -> None:
    """The textbook's jackknife, with one more ballot on which all agree, corrected for its skewness."""
    rng = np.random.default_rng(2)
    chosen = rng.integers(0, 2, (30, 1)) ^ (rng.random((30, 4)) < 0.2)
    table = np.stack([(chosen == k).sum(axis=1) for k in (0, 1)], axis=1).astype(float)
    cluster = np.array([i // 3 for i in range(30)], np.int32) * 5
    whole = alpha_of(table)
    adds = [whole - alpha_of(table[cluster != g]) for g in np.unique(cluster)]
    adds += [alpha_of(np.vstack([table, one_more])) - whole for one_more in np.diag([4.0, 4.0])]
    often = np.sqrt(table.sum(axis=0))
    weight = np.array([1.0] * 10 + list(often / often.sum()))
    apart = adds - np.average(adds, weights=weight)
    error = np.sqrt(9 / 10 * (weight * apart**2).sum())
    skewness = (9 / 10) ** 3 * (weight * apart**3).sum() / error**3
    found = jackknife(table, cluster)
    assert found is not None
    for end, quantile in zip(found, (t.ppf(0.975, 9), t.ppf(0.025, 9)), strict=True):
        big = (whole - end) / error  # Hall's polynomial takes it to the quantile of t
        assert big + skewness * big**2 / 3 + skewness**2 * big**3 / 27 + skewness / 6 == pytest.approx(quantile)
    assert jackknife(table, np.zeros(30, np.int32)) is None


def alpha_of(table: Floats) -> float:
    found = alpha_nominal(table)
    assert found is not None
    return found


def test_an_answer_on_which_nobody_happened_to_agree_leaves_the_interval_open() -> None:
    """Five lone dissenters among sixty ballots do not show that judges never agree on the rare answer."""
    table = np.array([[3.0, 0.0]] * 55 + [[2.0, 1.0]] * 5)
    found = jackknife(table, np.arange(60, dtype=np.int32))
    assert alpha_of(table) == pytest.approx(1 - (5 * 2) / (2 * 175 * 5 / 179))
    assert found is not None
    assert found[1] > 0.3


def test_people_and_models_agree_apart() -> None:
    """Two people always agree, two models always, and never the one with the other."""
    judges = (("ann", "human", (0.9, 0.1)), ("ben", "human", (0.8, 0.2)), ("jo", "model", (0.1, 0.9)))
    rows = [
        Played(p, question=f"q{q}", judge=name, judge_kind=kind)
        for q in range(3)
        for name, kind, p in (*judges, ("flo", "model", (0.2, 0.8)))
    ]
    found = {each.kinds: (each.raw, each.n_ballots) for each in agreement(outcomes(rows)).between}
    assert found == {("human", "human"): (1.0, 3), ("human", "model"): (0.0, 3), ("model", "model"): (1.0, 3)}
