"""How long does a report on a million judgments take, and how much memory?

100,000 debates of 30 players on 2,000 questions, ten rulings each, one of the ten judges asked after every round; the
calls and replies of all of them are there too. The database is made once and kept in the folder for scratch files;
what a run keeps for reports when it ends is kept here as well, and a report without it is measured beside.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import workload
from debate import prompts
from debate.domain import Endpoint, Judge, Match, Player, Protocol, Question, Seat, Tournament, match_id
from debate.store import Store
from debate.store.tallies import keeping

NAME = "million"
DEBATES, PLAYERS, QUESTIONS, JUDGES, ROUNDS = 100_000, 30, 2_000, 10, 3
WANTED_S, WANTED_GB = 5.0, 1.0
SEED = 5
STAMP = "2026-01-01T00:00:00Z"
SPEECH = "The captain signed for forty crates and hid two of sand below deck before noon. " * 11
BLOCK = 2_000


def main() -> None:
    """Print the time and the memory of a report, measured as a user would see them, on one core."""
    path = database(Path(tempfile.gettempdir()) / "debate-benchmarks")
    seconds, used, memory = _report(path, kept=True)
    print(
        f"judgments: a report on {DEBATES * JUDGES:,} of them takes {seconds:.1f} s, {used:.1f} s of one core "
        f"(wanted {WANTED_S:.0f} s), and {memory:.2f} GB (wanted {WANTED_GB:.0f} GB)"
    )
    seconds, used, memory = _report(path, kept=False)
    print(f"judgments: before anything is kept for reports {seconds:.1f} s, {used:.1f} s of one core, {memory:.2f} GB")


def _report(path: Path, *, kept: bool) -> tuple[float, float, float]:
    """Return the seconds, those of one core, and the gigabytes of a report in a process of its own."""
    began = os.times()
    run = [sys.executable, "-c", f"from benchmarks.judgments import child; child({str(path)!r}, kept={kept})"]
    alone = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    out = subprocess.run(run, capture_output=True, text=True, check=True, env=os.environ | alone).stdout
    ended = os.times()
    used = ended.children_user + ended.children_system - began.children_user - began.children_system
    return ended.elapsed - began.elapsed, used, int(out) / 1e6


def child(path: str, *, kept: bool) -> None:
    """Report in this process, on one core, and print its peak memory in kilobytes."""
    import resource

    from debate.report import measure, terminal
    from debate.store.tallies import keeping

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if not kept:
        vars(keeping)["VERSION"] = -1  # nothing is kept of it
    with Store.open(path, readonly=True) as store:
        measured = measure(store, NAME)
    assert measured.n_judgments == DEBATES * JUDGES
    assert terminal.render(measured, width=80)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def database(folder: Path, debates: int = DEBATES) -> Path:
    """Return the database, made if it is not there, with what a run keeps when it ends."""
    path = folder / f"judgments-{debates}.db"
    if not path.exists():
        _make(path, debates)
    with Store.open(path) as store:
        keeping.keep(store, NAME)
    return path


def _make(path: Path, debates: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    rng = np.random.default_rng(SEED)
    with Store.open(part, create=True) as store:
        questions = [workload.question(number) for number in range(QUESTIONS)]
        store.pin(_tournament(), prompts.load(), questions, _matches(questions, debates, rng))
    with closing(sqlite3.connect(part)) as raw:
        raw.executescript("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;")
        _fill(raw, rng)
        raw.executescript("PRAGMA journal_mode = WAL;")
    part.rename(path)


def _tournament() -> Tournament:
    return Tournament(
        name=NAME,
        debaters=tuple(Player(name=f"player-{i:02d}", model=f"lab/m{i}") for i in range(PLAYERS)),
        judges=tuple(Judge(name=f"judge-{j}", model=f"lab/j{j}") for j in range(JUDGES)),
        protocols=(Protocol(name="debate", rounds=ROUNDS),),
        endpoints={"lab": Endpoint(api="openai", base_url="http://127.0.0.1:1/v1")},
    )


def _matches(questions: Sequence[Question], debates: int, rng: np.random.Generator) -> Iterator[Match]:
    tournament = _tournament()
    rules = tournament.protocols[0]
    first = rng.integers(0, PLAYERS, debates)
    second = (first + rng.integers(1, PLAYERS, debates)) % PLAYERS
    for number, (a, b) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        posed = questions[number % QUESTIONS].posed
        pair = tournament.debaters[a], tournament.debaters[b]
        sides = (0, 1) if rng.random() < 0.5 else (1, 0)
        seats = tuple(Seat(seat=s, player=p, argues=x) for s, p, x in zip("AB", pair, sides, strict=True))
        repeat = number // QUESTIONS
        id = match_id(posed.id, rules, seats, repeat, "", "")
        yield Match(id=id, question=posed, protocol=rules, seats=seats, repeat=repeat, shown=(0, 1))


def _fill(raw: sqlite3.Connection, rng: np.random.Generator) -> None:
    """Play and judge every match."""
    played = raw.execute(
        """SELECT match.ordinal, answer_key.correct, one.argues, a.name, b.name FROM match
        JOIN answer_key ON answer_key.question = match.question
        JOIN seat one ON one.match = match.ordinal AND one.place = 0 JOIN player a ON a.id = one.player
        JOIN seat two ON two.match = match.ordinal AND two.place = 1 JOIN player b ON b.id = two.player
        ORDER BY match.ordinal"""
    ).fetchall()
    strength = rng.normal(0, 0.7, PLAYERS)
    calls, rulings = count(1), count(1)
    _insert(raw, "run", [_run()])
    for start in range(0, len(played), BLOCK):
        rows: dict[str, list[dict[str, Any]]] = {t: [] for t in ("turn", "judgment", "belief", "call", "reply")}
        for ordinal, correct, argues, one, other in played[start : start + BLOCK]:
            edge = strength[int(one[-2:])] - strength[int(other[-2:])] + (0.8 if argues == correct else -0.8)
            _speak(rows, ordinal, calls, rng)
            _rule(rows, ordinal, calls, rulings, edge if argues == 0 else -edge, rng)
        for table, values in rows.items():
            _insert(raw, table, values)
        raw.commit()
    raw.execute("UPDATE match SET state = 'done'")
    raw.commit()


def _speak(rows: dict[str, list[dict[str, Any]]], match: int, calls: Iterator[int], rng: np.random.Generator) -> None:
    for index, length in enumerate(rng.integers(600, len(SPEECH), 2 * ROUNDS).tolist()):
        text, beat = SPEECH[:length], index // 2 + 1
        there = {"passage_start": length, "passage_end": length + 40, "status": "verified", "start": 4, "end": 44}
        turn = {"match": match, "index": index, "seat": "AB"[index % 2], "round": beat, "beat": beat}
        rest = json.dumps({"quotes": [there]})
        rows["turn"].append(turn | {"kind": "argument", "state": "ok", "text": text, "rest": rest})
        _call(rows, match, next(calls), f"turn:{index}", "speak", f"lab/m{index % 2}", text)


def _rule(
    rows: dict[str, list[dict[str, Any]]],
    match: int,
    calls: Iterator[int],
    rulings: Iterator[int],
    edge: float,
    rng: np.random.Generator,
) -> None:
    leaning = 1 / (1 + np.exp(-(edge + rng.normal(0, 1.2, JUDGES))))
    for j, p in enumerate(np.round(leaning, 3).tolist()):
        ordinal = next(rulings)
        final = json.dumps([p, round(1 - p, 3)], separators=(",", ":"))
        id, refused = f"v1-{ordinal:020x}", rng.random() < 0.01
        row = {"ordinal": ordinal, "match": match, "id": id, "judge": f"judge-{j}", "kind": "model", "view": "full"}
        row |= {"channel": "offline", "purpose": "study", "state": "refused" if refused else "valid"}
        row |= {
            "final": None if refused else final,
            "reason": SPEECH[:160],
            "transcript": "t1-0",
            "superseded_by": None,
        }
        rows["judgment"].append(row | {"rest": f'{{"shown":{"[0,1]" if j % 2 else "[1,0]"}}}'})
        if j == 0 and not refused:
            way = np.round(np.linspace(0.5, p, ROUNDS + 1), 3).tolist()
            steps = (
                {"judgment": ordinal, "after_round": k, "p": f"[{q},{round(1 - q, 3)}]"} for k, q in enumerate(way)
            )
            rows["belief"] += steps
        _call(rows, match, next(calls), id, "judge", f"lab/j{j}", SPEECH[:200])


def _call(
    rows: dict[str, list[dict[str, Any]]], match: int, id: int, where: str, purpose: str, model: str, text: str
) -> None:
    call = {"id": id, "match": match, "run": 1, "call": f"{id:x}", "where": where, "purpose": purpose, "attempt": 1}
    rows["call"].append(call | {"request": "c1-0", "model": model, "reserve_usd": 0.002})
    reply = {"call": id, "outcome": "answered", "model": model, "text": text, "input_tokens": 1500, "billed": 1}
    rows["reply"].append(reply | {"output_tokens": len(text) // 4, "cost_usd": 0.001, "latency_s": 1.25})


def _run() -> dict[str, Any]:
    return {"id": 1, "tournament": 1, "host": "here", "boot": "1", "begun": STAMP, "ended": STAMP, "until": 0.0}


def _insert(raw: sqlite3.Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows; a column that they do not name is empty, `at` a time, and JSON an empty object."""
    columns = [(name, kind) for _, name, kind, *_ in raw.execute(f'PRAGMA table_info("{table}")')]
    fill = {name: "" if kind == "TEXT" else 0 for name, kind in columns} | {"at": STAMP, "rest": "{}"}
    names = ", ".join(f'"{name}"' for name, _ in columns)
    values = ", ".join(f":{name}" for name, _ in columns)
    raw.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({values})', [fill | row for row in rows])


if __name__ == "__main__":
    main()
