"""A whole tournament: played, judged, stopped, gone on with, and never paid for twice."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debate.domain import (
    Ask,
    Completion,
    Debate,
    Judge,
    Judgment,
    Limits,
    Match,
    Pairing,
    Player,
    Protocol,
    Request,
    Tournament,
    View,
)
from debate.errors import AccountError, Permanent, PlanChanged, UsageError
from debate.events import Closed, Event, Started
from debate.preparing import prepare
from debate.store import Store
from debate.tournament import Stop
from tests import scripts
from tests.builders import question
from tests.runs import assert_goes_on, counting, played, spec, transcripts

HONEST = scripts.cast(speak=scripts.numbered, judge=lambda ask: scripts.verdict(ask, (0.7, 0.3)))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "test.db", create=True)


async def test_every_planned_turn_and_ruling_is_there(store: Store, tmp_path: Path) -> None:
    """I1: two questions, two seatings, three rounds of two turns, and one ruling each."""
    result = await played(store, spec(tmp_path), HONEST)
    assert result.ending == "done"
    assert result.matches["done"] == 4
    for debate, judgments in store.debates("test"):
        assert [turn.index for turn in debate.turns] == list(range(6))
        assert [(j.judge, j.state, j.final) for j in judgments] == [("jo", "valid", (0.7, 0.3))]


async def test_a_finished_run_makes_no_calls(store: Store, tmp_path: Path) -> None:
    """I8: the same command again says that nothing is left."""
    await played(store, spec(tmp_path), HONEST)
    seen: list[Ask] = []
    again = await played(store, spec(tmp_path), counting(HONEST, seen))
    assert (again.ending, again.calls, seen) == ("done", 0, [])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 60), st.integers(1, 3))
async def test_a_run_goes_on_from_wherever_it_stopped(
    tmp_path_factory: pytest.TempPathFactory, calls: int, best: int
) -> None:
    """A2, I2, I3: after any number of calls; what was answered is not asked again, best-of-N included."""
    folder = tmp_path_factory.mktemp("run")
    preference = {"best_of": best, "preference": "lab/taste"} if best > 1 else {}
    players = tuple(Player(name=n, model=f"lab/{n}", **preference) for n in ("ada", "bob"))  # type: ignore[arg-type] # as above
    tournament = spec(folder, debaters=players)
    await assert_goes_on(folder, tournament, HONEST, cuts=(calls,))


async def test_a_cap_on_calls_stops_cleanly_and_can_be_raised(store: Store, tmp_path: Path) -> None:
    """C22: no more calls than the cap, in all runs together."""
    seen: list[Ask] = []
    capped = spec(tmp_path, limits=Limits(concurrency=4, max_calls=10))
    result = await played(store, capped, counting(HONEST, seen))
    assert (result.ending, len(seen)) == ("budget", 10)
    again = await played(store, capped, counting(HONEST, seen))
    assert (again.ending, len(seen)) == ("budget", 10)
    rest = await played(store, spec(tmp_path), counting(HONEST, seen))
    assert (rest.ending, len(seen)) == ("done", 28)


async def test_a_stop_that_is_asked_for_ends_what_is_in_flight(store: Store, tmp_path: Path) -> None:
    """A4: nothing that was paid for is lost."""
    stop = Stop()
    stop.ask()
    assert (await played(store, spec(tmp_path), HONEST, stop=stop)).ending == "interrupted"
    assert (await played(store, spec(tmp_path), HONEST)).ending == "done"


@pytest.mark.parametrize(("at", "ending"), [(1, "interrupted"), (4, "done")])
async def test_a_stop_after_the_last_match_has_nothing_to_stop(
    store: Store, tmp_path: Path, at: int, ending: str
) -> None:
    """A4: a run that is done says so, though it was asked to stop in that moment."""
    stop, closed = Stop(), itertools.count(1)

    def tell(event: Event) -> None:
        if isinstance(event, Closed) and next(closed) == at:
            stop.ask()

    one = spec(tmp_path, limits=Limits(concurrency=1))
    assert (await played(store, one, HONEST, stop=stop, tell=tell)).ending == ending


async def test_a_stop_between_two_swiss_rounds_leaves_the_next_one(store: Store, tmp_path: Path) -> None:
    """A4: what is not planned yet is left all the same."""
    stop, closed, planned = Stop(), itertools.count(1), 0

    def tell(event: Event) -> None:
        nonlocal planned
        if isinstance(event, Started):
            planned = event.matches
        if isinstance(event, Closed) and next(closed) == planned:
            stop.ask()

    assert (await played(store, swiss(tmp_path, 2), best, stop=stop, tell=tell)).ending == "interrupted"
    assert (await played(store, swiss(tmp_path, 2), best)).ending == "done"


@pytest.mark.parametrize("state", ["refused", "truncated", "empty"])
async def test_a_debate_with_an_unusable_turn_is_set_aside(store: Store, tmp_path: Path, state: str) -> None:
    """D1, D2, D3: after one re-ask it is not judged, and counted by player and side."""

    def speak(ask: Ask) -> str | Completion:
        return Completion(text="", state=state) if ask.voice.name == "bob" else HONEST(ask)  # type: ignore[arg-type] # parametrised

    result = await played(store, spec(tmp_path), speak)
    assert result.ending == "failures"
    assert result.matches["set-aside"] == 4
    assert {(s.state, s.player) for s in store.status("test").set_aside} == {(state, "bob")}
    assert all(not judgments for _, judgments in store.debates("test"))


async def test_a_match_that_failed_keeps_what_was_paid_for_and_can_be_played_on(store: Store, tmp_path: Path) -> None:
    """A call that failed for good is a row beside the turns; the other seat's turn stays."""
    broken = True

    def speak(ask: Ask) -> str | Completion:
        if broken and ask.voice.name == "bob":
            raise Permanent("the request was refused")
        return HONEST(ask)

    result = await played(store, spec(tmp_path), speak)
    assert result.matches["failed"] == 4
    assert {len(turns) for turns in transcripts(store).values()} == {1}
    assert (await played(store, spec(tmp_path), speak)).calls == 0
    broken = False
    seen: list[Ask] = []
    again = await played(store, spec(tmp_path), counting(speak, seen), retry_failed=True)
    assert again.matches["done"] == 4
    assert len(seen) == 4 * 7 - 4


async def test_a_judge_that_fails_is_counted_and_never_filled_in(store: Store, tmp_path: Path) -> None:
    """E18: a refusal is a state; the debate is there for other judges."""
    await played(store, spec(tmp_path), scripts.cast(judge=scripts.refuser))
    states = Counter(j.state for _, judgments in store.debates("test") for j in judgments)
    assert states == {"refused": 4}


async def test_a_ruling_that_failed_can_be_made_again(store: Store, tmp_path: Path) -> None:
    """The failed one is kept, superseded, and only what failed is asked for."""
    broken = True

    def speak(ask: Ask) -> str | Completion:
        if broken and scripts.is_judge(ask):
            raise Permanent("the request was refused")
        return HONEST(ask)

    result = await played(store, spec(tmp_path), speak)
    assert (result.ending, result.unruled, result.matches["done"]) == ("failures", 4, 4)
    (lost,) = store.status("test").failures
    assert (lost.count, lost.ruling, lost.message) == (4, True, "the request was refused")
    assert Counter(j.state for _, judgments in store.debates("test") for j in judgments) == {"failed": 4}
    broken = False
    seen: list[Ask] = []
    assert (await played(store, spec(tmp_path), counting(speak, seen))).calls == 0
    again = await played(store, spec(tmp_path), counting(speak, seen), retry_failed=True)
    assert (again.ending, len(seen)) == ("done", 4)
    assert store.status("test").failures == ()
    for _, judgments in store.debates("test"):
        failed, valid = judgments
        assert (failed.state, failed.superseded_by, valid.state) == ("failed", valid.id, "valid")


async def test_too_many_failures_stop_the_run(store: Store, tmp_path: Path) -> None:
    """A tournament says how much it bears."""
    limits = Limits(concurrency=1, max_failures=0.05)
    result = await played(store, spec(tmp_path, asked=10, limits=limits), scripts.cast(speak=scripts.refuser))
    assert result.ending == "failures"
    assert "max_failures" in result.why
    assert 0 < result.matches["set-aside"] < 20


async def test_a_rejected_key_stops_the_whole_run_at_once(store: Store, tmp_path: Path) -> None:
    """C4, C5: an account that cannot be used is fatal, and the run can go on later."""

    def speak(ask: Ask) -> str:
        raise AccountError("the key was rejected")

    with pytest.raises(AccountError):
        await played(store, spec(tmp_path), speak)
    assert (await played(store, spec(tmp_path), HONEST)).ending == "done"


async def test_views_cost_no_debater_call(store: Store, tmp_path: Path) -> None:
    """Quotes, opening, one side and two consultancies are ballots cut from what is stored."""
    seen: list[Ask] = []
    views: tuple[View, ...] = ("full", "quotes", "opening", "solo", "double")
    tournament = spec(
        tmp_path,
        protocols=(Protocol(name="debate", rounds=1), Protocol(name="consultancy", rounds=1)),
        judges=(Judge(name="jo", model="lab/jo", views=views),),
    )
    await played(store, tournament, counting(HONEST, seen))
    assert Counter(ask.purpose for ask in seen)["speak"] == 4 * 2 + 8
    ruled = Counter((d.match.protocol.name, j.view) for d, judgments in store.debates("test") for j in judgments)
    assert ruled["debate", "solo"] == 8
    assert ruled["consultancy", "double"] == 4
    assert ruled["debate", "full"] == ruled["debate", "quotes"] == ruled["debate", "opening"] == 4


async def test_controls_are_played_and_judged(store: Store, tmp_path: Path) -> None:
    """Naive, expert, consultancy and solo run through the same engine."""
    await played(store, spec(tmp_path, controls=("naive", "expert", "consultancy", "solo")), HONEST)
    ruled = Counter(d.match.protocol.title for d, judgments in store.debates("test") if judgments)
    assert ruled == {"debate": 4, "consultancy": 8, "naive": 2, "expert": 2}
    answers = [d.turns[0].says for d, _ in store.debates("test") if d.match.protocol.name == "solo"]
    assert len(answers) == 8
    assert all(says and says.beliefs == (0.5, 0.5) for says in answers)


async def test_a_judge_at_the_seat_asks_and_rules_live(store: Store, tmp_path: Path) -> None:
    """An interactive debate has questions between rounds, and its last act is a judgment."""
    rules = (Protocol(name="debate", rounds=2, interactive=True),)
    await played(store, spec(tmp_path, protocols=rules), HONEST)
    debate, judgments = next(iter(store.debates("test")))
    assert [turn.kind for turn in debate.turns] == ["question", "argument", "argument"] * 2 + ["ruling"]
    assert Counter(j.channel for j in judgments) == {"live": 1, "offline": 1}


async def test_a_persons_seat_waits(store: Store, tmp_path: Path) -> None:
    """A match that needs a person gives up its place, and the run says so."""
    rules = (Protocol(name="debate", rounds=1, interactive=True),)
    people = (Judge(name="pat", model="human/pat"),)
    result = await played(store, spec(tmp_path, protocols=rules, judges=people), HONEST)
    assert (result.ending, result.matches["waiting"]) == ("waiting", 4)


def best(ask: Ask) -> str:
    if not scripts.is_judge(ask):
        return f"I am the {ask.voice.name}th best."
    strength = {s.argues: -int(s.text[10]) for s in ask.source.speeches}
    strongest = max(strength, key=lambda a: strength[a])
    return scripts.verdict(ask, scripts.sure_of(strongest or 0, 2))


def swiss(folder: Path, rounds: int, **more: Any) -> Tournament:
    """Four players, of whom the first is the best."""
    players = tuple(Player(name=f"p{i}", model=f"lab/p{i}") for i in range(4))
    rules = (Protocol(name="debate", rounds=1),)
    return spec(folder, debaters=players, pairing=Pairing(kind="swiss", rounds=rounds), protocols=rules, **more)


async def test_a_bug_in_one_match_ends_the_run(store: Store, tmp_path: Path) -> None:
    """Whatever a player's own code raises comes out, however many matches went well before."""

    def fails_at_last(ask: Ask) -> str | Completion:
        if ask.voice.name == "bob" and len(seen) > 9:
            raise ValueError("a bug of the script")
        return HONEST(ask)

    seen: list[Ask] = []
    with pytest.raises(UsageError, match="a bug of the script"):
        await played(store, spec(tmp_path, asked=4, limits=Limits(concurrency=1)), counting(fails_at_last, seen))


async def test_swiss_rounds_follow_from_results(store: Store, tmp_path: Path) -> None:
    """Each round pairs neighbours in the standings who have not met."""
    await played(store, swiss(tmp_path, 3), best)
    met = Counter(names(d.match) for d, _ in store.debates("test"))
    assert set(met.values()) == {4}
    assert len(met) == 6


async def test_a_swiss_tournament_goes_on_in_the_round_that_it_was_in(store: Store, tmp_path: Path) -> None:
    """I8: stopped anywhere it ends with as many rounds as were asked for, and played again it makes no call."""
    whole: list[Ask] = []
    with Store.open(tmp_path / "whole.db", create=True) as other:
        await played(other, swiss(tmp_path, 2), counting(best, whole))
    made: list[Ask] = []
    for calls in (5, 20, 30, 1_000, 1_000):
        tournament = swiss(tmp_path, 2, limits=Limits(max_calls=calls))
        await played(store, tournament, counting(best, made))
    assert len(made) == len(whole) == 2 * 2 * 2 * 2 * 3
    later = swiss(tmp_path, 2, asked=3, judges=(Judge(name="jo", model="lab/jo"), Judge(name="al", model="lab/al")))
    await played(store, later, best)
    assert set(Counter(names(d.match) for d, _ in store.debates("test")).values()) == {6}
    assert len({names(d.match) for d, _ in store.debates("test")}) == 4


def names(match: Match) -> frozenset[str]:
    return frozenset(seat.player.name for seat in match.seats if seat.player)


async def test_additions_extend_and_changes_are_refused(store: Store, tmp_path: Path) -> None:
    """K4, G11: more judges, questions and players add to a tournament; a changed player is a list of differences."""
    await played(store, spec(tmp_path), HONEST)
    more = spec(tmp_path, asked=3, judges=(Judge(name="jo", model="lab/jo"), Judge(name="al", model="lab/al")))
    seen: list[Ask] = []
    await played(store, more, counting(HONEST, seen))
    assert Counter(ask.voice.name for ask in seen) == {"ada": 6, "bob": 6, "jo": 2, "al": 6}
    other = spec(tmp_path, asked=3, debaters=(Player(name="ada", model="lab/ada", temperature=1.0), *more.debaters[1:]))
    with pytest.raises(PlanChanged, match="temperature"):
        prepare(other, store)


def perfect(ask: Ask) -> str | Completion:
    right = {"He was hiding two crates of sand": 0.9, "He had counted them himself": 0.1}
    if scripts.is_judge(ask):
        return scripts.verdict(ask, [right[answer] for answer in ask.source.question.answers])
    return f"For {ask.source.question.answers[getattr(ask.source, 'argues', 0) or 0]}."


def told(debate: Debate, judgment: Judgment, correct: int) -> tuple[object, ...]:
    """What a judgment says, without saying which answer the bank calls the first."""
    answers = debate.match.question.answers
    sides = sorted((s.player.name, answers[s.argues or 0]) for s in debate.match.seats if s.player)
    belief = round(judgment.final[correct], 6) if judgment.final else None
    return tuple(sides), answers[judgment.shown[0]], belief, len(judgment.beliefs)


@pytest.mark.parametrize("best_of", [1, 2])
async def test_swapping_the_answers_mirrors_every_number(tmp_path: Path, best_of: int) -> None:
    """E19, I6: with a perfect judge nothing depends on the order of answers, the seats or the letters."""
    answers = ("He was hiding two crates of sand", "He had counted them himself")
    seen = []
    for order, correct in ((answers, 0), (answers[::-1], 1)):
        folder = tmp_path / str(correct)
        folder.mkdir()
        more = {"best_of": best_of, "preference": "lab/taste"} if best_of > 1 else {}
        players = tuple(Player(name=n, model=f"lab/{n}", **more) for n in ("ada", "bob"))  # type: ignore[arg-type] # as above
        judges = (Judge(name="jo", model="lab/jo", orders="both", beliefs="every-round"),)
        tournament = spec(folder, asked=[question(answers=order, correct=correct)], debaters=players, judges=judges)
        with Store.open(folder / "test.db", create=True) as store:
            await played(store, tournament, scripts.by_name({"ada": perfect, "bob": perfect, "jo": perfect}))
            seen.append(Counter(told(d, j, correct) for d, judgments in store.debates("test") for j in judgments))
    assert seen[0] == seen[1]


async def test_no_prompt_holds_a_key_or_a_name(store: Store, tmp_path: Path) -> None:
    """E20, I7: what is sent to anyone tells neither which answer is right nor who plays."""
    sent: list[str] = []

    players = (Player(name="sentinel-a", model="lab/ada"), Player(name="sentinel-b", model="lab/bob"))
    plain = scripts.cast(judge=scripts.undecided)

    def whole(request: Request) -> str | Completion:
        assert request.ask
        sent.append(str(request.messages))
        return plain(request.ask)

    await played(store, spec(tmp_path, debaters=players), whole)
    assert sent
    assert not any("sentinel" in text or '"correct"' in text for text in sent)
