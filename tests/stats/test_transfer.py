"""Rulings on new questions, by those who had read about a similar one and those who had not."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_1samp, ttest_ind

from debate.stats.estimate import known
from debate.stats.learning import learning
from debate.stats.outcomes import Outcomes
from debate.stats.transfer import Transfer, reading, transfer
from tests.stats.builders import Played, outcomes

SOURCES = {f"new{i}": f"old{i}" for i in range(20)}
RIGHT, WRONG = (0.9, 0.1), (0.1, 0.9)


def ruled(question: str, judge: str, *, right: bool = True, rules: str = "debate", kind: str = "human") -> Played:
    return Played(RIGHT if right else WRONG, question=question, judge=judge, judge_kind=kind, protocol=rules)


def measure(found: Outcomes) -> Transfer:
    read = reading(found, SOURCES)
    return transfer(found.select(read == 1), found.select(read == 0))


def study(rng: np.random.Generator, *, questions: int = 12, people: int = 10) -> Outcomes:
    """Everybody rules on every new question, half of them after the debate on the old one."""
    rows: list[Played] = []
    for q, j in product(range(questions), range(people)):
        first = bool((q + j) % 2)
        new = ruled(f"new{q}", f"p{j}", right=bool(rng.random() < (0.8 if first else 0.55)))
        old = ruled(f"old{q}", f"p{j}")
        rows += [old, new] if first else [new, old]
    return outcomes(rows)


def test_the_gain_is_paired_on_new_questions() -> None:
    """It is the mean over questions of the difference of two shares, and its interval that of scipy's t."""
    found = study(np.random.default_rng(1))
    read = reading(found, SOURCES)
    measured = measure(found)
    right = found.correct
    question = found.debates.question.codes[found.debate]
    new = [code for code in np.unique(question) if found.debates.question.names[code].startswith("new")]
    gains = [right[(question == q) & (read == 1)].mean() - right[(question == q) & (read == 0)].mean() for q in new]
    expected = ttest_1samp(gains, 0).confidence_interval()
    assert known(measured.gain)
    assert measured.gain.value == pytest.approx(np.mean(gains))
    assert (measured.gain.low, measured.gain.high) == pytest.approx((expected.low, expected.high))
    assert measured.n_questions == 12
    assert measured.p is not None


def test_different_questions_are_compared_with_welchs_t() -> None:
    """Where each new question was ruled on one way only, scipy's test of two samples says the same."""
    rng = np.random.default_rng(2)
    rows = []
    for q in range(20):
        old, new = ruled(f"old{q}", "jo", kind="model"), ruled(f"new{q}", "jo", right=bool(rng.random() < 0.6))
        new = replace(new, judge_kind="model")
        rows += [old, new] if q < 8 else [new, old]
    found = outcomes(rows)
    read = reading(found, SOURCES)
    measured = measure(found)
    expected = ttest_ind(found.correct[read == 1], found.correct[read == 0], equal_var=False)
    limits = expected.confidence_interval()
    assert known(measured.gain)
    assert measured.p == pytest.approx(expected.pvalue)
    assert (measured.gain.low, measured.gain.high) == pytest.approx((limits.low, limits.high))
    assert "Welch" in measured.gain.method


QUESTIONS = st.sampled_from(["old0", "new0", "old1", "new1", "else"])
SEEN = st.tuples(QUESTIONS, st.sampled_from(["ann", "ben"]), st.sampled_from(["debate", "naive", "expert"]))


@given(st.lists(SEEN, max_size=12), st.randoms(use_true_random=False))
def test_who_has_read_is_who_ruled_on_a_transcript_before(seen: list[tuple[str, str, str]], chance: Random) -> None:
    """Whatever the order of the rows: a loop over the rulings as they were recorded says the same."""
    rows = [replace(ruled(q, judge, rules=rules), debate=str(i)) for i, (q, judge, rules) in enumerate(seen)]
    recorded = np.array(chance.sample(range(len(rows)), len(rows)), np.intp)
    found = replace(outcomes(rows), recorded=recorded)
    expected = []
    for i, (question, judge, _) in enumerate(seen):
        old = SOURCES.get(question)
        about_old = [k for k, (q, j, r) in enumerate(seen) if (q, j) == (old, judge) and r != "naive"]
        before = any(recorded[k] < recorded[i] for k in about_old)
        there = old in {q for q, _, _ in seen}
        expected.append(int(before) if old and there else -1)
    assert reading(found, SOURCES).tolist() == expected


def test_without_pairs_there_is_no_transfer() -> None:
    """No new questions, or nobody who had not read: no gain, and why."""
    alone = outcomes([ruled("other", "ann")])
    assert reading(alone, {}).tolist() == [-1]
    assert measure(alone).gain.value is None
    both = outcomes([ruled("old1", "ann"), ruled("new1", "ann")])
    found = measure(both)
    assert (found.after.value, found.without.value, found.gain.value) == (1.0, None, None)
    assert "without" in found.gain.model_dump()["why"]


def test_one_question_each_way_has_no_interval() -> None:
    """A difference, and why nothing more can be said."""
    rows = outcomes(
        [ruled("old1", "ann"), ruled("new1", "ann"), ruled("new2", "ann", right=False), ruled("old2", "ann")]
    )
    found = measure(rows)
    assert known(found.gain)
    assert (found.gain.value, found.gain.low) == (1.0, None)
    assert found.gain.why


def test_halves_of_a_sitting_are_told_by_what_was_recorded() -> None:
    """Rows may come in any order: what was recorded later is the second half."""
    rows = outcomes([ruled(f"q{i}", "ann", right=i < 2) for i in range(4)])
    turned = replace(rows, recorded=np.array([3, 2, 1, 0]))
    assert [learning(each).change.value for each in (rows, turned)] == [-1.0, 1.0]
    assert learning(turned.select(np.array([True, True, True, True]))).change.value == 1.0
