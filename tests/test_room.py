"""A cap on money is used up before it stops a run, though every call sets aside many times what it costs."""

from __future__ import annotations

import asyncio
from pathlib import Path

from debate.domain import Limits
from debate.errors import BudgetReached
from debate.room import Room
from debate.store import Run
from tests.store.making import ids, intent, planned
from tests.store.test_ledger import costing

CAP, ASIDE, COST = 1.0, 0.4, 0.1


class Calls:
    """Calls made side by side until one is refused for good."""

    def __init__(self, run: Run, match: str) -> None:
        self.run, self.match = run, match
        self.room = Room()
        self.stopped = False
        self.made = 0

    def announce(self, number: int) -> asyncio.Future[None]:
        if self.stopped:
            raise BudgetReached("another was refused")
        return self.run.write(intent(self.match, call=str(number), reserve_usd=ASIDE))

    async def make(self, number: int) -> None:
        try:
            await self.room.take(lambda: self.announce(number))
        except BudgetReached:
            self.stopped = True
            self.room.close()
            return
        self.made += 1
        await asyncio.sleep(0)
        self.run.write(costing(str(number), COST))
        self.room.leave()


async def test_calls_wait_for_what_those_in_flight_leave(tmp_path: Path) -> None:
    """C22: seven calls of a dime fit under a dollar with forty cents set aside for each, two of them in flight."""
    with planned(tmp_path / "debate.db") as store:
        async with store.run("test", limits=Limits(max_cost_usd=CAP)) as run:
            calls = Calls(run, ids(await run.claim(1))[0])
            await asyncio.gather(*map(calls.make, range(50)))
            assert (calls.made, calls.stopped) == (7, True)
            assert run.spent_max_usd <= CAP


async def test_a_call_that_can_never_fit_is_refused_at_once(tmp_path: Path) -> None:
    """C22: nobody waits for room that calls in flight cannot leave."""
    with planned(tmp_path / "debate.db") as store:
        async with store.run("test", limits=Limits(max_cost_usd=ASIDE / 2)) as run:
            calls = Calls(run, ids(await run.claim(1))[0])
            await asyncio.gather(*map(calls.make, range(3)))
            assert calls.made == 0


async def test_who_waits_is_let_go_by_a_stop(tmp_path: Path) -> None:
    """A4: a stop is not waited for by those who wait for room."""
    with planned(tmp_path / "debate.db") as store:
        async with store.run("test", limits=Limits(max_cost_usd=CAP)) as run:
            calls = Calls(run, ids(await run.claim(1))[0])
            await calls.room.take(lambda: calls.announce(100))
            await calls.room.take(lambda: calls.announce(101))
            waiting = asyncio.ensure_future(calls.make(102))
            await run.write()
            await asyncio.sleep(0)
            assert not waiting.done()
            calls.stopped = True
            calls.room.close()
            await waiting
            assert calls.made == 0
