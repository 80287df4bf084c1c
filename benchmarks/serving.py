"""Start the loopback server as a process of its own, for as long as a block lasts."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Serving:
    """A running server."""

    url: str
    pid: int

    def stats(self) -> dict[str, Any]:
        """Return what the server has counted."""
        with urllib.request.urlopen(f"{self.url}/stats", timeout=30) as page:
            counted: dict[str, Any] = json.load(page)
        return counted

    def reset(self) -> None:
        """Have the server forget what it has counted and seen."""
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/reset", method="POST"), timeout=30).close()


@contextmanager
def serving(*, before: tuple[str, ...] = (), **settings: object) -> Iterator[Serving]:
    """Serve with the given settings, by the names of `benchmarks.server.Settings`.

    Args:
        before: a command to run the server under, such as `("taskset", "-c", "1")`.
        settings: what differs from the defaults.
    """
    flags = []
    for name, value in settings.items():
        flags += [f"--{name.replace('_', '-')}", *([] if value is True else [str(value)])]
    command = [*before, sys.executable, "-m", "benchmarks.server", *flags]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Serving(json.loads(process.stdout.readline())["url"], process.pid)
        finally:
            process.terminate()
