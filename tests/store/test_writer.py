"""What `write` promises: whole units, in order, durable when the future is done, and never withdrawn."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from debate.domain import Ended, Says
from debate.errors import StoreError
from debate.store import Run, Store
from tests.store.making import ids, intent, planned, reply, said, speak


def stored(path: Path, query: str) -> list[Any]:
    """Read past the store: what another process would see."""
    with closing(sqlite3.connect(path)) as raw:
        return [row[0] for row in raw.execute(query)]


async def test_what_is_acknowledged_is_in_the_file(tmp_path: Path) -> None:
    """Another connection sees it at once."""
    path = tmp_path / "debate.db"
    with planned(path) as store:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            call = intent(match)
            await run.write(call)
            assert stored(path, "SELECT call FROM call") == [call.call]
            await run.write(reply(call, "Yes."), said(match, 0, "Yes."))
            assert stored(path, "SELECT text FROM reply UNION ALL SELECT text FROM turn") == ["Yes.", "Yes."]


def _note(done: list[int], number: int, _: asyncio.Future[None]) -> None:
    done.append(number)


async def test_units_are_recorded_in_the_order_in_which_they_were_written(tmp_path: Path) -> None:
    """Though many arrive at once, and share a commit."""
    path = tmp_path / "debate.db"
    with planned(path) as store:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            futures = [run.write(intent(match, call=f"call {number:03}")) for number in range(300)]
            done: list[int] = []
            for number, future in enumerate(futures):
                future.add_done_callback(partial(_note, done, number))
            await asyncio.gather(*futures)
            assert done == list(range(300))
    assert stored(path, "SELECT call FROM call ORDER BY id") == [f"call {number:03}" for number in range(300)]


async def test_units_that_arrive_together_share_a_commit(tmp_path: Path) -> None:
    """One commit for all that arrived while the last one ran."""
    commits = 0

    def counted(store: Store) -> Callable[..., Any]:
        writing = store.database.writing

        def count(**more: Any) -> Any:
            nonlocal commits
            commits += 1
            return writing(**more)

        return count

    with planned(tmp_path / "debate.db") as store:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            store.database.writing = counted(store)  # type: ignore[method-assign] # to count, it does the same
            await asyncio.gather(*(run.write(intent(match)) for _ in range(500)))
        assert commits < 50


async def test_a_cancelled_waiter_withdraws_nothing(tmp_path: Path) -> None:
    """A reply that was paid for is recorded though whoever waited for it is gone."""
    path = tmp_path / "debate.db"
    with planned(path) as store:
        async with store.run("test") as run:
            match, *_ = ids(await run.claim(1))
            call = intent(match)
            await run.write(call)
            run.write(reply(call, "Paid for.")).cancel()
        assert stored(path, "SELECT text FROM reply") == ["Paid for."]


async def test_what_was_queued_is_written_before_the_run_is_left(tmp_path: Path) -> None:
    """Nobody need await the last rows, not even when a bug ends the run."""
    path = tmp_path / "debate.db"
    with planned(path) as store:

        async def fail() -> None:
            async with store.run("test") as run:
                for match in ids(await run.claim(3)):
                    run.write(said(match), Ended(match=match, state="played"))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await fail()
        assert store.status("test").matches["played"] == 3
        assert stored(path, "SELECT count(*) FROM claim") == [0]


async def test_a_bug_in_one_unit_stops_the_run_and_loses_no_other(tmp_path: Path) -> None:
    """The same turn twice is a bug; replies that share its commit were paid for."""
    path = tmp_path / "debate.db"
    with planned(path) as store:

        async def twice() -> None:
            async with store.run("test") as run:
                one, two, _ = ids(await run.claim(3))
                await speak(run, one)
                futures = [run.write(said(two, 0)), run.write(said(one, 0), said(two, 1)), run.write(said(two, 2))]
                results = await asyncio.gather(*futures, return_exceptions=True)
                assert results[0] is None
                assert isinstance(results[1], IntegrityError)
                assert results[2] is None
                with pytest.raises(IntegrityError):
                    await run.write(said(two, 3))

        with pytest.raises(IntegrityError):
            await twice()
        assert stored(path, 'SELECT "index" FROM turn WHERE "match" = 2 ORDER BY 1') == [0, 2]
        assert stored(path, "SELECT count(*) FROM claim") == [0]


async def test_a_value_that_cannot_be_stored_is_a_bug_of_its_own(tmp_path: Path) -> None:
    """A NaN among beliefs fails its unit and nothing else."""
    path = tmp_path / "debate.db"
    with planned(path) as store:

        async def wrong(run: Run, match: str) -> None:
            nan = said(match, 1, says=Says(beliefs=(float("nan"), 0.5)))
            results = await asyncio.gather(run.write(said(match, 0)), run.write(nan), return_exceptions=True)
            assert results[0] is None
            assert isinstance(results[1], IntegrityError)

        async def work() -> None:
            async with store.run("test") as run:
                await wrong(run, ids(await run.claim(1))[0])

        with pytest.raises(IntegrityError):
            await work()
        assert stored(path, 'SELECT "index" FROM turn') == [0]


async def test_a_failed_commit_fails_everybody_who_waits_and_stops_the_run(tmp_path: Path) -> None:
    """Here another process holds the lock for longer than anybody waits."""
    path = tmp_path / "debate.db"
    with planned(path) as store:

        async def work() -> None:
            async with store.run("test") as run:
                match, *_ = ids(await run.claim(1))
                store.database.patience_s = 0
                with closing(sqlite3.connect(path, isolation_level=None)) as raw:
                    raw.execute("BEGIN IMMEDIATE")
                    futures = [run.write(intent(match)) for _ in range(3)]
                    for result in await asyncio.gather(*futures, return_exceptions=True):
                        assert isinstance(result, StoreError)
                with pytest.raises(StoreError):
                    await run.write(intent(match))

        with pytest.raises(StoreError, match="locked"):
            await work()


async def test_a_silent_run_renews_its_claims(tmp_path: Path) -> None:
    """Between commits nobody else may take what is being thought about."""
    path = tmp_path / "debate.db"
    ticks = iter(range(1_000, 1_000_000, 10))
    with planned(path) as store:
        async with store.run("test", lease_s=0.15, clock=lambda: float(next(ticks))) as run:
            await run.claim(1)
            before = stored(path, "SELECT until FROM run")
            while stored(path, "SELECT until FROM run") == before:  # noqa: ASYNC110 # only the file tells
                await asyncio.sleep(0.02)
