"""A turn follows from the calls recorded under its cue, and goes on from any of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate import speech
from debate.domain import Ask, Brief, Call, Completion, CompletionState, Player, Protocol, Turn
from tests.builders import brief, completion, cue, judge, only, player, posed

Reply = Callable[[Ask], Completion]


def spoken(voice: Player, seen: Brief, reply: Reply, *, calls: list[Call] | None = None) -> tuple[Turn, list[Call]]:
    """Answer every ask until the turn is there."""
    made = list(calls or [])
    while not isinstance(step := speech.asks(voice, seen, made), Turn):
        assert step, "a turn that is not complete needs something"
        made += [Call(purpose=a.purpose, slot=a.slot, completion=reply(a)) for a in step]
    return step, made


def saying(*texts: str) -> Reply:
    left = list(texts)
    return lambda _ask: completion(left.pop(0))


def test_one_reply_makes_a_turn() -> None:
    """A plain player is asked once."""
    turn, calls = spoken(player(), brief(), saying("I say so."))
    assert (turn.text, turn.state, len(calls)) == ("I say so.", "ok", 1)


def test_private_notes_are_cut_out_and_kept() -> None:
    """The scratchpad is no part of the speech."""
    turn, _ = spoken(player(), brief(), saying("<scratchpad>my plan</scratchpad>I say so."))
    assert (turn.text, turn.scratchpad) == ("I say so.", "my plan")


def test_thinking_is_dropped() -> None:
    """What a model thinks reaches nobody."""
    turn, _ = spoken(player(), brief(), saying("<think>hidden</think>I say so."))
    assert "hidden" not in turn.model_dump_json()


def test_quotes_are_verified_with_offsets() -> None:
    """E6: a quotation carries its state and where it stands."""
    text = "It says <quote>The owners paid for forty crates</quote>, and <quote>the moon was full</quote>."
    turn, _ = spoken(player(), brief(), saying(text))
    assert [quote.status for quote in turn.quotes] == ["verified", "unverified"]
    start, end = turn.quotes[0].passage_start, turn.quotes[0].passage_end
    passage = posed().passage
    assert passage is not None
    assert passage.text[start:end] == "The owners paid for forty crates"
    assert "<quote>" not in turn.text


def test_long_speeches_are_cut_at_a_sentence_and_flagged() -> None:
    """D4: the limit is asked for and enforced."""
    rules = Protocol(name="debate", words=10)
    turn, _ = spoken(player(), brief(protocol=rules), saying("One two three four five. " * 5))
    assert turn.text == "One two three four five. One two three four five."
    assert "trimmed" in turn.flags


@pytest.mark.parametrize("state", ["truncated", "refused", "empty"])
def test_an_unusable_reply_is_asked_for_once_more(state: CompletionState) -> None:
    """D1, D2, D3: one re-ask, which says what was wrong; a second failure is the state of the turn."""
    bad = completion("", state=state)
    turn, calls = spoken(player(), brief(), lambda a: completion("Better.") if a.reask else bad)
    assert (turn.state, turn.text, len(calls)) == ("ok", "Better.", 2)
    turn, calls = spoken(player(), brief(), lambda _a: bad)
    assert (turn.state, len(calls)) == (state, 2)


def test_a_blank_reply_is_empty() -> None:
    """D2: white space is no speech."""
    turn, _ = spoken(player(), brief(), saying(" \n", "\t"))
    assert turn.state == "empty"


def test_best_of_n_speaks_what_the_preference_judge_likes() -> None:
    """One candidate is sent first, the others then find its prompt cached."""
    voice = player(best_of=3, preference="scripted/taste")
    steps: list[int] = []
    made: list[Call] = []
    while not isinstance(step := speech.asks(voice, brief(), made), Turn):
        steps.append(len(step))
        for ask in step:
            if ask.purpose == "preference":
                assert ask.sampling.model == "scripted/taste"
                best = 1 + ask.beside.candidates.index("Candidate 2.")
                text = f'{{"best": {best}}}'
            else:
                text = f"Candidate {ask.slot}."
            made.append(Call(purpose=ask.purpose, slot=ask.slot, completion=completion(text)))
    assert steps == [1, 2, 1]
    assert step.text == "Candidate 2."


def test_a_preference_that_cannot_be_read_twice_sets_the_turn_aside() -> None:
    """Nothing is silently filled in."""
    voice = player(best_of=2, preference="scripted/taste")
    turn, _ = spoken(voice, brief(), lambda a: completion("dunno" if a.purpose == "preference" else f"C{a.slot}"))
    assert (turn.state, turn.flags) == ("malformed", ("no-preference",))


def test_candidates_that_cannot_be_used_are_not_offered() -> None:
    """The choice is among usable speeches; a single one needs no choice."""
    voice = player(best_of=2, preference="scripted/taste")
    turn, calls = spoken(
        voice, brief(), lambda a: completion("", state="refused") if a.slot % 2 else completion("Only.")
    )
    assert turn.text == "Only."
    assert "preference" not in {call.purpose for call in calls}


def test_a_draft_is_criticised_and_rewritten() -> None:
    """Critique-and-refine asks the critic's model, then the player's own."""
    voice = player(refine=2, critic="scripted/critic")
    turn, calls = spoken(voice, brief(), lambda a: completion(f"{a.purpose} {a.slot} on {a.beside.draft}"))
    assert [call.purpose for call in calls] == ["speak", "critique", "refine", "critique", "refine"]
    assert turn.text.startswith("refine 1 on refine 0 on speak 0")


def test_a_refinement_that_fails_keeps_the_draft() -> None:
    """What was good enough to speak is spoken, and flagged."""
    turn, _ = spoken(
        player(refine=1),
        brief(),
        lambda a: completion("", state="refused") if a.purpose == "refine" else completion("Fine."),
    )
    assert turn.text == "Fine."
    assert turn.flags == ("refinement-refused",)


def test_a_concession_is_flagged_and_kept() -> None:
    """D9: arguing against one's own answer is noticed."""
    turn, _ = spoken(player(), brief(), saying("I concede that answer B is right. My opponent's evidence is decisive."))
    assert turn.conceded
    assert turn.state == "ok"


def test_a_player_that_names_itself_is_flagged() -> None:
    """The span is kept, so that blind views can mask it."""
    turn, _ = spoken(player(), brief(), saying("As Claude, I can read the passage."))
    assert "named-itself" in turn.flags
    assert turn.names


def test_a_solo_answer_becomes_beliefs_in_the_banks_order() -> None:
    """What was displayed as A is not what the bank calls the first answer."""
    seen = brief(shown=(1, 0), cue=cue(kind="answer"), argues=None, protocol=Protocol(name="solo", rounds=1))
    turn, _ = spoken(player(), seen, saying('{"reason": "r", "probabilities": {"A": 0.9, "B": 0.1}}'))
    assert turn.says is not None
    assert turn.says.beliefs == (0.1, 0.9)


def test_the_judges_seat_asks_and_ends() -> None:
    """A question, beliefs, and whether it has heard enough are typed content."""
    seen = brief(cue=cue(0, "judge", round=0, kind="question"), argues=None, label="judge")
    made: list[Call] = []
    ask = only(speech.asks(judge(), seen, made))
    made.append(
        Call(
            purpose=ask.purpose,
            completion=completion('{"question": "Why?", "end": false, "probabilities": {"A": 0.5, "B": 0.5}}'),
        )
    )
    turn = speech.asks(judge(), seen, made)
    assert isinstance(turn, Turn)
    assert turn.text == "Why?"
    assert turn.says is not None
    assert turn.says.end is False


@given(st.integers(1, 4), st.integers(0, 2), st.integers(0, 30))
def test_a_turn_goes_on_from_every_point_at_which_it_stopped(best_of: int, refine: int, cut: int) -> None:
    """Whatever prefix of the calls survived a crash, the turn is the same and no call is made twice."""
    voice = player(best_of=best_of, preference="scripted/taste" if best_of > 1 else None, refine=refine)

    def reply(ask: Ask) -> Completion:
        if ask.purpose == "preference":
            return completion('{"best": 1}')
        return completion(f"{ask.purpose} {ask.slot} {ask.beside.draft}")

    whole, calls = spoken(voice, brief(), reply)
    again, made = spoken(voice, brief(), reply, calls=calls[:cut])
    assert again == whole
    assert len(made) == len(calls)
