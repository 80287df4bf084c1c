"""Caps hold for the tournament, not for the process, and the sums are those of the rows."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from debate.domain import Completion, Limits, Reply, Usage
from debate.errors import BudgetReached
from tests.store.children import assert_whole
from tests.store.making import fault, ids, intent, planned, reply, said


def costing(call: str, usd: float | None, most: float | None = None) -> Reply:
    usage = Usage(input_tokens=100, cached_tokens=60, output_tokens=10, cost_usd=usd, cost_max_usd=most, calls=1)
    return Reply(call=call, completion=Completion(text="Yes.", usage=usage))


async def test_a_reservation_becomes_what_the_call_cost(tmp_path: Path) -> None:
    """And what may have been billed is kept apart from what was."""
    with planned(tmp_path / "debate.db") as store:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            calls = [intent(match, number, reserve_usd=1.0) for number in range(6)]
            await asyncio.gather(*map(run.write, calls))
            assert (run.calls, run.reserved_usd, run.spent_usd, run.spent_max_usd) == (6, 6.0, 0.0, 6.0)
            await run.write(costing(calls[0].call, 0.25))
            assert (run.reserved_usd, run.spent_usd, run.spent_max_usd) == (5.0, 0.25, 5.25)
            await run.write(costing(calls[1].call, 0.25, 0.5))
            assert (run.reserved_usd, run.spent_usd, run.spent_max_usd) == (4.0, 0.5, 4.75)
            await run.write(fault(calls[2], billed=True))
            assert (run.reserved_usd, run.spent_usd, run.spent_max_usd) == (3.0, 0.5, 4.75)
            await run.write(fault(calls[3]))
            assert (run.reserved_usd, run.spent_usd, run.spent_max_usd) == (2.0, 0.5, 3.75)
            await run.write(costing(calls[4].call, None))
            assert (run.reserved_usd, run.spent_usd, run.spent_max_usd) == (1.0, 0.5, 3.75)
        status = store.status("test")
        assert (status.spent_usd, status.spent_max_usd, status.unpriced) == (0.5, 3.75, 1)
        assert (status.input_tokens, status.cached_tokens, status.output_tokens) == (300, 180, 30)
        assert status.reserved_usd == 1.0, "the last call was never heard of again"


async def test_a_cap_on_calls_holds_for_every_run_of_the_tournament(tmp_path: Path) -> None:
    """C22: a hundred at once from two runs, and not one too many."""
    path = tmp_path / "debate.db"
    with planned(path) as store:
        limits = Limits(max_calls=37)
        async with store.run("test", limits=limits) as one, store.run("test", limits=limits) as two:
            a, b = ids(await one.claim(1))[0], ids(await two.claim(1))[0]
            writes = [run.write(intent(match)) for _ in range(50) for run, match in ((one, a), (two, b))]
            results = await asyncio.gather(*writes, return_exceptions=True)
            assert results.count(None) == 37
            assert sum(isinstance(result, BudgetReached) for result in results) == 63
        assert store.status("test").calls == 37
        async with store.run("test", limits=limits) as later:
            match, *_ = ids(await later.claim(1))
            with pytest.raises(BudgetReached, match="cap of 37 calls"):
                await later.write(intent(match))
    assert_whole(path)


async def test_a_cap_on_money_counts_what_is_reserved(tmp_path: Path) -> None:
    """C22: what calls in flight may cost is as good as spent."""
    path = tmp_path / "debate.db"
    with planned(path) as store:
        limits = Limits(max_cost_usd=1.0)
        async with store.run("test", limits=limits) as one, store.run("test", limits=limits) as two:
            a, b = ids(await one.claim(1))[0], ids(await two.claim(1))[0]
            calls = [(run, intent(match, reserve_usd=0.1)) for _ in range(50) for run, match in ((one, a), (two, b))]
            results = await asyncio.gather(*(run.write(call) for run, call in calls), return_exceptions=True)
            sent = [pair for pair, result in zip(calls, results, strict=True) if result is None]
            assert len(sent) == 10
            run, call = sent[0]
            await run.write(costing(call.call, 0.01))
            with pytest.raises(BudgetReached, match=r"cap of \$1 is reached"):
                await one.write(intent(a, reserve_usd=0.1))
            await one.write(intent(a, reserve_usd=0.09))
    assert_whole(path)


async def test_what_costs_nothing_passes_a_cap_on_money(tmp_path: Path) -> None:
    """Built-in judges go on when the money is spent."""
    with planned(tmp_path / "debate.db") as store:
        async with store.run("test", limits=Limits(max_cost_usd=0.0)) as run:
            match, *_ = ids(await run.claim(1))
            await run.write(intent(match))
            with pytest.raises(BudgetReached):
                await run.write(intent(match, reserve_usd=0.001))


async def test_a_refused_unit_is_refused_whole(tmp_path: Path) -> None:
    """Its other rows are not recorded, and units beside it are."""
    path = tmp_path / "debate.db"
    with planned(path) as store:
        async with store.run("test", limits=Limits(max_calls=1)) as run:
            match, *_ = ids(await run.claim(1))
            call = intent(match)
            results = await asyncio.gather(
                run.write(call),
                run.write(said(match, 0), intent(match, 1)),
                run.write(reply(call), said(match, 1)),
                return_exceptions=True,
            )
            assert [type(result) for result in results] == [type(None), BudgetReached, type(None)]
        assert [turn.index for turn in store.debate(match).turns] == [1]
        assert store.status("test").calls == 1


async def test_a_call_and_its_reply_may_come_in_one_unit(tmp_path: Path) -> None:
    """A built-in player needs no announcement."""
    with planned(tmp_path / "debate.db") as store:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            call = intent(match)
            await run.write(call, reply(call), said(match, 0))
        assert store.calls(match)[0].outcome == "answered"


async def test_a_later_run_may_raise_the_cap(tmp_path: Path) -> None:
    """The limits of the present run win; without any, those that were pinned."""
    with planned(tmp_path / "debate.db", limits=Limits(max_calls=1)) as store:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            await run.write(intent(match))
            with pytest.raises(BudgetReached):
                await run.write(intent(match))
        async with store.run("test", limits=Limits(max_calls=2)) as run:
            match, *_ = ids(await run.claim(1))
            await run.write(intent(match))
