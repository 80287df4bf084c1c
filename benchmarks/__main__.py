"""Run the benchmarks, or those that are named: `python -m benchmarks [NAME ...]`."""

from __future__ import annotations

import importlib
import statistics
import subprocess
import sys
import time

NAMES = (
    *("calls", "engine", "throughput", "caching", "size", "judgments"),
    *("crash", "finished", "judge", "audit", "worlds", "help"),
)


def help_time() -> None:
    """Print how long `debate --help` takes."""
    command = [sys.executable, "-c", "from debate.cli import main; main()", "--help"]
    times = []
    for _ in range(9):
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        times.append(time.perf_counter() - began)
    print(f"help: {statistics.median(times):.2f} s (wanted under 0.3 s on an idle core)")


def main(names: list[str]) -> None:
    """Run benchmarks in order."""
    for name in names or NAMES:
        if name == "help":
            help_time()
        else:
            importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
