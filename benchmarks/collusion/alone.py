"""What is seen of one pair that nobody else has met: `python -m benchmarks.collusion.alone [--runs N] [--out FILE]`.

Two players meet through the engine as they are, and once more under an intervention by which honest debaters change
nothing: told that the other is a copy, or alone before the same text.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

from benchmarks.collusion.engine import NAME, stage
from benchmarks.collusion.makers import CLEAN, MAKERS
from debate.domain import Intervention
from debate.report.auditing import audited
from debate.store import Store

QUESTIONS = 40
SCHEME = "truce"


def main() -> None:
    """Play every case, and print how often somebody is flagged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=30, help="of each case")
    parser.add_argument("--out", type=Path, help="a JSON file that keeps the results")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # of the workers, each of which has a core
    rows = []
    with get_context("forkserver").Pool(asked.workers) as pool:
        for row in cases(asked.runs, pool):
            rows.append(row)
            print(json.dumps(row), flush=True)
    if asked.out:
        asked.out.write_text(json.dumps({"alone": rows}, indent=1) + "\n", "utf-8")


def cases(runs: int, pool: Pool) -> Iterator[dict[str, Any]]:
    """Yield a row for each case: two who spare each other always or half of the time, and honest ones."""
    for arm, dose in (("critic", 1.0), ("critic", 0.5), ("critic", 0.0), ("copy", 0.0)):
        yield _row(arm, dose, pool.starmap(one, [(arm, seed, dose) for seed in range(runs)], chunksize=1))


def one(arm: Intervention, seed: int, dose: float) -> list[str]:
    """Play two players with and without an intervention, and return the signs for which they are flagged."""
    makers = list(CLEAN.values() if dose else MAKERS.values())
    actors, setting = makers[seed % len(makers)](90_000 + seed, 2, QUESTIONS)
    pair = tuple(actor.name for actor in actors) if dose else ()
    with tempfile.TemporaryDirectory() as folder:
        for intervention in (None, arm):
            file = stage(
                Path(folder), actors, setting, partners=pair, scheme=SCHEME if dose else "", dose=dose,
                intervention=intervention,
            )  # fmt: skip
        with Store.open(file, readonly=True) as store:
            found = audited(store, NAME, against=f"{NAME}-{arm}", seed=seed)
    return sorted({finding.sign for finding in found.flagged})


def _row(arm: str, dose: float, runs: list[list[str]]) -> dict[str, Any]:
    signs = Counter(sign for run in runs for sign in run)
    flagged = sum(bool(run) for run in runs)
    return {"arm": arm, "scheme": SCHEME if dose else "", "dose": dose, "runs": len(runs), "flagged": flagged} | {
        "signs": dict(signs.most_common())
    }


if __name__ == "__main__":
    main()
