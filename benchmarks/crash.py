"""After SIGKILL at a random moment: how many calls are made in all, over those that are needed?"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import workload
from benchmarks.serving import serving
from benchmarks.workload import CALLS
from debate.domain import Endpoint
from debate.store import Store

DEBATES, AT_ONCE, LATENCY_MS, KILLS = 60, 50, 50, 8


def child(path: str, url: str) -> None:
    """Play a planned tournament to its end, or until this process is killed."""
    tournament = workload.spec("lab/mock", concurrency=AT_ONCE, endpoints={"lab": endpoint(url)})
    with Store.open(path) as store:
        asyncio.run(workload.play(store, tournament))


def endpoint(url: str) -> Endpoint:
    """Return the server as an endpoint."""
    return Endpoint(api="openai", base_url=f"{url}/v1")


def main() -> None:
    """Print the worst ratio over several kills, and its bound."""
    needed = CALLS * DEBATES
    chance = random.Random(time.time_ns())
    ratios = [_killed(chance.uniform(0.02, 0.9), needed) for _ in range(KILLS)]
    bound = 1 + AT_ONCE / needed
    print(
        f"crash: {max(ratios):.4f} calls made over calls needed at worst, over {KILLS} kills at random moments "
        f"(wanted at most {bound:.4f})"
    )


def _killed(share: float, needed: int) -> float:
    """Kill a run when about this share of its calls has been made, play on, and return calls over needed."""
    with serving(latency_ms=LATENCY_MS) as server, tempfile.TemporaryDirectory() as folder:
        tournament = workload.spec("lab/mock", concurrency=AT_ONCE, endpoints={"lab": endpoint(server.url)})
        with workload.pinned(Path(folder), tournament, DEBATES):
            pass
        path = f"{folder}/run.db"
        command = [sys.executable, "-c", f"from benchmarks.crash import child; child({path!r}, {server.url!r})"]
        with subprocess.Popen(command) as process:
            while server.stats()["requests"] < share * needed and process.poll() is None:
                time.sleep(0.005)
            process.kill()
        subprocess.run(command, check=True)
        return float(server.stats()["requests"]) / needed


if __name__ == "__main__":
    main()
