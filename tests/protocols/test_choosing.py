"""Open role: who chooses, who gets what is left, and that a reader cannot tell the game from the assigned one."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from debate import plan
from debate.domain import (
    Ballot,
    Cue,
    Debate,
    Match,
    Order,
    Protocol,
    Says,
    Seat,
    Turn,
    View,
    canonical,
    match_id,
)
from debate.protocols import due, planned, settled
from debate.transcript import ballot, brief
from tests.builders import judge, match, player, posed, tournament

NOTE = "sentinel: I picked this one because it is easy to sell"
BASE = {"open-consultancy": "consultancy", "open-debate": "debate"}

games = st.builds(
    Protocol,
    name=st.sampled_from(sorted(BASE)),
    rounds=st.integers(1, 3),
    order=st.sampled_from(get_args(Order)),
    interactive=st.booleans(),
)
"""Games with an open role, of every shape."""


def planned_match(rules: Protocol, *, repeat: int = 0) -> Match:
    seated = ("consultant",) if rules.name == "open-consultancy" else ("A", "B")
    seats = tuple(Seat(seat=s, player=player(n)) for s, n in zip(seated, ("ada", "bob"), strict=False))
    if rules.interactive:
        seats += (Seat(seat="judge", judge=judge()),)
    asked = posed()
    id = match_id(asked.id, rules, seats, repeat, "", "")
    return Match(id=id, question=asked, protocol=rules, seats=seats, repeat=repeat, shown=(1, 0))


def said(cue: Cue, chose: int) -> Turn:
    """A turn at a cue: the choice, a question from the judge's seat, or a speech that differs from all others."""
    place = cue.model_dump()
    if cue.kind == "choice":
        return Turn(**place, text="", says=Says(chose=chose), scratchpad=NOTE)
    if cue.seat == "judge":
        return Turn(**place, text="Which line?", says=Says(beliefs=(0.5, 0.5), end=cue.kind == "ruling"))
    return Turn(**place, text=f"Speech of {cue.seat} in round {cue.round}.")


def whole(rules: Protocol, chose: int) -> Debate:
    debate = Debate(match=planned_match(rules))
    while cues := due(debate):
        for cue in cues:
            debate += said(cue, chose)
    return debate


def assigned(debate: Debate) -> Debate:
    """The same speeches under the game in which the plan assigns the answers."""
    spoken = tuple(turn for turn in debate.turns if turn.kind != "choice")
    rules = settled(debate.match.protocol)
    return Debate(match=debate.match.model_copy(update={"protocol": rules}), turns=spoken)


def read(seen: Ballot) -> str:
    """A ballot without the hash of the transcript and the places of turns, which no reader is shown."""
    speeches = tuple(s.model_copy(update={"index": 0, "about": None}) for s in seen.speeches)
    return canonical(seen.model_copy(update={"transcript": "", "speeches": speeches}))


@given(games, st.integers(0, 1))
def test_the_choice_comes_first_and_the_other_player_gets_what_is_left(rules: Protocol, chose: int) -> None:
    """One cue is due until a player has chosen; then everyone argues, and nobody the same answer."""
    start = Debate(match=planned_match(rules))
    (cue,) = due(start)
    assert (cue.kind, cue.index, cue.seat) == ("choice", 0, start.match.seats[0].seat)
    argued = [seat.argues for seat in (start + said(cue, chose)).match.seats if seat.player]
    assert argued == [chose, 1 - chose][: len(argued)]


@given(games, st.integers(0, 1))
def test_every_cue_has_a_turn_of_its_own(rules: Protocol, chose: int) -> None:
    """Indices run on from the choice without a gap, and each player speaks once in every round."""
    debate = whole(rules, chose)
    assert [turn.index for turn in debate.turns] == list(range(len(debate.turns)))
    spoken = Counter((t.seat, t.round) for t in debate.turns if t.kind == "argument")
    players = [seat.seat for seat in debate.match.seats if seat.player]
    assert spoken == Counter((seat, n) for seat in players for n in range(1, rules.rounds + 1))


@given(games, st.integers(0, 1))
def test_nobody_reads_the_choice_but_the_one_who_made_it(rules: Protocol, chose: int) -> None:
    """Neither the turn nor its note is in any brief of another seat or in any ballot, round by round."""
    debate = whole(rules, chose)
    chooser = debate.match.seats[0].seat
    for turn in debate.turns[1:]:
        cue = Cue(**{name: getattr(turn, name) for name in Cue.model_fields})
        shown = brief(debate, cue)
        assert all(speech.index > 0 for speech in shown.speeches)
        assert (NOTE in canonical(shown)) == (turn.seat == chooser)
        assert "open" not in canonical(shown.protocol)
    for view in get_args(View):
        for number in range(rules.rounds + 1):
            seen = canonical(ballot(debate, judge(), view=view, round=number, hears=chose))
            assert NOTE not in seen
            assert '"choice"' not in seen


@given(games, st.integers(0, 1), st.sampled_from(("full", "quotes", "opening", "solo")))
def test_a_judge_reads_what_a_judge_of_the_assigned_game_reads(rules: Protocol, chose: int, view: View) -> None:
    """Letter by letter: that the answer was chosen is nowhere, unless the rules tell it."""
    debate = whole(rules, chose)
    free = ballot(debate, judge(), view=view, hears=0)
    assert read(free) == read(ballot(assigned(debate), judge(), view=view, hears=0))
    told = debate.match.protocol.model_copy(update={"options": {"told": True}})
    known = debate.match.model_copy(update={"protocol": told})
    assert ballot(Debate(match=known, turns=debate.turns), judge()).protocol == told


@given(st.integers(0, 1), st.sampled_from(("simultaneous", "sequential")))
def test_the_order_of_speaking_does_not_tell_who_chose(chose: int, order: Order) -> None:
    """Over many matches each of the two speaks first about half the time."""
    rules = Protocol(name="open-debate", rounds=1, order=order)
    first: Counter[str] = Counter()
    for repeat in range(60):
        debate = Debate(match=planned_match(rules, repeat=repeat))
        debate += said(due(debate)[0], chose)
        first[min(due(debate), key=lambda cue: cue.index).seat] += 1
    assert min(first["A"], first["B"]) >= 15


@given(games, st.integers(0, 1))
def test_the_plan_can_be_read_off_a_played_match(rules: Protocol, chose: int) -> None:
    """What was chosen is no part of the identity."""
    debate = whole(rules, chose)
    assert planned(debate.match) == planned_match(rules)
    assert debate.digest != whole(rules, 1 - chose).digest


@given(st.integers(1, 20), st.integers(0, 1000))
def test_everyone_chooses_equally_often_before_both_orders(asked: int, seed: int) -> None:
    """K2: on every question each of the two chooses once, and each answer is displayed first once."""
    questions = [posed(f"Question {i}?") for i in range(asked)]
    spec = tournament(seed=seed, protocols=(Protocol(name="open-debate"), Protocol(name="open-consultancy")))
    found = list(plan.matches(spec, questions))
    assert len({m.id for m in found}) == len(found) == 4 * asked
    assert all(seat.argues is None for m in found for seat in m.seats)
    two = [m for m in found if m.protocol.name == "open-debate"]
    chose = Counter((m.question.id, m.seats[0].player.name) for m in two if m.seats[0].player)
    shown = Counter((m.question.id, m.shown) for m in two)
    assert set(chose.values()) == set(shown.values()) == {1}
    alone = Counter((m.seats[0].player.name, m.shown) for m in found if len(m.seats) == 1 and m.seats[0].player)
    for name in ("ada", "bob"):
        assert abs(alone[name, (0, 1)] - alone[name, (1, 0)]) <= 1


def test_assigned_games_are_as_they_were() -> None:
    """The plan of a debate keeps its answers, and its rules are its own."""
    played = match()
    assert planned(played) is played
    assert settled(played.protocol) is played.protocol
