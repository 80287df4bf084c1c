"""`debate watch`: a run in another process, seen from beside it until it ends."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from debate.cli.page import Page
from debate.cli.watch import _told
from debate.domain import Ended, Failure
from debate.store import Store
from debate.tui.watching import Watching, failed
from tests.cli.driving import PATIENCE_S, Terminal, cli, command, environ, read, small, wait_for
from tests.cli.hostile import HOSTILE, dangerous
from tests.tui import studied


@contextmanager
def running(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run whose players wait for a file `gate`."""
    small(folder, how=":waits")
    with subprocess.Popen(command("run", "--quiet"), cwd=folder, env=environ(), stdin=subprocess.DEVNULL) as run:
        try:
            wait_for((folder / "asked").exists)
            yield run
        finally:
            (folder / "gate").touch()
            run.wait(PATIENCE_S)


def test_a_pipe_gets_a_line_for_each_change_until_the_run_ends(tmp_path: Path) -> None:
    """It begins with how things stand, and ends by itself."""
    with (
        running(tmp_path),
        subprocess.Popen(
            command("watch", "--every", 0.05),
            cwd=tmp_path,
            env=environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as watch,
    ):
        assert watch.stdout is not None
        first = watch.stdout.readline()
        (tmp_path / "gate").touch()
        rest, told = watch.communicate(timeout=PATIENCE_S)
    assert "0/4 done" in first
    lines = rest.splitlines()
    assert "4/4 done, 16 turns, 4 judgments" in lines[-1]
    assert len(lines) == len({line.partition(" ")[2] for line in lines})
    assert "nothing is left to play" in told
    assert watch.returncode == 0


def test_a_terminal_shows_a_page_and_is_left_by_ctrl_c(tmp_path: Path) -> None:
    """The run does not notice; the exit code is that of an interrupt, and there is no traceback."""
    with running(tmp_path) as run:
        with Terminal("watch", "small", "--every", 0.05, cwd=tmp_path) as watch:
            watch.until(lambda: "at work   process" in watch.text)
            watch.press(b"\x03")
            assert watch.end() == 130
        with Terminal("watch", "small", "--every", 0.05, cwd=tmp_path) as told:
            told.until(lambda: "at work   process" in told.text)
            told.send(signal.SIGTERM)
            assert told.end() == 143
        assert told.text.rindex("\x1b[?25h") > told.text.rindex("\x1b[?25l")
        assert "small: 0 of 4 matches done" in watch.text
        assert "not known yet" in watch.text
        assert "left; the run goes on by itself" in watch.text
        assert "Traceback" not in watch.text
        assert run.poll() is None
        (tmp_path / "gate").touch()
        assert run.wait(PATIENCE_S) == 0


def test_a_terminal_pauses_and_shows_what_has_failed(tmp_path: Path) -> None:
    """`p` looks no more, `f` shows failures, `q` leaves the run alone; what was seen last stays on the terminal."""
    with running(tmp_path), Terminal("watch", "small", "--every", 0.05, cwd=tmp_path) as watch:
        watch.until(lambda: "at work   process" in watch.text)
        watch.press(b"p")
        watch.until(lambda: "nothing is looked at; the run goes on" in watch.text)
        watch.press(b"f")
        watch.until(lambda: "Nothing has failed." in watch.text)
        watch.press(b"q")
        assert watch.end() == 0
        after = watch.text[watch.text.rindex("\x1b[?1049l") :]
        assert "small: 0 of 4 matches done" in after
        assert "left; the run goes on by itself" in after


def test_what_failed_is_told_one_by_one(tmp_path: Path) -> None:
    """F1: which match, whose turn, and why, in words that no terminal obeys; and what was set aside."""
    path = studied.study(tmp_path, 3)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE match SET state = 'open'")
    with Store.open(path) as store:
        one, other, _ = (debate.match.id for debate, _ in store.debates("test"))
        asyncio.run(_failing(store, one, other))
    with Store.open(path, readonly=True) as store:
        told = list(failed(store, "test"))
    assert told[0].startswith(f"{one[:9]} turn:0, sentinel-ada: ProviderError: ")
    assert told[1].startswith(f"{other[:9]} set-aside: Why, for the")
    assert len(told) == 3
    assert not dangerous("".join(told))


async def _failing(store: Store, one: str, other: str) -> None:
    async with store.run("test") as run:
        await run.claim(3)
        fault = Failure(match=one, where="turn:0", kind="ProviderError", message=HOSTILE, player="sentinel-ada")
        await run.write(fault)
        await run.write(Ended(match=one, state="failed"))
        await run.write(Ended(match=other, state="set-aside"))


def test_an_hour_of_watching_leaves_the_log_small(tmp_path: Path) -> None:
    """B10: between two looks nothing of the database is held, so that what a run writes is taken over at once."""
    path = studied.study(tmp_path, 1)
    sizes = []
    left: list[tuple[int, int, int]] = []

    def minute(_: float) -> None:
        """A minute of the run: it writes, and the log is taken over as far as readers let it."""
        with closing(sqlite3.connect(path, isolation_level=None)) as run:
            for _ in range(4):
                run.execute("INSERT INTO written VALUES (randomblob(300000))")
                run.execute("DELETE FROM written")
            left.append(run.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone())
            sizes.append(Path(f"{path}-wal").stat().st_size)
        if len(left) == 60:
            raise KeyboardInterrupt

    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE written (bytes BLOB)")
        asyncio.run(_watched(path, minute))
        assert {busy for busy, _, _ in left} == {0}
        assert all(log == moved for _, log, moved in left)
        assert max(sizes) <= 2 * max(sizes[:3])
        with Store.open(path, readonly=True) as store, store.database.reading() as reader:
            reader.exec_driver_sql("SELECT count(*) FROM match").fetchone()
            minute(0)
        assert left[-1][1] > left[-1][2], "a reader that stays would be seen here"


async def _watched(path: Path, wait: Callable[[float], None]) -> None:
    """Watch while a run is at work."""
    with Store.open(path) as writes, Store.open(path, readonly=True) as store:
        async with writes.run("test"):
            with pytest.raises(KeyboardInterrupt):
                _told(Page(quiet=True), store, "test", Watching(), 60.0, wait)


def test_a_lock_is_said_and_waited_out(tmp_path: Path) -> None:
    """What was seen before stays, and the next look sees again."""
    path = studied.study(tmp_path, 1)
    watching = Watching()
    with Store.open(path, readonly=True) as store:
        assert watching.look_at(store, "test", 0.0)
        assert watching.trouble == ""
        with _locked(store):
            assert not watching.look_at(store, "test", 1.0)
        assert "locked by another process" in watching.trouble
        assert watching.total == 1
        watching.look_at(store, "test", 2.0)
        assert watching.trouble == ""


@contextmanager
def _locked(store: Store) -> Iterator[None]:
    """A database that another process keeps for itself."""
    path = store.database.path
    store.database.engine.dispose()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_programs_get_json_lines_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is over is told once; the database stays as it is; whether rulings are right is not told."""
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    assert cli("run", "--quiet").exit_code == 0
    before = (tmp_path / "debate.db").read_bytes()
    shown = cli("watch", "--json")
    assert shown.exit_code == 0
    (look,) = map(json.loads, shown.stdout.splitlines())
    assert look["schema"] == "debate.watch/1"
    assert look["matches"]["done"] == 4
    assert look["left_s"] is None
    assert len(look["latest"]) == 4
    assert set(look["latest"][0]) == {"match", "judge", "state", "final", "question"}
    assert (tmp_path / "debate.db").read_bytes() == before


def test_rulings_on_what_a_person_has_still_to_judge_are_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A judge may stand behind whoever watches."""
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    assert cli("run", "--quiet").exit_code == 0
    assert read(cli("judges", "enrol", "--as", "j07", "--json"))["open"] == 1
    assert len(read(cli("watch", "--json"))["latest"]) == 3


def test_a_run_that_was_left_in_the_middle_is_said_to_be(tmp_path: Path) -> None:
    """Nobody is at work, and something is left: how to go on."""
    with running(tmp_path) as run:
        run.kill()
        run.wait(PATIENCE_S)
        shown = cli("watch", "--db", tmp_path / "debate.db")
    assert shown.exit_code == 0
    assert "nobody is at work, and 4 matches are left" in shown.stderr
