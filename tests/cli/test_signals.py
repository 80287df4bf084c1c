"""What stops a run, and what a stop leaves behind: a database that is whole, and the command that goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from pathlib import Path

import pytest

from debate.cli import signals
from debate.store.file import upkeep
from debate.tournament import Stop
from tests.cli.driving import Terminal, command, environ, process, small, wait_for

WAITS = ":waits"


def calls(folder: Path) -> int:
    from debate.store import Store

    with Store.open(folder / "debate.db", readonly=True) as store:
        return store.status("small").calls


def goes_on(folder: Path) -> None:
    """The same command finishes the run, and no call was made twice."""
    (folder / "gate").touch()
    ended = process("run", cwd=folder)
    assert ended.returncode == 0, ended.stderr
    assert upkeep.check(folder / "debate.db") == []


def test_one_ctrl_c_finishes_what_is_in_flight(tmp_path: Path) -> None:
    """A4: nothing new is asked, what is asked is kept, the way on is printed, exit 130."""
    small(tmp_path, how=WAITS)
    with Terminal("run", cwd=tmp_path) as run:
        run.until((tmp_path / "asked").exists)
        run.press(b"\x03")
        run.until(lambda: b"stopping" in run.seen)
        (tmp_path / "gate").touch()
        assert run.end() == 130
        assert "go on with: debate run" in run.text
        assert run.text.count("\x1b[?25l") == run.text.count("\x1b[?25h")
    goes_on(tmp_path)
    assert calls(tmp_path) == 20


def test_a_second_ctrl_c_leaves_at_once(tmp_path: Path) -> None:
    """A5: nobody waits for a reply that may never come; the cursor is back and the database whole."""
    small(tmp_path, how=WAITS)
    with Terminal("run", cwd=tmp_path) as run:
        run.until((tmp_path / "asked").exists)
        run.press(b"\x03")
        run.until(lambda: b"stopping" in run.seen)
        run.press(b"\x03")
        assert run.end() == 130
        assert "left at once" in run.text
        assert "go on with: debate run" in run.text
        assert run.text.count("\x1b[?25l") == run.text.count("\x1b[?25h")
    assert upkeep.check(tmp_path / "debate.db") == []
    goes_on(tmp_path)


def test_sigterm_stops_as_cleanly(tmp_path: Path) -> None:
    """A6: a batch scheduler's stop is exit 143, without a terminal too."""
    small(tmp_path, how=WAITS)
    with subprocess.Popen(
        command("run"), cwd=tmp_path, env=environ(), stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    ) as run:
        wait_for((tmp_path / "asked").exists)
        run.send_signal(signal.SIGTERM)
        assert run.stderr
        assert any("stopping" in line for line in run.stderr)
        (tmp_path / "gate").touch()
        rest = run.stderr.read()
        assert run.wait() == 143
    assert "go on with: debate run" in rest
    goes_on(tmp_path)


def test_a_terminal_that_goes_away_stops_the_run(tmp_path: Path) -> None:
    """A7: nobody is left to read; what is in flight is kept all the same."""
    small(tmp_path, how=WAITS)
    with Terminal("run", cwd=tmp_path) as run:
        run.until((tmp_path / "asked").exists)
        run.hang_up()
        (tmp_path / "gate").touch()
        assert run.process.wait() in (143, 141)
    assert upkeep.check(tmp_path / "debate.db") == []
    goes_on(tmp_path)


def test_a_run_that_was_told_not_to_care_goes_on(tmp_path: Path) -> None:
    """A7: under nohup a run outlives its terminal."""
    small(tmp_path, how=WAITS)
    line = ["nohup", *command("run", "--quiet")]
    with subprocess.Popen(line, cwd=tmp_path, env=environ(), stdin=subprocess.DEVNULL) as run:
        wait_for((tmp_path / "asked").exists)
        run.send_signal(signal.SIGHUP)
        (tmp_path / "gate").touch()
        assert run.wait() == 0


def test_a_reader_that_leaves_stops_the_run(tmp_path: Path) -> None:
    """A8: `debate run --json | head -1` ends quietly, and the run can go on."""
    small(tmp_path, how=WAITS)
    out, into = os.pipe()
    with subprocess.Popen(
        command("run", "--json"), cwd=tmp_path, env=environ(), stdout=into, stderr=subprocess.PIPE, text=True
    ) as run:
        os.close(into)
        wait_for((tmp_path / "asked").exists)
        os.close(out)
        (tmp_path / "gate").touch()
        assert run.stderr
        said = run.stderr.read()
        assert run.wait() == 141
    assert "Traceback" not in said
    goes_on(tmp_path)


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_a_run_on_a_terminal_ends_with_its_summary(tmp_path: Path, term: str) -> None:
    """F10: a terminal that can do nothing gets plain lines; either way the end is said once."""
    small(tmp_path)
    with Terminal("run", cwd=tmp_path, TERM=term) as run:
        assert run.end() == 0
        assert run.text.count("finished: 4 of 4 matches done") == 1
        assert ("\x1b[" in run.text) == (term != "dumb")


async def test_a_grace_period_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A4: what never answers is given up after a while, though nothing was cancelled before."""
    monkeypatch.setattr(signals, "GRACE_S", 0.0)
    stop, said = Stop(), list[str]()

    async def forever() -> None:
        with signals.Signals(stop, say=said.append, leaving=lambda: None) as caught:
            try:
                os.kill(os.getpid(), signal.SIGINT)
                await asyncio.Event().wait()
            finally:
                assert caught.code == 130

    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(forever())
    assert stop.asked
    assert "stopping" in said[0]
