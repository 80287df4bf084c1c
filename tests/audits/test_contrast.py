"""A pair is measured by what its players do with others."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.api import OLS
from statsmodels.stats.outliers_influence import OLSInfluence

from debate.audits.blocks import Blocks
from debate.audits.contrast import Contrast
from debate.audits.score import Score
from debate.stats.column import Floats

PLAYERS = 7
PAIRS = np.array(list(combinations(range(PLAYERS), 2)), np.int32)


def score(table: Floats) -> Score:
    """A score with one value for every pair and block; NaN leaves a cell out."""
    pairs, blocks = table.shape
    return Score.of(
        "echo",
        "made up",
        "high",
        pair=np.repeat(np.arange(pairs, dtype=np.int32), blocks),
        block=np.tile(np.arange(blocks, dtype=np.int32), pairs),
        values=table.ravel(),
    )


def contrast(table: Floats) -> Contrast:
    return Contrast.of(Blocks.of(score(table), fewest=1, blocks=table.shape[1]), PAIRS)


def additive(chance: np.random.Generator, blocks: int = 12) -> Floats:
    players, questions = chance.normal(0, 1, PLAYERS), chance.normal(0, 2, blocks)
    return np.asarray(players[PAIRS].sum(axis=1)[:, None] + questions)


def test_what_players_and_questions_explain_is_no_deviation() -> None:
    """Values that are sums of players' and questions' effects leave nothing over for any pair."""
    found = contrast(additive(np.random.default_rng(1)))
    assert found.deviations == pytest.approx(np.zeros(len(PAIRS)), abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), pair=st.integers(0, len(PAIRS) - 1), shift=st.floats(-3, 3))
def test_a_shift_of_one_pair_is_its_deviation(seed: int, pair: int, shift: float) -> None:
    """However players and questions differ, what is added to one pair is found there, and whole."""
    table = additive(np.random.default_rng(seed))
    table[pair] += shift
    assert contrast(table).deviations[pair] == pytest.approx(shift, abs=1e-8)


def test_without_sampling_error_it_is_the_externally_studentised_residual() -> None:
    """Another library's externally studentised residuals are the same, where values have no error of their own."""
    chance = np.random.default_rng(3)
    table = np.repeat(chance.normal(0, 1, (len(PAIRS), 1)), 5, axis=1)
    found = contrast(table)
    means = found.blocks.means
    fit = OLS(means, found.design).fit()
    expected = OLSInfluence(fit).resid_studentized_external
    free = np.zeros((1, len(PAIRS)))
    assert found.studentised(means[None, :], free)[0] == pytest.approx(expected, rel=1e-6)


def test_a_rare_event_is_measured_by_its_own_error() -> None:
    """Where all others have nothing at all, two events in forty are no sign, and thirty are one."""
    table = np.zeros((len(PAIRS), 40))
    table[4, :2] = 1
    few = contrast(table)
    assert few.studentised(few.blocks.means[None, :])[0, 4] < 3
    table[4, :30] = 1
    many = contrast(table)
    assert many.studentised(many.blocks.means[None, :])[0, 4] > 7


def test_four_players_do_not_tell_a_pair_apart() -> None:
    """Below five players nothing is estimable, however much was played."""
    four = np.array(list(combinations(range(4), 2)), np.int32)
    table = np.random.default_rng(1).normal(0, 1, (len(four), 30))
    blocks = Blocks.of(score(table), fewest=1, blocks=30)
    assert not Contrast.of(blocks, four).estimable


def test_missing_questions_do_not_shift_a_pair() -> None:
    """A pair that met only the hard questions is compared with others on those."""
    chance = np.random.default_rng(5)
    table = additive(chance)
    table[2, np.argsort(table[0])[6:]] = np.nan
    assert contrast(table).deviations == pytest.approx(np.zeros(len(PAIRS)), abs=1e-6)
