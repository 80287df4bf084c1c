"""A sitting is what its acts add up to, whoever shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.domain import Act, Asked, Deed, Study
from debate.studies.session import Refused, Session, allowed, done, in_bank_order, pending, restored

DEEDS: tuple[Deed, ...] = Act.model_fields["kind"].annotation.__args__  # type: ignore[union-attr] # a Literal's words
STUDIES = st.builds(
    Study,
    prior=st.booleans(),
    beliefs=st.sampled_from(["every-round", "final"]),
    min_rounds=st.integers(0, 3),
    reason=st.booleans(),
    commit=st.booleans(),
    survey=st.sampled_from(
        [(), (Asked(name="sure", text="How sure are you?"), Asked(name="why", text="Why?", kind="text"))]
    ),
)
ACTS = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.builds(
            Act,
            kind=st.sampled_from(DEEDS),
            percent=st.integers(1, 99) | st.none(),
            text=st.sampled_from(["3", "the sand", "", "  "]),
            about=st.sampled_from(["0", "1", ""]),
            span=st.sampled_from([(0, 4), (2, 3), (3, 3), None]),
            active_ms=st.integers(0, 9),
            idle_ms=st.integers(0, 9),
        ),
    ),
    max_size=50,
)
Picked = list[tuple[int, Act]]


def picked(session: Session, study: Study, pick: int, act: Act) -> Act:
    """An act of any kind, or mostly one that can be done now and leads on."""
    able = [kind for kind in allowed(session, study) if kind not in ("skip", "pause")]
    if pick % 7 == 0 or not able:
        return act
    asked = pending(session, study)
    about = asked.name if asked and session.stage == "survey" else act.about
    return act.model_copy(update={"kind": able[pick % len(able)], "about": about})


def through(study: Study, rounds: int, acts: Picked, *, live: bool = False) -> tuple[Session, list[Act]]:
    """Do what can be done of these acts, and return the state and what was taken."""
    session, taken = Session(rounds=rounds, live=live), []
    for pick, wanted in acts:
        act = picked(session, study, pick, wanted)
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


GIVEN = given(study=STUDIES, rounds=st.integers(0, 4), acts=ACTS, live=st.booleans())


@GIVEN
def test_the_stored_acts_lead_to_the_same_state_from_every_prefix(
    study: Study, rounds: int, acts: Picked, live: bool
) -> None:
    """I1: a sitting that was killed after any act goes on in the state it was in."""
    session, taken = through(study, rounds, acts, live=live)
    for cut in range(0, len(taken) + 1, 3):
        resumed = restored(study, rounds, taken[:cut], live=live)
        for act in taken[cut:]:
            resumed = done(resumed, study, act)
        assert resumed == session


@GIVEN
def test_no_sequence_of_acts_reaches_a_state_that_makes_no_sense(
    study: Study, rounds: int, acts: Picked, live: bool
) -> None:
    """Rounds are revealed one by one, beliefs are of rounds that were read, and time only grows."""
    before = Session(rounds=rounds, live=live)
    for pick, wanted in acts:
        act = picked(before, study, pick, wanted)
        try:
            after = done(before, study, act)
        except Refused:
            continue
        assert act.kind in allowed(before, study)
        assert before.revealed <= after.revealed <= min(before.revealed + 1, rounds)
        assert len({number for number, _ in after.percents}) == len(after.percents)
        assert all(number <= after.revealed and 1 <= p <= 99 for number, p in after.percents)
        assert after.active_ms - before.active_ms == act.active_ms
        assert after.idle_ms - before.idle_ms == act.idle_ms
        before = after


@GIVEN
def test_what_is_handed_in_has_what_the_study_asks_for(study: Study, rounds: int, acts: Picked, live: bool) -> None:
    """A belief at the end, the least number of rounds, a reason and a lean where they are asked for."""
    session, _ = through(study, rounds, acts, live=live)
    if session.stage != "submitted":
        return
    assert session.percents[-1][0] == session.revealed
    assert session.revealed >= min(max(study.min_rounds, 1), rounds)
    assert session.reason or not study.reason
    assert session.percent != 50 or not study.commit
    assert [name for name, _ in session.told] == [asked.name for asked in study.survey]
    assert allowed(session, study) == (() if live else ("amend",))


@given(study=STUDIES, rounds=st.integers(0, 4))
def test_reading_on_comes_to_the_review(study: Study, rounds: int) -> None:
    """Whatever the study asks, going on ends, with a belief after each round where each is asked for."""
    session = restored(study, rounds, straight(study, rounds))
    assert session.revealed == rounds
    asked = range(0 if study.prior or not rounds else 1, rounds + 1) if study.beliefs == "every-round" else ()
    assert set(asked) <= {number for number, _ in session.percents}


def test_a_ruling_that_is_opened_again_keeps_what_was_said() -> None:
    """The path of beliefs, the reason and the survey stand, and only what is changed changes."""
    study = Study(survey=(Asked(name="sure", text="How sure are you?"),))
    acts = [*straight(study, 2), Act(kind="reason", text="sand"), Act(kind="submit")]
    acts.append(Act(kind="answer", about="sure", text="4"))
    first = restored(study, 2, acts)
    assert (first.stage, first.told) == ("submitted", (("sure", "4"),))
    acts += [Act(kind="amend"), Act(kind="back"), Act(kind="believe", percent=20), Act(kind="next"), Act(kind="submit")]
    second = restored(study, 2, acts)
    assert (second.stage, second.corrections, second.percent, second.reason) == ("submitted", 1, 20, "sand")
    assert second.percents[:-1] == first.percents[:-1]


def test_a_question_that_is_passed_over_has_no_answer() -> None:
    """I11: what was not answered is missing, not a default; a number beside the scale is refused."""
    study = Study(
        reason=False, survey=(Asked(name="sure", text="How sure?"), Asked(name="why", text="Why?", kind="text"))
    )
    acts = [*straight(study, 0), Act(kind="submit")]
    for wrong in ("0", "6", "", "many"):
        with pytest.raises(Refused, match="1 to 5"):
            restored(study, 0, [*acts, Act(kind="answer", about="sure", text=wrong)])
    acts += [Act(kind="omit", about="sure"), Act(kind="answer", about="why", text="the sand")]
    assert restored(study, 0, acts).told == (("sure", None), ("why", "the sand"))


@pytest.mark.parametrize("said", ["3", "no idea", "No idea"])
def test_an_option_is_chosen_by_its_number_or_its_words(said: str) -> None:
    """Who is shown "3. no idea" may type either; it is kept as it is called."""
    asked = Asked(name="which", text="Which is stronger?", kind="choice", options=("A", "B", "no idea"))
    study = Study(reason=False, survey=(asked,))
    acts = [*straight(study, 0), Act(kind="submit")]
    assert restored(study, 0, [*acts, Act(kind="answer", about="which", text=said)]).told == (("which", "no idea"),)
    with pytest.raises(Refused, match="1 to 3"):
        restored(study, 0, [*acts, Act(kind="answer", about="which", text="C")])


def test_who_sits_in_the_debate_asks_until_it_ends() -> None:
    """At the seat a belief and a question end each round, the next one has to come, and a decision ends it all."""
    study = Study(prior=False, reason=False)
    acts = [Act(kind="begin"), Act(kind="believe", percent=50), Act(kind="ask", text="Which line?")]
    waiting = restored(study, 3, acts, live=True)
    assert (waiting.stage, waiting.revealed) == ("waiting", 0)
    with pytest.raises(Refused):
        restored(study, 3, [*acts, Act(kind="believe", percent=10)], live=True)
    acts += [Act(kind="next"), Act(kind="next"), Act(kind="believe", percent=90), Act(kind="stop"), Act(kind="submit")]
    ended = restored(study, 3, acts, live=True)
    assert (ended.stage, ended.revealed, allowed(ended, study)) == ("submitted", 1, ())


def test_notes_and_marks_can_be_changed() -> None:
    """The latest note at a speech stands, an empty one is none, and a mark can be taken away."""
    acts = [Act(kind="begin"), Act(kind="note", about="2", text="odd"), Act(kind="note", about="2", text="very odd")]
    acts += [Act(kind="mark", about="2", span=(0, 5), tag="misquote"), Act(kind="mark", about="2", span=(7, 9))]
    session = restored(Study(), 1, acts)
    assert (session.note(2), len(session.marks), session.marks[0].tag) == ("very odd", 2, "misquote")
    acts += [Act(kind="note", about="2", text=" "), Act(kind="unmark", about="2", span=(0, 5))]
    session = restored(Study(), 1, acts)
    assert (session.note(2), [mark.span for mark in session.marks]) == ("", [(7, 9)])


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
