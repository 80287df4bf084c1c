"""Who wins against whom."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.stats.estimate import Estimate
from debate.stats.head_to_head import Meeting, head_to_head
from debate.stats.persuasion import judge_accuracy
from tests.stats.builders import Played, bouts

PLAYERS = ("ada", "bob", "cyd")


def table(rows: list[Played]) -> dict[tuple[str, str], Meeting]:
    return {(row.player, row.opponent): row for row in head_to_head(bouts(rows))}


def rate(meeting: Meeting) -> float:
    assert isinstance(meeting.win_rate, Estimate)
    return meeting.win_rate.value


@given(
    st.lists(
        st.tuples(st.permutations(PLAYERS), st.floats(0, 1), st.integers(0, 5)),
        min_size=1,
        max_size=12,
    )
)
def test_each_cell_is_the_mean_of_its_questions(games: list[tuple[list[str], float, int]]) -> None:
    """Counted by hand: wins, ties half, averaged within a question first; the two sides of a cell sum to one."""
    rows = [Played((p, 1 - p), f"q{q}", players=(who[0], who[1]), repeat=i) for i, (who, p, q) in enumerate(games)]
    found = table(rows)
    for (player, opponent), meeting in found.items():
        won: dict[str, list[float]] = {}
        for row in rows:
            if set(row.players) == {player, opponent}:
                own, other = row.p if row.players[0] == player else row.p[::-1]
                score = 0.5 if abs(own - other) < 1e-9 else float(own > other)
                won.setdefault(row.question, []).append(score)
        assert rate(meeting) == pytest.approx(np.mean([np.mean(scores) for scores in won.values()]))
        assert rate(meeting) + rate(found[opponent, player]) == pytest.approx(1)
    assert {frozenset(cell) for cell in found} == {frozenset(row.players) for row in rows}


def test_nobody_meets_itself_or_nobody() -> None:
    """Self-play and consultancies have no cell."""
    rows = [Played(players=("ada", "ada")), Played(players=("bob",), argues=(1,))]
    assert not table(rows)


def test_judges_of_a_players_debates_are_right_or_wrong_whoever_argued_what() -> None:
    """Accuracy before a player counts the judge, not the player's side; ties are not correct."""
    rows = [
        Played((0.9, 0.1), "q0"),
        Played((0.9, 0.1), "q1", argues=(1, 0)),
        Played((0.5, 0.5), "q2"),
        Played((0.9, 0.1), "q3", correct=-1),
    ]
    measured = judge_accuracy(bouts(rows).of_player("ada"))
    assert isinstance(measured, Estimate)
    assert measured.value == pytest.approx(2 / 3)
    assert measured.n_questions == 3
