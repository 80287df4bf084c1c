from __future__ import annotations

import numpy as np
import pytest

from debate.stats.estimate import Estimate, NoData
from debate.stats.pgr import fieller, recovered
from tests.stats.builders import Played, outcomes


def arms(naive: float, protocol: float, expert: float, questions: int = 100) -> list[Played]:
    rows = []
    for name, share in (("naive", naive), ("debate", protocol), ("expert", expert)):
        for q in range(questions):
            right = (q * 37) % questions < share * questions
            rows.append(Played((0.9, 0.1) if right else (0.1, 0.9), f"q{q}", protocol=name))
    return rows


def test_the_share_of_the_gap() -> None:
    """From 50% to 70%, where the expert has 90%, is half the gap."""
    played = outcomes(arms(0.5, 0.7, 0.9))
    found = recovered(*(played.where(protocol=name) for name in ("debate", "naive", "expert")))
    assert isinstance(found.pgr, Estimate)
    assert found.pgr.value == pytest.approx(0.5)
    assert found.pgr.low is not None
    assert found.pgr.high is not None
    assert 0.3 < found.pgr.low < 0.5 < found.pgr.high < 0.7
    assert found.pgr.n_questions == 100
    assert isinstance(found.gap, Estimate)
    assert found.gap.value == pytest.approx(0.4)
    assert isinstance(found.probabilistic, Estimate)
    assert found.probabilistic.value == pytest.approx(0.5)


def test_an_expert_that_knows_no_more_bounds_nothing() -> None:
    """H7: a gap that may be 0 gives null with its reason."""
    for expert in (0.5, 0.51, 0.4):
        played = outcomes(arms(0.5, 0.7, expert))
        found = recovered(*(played.where(protocol=name) for name in ("debate", "naive", "expert")))
        assert isinstance(found.pgr, NoData)
        assert found.pgr.why.startswith("not estimable, because")


def test_without_controls_there_is_no_gap() -> None:
    """H6: no naive or expert rulings on the same questions."""
    played = outcomes(arms(0.5, 0.7, 0.9)).where(protocol="debate")
    nobody = played.where(protocol="naive")
    assert isinstance(recovered(played, nobody, nobody).pgr, NoData)


def test_fieller_limits_solve_their_equation() -> None:
    """At either limit r, mean(x) - r mean(y) is t standard errors from 0."""
    rng = np.random.default_rng(0)
    y = np.asarray(rng.normal(1.0, 0.5, 40))
    x = np.asarray(0.4 * y + rng.normal(0, 0.3, 40))
    found = fieller(x, y, np.arange(40, dtype=np.int32))
    assert found.limits is not None
    for limit in found.limits:
        d = x - limit * y
        assert abs(d.mean() / (d.std(ddof=1) / np.sqrt(40))) == pytest.approx(2.0226909, abs=1e-6)


def test_fieller_covers_the_truth() -> None:
    """Over simulated questions the interval holds the true ratio about 95 times in 100."""
    rng = np.random.default_rng(1)
    hits, seen = 0, 0
    for _ in range(500):
        naive, debate, expert = rng.random((3, 60)) < np.array([[0.5], [0.7], [0.9]])
        x, y = np.subtract(debate, naive, dtype=np.float64), np.subtract(expert, naive, dtype=np.float64)
        found = fieller(x, y, np.arange(60, dtype=np.int32))
        if found.limits is not None:
            seen += 1
            hits += found.limits[0] <= 0.5 <= found.limits[1]
    assert hits / seen == pytest.approx(0.95, abs=0.04)


def test_one_question_is_not_estimable() -> None:
    """H7: there is no interval from a single question, and no warning from arithmetic either."""
    arms = [outcomes([Played(p=p, protocol=name, rules=name)]) for name, p in ARMS_OF_ONE.items()]
    found = recovered(*arms)
    assert found.pgr.value is None
    assert "one cluster" in found.pgr.why


ARMS_OF_ONE = {"debate": (0.9, 0.1), "naive": (0.4, 0.6), "expert": (0.9, 0.1)}
