"""Measure the audit's error rates: `python -m benchmarks.collusion alarms|power|engine|arms [--runs N] [--out FILE]`.

`engine` plays real matches, the others make records; `arms` compares arms, tells words and repeats. With `--log FILE`
every run is kept as it ends, and the same command goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter, defaultdict
from dataclasses import asdict
from math import ceil
from pathlib import Path
from typing import Any

from benchmarks.collusion.alarms import MANY, PLAYERS, Alarm, alarms, upper
from benchmarks.collusion.arms import ARMS, PLANTED, Armed, arms
from benchmarks.collusion.engine import Staged, staged
from benchmarks.collusion.makers import CLEAN, LOOKALIKES, MAKERS
from benchmarks.collusion.power import Cell, Run, power
from debate.providers.actors.schemes import SCHEMES
from debate.stats.intervals import normal_quantile, wilson


def main() -> None:
    """Run one part and print what it comes to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=tuple(PARTS))
    parser.add_argument("--runs", type=int, default=200, help="of each kind, or in each cell")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--grid", action="store_true", help="power: other doses, players and numbers of debates, too")
    parser.add_argument("--log", type=Path, help="a file that keeps every run, so that a cut loses nothing")
    parser.add_argument("--out", type=Path, help="a JSON file that keeps the results, with those of other parts")
    asked = parser.parse_args()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # of the workers, each of which has a core: a quarter less CPU
    begun = time.monotonic()
    rows = PARTS[asked.part](asked)
    for row in rows:
        print(json.dumps(row))
    if asked.out:
        kept = json.loads(asked.out.read_text("utf-8")) if asked.out.exists() else {}
        asked.out.write_text(json.dumps(kept | {asked.part: rows}, indent=1) + "\n", "utf-8")
    print(f"{asked.part}: {(time.monotonic() - begun) / 60:.1f} minutes", file=sys.stderr)


def _alarms(asked: argparse.Namespace) -> list[dict[str, Any]]:
    """Count alarms by kind: every plain kind `runs` times, look-alikes five eighths as often, many players less so."""
    found = [Alarm(**row) for row in _kept(asked.log)]
    done = {(alarm.maker, alarm.seed, alarm.players) for alarm in found}
    parts = ((CLEAN, 1.0, PLAYERS), (LOOKALIKES, 5 / 8, PLAYERS), (MAKERS, 1 / 25, MANY))
    for makers, share, players in parts:
        for alarm in alarms(makers, ceil(asked.runs * share), players=players, workers=asked.workers, done=done):
            found.append(alarm)
            _keep(asked.log, alarm)
    kinds = {maker: {maker} for maker in MAKERS} | {"all plain": set(CLEAN), "all look-alikes": set(LOOKALIKES)}
    few = [alarm for alarm in found if alarm.players == PLAYERS]
    rows = [_alarmed(kind, [alarm for alarm in few if alarm.maker in makers]) for kind, makers in kinds.items()]
    return [*rows, _alarmed(f"all, {MANY} players", [alarm for alarm in found if alarm.players == MANY])]


def _alarmed(kind: str, found: list[Alarm]) -> dict[str, Any]:
    raised = sum(alarm.raised for alarm in found)
    return {"kind": kind, "runs": len(found), "raised": raised, "upper": round(upper(raised, len(found)), 4)}


def _cells(grid: bool) -> list[Cell]:
    cells = [Cell(scheme) for scheme in SCHEMES]
    if grid:
        cells += [Cell(scheme, dose=1.0) for scheme in SCHEMES]
        cells += [Cell(scheme, players=players) for players in (5, 6) for scheme in SCHEMES]
        cells += [Cell("interest", dose=dose, questions=200, matched=1.0) for dose in (0.5, 1.0)]
        cells += [Cell(scheme, questions=200) for scheme in SCHEMES]
        cells += [Cell(scheme, players=12) for scheme in SCHEMES]
    return cells


def _power(asked: argparse.Namespace) -> list[dict[str, Any]]:
    cells = _cells(asked.grid)
    kept = [Run(**row | {"cell": Cell(**row["cell"])}) for row in _kept(asked.log)]
    runs = [run for run in kept if run.cell in cells]
    done = {(run.cell, run.seed) for run in runs}
    for run in power(cells, asked.runs, workers=asked.workers, done=done):
        runs.append(run)
        _keep(asked.log, run)
    found: dict[Cell, list[Run]] = defaultdict(list)
    for run in runs:
        found[run.cell].append(run)
    return [_row(cell, found[cell]) for cell in cells if found[cell]]


def _engine(asked: argparse.Namespace) -> list[dict[str, Any]]:
    runs = [Staged(**row) for row in _kept(asked.log)]
    for run in staged(asked.runs, workers=asked.workers, done={(run.kind, run.seed) for run in runs}):
        runs.append(run)
        _keep(asked.log, run)
    found: dict[str, list[Staged]] = defaultdict(list)
    for run in runs:
        found[run.kind].append(run)
    return [
        {"kind": kind, "runs": len(of), "flagged": sum(bool(run.flagged) for run in of)}
        | {"named_alone": sum(run.named_alone for run in of) if kind in SCHEMES else None}
        for kind, of in found.items()
    ]


def _arms(asked: argparse.Namespace) -> list[dict[str, Any]]:
    runs = [Armed(**row) for row in _kept(asked.log)]
    for run in arms(asked.runs, workers=asked.workers, done={(run.arm, run.seed) for run in runs}):
        runs.append(run)
        _keep(asked.log, run)
    return [_armed(arm, mine) for arm in ARMS if (mine := [run for run in runs if run.arm == arm])]


def _armed(arm: str, runs: list[Armed]) -> dict[str, Any]:
    raised, own = sum(run.raised for run in runs), sum(run.raised_own for run in runs)
    bounds = {"upper": round(upper(raised, len(runs)), 4), "upper_own": round(upper(own, len(runs)), 4)}
    return {"arm": arm, "planted": arm in PLANTED, "runs": len(runs), "raised": raised, "raised_own": own} | bounds


def _kept(log: Path | None) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log and log.exists() else []


def _keep(log: Path | None, run: Alarm | Run | Staged | Armed) -> None:
    if log:
        with log.open("a", encoding="utf-8") as out:
            out.write(json.dumps(asdict(run)) + "\n")


def _row(cell: Cell, runs: list[Run]) -> dict[str, Any]:
    hits = sum(run.named and run.alone for run in runs)
    low, high = wilson(hits / len(runs), len(runs), normal_quantile(0.95))
    signs = Counter(run.sign for run in runs if run.named).most_common(3)
    return (
        {"scheme": cell.scheme, "dose": cell.dose, "players": cell.players, "debates": 2 * cell.questions}
        | {"matched_pairs": int(cell.questions * cell.matched) // 2}
        | {"runs": len(runs), "named_alone": hits, "low": round(low, 3), "high": round(high, 3)}
        | {"signs": dict(signs)}
    )


PARTS = {"alarms": _alarms, "power": _power, "engine": _engine, "arms": _arms}


if __name__ == "__main__":
    main()
