"""The largest of many statistics is as surprising as chance makes it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debate.audits.blocks import Blocks
from debate.audits.contrast import Contrast
from debate.audits.family import alone, drawn, step_down
from debate.stats.column import Floats
from tests.audits.test_contrast import score

PAIRS = np.array(list(combinations(range(6), 2)), np.int32)


def by_definition(observed: Floats, null: Floats) -> Floats:
    """Step-down p-values as they are defined, one hypothesis after another."""
    order = list(np.argsort(-observed))
    p, before = np.zeros(len(observed)), 0.0
    for place, test in enumerate(order):
        rest = null[:, order[place:]].max(axis=1)
        before = max(before, (1 + np.count_nonzero(rest >= observed[test])) / (len(null) + 1))
        p[test] = before
    return p


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10_000), tests=st.integers(1, 12))
def test_steps_go_down_as_defined(seed: int, tests: int) -> None:
    """The quick way down gives what the definition gives, and never less than a test's own p-value."""
    chance = np.random.default_rng(seed)
    observed, null = chance.normal(0, 2, tests), chance.normal(0, 1, (99, tests))
    found = step_down(observed, null)
    assert found == pytest.approx(by_definition(observed, null))
    assert (found >= alone(observed, null) - 1e-12).all()


def honest(seed: int, features: int = 6, blocks: int = 30) -> list[Contrast]:
    """Honest pairs that differ somewhat, over features that differ in how much."""
    chance = np.random.default_rng(seed)
    found = []
    for feature in range(features):
        pairs = chance.normal(0, 0.1 * (feature % 3), len(PAIRS))
        players, questions = chance.normal(0, 1, 6), chance.normal(0, 1, blocks)
        table = (
            players[PAIRS].sum(axis=1)[:, None] + pairs[:, None] + questions + chance.normal(0, 1, (len(PAIRS), blocks))
        )
        found.append(Contrast.of(Blocks.of(score(table), fewest=5, blocks=blocks), PAIRS))
    return found


def smallest(contrasts: list[Contrast], seed: int) -> float:
    observed = np.concatenate([np.abs(c.studentised(c.blocks.means[None, :]))[0] for c in contrasts])
    null = np.concatenate(
        [np.abs(d) for d in drawn(contrasts, draws=199, blocks=30, chance=np.random.default_rng(seed))], axis=1
    )
    return float(step_down(observed, null).min())


def test_false_alarms_are_no_more_than_wanted() -> None:
    """Of 120 honest families at most as many alarm at 10% as 4 standard errors above it allow."""
    alarms = sum(smallest(honest(seed), seed) <= 0.1 for seed in range(120))
    assert alarms <= 120 * 0.1 + 4 * np.sqrt(120 * 0.1 * 0.9)


def test_a_large_shift_is_found_among_them() -> None:
    """A pair that is three standard deviations off in one feature is named at 1%."""
    contrasts = honest(1)
    blocks = contrasts[0].blocks
    shifted = blocks.means.copy()
    shifted[3] += 3.0
    moved = Contrast(Blocks(blocks.pairs, shifted, blocks.counts, blocks.residuals, blocks.error), contrasts[0].design)
    assert smallest([moved, *contrasts[1:]], 1) <= 0.01


def test_the_same_seed_draws_the_same() -> None:
    """Chance is decided by the seed alone."""
    one, two = (drawn(honest(2), draws=20, blocks=30, chance=np.random.default_rng(5)) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))
