"""Which rulings a debate wants, and what one of them makes of its replies."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from debate import docket
from debate.docket import Hearing
from debate.domain import Ballot, Call, Debate, Judge, Judgment, Protocol, Says, Seat
from tests.builders import completion, debate, judge, match, only, tournament, turn


def ruling(a: float, reason: str = "because") -> str:
    return json.dumps({"reason": reason, "probabilities": {"A": a, "B": round(1 - a, 6)}})


def played() -> Debate:
    return debate(match(), "A one", "B one", "A two", "B two")


def hearing(voice: Judge | None = None, **more: object) -> Hearing:
    base: dict[str, object] = {"id": "v1-x", "judge": voice or judge(), "view": "full", "shown": (0, 1)}
    return Hearing(**base | more)  # type: ignore[arg-type] # checked by what the tests expect


def ruled(of: Hearing, *texts: str) -> Judgment:
    calls: list[Call] = []
    left = list(texts)
    while not isinstance(step := docket.asks(of, played(), calls), Judgment):
        calls += [Call(purpose=a.purpose, slot=a.slot, completion=completion(left.pop(0))) for a in step]
    assert not left
    return step


def test_every_judge_rules_under_every_view() -> None:
    """The controls that are views of the same debate cost no debater call."""
    spec = tournament(judges=(judge("jo"), judge("al")), controls=("quotes", "opening"))
    found = docket.hearings(spec, played(), "")
    assert Counter(h.view for h in found) == {"full": 2, "quotes": 2, "opening": 2}
    assert len({h.id for h in found}) == 6


def test_both_orders_and_samples_are_hearings_of_their_own() -> None:
    """Each displayed order is asked for, as often as samples say."""
    spec = tournament(judges=(judge(orders="both", samples=2),))
    assert Counter(h.shown for h in docket.hearings(spec, played(), "")) == {(0, 1): 2, (1, 0): 2}


def test_the_solo_view_hears_each_side_once() -> None:
    """One ballot for each answer that was argued."""
    spec = tournament(judges=(judge(views=("solo",)),))
    assert [h.hears for h in docket.hearings(spec, played(), "")] == [0, 1]


def test_nothing_is_ruled_on_that_was_set_aside() -> None:
    """A debate with a turn that is not ok is counted, not judged."""
    broken = Debate(match=match()) + turn(0, state="refused")
    assert docket.hearings(tournament(), broken, "") == ()


def test_people_rule_elsewhere() -> None:
    """A human judge's hearings are not the engine's."""
    assert docket.hearings(tournament(judges=(judge("pat", "human/pat"),)), played(), "") == ()


def test_a_judge_of_a_silent_match_sees_one_view() -> None:
    """Naive and expert have no quotes and no opening."""
    spec = tournament(controls=("quotes", "opening"))
    silent = Debate(match=match(protocol=Protocol(name="naive")))
    assert [h.view for h in docket.hearings(spec, silent, "")] == ["full"]


@pytest.mark.parametrize("change", [{"samples": 2}, {"principles": "Be strict."}, {"name": "al"}])
def test_a_judges_settings_are_part_of_its_rulings(change: dict[str, object]) -> None:
    """Another judge, other judgments."""
    one = docket.hearings(tournament(), played(), "")
    other = docket.hearings(tournament(judges=(judge().model_copy(update=change),)), played(), "")
    assert not {h.id for h in one} & {h.id for h in other}


def test_beliefs_are_kept_in_the_banks_order() -> None:
    """E19: what was displayed first is not the first answer of the bank."""
    judgment = ruled(hearing(shown=(1, 0)), ruling(0.8))
    assert judgment.final == (0.2, 0.8)
    assert judgment.shown == (1, 0)


def test_beliefs_after_every_round_are_independent_rulings() -> None:
    """Round 0 is before any argument."""
    judgment = ruled(hearing(judge(beliefs="every-round")), ruling(0.5), ruling(0.6), ruling(0.7))
    assert [(b.after_round, b.p[0]) for b in judgment.beliefs] == [(0, 0.5), (1, 0.6), (2, 0.7)]
    assert judgment.final == (0.7, 0.3)


def test_each_independent_ruling_sees_its_own_rounds() -> None:
    """Nothing later leaks into an earlier belief."""
    asks = docket.asks(hearing(judge(beliefs="every-round")), played(), [])
    assert isinstance(asks, tuple)
    assert [len(a.source.speeches) for a in asks if isinstance(a.source, Ballot)] == [0, 2, 4]


def test_one_conversation_asks_round_by_round() -> None:
    """A later ask carries the replies to the earlier ones."""
    of = hearing(judge(beliefs="every-round", conversation=True))
    first = only(docket.asks(of, played(), []))
    second = only(docket.asks(of, played(), [Call(purpose="judge", slot=0, completion=completion(ruling(0.5)))]))
    assert first.beside.earlier == ()
    assert second.beside.earlier == (ruling(0.5),)


def test_a_malformed_ruling_is_asked_for_once_more() -> None:
    """E15: one re-ask; after that it is what it is."""
    assert ruled(hearing(), "I like A", ruling(0.9)).state == "valid"
    twice = ruled(hearing(), "I like A", "I still like A")
    assert (twice.state, twice.final) == ("malformed", None)


def test_a_refusal_is_a_state_and_never_a_tie() -> None:
    """E18: what is missing is not filled in."""
    calls = [Call(purpose="judge", slot=s, completion=completion("", state="refused")) for s in (2, docket.AGAIN + 2)]
    judgment = docket.asks(hearing(), played(), calls)
    assert isinstance(judgment, Judgment)
    assert (judgment.state, judgment.final) == ("refused", None)


def test_log_probabilities_are_beliefs_where_the_endpoint_gives_them() -> None:
    """The label's probability is read before the text."""
    of = hearing(judge(logprobs=True))
    call = Call(purpose="judge", slot=2, completion=completion("A", logprobs={"A": 0.6, "B": 0.2}))
    judgment = docket.asks(of, played(), [call])
    assert isinstance(judgment, Judgment)
    assert judgment.final == pytest.approx((0.75, 0.25))


def test_a_judge_at_a_seat_rules_live() -> None:
    """Its acts are the belief path, and the last one the ruling."""
    plain = match()
    seated = plain.model_copy(update={"seats": (*plain.seats, Seat(seat="judge", judge=judge("jo")))})
    start = Debate(match=seated) + turn(0, "judge", round=0, kind="question", says=Says(beliefs=(0.5, 0.5)))
    ended = start + turn(3, "judge", round=1, beat=3, kind="question", says=Says(beliefs=(0.2, 0.8), end=True))
    judgment = docket.live(ended)
    assert judgment is not None
    assert (judgment.channel, judgment.final, len(judgment.beliefs)) == ("live", (0.2, 0.8), 2)
    assert docket.live(played()) is None
