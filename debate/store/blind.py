"""What a judge's process may read: questions, answers and speeches, and its own sittings; no key, no name, no call.

SQLite itself refuses the rest: an authorizer is asked for every column that a statement names.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from debate.domain import (
    Act,
    Ballot,
    Debate,
    Judge,
    Judgment,
    Match,
    Posed,
    Protocol,
    Seat,
    Study,
    Turn,
    Value,
    View,
    digest,
)
from debate.errors import StoreError, UsageError
from debate.sanitize import restore
from debate.sanitize import store as escaped
from debate.store import mapping
from debate.store.books import stamp
from debate.store.owners import Owner
from debate.transcript import ballot

LEASE_S = 300.0
"""How long a sitting stays with a judge who has fallen silent, before another process of theirs may take it."""

READABLE: dict[str, frozenset[str] | None] = {
    "match": frozenset({"ordinal", "id", "question", "protocol", "tournament"}),
    "question": frozenset({"id", "text", "answers"}),
    "protocol": None,
    "seat": frozenset({"match", "seat", "place", "argues"}),
    "turn": frozenset({"match", "index", "seat", "round", "beat", "kind", "state", "conceded", "text", "rest", "at"}),
    "sitting": None,
    "act": None,
    "study": None,
    "tournament": frozenset({"id", "name"}),
    "judgment": frozenset({"ordinal", "id", "match"}),
    "sqlite_master": None,
}
"""By table the columns that may be read; None for all."""
WRITABLE = ("sitting", "act", "judgment", "belief")


class Place(Value):
    """One sitting in a judge's queue."""

    id: int
    tournament: str
    state: str
    begun: bool
    question: str


class Blind:
    """A judge's view of a database."""

    def __init__(self, connection: sqlite3.Connection, judge: str) -> None:
        self._connection = connection
        self.judge = judge

    @classmethod
    def open(cls, path: Path, judge: str) -> Blind:
        """Open a database for one judge.

        Raises:
            StoreError: it cannot be read.
        """
        try:
            connection = sqlite3.connect(path, timeout=30, isolation_level=None)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error as exc:
            raise StoreError(f'"{path}" cannot be opened: {exc}') from exc
        connection.row_factory = sqlite3.Row
        connection.set_authorizer(authorize)
        return cls(connection, judge)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def study(self, tournament: str) -> Study:
        """Return what a tournament asks of its judges."""
        row = self._connection.execute(
            "SELECT settings FROM study JOIN tournament ON tournament.id = study.tournament WHERE name = ?",
            (escaped(tournament),),
        ).fetchone()
        return Study() if row is None else Study.model_validate(json.loads(row["settings"]))

    def queue(self, tournament: str) -> tuple[Place, ...]:
        """Return the judge's sittings in their order."""
        rows = self._connection.execute(
            """SELECT sitting.id, sitting.state, question.text,
                      EXISTS (SELECT 1 FROM act WHERE act.sitting = sitting.id) AS begun
               FROM sitting JOIN match ON match.ordinal = sitting.match
               JOIN question ON question.id = match.question
               JOIN tournament ON tournament.id = sitting.tournament
               WHERE sitting.judge = ? AND tournament.name = ? ORDER BY sitting.place""",
            (escaped(self.judge), escaped(tournament)),
        )
        return tuple(
            Place(
                id=row["id"],
                tournament=tournament,
                state=row["state"],
                begun=bool(row["begun"]),
                question=restore(row["text"]),
            )
            for row in rows
        )

    def ballot(self, sitting: int, round: int) -> Ballot:
        """Return what may be seen of a sitting's debate up to a round."""
        row = self._sitting(sitting)
        debate = self._debate(row)
        judge = Judge(name=self.judge, model=f"human/{self.judge}")
        view: View = row["view"]
        return ballot(debate, judge, view=view, shown=mapping.ints(row["shown"]), round=round)

    def acts(self, sitting: int) -> tuple[Act, ...]:
        """Return what was done in a sitting."""
        rows = self._connection.execute("SELECT kind, rest FROM act WHERE sitting = ? ORDER BY number", (sitting,))
        return tuple(Act(kind=row["kind"], **json.loads(row["rest"])) for row in rows)

    def take(self, sitting: int) -> None:
        """Take a sitting up, or keep it; what a process held that has died is free at once.

        Raises:
            UsageError: another process of this judge has it open.
        """
        now, mine = time.time(), holder()
        with self._writing():
            row = self._sitting(sitting)
            if row["holder"] not in ("", mine) and row["until"] > now and not _gone(row["holder"]):
                raise UsageError("this transcript is open in another window; finish it there, or wait five minutes")
            self._connection.execute(
                "UPDATE sitting SET holder = ?, until = ? WHERE id = ?", (mine, now + LEASE_S, sitting)
            )

    def release(self, sitting: int) -> None:
        """Give a sitting back; what was done in it stays."""
        with self._writing():
            self._connection.execute("UPDATE sitting SET holder = '', until = 0 WHERE id = ?", (sitting,))

    def add(self, sitting: int, number: int, act: Act) -> None:
        """Write an act down; it is durable when this returns."""
        with self._writing():
            self._act(sitting, number, act)

    def finish(self, sitting: int, number: int, act: Act, judgment: Judgment | None, why: str = "") -> None:
        """Write the last act down together with the judgment; without one the sitting was skipped."""
        with self._writing():
            row = self._sitting(sitting)
            if row["state"] != "open":
                raise UsageError("this transcript was judged already")
            self._act(sitting, number, act)
            if judgment is not None:
                self._rule(row["match"], judgment)
            self._connection.execute(
                "UPDATE sitting SET state = ?, why = ?, holder = '', until = 0 WHERE id = ?",
                ("skipped" if judgment is None else "submitted", escaped(why), sitting),
            )

    def identity(self, sitting: int) -> tuple[str, str]:
        """Return the id of the match and of the judgment that a sitting makes."""
        row = self._sitting(sitting)
        return row["match_id"], digest("v1", [row["match_id"], "human", self.judge, row["view"], sitting])

    def _act(self, sitting: int, number: int, act: Act) -> None:
        rest = mapping.dumps(act.model_dump(mode="json", exclude={"kind"}, exclude_defaults=True))
        self._connection.execute(
            "INSERT INTO act (sitting, number, kind, rest, at) VALUES (?, ?, ?, ?, ?)",
            (sitting, number, act.kind, rest, stamp(time.time())),
        )

    def _rule(self, match: int, judgment: Judgment) -> None:
        (last,) = self._connection.execute("SELECT coalesce(max(ordinal), 0) FROM judgment").fetchone()
        self._insert("judgment", mapping.judgment_row(last + 1, match, judgment, stamp(time.time())))
        for row in mapping.belief_rows(last + 1, judgment):
            self._insert("belief", row)

    def _insert(self, table: str, row: Any) -> None:
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        self._connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))

    def _sitting(self, sitting: int) -> sqlite3.Row:
        row = self._connection.execute(
            """SELECT sitting.*, match.id AS match_id, match.question, match.protocol
               FROM sitting JOIN match ON match.ordinal = sitting.match WHERE sitting.id = ? AND sitting.judge = ?""",
            (sitting, escaped(self.judge)),
        ).fetchone()
        if row is None:
            raise UsageError(f'judge "{self.judge}" has no such transcript')
        found: sqlite3.Row = row
        return found

    def _debate(self, row: sqlite3.Row) -> Debate:
        """Put the debate together without a name: seats are empty chairs that argue an answer."""
        asked = self._connection.execute(
            "SELECT id, text, answers FROM question WHERE id = ?", (row["question"],)
        ).fetchone()
        rules = self._connection.execute("SELECT * FROM protocol WHERE id = ?", (row["protocol"],)).fetchone()
        seats = self._connection.execute(
            "SELECT seat, argues FROM seat WHERE match = ? ORDER BY place", (row["match"],)
        )
        turns = self._connection.execute(
            """SELECT "index", seat, round, beat, kind, state, conceded, text, rest, '' AS scratchpad
               FROM turn WHERE match = ? ORDER BY "index" """,
            (row["match"],),
        )
        posed = Posed(id=asked["id"], text=restore(asked["text"]), answers=tuple(json.loads(asked["answers"])))
        match = Match(
            id=row["match_id"],
            question=posed,
            protocol=Protocol.model_validate(json.loads(rules["settings"])),
            seats=tuple(Seat(seat=restore(seat["seat"]), argues=seat["argues"]) for seat in seats),
            shown=mapping.ints(row["shown"]),
        )
        said: tuple[Turn, ...] = tuple(mapping.turn(turn) for turn in turns)
        return Debate(match=match, turns=said)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as exc:
            self._undo()
            raise StoreError(f"nothing could be written: {exc}") from exc
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


def holder() -> str:
    """Return how this process signs what it holds."""
    return mapping.dumps(Owner.here().columns)


def _gone(held: str) -> bool:
    return Owner(**json.loads(held)).dead()


def authorize(action: int, first: str | None, second: str | None, database: str | None, by: str | None) -> int:
    """Tell SQLite whether a judge's process may do something."""
    if action == sqlite3.SQLITE_READ:
        if first not in READABLE:
            return sqlite3.SQLITE_DENY
        columns = READABLE[first]
        return sqlite3.SQLITE_OK if columns is None or not second or second in columns else sqlite3.SQLITE_DENY
    if action in (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE):
        may = first in WRITABLE and not (action == sqlite3.SQLITE_UPDATE and first != "sitting")
        return sqlite3.SQLITE_OK if may else sqlite3.SQLITE_DENY
    harmless = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_TRANSACTION)
    return sqlite3.SQLITE_OK if action in harmless else sqlite3.SQLITE_DENY
