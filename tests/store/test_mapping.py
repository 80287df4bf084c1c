"""Every value comes back from the database as it went in."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from debate.domain import (
    Belief,
    Completion,
    Ended,
    Failure,
    Judgment,
    Key,
    Match,
    Passage,
    Posed,
    Protocol,
    Question,
    Quote,
    Reply,
    Ruled,
    Said,
    Says,
    Seat,
    Span,
    Turn,
    Usage,
    match_id,
)
from debate.store import Store
from debate.store.batch import insert_rows
from debate.store.mapping import turn_row
from tests import builders
from tests.store.making import ids, intent, planned

HOSTILE = "before \x00 \ud800 \udfff \\u0000 \x1b[31m ‮ 🦆 after"

text = st.text(st.characters(), max_size=30) | st.just(HOSTILE)
few = st.integers(0, 9)
share = st.floats(0, 1, allow_nan=False)
maybe = st.none()
money = st.none() | st.floats(0, 1e6, allow_nan=False)
usages = st.builds(Usage, input_tokens=few, cached_tokens=few, output_tokens=few, cost_usd=money, cost_max_usd=money)
beliefs = st.tuples(share, share)
says = st.builds(Says, beliefs=maybe | beliefs, question=maybe | text, end=maybe | st.booleans())
quotes = st.builds(
    Quote, start=few, end=few, passage_start=maybe | few, status=st.sampled_from(["verified", "repaired"])
)
turns = st.builds(
    Turn,
    index=st.just(0),
    seat=text,
    round=few,
    beat=few,
    kind=text,
    text=text,
    about=maybe | few,
    says=maybe | says,
    quotes=st.lists(quotes, max_size=2).map(tuple),
    scratchpad=text,
    state=st.sampled_from(["ok", "truncated", "refused", "empty", "malformed"]),
    conceded=st.booleans(),
    flags=st.lists(text, max_size=2).map(tuple),
    names=st.lists(st.tuples(few, few), max_size=2).map(tuple),
    usage=usages,
)
completions = st.builds(
    Completion,
    text=text,
    thinking=text,
    state=st.sampled_from(["ok", "truncated", "refused", "empty"]),
    usage=usages,
    model=text,
    logprobs=maybe | st.dictionaries(text, share, max_size=2),
)
judgments = st.builds(
    Judgment,
    id=st.just("v1-x"),
    match=st.just(""),
    judge=text,
    kind=st.sampled_from(["model", "human", "builtin"]),
    view=st.sampled_from(["full", "quotes", "opening", "solo", "double"]),
    hears=maybe | few,
    channel=st.sampled_from(["live", "offline"]),
    purpose=st.sampled_from(["study", "practice", "attention", "repeat"]),
    state=st.sampled_from(["valid", "abstained", "refused", "truncated", "malformed", "failed"]),
    shown=st.permutations([0, 1]).map(tuple),
    sample=few,
    final=maybe | beliefs,
    beliefs=st.lists(st.builds(Belief, after_round=few, p=beliefs), max_size=3, unique_by=lambda b: b.after_round).map(
        lambda found: tuple(sorted(found, key=lambda b: b.after_round))
    ),
    reason=text,
    transcript=st.just("t1-x"),
    usage=usages,
    active_s=money,
    idle_s=money,
    superseded_by=maybe | st.just("v1-y"),
)
quick = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes a database for every step
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@quick
@given(turn=turns, completion=completions, judgment=judgments)
async def test_what_a_run_writes_comes_back(
    tmp_path: Path, turn: Turn, completion: Completion, judgment: Judgment
) -> None:
    """D6: lone surrogates, NUL and control bytes survive in every text."""
    path = tmp_path / "debate.db"
    path.unlink(missing_ok=True)
    with planned(path, 1) as store:
        async with store.run("test") as run:
            (match,) = ids(await run.claim(1))
            first, pending = intent(match, 0), intent(match, 1)
            await run.write(first, pending)
            await run.write(Reply(call=first.call, completion=completion), Said(match=match, turn=turn))
            await run.write(Reply(call=pending.call, completion=completion))
            ruled = judgment.model_copy(update={"match": match})
            await run.write(Ruled(judgment=ruled), Ended(match=match, state="played"))
        async with store.run("test") as run:
            (claimed,) = await run.claim(1)
        assert claimed.state == "played"
        assert claimed.debate.turns == (turn,)
        assert claimed.judgments == (ruled,)
        assert list(claimed.calls) == ["turn:1"]
        assert claimed.calls["turn:1"][0].completion == completion
        assert store.calls(match)[0].reply == claimed.calls["turn:1"][0]


def test_questions_keys_and_matches_come_back(tmp_path: Path) -> None:
    """D6: what is pinned is as it was given, hostile text and all."""
    asked = Posed.of(HOSTILE, ("a" + HOSTILE, "b"), Passage.of(HOSTILE, HOSTILE))
    key = Key(
        question=asked.id,
        correct=1,
        distractor=0,
        evidence=(Span(start=1, end=4),),
        difficulty=0.5,
        domain=HOSTILE,
        tags=(HOSTILE,),
        reason=HOSTILE,
        share=False,
        meta={"x": [HOSTILE, None, 1.5]},
    )
    rules = Protocol(name="debate", label=HOSTILE, options={"x": HOSTILE})
    player = builders.player(name=HOSTILE, persona=HOSTILE, extra={"x": HOSTILE})
    seats = (Seat(seat="B", player=player, argues=1), Seat(seat="A", judge=builders.judge(principles=HOSTILE)))
    match = Match(
        id=match_id(asked.id, rules, seats, 3, "t1-x", HOSTILE),
        question=asked,
        protocol=rules,
        seats=seats,
        repeat=3,
        shown=(1, 0),
        prompts="t1-x",
        arm=HOSTILE,
    )
    tournament = builders.tournament(debaters=(player,))
    with Store.open(tmp_path / "debate.db", create=True) as store:
        store.pin(tournament, {"debate/debater": HOSTILE}, [Question(posed=asked, key=key)], [match])
    with Store.open(tmp_path / "debate.db") as store:
        pinned = store.pinned("test")
        assert pinned is not None
        assert pinned.tournament == tournament
        assert pinned.templates == {"debate/debater": HOSTILE}
        assert list(store.keys("test")) == [key]
        assert store.debate(match.id).match == match


async def test_failures_come_back(tmp_path: Path) -> None:
    """D6: an endpoint's error message may hold anything."""
    with planned(tmp_path / "debate.db") as store:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            failure = Failure(match=match, where="turn:0", kind="Permanent", message=HOSTILE, seat="A", player=HOSTILE)
            await run.write(failure, Ended(match=match, state="failed"))
        (found,) = store.failures(match)
        assert found.at
        assert found.model_copy(update={"at": ""}) == failure
        (failed,) = store.status("test").failures
        assert (failed.player, failed.count) == (HOSTILE, 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [("state", "fine"), ("conceded", 2), ("rest", "not JSON"), ("round", "one"), ("text", None)],
)
def test_the_tables_refuse_what_no_value_can_be(tmp_path: Path, column: str, value: Any) -> None:
    """A state that does not exist, a flag that is not one, a wrong type: STRICT tables and CHECKs say no."""
    with planned(tmp_path / "debate.db") as store:
        row = dict(turn_row(1, builders.turn(), "2026-01-01T00:00:00.000Z"))
        with store.database.writing() as connection:
            insert_rows(connection, "turn", [row])
        with pytest.raises(IntegrityError), store.database.writing() as connection:
            insert_rows(connection, "turn", [row | {"index": 1, column: value}])


@pytest.mark.parametrize("cost", [float("nan"), float("inf"), -1.0])
async def test_a_cost_that_is_no_number_of_dollars_never_becomes_one(tmp_path: Path, cost: float) -> None:
    """NaN is unknown to SQLite; infinite and negative costs are refused, and stop the run as the bugs that they are."""
    path = tmp_path / "debate.db"
    with planned(path) as store:
        try:
            async with store.run("test") as run:
                match, *_ = ids(await run.claim(1))
                call = intent(match)
                await run.write(call)
                bad = Completion(text="", usage=Usage.model_construct(cost_usd=cost))
                await run.write(Reply(call=call.call, completion=bad))
        except IntegrityError:
            pass
    with sqlite3.connect(path) as raw:
        costs = raw.execute("SELECT spent_usd, spent_max_usd FROM run").fetchall()
    raw.close()
    assert costs == [(0.0, 0.0)]
