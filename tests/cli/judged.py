"""A study of people, driven by the command line: a tournament that was played, and judges at plain prompts."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from debate.store import Store
from debate.store.studies.blind import Blind
from debate.store.studies.sittings import enrol
from debate.tui.judging.clerk import Clerk
from debate.tui.judging.round import by_prompts
from tests.cli.driving import PLAYERS, cli
from tests.runs import bank, questions

ANSWERS = ("", "60", "", "70", "", "", "80", "It was quoted.", "yes")
"""One transcript of two rounds, read to its end."""

TOURNAMENT = """
name = "people"
seed = 5
questions = ["bank.jsonl"]
controls = []

[[debaters]]
name = "sentinel-ada"
model = "scripted/{folder}/players.py:speak"

[[debaters]]
name = "sentinel-bob"
model = "scripted/{folder}/players.py:speak"

[[judges]]
name = "jo"
model = "scripted/{folder}/players.py:speak"

[[protocols]]
name = "debate"
rounds = 2

[pairing]
both_sides = false

[judging]
{judging}
"""


def study(folder: Path, n: int = 2, *, judging: str = "") -> Path:
    """Play a tournament of so many questions, each on a passage of its own, and return its database."""
    written(folder, n, judging=judging)
    database = folder / "debate.db"
    played = cli("run", folder / "tournament.toml", "--db", database, "--quiet")
    assert played.exit_code == 0, played.stderr
    return database


def written(folder: Path, n: int, *, judging: str = "") -> None:
    """Write the file of that tournament, its questions and its players."""
    bank(folder / "bank.jsonl", questions(n))
    (folder / "players.py").write_text(PLAYERS)
    (folder / "tournament.toml").write_text(TOURNAMENT.format(folder=folder, judging=judging))


def typed(*answers: str) -> str:
    """What a judge types, as a pipe gives it."""
    return "".join(f"{answer}\n" for answer in answers)


def sat(database: Path, *answers: str, judge: str = "j07") -> None:
    """Have somebody judge at the database by plain prompts, in this process, until there is no answer left."""
    left = iter(answers)

    def ask(_: str) -> str:
        for answer in left:
            return answer
        raise EOFError

    with Store.open(database) as store:
        (tournament,) = (summary.name for summary in store.tournaments())
        enrol(store, tournament, judge)
    with Blind.open(database, judge) as blind:
        by_prompts(blind, tournament, Clerk(), io.StringIO(), ask)


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    """What a database holds."""
    with closing(sqlite3.connect(database)) as raw:
        return raw.execute(query).fetchall()


def rulings(database: Path) -> list[tuple[Any, ...]]:
    """Every column of what people ruled, but when and for how long, with the beliefs."""
    return rows(
        database,
        "SELECT id, match, kind, judge, view, channel, purpose, sample, state, final, reason, transcript, "
        "superseded_by, json_remove(rest, '$.active_s'), "
        "(SELECT group_concat(after_round || p) FROM belief WHERE judgment = judgment.ordinal) "
        "FROM judgment WHERE kind = 'human' ORDER BY ordinal",
    )


def acts(database: Path) -> list[tuple[Any, ...]]:
    """What people did, without times."""
    return rows(
        database,
        "SELECT sitting, number, kind, json_remove(rest, '$.active_ms', '$.idle_ms') FROM act ORDER BY sitting, number",
    )
