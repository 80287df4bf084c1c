"""Market making: whose turn it is, when it is over, and who sees what anybody believes."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate import plan
from debate.domain import Cue, Debate, Judge, Match, Protocol, Says, Seat, Turn, View, canonical
from debate.protocols import due
from debate.protocols.market_making import moved
from debate.transcript import ballot, brief
from tests.builders import STORY, judge, player, posed, tournament

NOTE = "sentinel: what the judge wrote for itself"

paths = st.lists(st.floats(0, 1), min_size=1, max_size=9)
"""Beliefs in the first answer, in the order in which they would be said."""


def start(rounds: int = 4, settled: float = 0.1) -> Debate:
    seats = (Seat(seat="adversary", player=player()), Seat(seat="judge", judge=judge()))
    rules = Protocol(name="market-making", rounds=rounds, options={"settled": settled})
    return Debate(match=Match(id="m1-test", question=posed(), protocol=rules, seats=seats, shown=(1, 0)))


def played(debate: Debate, path: list[float]) -> Debate:
    """The game in which the judge's seat says these beliefs, and the last of them from then on."""
    held = [*path]
    while cues := due(debate):
        (cue,) = cues
        place = cue.model_dump()
        if cue.kind == "belief":
            p = held.pop(0) if len(held) > 1 else held[0]
            debate += Turn(**place, text="", says=Says(beliefs=(p, 1 - p)), scratchpad=NOTE)
        else:
            debate += Turn(**place, text=f"Speech {cue.round}.")
    return debate


@given(paths, st.integers(1, 5), st.sampled_from((0.0, 0.02, 0.1, 0.5)))
def test_it_ends_when_a_speech_moves_too_little_or_no_round_is_left(
    path: list[float], rounds: int, settled: float
) -> None:
    """The first step shorter than `settled` is the last; with 0 every round is played."""
    debate = played(start(rounds, settled), path)
    said = [turn.says.beliefs[0] for turn in debate.turns if turn.says and turn.says.beliefs]
    steps = [abs(after - before) for before, after in pairwise(said)]
    assert all(step >= settled - 1e-12 for step in steps[:-1])
    assert len(steps) == rounds or steps[-1] < settled + 1e-12
    assert settled > 0 or len(steps) == rounds


@given(paths, st.integers(1, 5))
def test_the_judge_has_the_first_word_and_the_last(path: list[float], rounds: int) -> None:
    """Beliefs and speeches take turns, each in a beat of its own, and a belief is that after its round."""
    debate = played(start(rounds), path)
    assert [turn.index for turn in debate.turns] == [turn.beat for turn in debate.turns] == [*range(len(debate.turns))]
    assert [turn.kind for turn in debate.turns] == ["belief", *["argument", "belief"] * (len(debate.turns) // 2)]
    assert [turn.round for turn in debate.turns] == [(index + 1) // 2 for index in range(len(debate.turns))]


@given(paths, st.integers(1, 5))
def test_the_adversary_sees_the_price_and_nobody_else_does(path: list[float], rounds: int) -> None:
    """The last belief is in its brief alone; why it was believed, and every ballot, stay clean of it."""
    debate = played(start(rounds), path)
    for turn in debate.turns[1:]:
        seen = brief(debate, Cue(**{name: getattr(turn, name) for name in Cue.model_fields}))
        before = debate.turns[turn.index - 1].says
        if turn.seat == "adversary":
            assert before
            assert (seen.believed, STORY in canonical(seen)) == (before.beliefs, True)
            assert NOTE not in canonical(seen)
        else:
            assert (seen.believed, STORY in canonical(seen)) == (None, False)
        assert all(speech.kind == "argument" for speech in seen.speeches)
    for view in get_args(View):
        shown = ballot(debate, judge(), view=view)
        assert NOTE not in canonical(shown)
        assert {speech.label for speech in shown.speeches} <= {"adversary"}
        assert '"beliefs"' not in canonical(shown)


@pytest.mark.parametrize(
    ("before", "after", "far"), [((0.5, 0.5), (0.8, 0.2), 0.3), ((0.2, 0.3, 0.5), (0.5, 0.3, 0.2), 0.3)]
)
def test_distance_is_total_variation(before: tuple[float, ...], after: tuple[float, ...], far: float) -> None:
    """Of two answers it is the change of either belief."""
    assert moved(before, after) == pytest.approx(far)


def test_every_player_meets_every_market() -> None:
    """Each judge that is no person takes the seat, once for every question and player."""
    judges = (judge(), judge("jim"), Judge(name="ann", model="human/ann"))
    spec = tournament(protocols=(Protocol(name="market-making"),), judges=judges)
    found = list(plan.matches(spec, [posed(f"Question {i}?") for i in range(3)]))
    sat = {
        (m.question.id, *(s.player.name if s.player else s.judge.name if s.judge else "" for s in m.seats))
        for m in found
    }
    assert len(found) == len(sat) == 3 * 2 * 2
    assert not any("ann" in sitting for sitting in sat)
    assert all(seat.argues is None for m in found for seat in m.seats)
