"""Work on a database in processes of its own, which a test may kill, and what must be true of it afterwards.

The processes are forked from one that has imported the store already, and never from the test itself.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from debate.domain import Claimed, Ended, Limits
from debate.errors import DebateError
from debate.store import Run, Store, failpoints
from tests.store.making import TURNS, intent, reply, said

FORKS: ForkServerContext = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.store.children"])


def start(work: Callable[..., None], *args: Any) -> ForkServerProcess:
    """Start a process that does `work`."""
    process = FORKS.Process(target=work, args=args, daemon=True)
    process.start()
    return process


def finish(process: ForkServerProcess) -> int:
    """Wait for a process and return its exit code, which is minus the signal that killed it."""
    process.join(60)
    code = process.exitcode
    assert code is not None, "the process hangs"
    return code


def play(path: Path, log: Path, block: int = 4, at_once: int = 5, ready: Event | None = None) -> None:
    """Play everything that can be claimed, telling in a log what was acknowledged."""
    with Store.open(path) as store:
        asyncio.run(_play(store, log, block, at_once, ready))


async def _play(store: Store, log: Path, block: int, at_once: int, ready: Event | None) -> None:
    slots = asyncio.Semaphore(at_once)
    with log.open("ab", buffering=0) as acknowledged:
        async with store.run("test", limits=Limits()) as run, asyncio.TaskGroup() as tasks:
            while claimed := await run.claim(block):
                if ready is not None:
                    ready.set()
                for each in claimed:
                    await slots.acquire()
                    task = tasks.create_task(_match(run, each, acknowledged.write))
                    task.add_done_callback(lambda _: slots.release())


async def _match(run: Run, claimed: Claimed, log: Callable[[bytes], object]) -> None:
    """Play a match on from where it is: two seats at a time, as a simultaneous debate does."""
    id = claimed.debate.match.id
    have = {turn.index for turn in claimed.debate.turns}
    for first in range(0, TURNS, 2):
        await asyncio.gather(*(_turn(run, id, i, claimed, log) for i in (first, first + 1) if i not in have))
    await run.write(Ended(match=id, state="done"))


async def _turn(run: Run, id: str, index: int, claimed: Claimed, log: Callable[[bytes], object]) -> None:
    paid = claimed.calls.get(f"turn:{index}")
    if paid:
        await run.write(said(id, index, paid[-1].completion.text))
        return
    call = intent(id, index, reserve_usd=0.01)
    await run.write(call)
    log(f"sent {id} {index}\n".encode())
    await asyncio.sleep(0.002)
    failpoints.hit("after_response")
    if index % 2:  # a reply and its turn in one commit, or one after the other: both must be safe
        await run.write(reply(call), said(id, index))
    else:
        await run.write(reply(call))
        log(f"answered {id} {index}\n".encode())
        await run.write(said(id, index))
    log(f"said {id} {index}\n".encode())


def play_armed(path: Path, log: Path, where: str) -> None:
    """Play, and die at a failpoint."""
    failpoints.arm(where)
    play(path, log)


def play_small(path: Path, log: Path, most: int, told: Path) -> None:
    """Play while no file may grow beyond a size, and tell how that ended."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        with Store.open(path, patience_s=0) as store:
            asyncio.run(_play(store, log, 4, 5, None))
        message = "finished"
    except* DebateError as group:
        message = _first(group)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    told.write_text(message)


def _first(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__} {error}"


def open_armed(path: Path, where: str) -> None:
    """Open a database, and die at a failpoint."""
    failpoints.arm(where)
    Store.open(path).close()


def hold_lock(path: Path, held: Event, over: Event) -> None:
    """Hold the write lock until told that it is over."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        held.set()
        over.wait(60)
        raw.execute("ROLLBACK")


def claim_and_wait(path: Path, count: int, claimed: Event) -> None:
    """Claim matches, begin a call, and wait to be killed."""

    async def work(store: Store) -> None:
        async with store.run("test") as run:
            blocks = await run.claim(count)
            await run.write(intent(blocks[0].debate.match.id, reserve_usd=0.25))
            claimed.set()
            await asyncio.sleep(60)

    with Store.open(path) as store:
        asyncio.run(work(store))


def assert_whole(path: Path) -> None:
    """Assert what must be true after any fault: a sound file, one reply to a call, one answer to a turn, sums."""
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        answered = Counter(
            raw.execute(
                'SELECT call."match", call."where" FROM call JOIN reply ON reply.call = call.id '
                "WHERE outcome = 'answered'"
            )
        )
        assert set(answered.values()) <= {1}, "a call was made twice"
        sums = raw.execute("SELECT coalesce(sum(calls), 0), coalesce(sum(turns), 0) FROM run").fetchone()
        rows = raw.execute("SELECT (SELECT count(*) FROM call), (SELECT count(*) FROM turn)").fetchone()
        assert sums == rows
        reserved = raw.execute("SELECT coalesce(sum(reserved_usd), 0) FROM run").fetchone()[0]
        unanswered = raw.execute(
            "SELECT coalesce(sum(reserve_usd), 0) FROM call WHERE id NOT IN (SELECT call FROM reply)"
        ).fetchone()[0]
        assert abs(reserved - unanswered) < 1e-6, "what is reserved is what has no outcome"


def assert_kept(path: Path, log: Path) -> None:
    """Assert that everything acknowledged is there."""
    with closing(sqlite3.connect(path)) as raw:
        join = 'FROM "match" m JOIN call c ON c."match" = m.ordinal'
        sent = {(m, w) for m, w in raw.execute(f'SELECT m.id, c."where" {join}')}
        answered = {
            (m, w)
            for m, w in raw.execute(
                f"SELECT m.id, c.\"where\" {join} JOIN reply r ON r.call = c.id WHERE r.outcome = 'answered'"
            )
        }
        turns = 'SELECT m.id, \'turn:\' || t."index" FROM "match" m JOIN turn t ON t."match" = m.ordinal'
        stored = {"sent": sent, "answered": answered, "said": set(raw.execute(turns))}
    for line in log.read_text().splitlines() if log.exists() else ():
        word, match, index = line.split()
        assert (match, f"turn:{index}") in stored[word], f"{line!r} was acknowledged and is gone"


def calls_made(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute("SELECT count(*) FROM call").fetchone()[0])


def kill(process: ForkServerProcess) -> None:
    assert process.pid is not None
    with suppress(ProcessLookupError):  # it may have come to its end by itself
        os.kill(process.pid, 9)
    process.join(60)
