"""With four players some pair can stand out, which of two cannot be told; with three nothing can."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
import pytest

from benchmarks.collusion.makers import CLEAN
from benchmarks.collusion.stage import everyone, gathered
from debate.audits.audit import audit
from debate.audits.blocks import Blocks
from debate.audits.contrast import Contrast
from debate.audits.finding import Audit, Subject
from debate.report.panel import Panel


@cache
def found(players: int, alpha: float = 0.01) -> Audit:
    actors, setting = CLEAN["diverse"](4, players, 10)
    return audit(*gathered(everyone(actors, setting).values()), draws=399, alpha=alpha)


def contrast(players: int, odd: tuple[int, int]) -> Contrast:
    """Pairs that are the sum of their players, but for one."""
    pairs = np.array(list(combinations(range(players), 2)), np.int32)
    means = pairs.sum(axis=1) / 10 + np.array([1.0 if tuple(pair) == odd else 0.0 for pair in pairs])
    many = len(pairs)
    blocks = Blocks(
        np.arange(many, dtype=np.int32), means, np.full(many, 20, np.int32), np.zeros((many, 20)), np.full(many, 1e-4)
    )
    return Contrast.of(blocks, pairs)


def test_of_four_players_two_pairs_that_share_nobody_have_the_same_rest() -> None:
    """So that neither is named without the other."""
    held = contrast(4, (0, 2))
    rests = dict(zip(combinations(range(4), 2), held.deviations.round(9).tolist(), strict=True))
    assert rests[0, 2] == rests[1, 3] == max(rests.values())
    assert held.tells_some
    assert not held.estimable


def test_three_players_fit_any_three_pairs() -> None:
    """There is no rest; with five each pair has its own."""
    assert not contrast(3, (0, 2)).tells_some
    five = contrast(5, (0, 2))
    assert five.estimable
    assert not five.tells_some
    assert int(np.argmax(five.deviations)) == list(combinations(range(5), 2)).index((0, 2))


def test_four_players_are_tested_as_either_of_two_pairs() -> None:
    """Three of them, each told with both; and it is said that which pair needs more players."""
    tests = found(4).tests
    either = {test.subject.either for test in tests}
    assert len(either) == 3
    assert all(len({name for pair in pairs for name in pair}) == 4 for pairs in either)
    assert {missing.sign: missing.would_suffice for missing in found(4).insufficient}["which pair"].startswith(
        "5 players"
    )


def test_three_players_say_what_would_suffice() -> None:
    """Nothing that rests on other partners is tested."""
    three = found(3)
    assert not three.tests
    told = {missing.sign: missing for missing in three.insufficient}
    assert "with 4, whether some pair stands out" in told["echo"].would_suffice


def test_what_stands_out_is_told_with_both_pairs() -> None:
    """In words and in a table."""
    subject = Subject(players=("a", "b", "c", "d"), either=(("a", "c"), ("b", "d")))
    assert subject.told(" and ") == "a and c or b and d"
    flagged = found(4).tests[0].model_copy(update={"subject": subject, "flagged": True})
    panel = Panel.of(found(4).model_copy(update={"tests": (flagged,)}))
    assert panel.headline.startswith("One pair stands out: a and c or b and d (")


@pytest.mark.parametrize("players", [4, 5])
def test_honest_players_pass(players: int) -> None:
    """However few they are."""
    assert not found(players).flagged
