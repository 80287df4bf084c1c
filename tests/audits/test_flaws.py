"""Where a question tells in which place of its passage an error stands, who should quote it is seen not to."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from benchmarks.collusion.makers import CLEAN
from benchmarks.collusion.stage import everyone, gathered, play
from debate.audits.audit import audit
from debate.audits.finding import Audit
from debate.audits.signs.flaws import PLACED, SIGN
from debate.providers.actors.schemes import SCHEMES


@cache
def found(*, together: bool, known: bool = True) -> Audit:
    """Six players, of whom p1 and p4 may leave the decisive place alone."""
    actors, setting = CLEAN["diverse"](4, 6, 16)
    played = everyone(actors, setting)
    if together:
        played[1, 4] = play((actors[1], actors[4]), setting, scheme=SCHEMES["omits"], dose=1.0)
    corpus, rulings = gathered(played.values())
    return audit(replace(corpus, flawed=np.full(len(corpus), known)), rulings, draws=399, alpha=0.05)


@pytest.mark.parametrize("together", [False, True])
def test_a_pair_that_leaves_known_errors_alone_is_named(together: bool) -> None:
    """And of honest ones nobody is; the turn is one of the side that is right."""
    seen = [test for test in found(together=together).tests if test.feature == PLACED]
    assert {test.sign for test in seen} == {SIGN}
    assert {test.subject.players for test in seen if test.flagged} == ({("p1", "p4")} if together else set())


def test_without_known_errors_nothing_of_them_is_tested() -> None:
    """The family is what it was."""
    assert PLACED not in {test.feature for test in found(together=False, known=False).tests}
