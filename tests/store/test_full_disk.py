"""Disks that are full and disks that fail: nothing acknowledged is lost, and the run goes on when there is room."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from debate.errors import StoreFull
from debate.store import Store
from debate.store.run import LEASE_S
from tests.store.children import assert_kept, assert_whole, calls_made, finish, play, play_small, start
from tests.store.making import TURNS, ids, intent, planned, reply, said

LONG = "I hold my answer, and I say so at length. " * 500


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mount a disk in memory."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill(ballast: Path) -> None:
    """Leave no room."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return


def after_the_lease() -> float:
    """The time when claims have ended that this very process could not give up on a full disk."""
    return time.time() + LEASE_S + 1


async def test_a_full_disk_stops_the_run_and_loses_nothing(tmp_path: Path) -> None:
    """B1: the message says how much is needed; what was acknowledged is there, and the run goes on with room."""
    with small_disk(tmp_path / "disk", 8) as disk:
        path, ballast = disk / "debate.db", disk / "ballast"
        planned(path, 1).close()
        kept = 0

        async def speak_at_length() -> None:
            nonlocal kept
            with Store.open(path, patience_s=0) as store:
                async with store.run("test") as run:
                    (match,) = ids(await run.claim(1))
                    fill(ballast)
                    for index in range(10_000):
                        call = intent(match, index)
                        await run.write(call)
                        await run.write(reply(call, LONG), said(match, index, LONG))
                        kept = index + 1

        with pytest.raises(StoreFull, match=r"no room left.* about \d+ MB are needed") as told:
            await speak_at_length()
        assert told.value.exit_code == 6
        assert_whole(path)
        ballast.unlink()
        with Store.open(path) as store:
            match = store.find("m1")
            assert len(store.debate(match).turns) == kept
            async with store.run("test", clock=after_the_lease) as run:
                (match,) = ids(await run.claim(1))
                await run.write(said(match, kept, LONG))


async def test_a_run_waits_for_room(tmp_path: Path) -> None:
    """B1: with a notice, and without losing what it has been told meanwhile."""
    with small_disk(tmp_path / "disk", 8) as disk:
        path, ballast = disk / "debate.db", disk / "ballast"
        planned(path, 1).close()
        told: list[str] = []

        def make_room(message: str) -> None:
            told.append(message)
            ballast.unlink()

        with Store.open(path, notice=make_room) as store:
            async with store.run("test") as run:
                (match,) = ids(await run.claim(1))
                fill(ballast)
                index = 0
                while not told:
                    await run.write(said(match, index, LONG))
                    index += 1
            assert len(store.debate(match).turns) == index
        assert_whole(path)


async def test_a_log_that_cannot_grow(tmp_path: Path) -> None:
    """B2: a reader holds it open, so that it is not folded in and grows until the disk is full."""
    with small_disk(tmp_path / "disk", 8) as disk:
        path = disk / "debate.db"
        planned(path, 2).close()
        with Store.open(path, patience_s=0) as store, Store.open(path) as other:
            reading = other.debates("test")
            next(reading)
            kept = 0

            async def speak_at_length() -> None:
                nonlocal kept
                async with store.run("test") as run:
                    match, _ = ids(await run.claim(2))
                    for index in range(10_000):
                        await run.write(said(match, index, LONG))
                        kept = index + 1

            with pytest.raises(StoreFull):
                await speak_at_length()
            assert len(list(reading)) == 1, "as of before"
        assert_whole(path)
        with Store.open(path) as store:
            assert len(next(store.debates("test"))[0].turns) == kept


def test_a_quota_on_the_size_of_files(tmp_path: Path) -> None:
    """B17: as a full disk, whichever of the three files is at its limit; then the run goes on where it stopped."""
    path, log, told = tmp_path / "debate.db", tmp_path / "log", tmp_path / "told"
    planned(path, 40).close()
    for most in (96 << 10, 160 << 10):
        assert finish(start(play_small, path, log, most, told)) == 0
        assert re.match(r"StoreFull no room left to write .* MB are needed", told.read_text()), told.read_text()
        assert_whole(path)
        assert_kept(path, log)
    assert finish(start(play, path, log)) == 0
    assert_whole(path)
    assert_kept(path, log)
    with Store.open(path) as store:
        assert store.status("test").turns == 40 * TURNS


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace makes the disk fail")
@pytest.mark.parametrize("nth", [1, 4])
def test_a_disk_that_fails(tmp_path: Path, nth: int) -> None:
    """B5: the nth time that data is forced to the disk, and ever after, it fails."""
    path, log = tmp_path / "debate.db", tmp_path / "log"
    planned(path, 5).close()
    child = "import sys, pathlib; from tests.store.children import play; play(*map(pathlib.Path, sys.argv[1:]))"
    inject = f"inject=fdatasync,fsync:error=EIO:when={nth}+"
    strace = ["strace", "-f", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e", inject]
    done = subprocess.run(
        [*strace, sys.executable, "-c", child, path, log],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    if "ptrace" in done.stderr:
        pytest.skip("strace is not allowed to trace here")
    assert "StoreError" in done.stderr
    assert "cannot be used: disk I/O error" in done.stderr
    assert_whole(path)
    assert_kept(path, log)
    assert finish(start(play, path, log)) == 0
    assert_whole(path)
    assert_kept(path, log)
    assert calls_made(path) <= 5 * TURNS + 10
