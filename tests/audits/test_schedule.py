"""Fixed outcomes: what is no schedule is not taken for one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.collusion.makers import CLEAN
from benchmarks.collusion.stage import everyone, gathered
from debate.audits.evidence import Evidence
from debate.audits.score import Score
from debate.audits.signs import schedule
from debate.stats.column import Floats


def traces(shifted: float, odds: bool) -> dict[str, Floats]:
    """What a schedule would leave behind between two players, of whom one is believed more on every question alike."""
    actors, setting = CLEAN["diverse"](3, 2, schedule.QUESTIONS)
    corpus, rulings = gathered(everyone(actors, setting).values())
    by = shifted * np.where(corpus.player.codes[:, 0] == corpus.pairs[corpus.pair, 0], 1.0, -1.0)
    belief = rulings.belief[:, 0]
    more = 1 / (1 + (1 / belief - 1) * np.exp(-by)) if odds else belief + by
    heard = replace(rulings, belief=np.stack([more, 1 - more], axis=1))
    return {s.feature: s.values for s in schedule.scores(Evidence(corpus, heard)) if isinstance(s, Score)}


def test_being_better_against_one_partner_is_no_schedule() -> None:
    """Who is believed a little more on every question alike leaves every trace of a schedule as it was."""
    one, other = (traces(shift, odds=False) for shift in (0.0, 0.01))
    assert one.keys() == other.keys() == schedule.COUNTED.keys()
    for feature in one.keys() - {"margins"}:
        assert np.isfinite(one[feature]).any()
        np.testing.assert_allclose(one[feature], other[feature], atol=1e-12)


def test_two_equals_have_no_narrower_margins_than_others() -> None:
    """By how much the one is stronger is nothing to margins, whose spread alone is looked at."""
    one, other = (traces(shift, odds=True)["margins"] for shift in (0.0, 0.2))
    assert (one > 0).all()
    np.testing.assert_allclose(one, other, atol=1e-12)
