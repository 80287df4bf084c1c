"""A sitting is what its acts add up to, whoever shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.domain import Act, Deed, Study
from debate.studies.session import Refused, Session, allowed, done, in_bank_order, restored

DEEDS: tuple[Deed, ...] = Act.model_fields["kind"].annotation.__args__  # type: ignore[union-attr] # a Literal's words
STUDIES = st.builds(
    Study,
    prior=st.booleans(),
    beliefs=st.sampled_from(["every-round", "final"]),
    min_rounds=st.integers(0, 3),
    reason=st.booleans(),
    commit=st.booleans(),
)
ACTS = st.lists(
    st.builds(
        Act,
        kind=st.sampled_from(DEEDS),
        percent=st.none() | st.integers(1, 99),
        text=st.sampled_from(["", "  ", "the sand"]),
        active_ms=st.integers(0, 9),
        idle_ms=st.integers(0, 9),
    ),
    max_size=60,
)


def through(study: Study, rounds: int, acts: list[Act]) -> tuple[Session, list[Act]]:
    """Do what can be done of these acts, and return the state and what was taken."""
    session, taken = Session(rounds=rounds), []
    for act in acts:
        try:
            session = done(session, study, act)
        except Refused:
            continue
        taken.append(act)
    return session, taken


def straight(study: Study, rounds: int) -> list[Act]:
    """The acts of a judge who reads everything."""
    acts = [Act(kind="begin")]
    session = restored(study, rounds, acts)
    while session.stage != "review":
        steps = [Act(kind="believe", percent=70)] if session.stage == "belief" else []
        acts += [*steps, Act(kind="next")]
        session = restored(study, rounds, acts)
    return acts


@given(study=STUDIES, rounds=st.integers(0, 4), acts=ACTS)
def test_the_stored_acts_lead_to_the_same_state_from_every_prefix(study: Study, rounds: int, acts: list[Act]) -> None:
    """I1: a sitting that was killed after any act goes on in the state it was in."""
    session, taken = through(study, rounds, acts)
    for cut in range(len(taken) + 1):
        resumed = restored(study, rounds, taken[:cut])
        for act in taken[cut:]:
            resumed = done(resumed, study, act)
        assert resumed == session


@given(study=STUDIES, rounds=st.integers(0, 4), acts=ACTS)
def test_no_sequence_of_acts_reaches_a_state_that_makes_no_sense(study: Study, rounds: int, acts: list[Act]) -> None:
    """Rounds are revealed one by one, beliefs are of rounds that were read, and time only grows."""
    before = Session(rounds=rounds)
    for act in acts:
        try:
            after = done(before, study, act)
        except Refused:
            assert not before.over or act.kind not in allowed(before, study)
            continue
        assert before.revealed <= after.revealed <= min(before.revealed + 1, rounds)
        assert len({number for number, _ in after.percents}) == len(after.percents)
        assert all(number <= after.revealed and 1 <= p <= 99 for number, p in after.percents)
        assert after.active_ms - before.active_ms == act.active_ms
        assert after.idle_ms - before.idle_ms == act.idle_ms
        before = after


@given(study=STUDIES, rounds=st.integers(0, 4), acts=ACTS)
def test_what_is_handed_in_has_what_the_study_asks_for(study: Study, rounds: int, acts: list[Act]) -> None:
    """A belief at the end, the least number of rounds, a reason and a lean where they are asked for."""
    session, _ = through(study, rounds, acts)
    if session.stage != "submitted":
        return
    assert session.percents[-1][0] == session.revealed
    assert session.revealed >= min(max(study.min_rounds, 1), rounds)
    assert session.reason or not study.reason
    assert session.percent != 50 or not study.commit
    assert allowed(session, study) == ()


@given(study=STUDIES, rounds=st.integers(0, 4))
def test_reading_on_comes_to_the_review(study: Study, rounds: int) -> None:
    """Whatever the study asks, going on ends, with a belief after each round where each is asked for."""
    session = restored(study, rounds, straight(study, rounds))
    assert session.revealed == rounds
    asked = range(0 if study.prior or not rounds else 1, rounds + 1) if study.beliefs == "every-round" else ()
    assert set(asked) <= {number for number, _ in session.percents}


def test_no_belief_is_filled_in() -> None:
    """The gauge that stands at 50 is no answer: to go on without one is refused."""
    session = restored(Study(), 2, [Act(kind="begin")])
    with pytest.raises(Refused, match="1 to 99"):
        done(session, Study(), Act(kind="next"))
    with pytest.raises(Refused, match="1 to 99"):
        done(session, Study(), Act(kind="believe"))


def test_an_end_before_the_least_number_of_rounds_is_refused() -> None:
    """With `min_rounds = 2`, one round of three is not enough to decide."""
    study = Study(min_rounds=2, prior=False)
    acts = [Act(kind="begin"), Act(kind="next"), Act(kind="believe", percent=90)]
    with pytest.raises(Refused):
        done(restored(study, 3, acts), study, Act(kind="stop"))
    acts += [Act(kind="next"), Act(kind="next"), Act(kind="believe", percent=90)]
    assert done(restored(study, 3, acts), study, Act(kind="stop")).stage == "review"


@pytest.mark.parametrize(("percent", "lean"), [(50, False), (51, True)])
def test_a_study_may_ask_for_a_lean(percent: int, lean: bool) -> None:
    """An even belief is refused at the end, and only where the study says so."""
    acts = [Act(kind="begin"), Act(kind="believe", percent=percent), Act(kind="next")]
    study = Study(commit=True, reason=False)
    if lean:
        assert restored(study, 0, [*acts, Act(kind="submit")]).stage == "submitted"
    else:
        with pytest.raises(Refused, match="lean"):
            restored(study, 0, [*acts, Act(kind="submit")])
    assert restored(Study(reason=False), 0, [*acts, Act(kind="submit")]).stage == "submitted"


@given(st.integers(1, 99), st.permutations([0, 1]))
def test_beliefs_are_kept_in_the_banks_order(percent: int, shown: list[int]) -> None:
    """The displayed order turns a belief round, and its sum stays 1."""
    p = in_bank_order(percent, (shown[0], shown[1]))
    assert p[shown[0]] == percent / 100
    assert sum(p) == pytest.approx(1)
