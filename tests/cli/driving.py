"""Ways to drive the command line in tests: in this process, as a process of its own, and on a terminal.

What has to wait waits for a file: a scripted player says that it was asked by making `asked`, and answers once there is
a file `gate`. So nothing here depends on how fast anything is.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from typer.testing import CliRunner, Result

from debate.cli import app
from tests.questions.banks import passage_line, question_line, write

PATIENCE_S = 60.0  # nothing takes this long; it ends a test that hangs
ROOT = Path(__file__).resolve().parents[2]

PLAYERS = """
import asyncio, json, os
from pathlib import Path

SAID = os.environ.get("SAID", "The ferry carried them: <quote>The ferry left Oskarvik at six in the morning</quote>.")

def ruling(ask):
    letters = [chr(65 + i) for i in range(len(ask.source.shown))]
    shares = {x: 0.7 if x == "A" else 0.3 / (len(letters) - 1) for x in letters}
    return json.dumps({"reason": "it is said", "probabilities": shares})

def speak(ask):
    answers = ask.purpose == "judge" or ask.source.cue.kind == "answer"
    return ruling(ask) if answers else SAID

async def waits(ask):
    Path("asked").touch()
    while not Path("gate").exists():
        await asyncio.sleep(0.005)
    return speak(ask)

def refuses(ask):
    return speak(ask) if Path("mended").exists() else ""
"""

TOURNAMENT = """
name = "small"
seed = 1
questions = ["bank.jsonl"]
controls = []

[[debaters]]
name = "ada"
model = "scripted/players.py{how}"

[[debaters]]
name = "bob"
model = "scripted/players.py{how}"

[[judges]]
name = "jo"
model = "scripted/players.py:speak"

[[protocols]]
name = "debate"
rounds = 2

[limits]
concurrency = {concurrency}
max_failures = 1.0
"""


def small(folder: Path, *, how: str = ":speak", concurrency: int = 4, more: str = "") -> Path:
    """Write a tournament of two questions, two debaters and a judge: four matches, sixteen speeches, four rulings."""
    write(folder, passage_line(), *(question_line(f"q{i}", f"How many crates left, {i}?") for i in range(2)))
    (folder / "players.py").write_text(PLAYERS)
    file = folder / "tournament.toml"
    file.write_text(TOURNAMENT.format(how=how, concurrency=concurrency) + more)
    return file


def cli(*args: object, stdin: str | None = None) -> Result:
    """Run a command line in this process, in a pipe that has no width."""
    return CliRunner(env={"COLUMNS": None}).invoke(app, [str(arg) for arg in args], input=stdin, prog_name="debate")


def read(result: Result) -> Any:
    """Return the JSON that a command printed, and nothing else."""
    return json.loads(result.stdout)


def environ(**more: str) -> dict[str, str]:
    """Return an environment without keys and addresses of this machine."""
    hidden = ("OPENAI_", "ANTHROPIC_", "DEBATE_", "NO_COLOR", "COLUMNS", "LINES", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    compiled = str(Path(tempfile.gettempdir()) / "debate-tests-compiled")  # processes start in half the time
    ours = {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": compiled, "TERM": "xterm-256color", "PAGER": "cat"}
    return {**kept, **ours, **more}


def command(*args: object) -> list[str]:
    """Return the words that start a process."""
    return [sys.executable, "-c", "from debate.cli import main; main()", *map(str, args)]


def process(*args: object, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command line as a process of its own, without a terminal."""
    return subprocess.run(
        command(*args),
        cwd=cwd,
        env=environ(**more),
        capture_output=True,
        text=True,
        errors="backslashreplace",
        check=False,
        timeout=PATIENCE_S,
        stdin=subprocess.DEVNULL,
    )


def wait_for(happened: Callable[[], object]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.005)


def _at_a_terminal() -> None:
    """Be told of a hang-up even where the tests themselves run under nohup."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A process on a terminal of its own, and everything that it wrote there."""

    def __init__(self, *args: object, cwd: Path, size: tuple[int, int] = (100, 40), **more: str) -> None:
        self.seen = b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.process = subprocess.Popen(
            command(*args),
            cwd=cwd,
            env=environ(**more),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_at_a_terminal,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()

    def press(self, key: bytes) -> None:
        """Type a key; Ctrl-C is `\\x03`."""
        os.write(self._master, key)

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process alone."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Take the terminal away."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def until(self, happened: Callable[[], object]) -> None:
        """Read what is written until something is so."""

        def so() -> object:
            self._read()
            return happened()

        wait_for(so)

    def end(self) -> int:
        """Read to the end, and return the exit code."""
        self.until(lambda: self.process.poll() is not None)
        while self._read():
            pass
        return self.process.returncode

    def _read(self) -> bool:
        """Take in what is there; return whether there was anything."""
        if self._master < 0 or not select.select([self._master], [], [], 0)[0]:
            return False
        try:
            found = os.read(self._master, 65536)
        except OSError:  # the other side has closed it
            return False
        self.seen += found
        return bool(found)

    @property
    def text(self) -> str:
        """What was written, as text."""
        return self.seen.decode("utf-8", "backslashreplace")
