"""How soon does `debate run` say that a tournament of 100,000 matches is done?"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import update

from benchmarks import workload
from debate.config import load
from debate.preparing import prepare
from debate.store import Store
from debate.store.tables import MATCH

QUESTIONS, REPEATS, WANTED_S, TRIES = 2_000, 50, 3.0, 5
SPEC = """
name = "bench"
questions = ["{bank}"]
controls = []
repeats = {repeats}
[[debaters]]
name = "ada"
model = "builtin/advocate"
[[debaters]]
name = "bob"
model = "builtin/skimmer"
[[judges]]
name = "jo"
model = "builtin/weigher"
[[protocols]]
name = "debate"
rounds = 1
[pairing]
both_sides = false
"""


def main() -> None:
    """Print the median time of the whole command."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        matches = _done(folder)
        command = [sys.executable, "-m", "debate", "run", "bench.toml", "--db", "bench.db"]
        times = []
        for _ in range(TRIES):
            began = time.perf_counter()
            out = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
            times.append(time.perf_counter() - began)
        assert f"{matches} of {matches}" in (out.stdout + out.stderr).replace(",", ""), out
    print(
        f"finished: `debate run` on {matches:,} matches that are done says so in {statistics.median(times):.2f} s "
        f"(wanted under {WANTED_S:.0f} s)"
    )


def _done(folder: Path) -> int:
    """Pin a tournament and mark every match as done; return how many there are."""
    bank = folder / "bank.jsonl"
    with bank.open("w", encoding="utf-8") as out:
        for number in range(QUESTIONS):
            out.write(json.dumps(_row(number)) + "\n")
    spec = folder / "bench.toml"
    spec.write_text(SPEC.format(bank=bank, repeats=REPEATS), "utf-8")
    with Store.open(folder / "bench.db", create=True) as store:
        prepared = prepare(load(spec)[0], store)
        with store.database.writing() as connection:
            connection.execute(update(MATCH).values(state="done"))
    return prepared.matches


def _row(number: int) -> dict[str, object]:
    asked = workload.question(number).posed
    return {"id": f"q{number}", "text": asked.text, "answers": list(asked.answers), "correct": number % 2}


if __name__ == "__main__":
    main()
