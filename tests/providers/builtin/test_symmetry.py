"""E19: whatever is renamed, the built-ins do the same: nothing they say or believe hangs on a label or a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.domain import Posed, Protocol
from tests.providers.builtin.table import builtin, match, played, properties, questions, ruled, ruler

PLAYERS = ("advocate", "skimmer", "bluffer")
JUDGES = ("weigher", "gullible", "naive")
pairs = st.tuples(st.sampled_from(PLAYERS), st.sampled_from(PLAYERS))


def flipped(question: Posed) -> Posed:
    return Posed.of(question.text, question.answers[::-1], question.passage)


@given(questions(), pairs, st.sampled_from(JUDGES))
@properties
def test_displayed_order_changes_no_belief(question: Posed, names: tuple[str, str], judge: str) -> None:
    """E19: the answers are shown the other way round, to debaters and to the judge."""
    first = match(question, *names)
    second = first.model_copy(update={"shown": (1, 0)})
    assert ruled(played(first), ruler(judge)) == ruled(played(second), ruler(judge))
    assert ruled(played(first), ruler(judge)) == ruled(played(first), ruler(judge), shown=(1, 0))


@given(questions(), pairs, st.sampled_from(JUDGES))
@properties
def test_seats_change_no_belief(question: Posed, names: tuple[str, str], judge: str) -> None:
    """E19: players change seats and keep their answers."""
    first = match(question, *names)
    second = match(question, *names[::-1], argues=(1, 0))
    assert ruled(played(first), ruler(judge)) == ruled(played(second), ruler(judge))


@given(questions(), pairs, st.sampled_from(JUDGES))
@properties
def test_the_banks_order_mirrors_beliefs(question: Posed, names: tuple[str, str], judge: str) -> None:
    """E19: the bank lists the answers the other way round, and everyone argues what they argued."""
    first = played(match(question, *names))
    second = played(match(flipped(question), *names, argues=(1, 0)))
    assert [turn.text for turn in first.turns] == [turn.text for turn in second.turns]
    assert ruled(first, ruler(judge)) == ruled(second, ruler(judge))[::-1]


@given(questions(), st.sampled_from(PLAYERS), st.booleans())
@properties
def test_answering_alone_mirrors(question: Posed, name: str, reads: bool) -> None:
    """E19: a player who answers alone believes the same of each answer, wherever it is listed."""
    rules = Protocol(name="solo", rounds=1, passage=reads)
    beliefs = []
    for asked in (question, flipped(question)):
        (turn,) = played(match(asked, name, protocol=rules)).turns
        assert turn.says is not None
        beliefs.append(turn.says.beliefs)
    assert beliefs[0] is not None
    assert beliefs[1] == beliefs[0][::-1]


@given(questions(), st.sampled_from(JUDGES))
@properties
def test_candidates_are_preferred_whatever_is_relabelled(question: Posed, judge: str) -> None:
    """E19: best-of-N included: the spoken candidate is the same one."""
    ambitious = builtin("advocate", best_of=3, preference=f"builtin/{judge}")
    spoken = []
    for asked, argues in ((question, (0, 1)), (flipped(question), (1, 0))):
        game = match(asked, "advocate", "advocate", argues=argues, protocol=Protocol(name="debate", rounds=1))
        seats = tuple(seat.model_copy(update={"player": ambitious}) for seat in game.seats)
        spoken.append([turn.text for turn in played(game.model_copy(update={"seats": seats})).turns])
    assert spoken[0] == spoken[1]


@pytest.mark.parametrize("judge", JUDGES)
@given(questions(answers=4), pairs)
@properties
def test_with_four_answers_every_belief_moves_with_its_answer(
    judge: str, question: Posed, names: tuple[str, str]
) -> None:
    """E19: more answers than seats."""
    moved = Posed.of(question.text, tuple(question.answers[i] for i in (2, 0, 3, 1)), question.passage)
    first = ruled(played(match(question, *names, argues=(0, 1))), ruler(judge))
    second = ruled(played(match(moved, *names, argues=(1, 3))), ruler(judge))
    assert second == pytest.approx([first[i] for i in (2, 0, 3, 1)], abs=1e-12)
