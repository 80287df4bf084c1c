"""Arms that may spend the same: what a ruling takes, and rulings averaged until they take as much."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.stats.comparisons import compare_accuracy
from debate.stats.cost import Spent
from debate.stats.equal_cost import at_copies, copies, each, pooled
from debate.stats.estimate import known
from tests.stats.builders import Played, outcomes


def spent(purpose: Any, protocol: str, tokens: int, usd: float, **more: Any) -> Spent:
    return Spent(purpose=purpose, protocol=protocol, input_tokens=tokens, output_tokens=tokens, cost_usd=usd, **more)


def test_a_ruling_takes_its_debate_and_what_its_judge_reads() -> None:
    """Ten debates of 200 tokens, twenty rulings of 20; another model's, other protocols and audits are not in."""
    rows = [
        spent("speak", "debate", 900, 1.0, model="x"),
        spent("candidate", "debate", 100, 0.5, model="x"),
        spent("judge", "debate", 200, 0.4, model="j"),
        spent("judge", "debate", 999, 9.9, model="k"),
        spent("judge", "naive", 999, 9.9, model="j"),
        spent("audit", "debate", 999, 9.9, model="j"),
    ]
    found = each(rows, protocol="debate", model="j", debates=10, rulings=20)
    assert (found.tokens, found.usd) == pytest.approx((200 + 20, 0.15 + 0.02))
    people = each(rows, protocol="debate", model=None, debates=10, rulings=0)
    assert (people.tokens, people.usd) == pytest.approx((200, 0.15))
    unpriced = [*rows, spent("speak", "debate", 0, 0.0, unpriced=1)]
    assert each(unpriced, protocol="debate", model="j", debates=10, rulings=20).usd is None


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_so_many_rulings_cost_nearly_the_same(one: float, other: float) -> None:
    """Of the dearer arm one, and of the cheaper as many as come nearest."""
    many = copies(one, other)
    assert min(many) == 1
    gap = abs(one * many[0] - other * many[1])
    assert gap <= min(one, other) / 2 * (1 + 1e-9)


ASKED = st.tuples(st.integers(0, 4), st.floats(0.01, 0.99))


@given(st.lists(ASKED, min_size=1, max_size=25), st.integers(1, 4))
def test_averages_are_those_of_a_loop(asked: list[tuple[int, float]], many: int) -> None:
    """Each question's beliefs, so many at a time; what is left over is left out."""
    rows = [Played((p, 1 - p), question=f"q{q}", debate=str(i)) for i, (q, p) in enumerate(asked)]
    found = pooled(outcomes(rows), many)
    expected = []
    for name in sorted({q for q, _ in asked}):
        beliefs = [p for q, p in asked if q == name]
        groups = [beliefs[i : i + many] for i in range(0, len(beliefs) - many + 1, many)]
        expected += [float(2 * np.mean(group) - 1 > 1e-9) for group in groups]
    assert sorted(found.values.tolist()) == sorted(expected)


def arm(rng: np.random.Generator, protocol: str, times: int, share: float) -> list[Played]:
    return [
        Played((0.7, 0.3) if rng.random() < share else (0.35, 0.65), question=f"q{q}", protocol=protocol, repeat=i)
        for q in range(120)
        for i in range(times)
    ]


def test_a_cheap_arm_asked_often_catches_up() -> None:
    """Five rulings of 70% averaged are better than one of 75%: Condorcet's jury, counted exactly by the binomial."""
    rng = np.random.default_rng(1)
    both = outcomes([*arm(rng, "debate", 1, 0.75), *arm(rng, "naive", 10, 0.7)])
    one, other = both.where(protocol="debate"), both.where(protocol="naive")
    plain = compare_accuracy(one, other, names=("debate", "naive"))
    found = at_copies(one, other, many=(1, 5), names=("debate", "naive"))
    assert known(plain.difference)
    assert known(found.difference)
    assert found.mean_b == pytest.approx(0.8369, abs=0.06)  # P(at least 3 of 5)
    assert found.difference.value < plain.difference.value
    same = at_copies(one, other, many=(1, 1), names=("debate", "naive"))
    assert same == plain


def test_too_few_rulings_say_so() -> None:
    """Nothing is compared with fewer than the spending would buy."""
    rng = np.random.default_rng(2)
    both = outcomes([*arm(rng, "debate", 1, 0.75), *arm(rng, "naive", 2, 0.7)])
    found = at_copies(both.where(protocol="debate"), both.where(protocol="naive"), many=(1, 9), names=("d", "n"))
    assert found.difference.model_dump() == {
        "value": None,
        "why": "no question was ruled on 9 times in n, which would cost the same",
    }
    assert len(pooled(outcomes([Played(state="refused")]), 1)) == 0
