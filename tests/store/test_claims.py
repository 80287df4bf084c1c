"""Who plays what, where several runs share a database."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from debate.domain import Ended, Judgment, Ruled
from debate.store import LostClaim, Store
from debate.store.owners import Owner
from tests.store.children import (
    FORKS,
    assert_kept,
    assert_whole,
    calls_made,
    claim_and_wait,
    finish,
    kill,
    play,
    start,
)
from tests.store.making import TURNS, ids, intent, matches, planned, reply, said, speak


async def test_matches_are_claimed_in_the_order_of_the_plan_and_once(tmp_path: Path) -> None:
    """Open and played ones alike; two runs never have the same one."""
    order = [match.id for match in matches(6)]
    with planned(tmp_path / "debate.db", 6) as store:
        store.reopen("test", [order[0], order[3]], "played")
        store.reopen("test", [order[1]], "waiting")
        async with store.run("test") as one, store.run("test") as two:
            first = await one.claim(2)
            assert ids(first) == [order[0], order[2]]
            assert [each.state for each in first] == ["played", "open"]
            assert ids(await two.claim(2)) == [order[3], order[4]]
            assert ids(await one.claim(2)) == [order[5]]
            assert await two.claim(2) == ()
            assert await one.others() == 2
            assert await two.others() == 3


async def test_a_match_that_ended_is_free_for_its_next_state(tmp_path: Path) -> None:
    """One that waits for a person is nobody's; one that was given back is claimed again."""
    with planned(tmp_path / "debate.db", 2) as store:
        async with store.run("test") as run:
            one, two = ids(await run.claim(2))
            await run.write(Ended(match=one, state="waiting"))
            await run.write(Ended(match=two, state="open"))
            assert ids(await run.claim(2)) == [two]
            with pytest.raises(LostClaim):
                await run.write(said(one))


async def test_a_finished_run_has_nothing_to_claim(tmp_path: Path) -> None:
    """I8: and so makes no calls."""
    with planned(tmp_path / "debate.db", 2) as store:
        async with store.run("test") as run:
            for match in ids(await run.claim(2)):
                await run.write(Ended(match=match, state="done"))
        async with store.run("test") as run:
            assert await run.claim(2) == ()
            assert await run.others() == 0


async def test_a_unit_with_its_own_call_about_a_lost_match_is_refused(tmp_path: Path) -> None:
    """A built-in player announces, answers and speaks at once: nothing of it was paid for."""
    with planned(tmp_path / "debate.db", 1) as store:
        async with store.run("test") as run:
            call = intent("m1-another")
            with pytest.raises(LostClaim):
                await run.write(call, reply(call), said("m1-another"))
        assert store.status("test").calls == 0


async def test_what_was_paid_for_comes_with_the_claim(tmp_path: Path) -> None:
    """Stored turns, and replies to turns that are not complete, in the order in which they came."""
    with planned(tmp_path / "debate.db", 1) as store:
        async with store.run("test") as run:
            (match,) = ids(await run.claim(1))
            await speak(run, match, 0)
            for slot, text in enumerate(("one", "two")):
                call = intent(match, 1, slot=slot)
                await run.write(call)
                await run.write(reply(call, text))
            await run.write(intent(match, 1, slot=2))
            ruling = Judgment(id="v1-x", match=match, judge="jo")
            judged = intent(match).model_copy(update={"where": "v1-x", "purpose": "judge"})
            await run.write(judged)
            await run.write(reply(judged), Ruled(judgment=ruling))
        async with store.run("test") as run:
            (claimed,) = await run.claim(1)
    assert [turn.index for turn in claimed.debate.turns] == [0]
    assert [(call.slot, call.completion.text) for call in claimed.calls["turn:1"]] == [(0, "one"), (1, "two")]
    assert list(claimed.calls) == ["turn:1"]
    assert claimed.judgments == (ruling,)


async def test_the_claims_of_a_process_that_died_are_free_at_once(tmp_path: Path) -> None:
    """A12: nobody waits for the lease of a run that was killed."""
    path = tmp_path / "debate.db"
    planned(path, 3).close()
    claimed = FORKS.Event()
    process = start(claim_and_wait, path, 2, claimed)
    assert await asyncio.to_thread(claimed.wait, 60)
    with Store.open(path) as store:
        async with store.run("test") as run:
            assert len(await run.claim(3)) == 1, "the others are claimed by a process that lives"
            assert await run.others() == 2
            kill(process)
            assert len(await run.claim(3)) == 2
            assert run.reserved_usd == 0.25
            assert run.spent_max_usd == 0.25, "its call may have been billed"


async def test_the_claims_of_a_silent_run_are_free_when_its_lease_ends(tmp_path: Path) -> None:
    """A run that was suspended finds its matches gone, and what it says about them is not recorded."""
    now = 1_000.0
    with planned(tmp_path / "debate.db", 2) as store:
        async with store.run("test", lease_s=60, clock=lambda: 1_000.0) as slow:
            one, two = ids(await slow.claim(2))
            call = intent(one, reserve_usd=0.5)
            await slow.write(call)
            async with store.run("test", clock=lambda: now) as quick:
                assert await quick.claim(2) == ()
                now += 61
                assert ids(await quick.claim(1)) == [one]
                with pytest.raises(LostClaim):
                    await slow.write(reply(call, "Late."), said(one, 0, "Late."))
                with pytest.raises(LostClaim):
                    await slow.write(said(two))
                await speak(quick, one)
            assert ids(await slow.claim(2)) == [], "what it lost it never claims again"
        (late, _) = store.calls(one)
        assert late.outcome == "late", "it was paid for"
        assert late.reply is not None
        assert late.reply.completion.text == "Late."
        assert [turn.text for turn in store.debate(one).turns] == ["I hold my answer."]
        assert store.status("test").reserved_usd == 0


async def test_a_late_reply_is_not_given_to_who_plays_now(tmp_path: Path) -> None:
    """C13: it is stored as waste, beside the one that counts."""
    now = 1_000.0
    with planned(tmp_path / "debate.db", 1) as store:
        async with store.run("test", clock=lambda: 1_000.0) as slow:
            (match,) = ids(await slow.claim(1))
            call = intent(match)
            await slow.write(call)
            now += 61
            async with store.run("test", clock=lambda: now) as quick:
                await quick.claim(1)
                with pytest.raises(LostClaim):
                    await slow.write(reply(call, "Late."), said(match))
            async with store.run("test", clock=lambda: now) as third:
                (claimed,) = await third.claim(1)
        assert claimed.calls == {}


def test_a_process_is_dead_if_it_is_gone_or_another_has_its_pid() -> None:
    """On this machine only: of another one nothing can be told."""
    here = Owner.here()
    assert not here.dead()
    assert Owner(here.host, here.boot, here.pid, here.born + 1).dead()
    assert Owner(here.host, here.boot, 2**22 + 1, 5).dead()
    assert not Owner("elsewhere", here.boot, 2**22 + 1, 5).dead()
    machine, _, space = here.boot.split("/")
    assert Owner(here.host, f"{machine}/before/{space}", here.pid, here.born).dead(), "the machine was started again"
    assert not Owner(here.host, f"another/before/{space}", here.pid, here.born).dead(), "one of the same name"
    assert not Owner(here.host, here.boot + "0", 2**22 + 1, 5).dead(), "in another container"


def test_two_processes_share_the_work_and_no_call_is_made_twice(tmp_path: Path) -> None:
    """B15: disjoint claims; together they play everything."""
    path = tmp_path / "debate.db"
    logs = tmp_path / "one", tmp_path / "two"
    planned(path, 60).close()
    ready = [FORKS.Event() for _ in logs]
    processes = [start(play, path, log, 1, 2, event) for log, event in zip(logs, ready, strict=True)]
    assert [finish(process) for process in processes] == [0, 0]
    assert_whole(path)
    for log in logs:
        assert_kept(path, log)
    assert calls_made(path) == 60 * TURNS
    with Store.open(path) as store:
        assert store.status("test").matches["done"] == 60
