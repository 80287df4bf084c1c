"""Fixed outcomes: what is no schedule is not taken for one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.collusion.makers import CLEAN
from benchmarks.collusion.stage import everyone, gathered
from debate.audits.evidence import Evidence
from debate.audits.score import Score
from debate.audits.signs import schedule


def test_being_better_against_one_partner_is_no_schedule() -> None:
    """Who is believed a little more on every question alike leaves every trace of a schedule as it was."""
    actors, setting = CLEAN["diverse"](3, 2, schedule.QUESTIONS)
    corpus, rulings = gathered(everyone(actors, setting).values())
    won = 0.01 * np.where(corpus.player.codes[:, 0] == corpus.pairs[corpus.pair, 0], 1.0, -1.0)
    better = replace(rulings, belief=rulings.belief + np.stack([won, -won], axis=1))
    one, other = (
        {s.feature: s.values for s in schedule.scores(Evidence(corpus, heard)) if isinstance(s, Score)}
        for heard in (rulings, better)
    )
    assert one.keys() == other.keys() == schedule.COUNTED.keys()
    for feature in one.keys() - {"margins"}:
        assert np.isfinite(one[feature]).any()
        np.testing.assert_allclose(one[feature], other[feature], atol=1e-12)
