"""`debate watch`: a run in another process, seen from beside it until it ends."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.driving import PATIENCE_S, Terminal, cli, command, environ, read, small, wait_for


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
