"""Does memory stay flat as tournaments grow, and how soon does a finished one say so?"""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import workload
from debate.providers.scripted import Scripted

SMALL, LARGE, WANTED = 2_000, 20_000, 1.3
QUESTIONS = 500
"""The bank is the same for both, since it is the matches that may not take memory."""
SPEECH = "The passage says <quote>the captain signed the letter</quote>, and nothing speaks against it."
RULING = '{"reason": "It was shown.", "probabilities": {"A": 0.6, "B": 0.4}}'


def child(debates: int) -> None:
    """Play so many debates in this process, and print its peak memory and the time that a second run takes."""
    tournament = workload.spec("lab/mock", concurrency=64, repeats=debates // QUESTIONS)
    said = Scripted(lambda ask: RULING if ask.purpose == "judge" else SPEECH)
    with tempfile.TemporaryDirectory() as folder, workload.pinned(Path(folder), tournament, QUESTIONS) as store:
        asyncio.run(workload.play(store, tournament, {"lab": said}))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        result = asyncio.run(workload.play(store, tournament, {"lab": said}))
        assert result.calls == 0
        assert sum(store.status(workload.NAME).matches.values()) == debates
        print(peak, time.perf_counter() - began)


def main() -> None:
    """Print the ratio of peaks, and the time of a finished run."""
    peaks: list[float] = []
    again = 0.0
    for debates in (SMALL, LARGE):
        command = [sys.executable, "-c", f"from benchmarks.size import child; child({debates})"]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        peaks.append(float(out[0]))
        again = float(out[1])
    print(
        f"size: {LARGE:,} matches take {peaks[1] / peaks[0]:.2f}x the peak memory of {SMALL:,} "
        f"({peaks[1] / 1024:.0f} MB; wanted at most {WANTED}x); a finished run of {LARGE:,} says so in {again:.2f} s"
    )


if __name__ == "__main__":
    main()
