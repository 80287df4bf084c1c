"""How fast do worlds make questions, and does memory stay flat as they make more?"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time

from debate.worlds import WORDS, WORLDS, make

N, FEW, EACH = 10_000, 1_000, 400
LONG = 20_000  # words
WANTED_S, WANTED_RATIO = 60, 1.1


def child(n: int) -> None:
    """Write so many questions of all worlds in turn to nowhere, and print the seconds taken and the peak memory."""
    began = time.process_time()
    with open(os.devnull, "w", encoding="utf-8") as stream:  # noqa: PTH123 - a device
        for line in make(tuple(WORLDS.values()), n=n, seed=1):
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def main() -> None:
    """Print seconds of one core, the ratio of peaks, and the milliseconds of each world."""
    (_, few), (seconds, many) = (_measured(n) for n in (FEW, N))
    print(
        f"worlds: {N:,} questions on passages of {WORDS} words take {seconds:.0f} s of one core (wanted under "
        f"{WANTED_S} s) and {many / few:.2f}x the peak memory of {FEW:,} ({many / 1024:.0f} MB; wanted at most "
        f"{WANTED_RATIO}x)"
    )
    for name in WORLDS:
        print(
            f"worlds: {name} {_each(name, WORDS, EACH):.1f} ms a question, {_each(name, LONG, 16):.0f} ms at {LONG:,}"
        )


def _measured(n: int) -> tuple[float, float]:
    command = [sys.executable, "-c", f"from benchmarks.worlds import child; child({n})"]
    seconds, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(seconds), float(peak)


def _each(name: str, words: int, n: int) -> float:
    began = time.process_time()
    for _ in make([WORLDS[name]], n=n, seed=2, words=words):
        pass
    return 1_000 * (time.process_time() - began) / n


if __name__ == "__main__":
    main()
