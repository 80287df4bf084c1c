"""What a judge's process may read: questions, answers and speeches, and its own sittings; no key, no name, no call.

SQLite itself refuses the rest: an authorizer is asked for every column that a statement names.
"""

from __future__ import annotations

import json
import sqlite3
import time
from typing import Any

from debate.domain import (
    Act,
    Ballot,
    Judge,
    Judgment,
    Study,
    View,
    digest,
)
from debate.errors import UsageError
from debate.sanitize import restore
from debate.sanitize import store as escaped
from debate.store import mapping
from debate.store.books import stamp
from debate.store.owners import Owner
from debate.store.studies.unnamed import Unnamed
from debate.studies.assigning import Purpose, letter
from debate.studies.sight import RELEASED, Awaited, Place
from debate.studies.wording import checked, tells
from debate.transcript import ballot

LEASE_S = 300.0
"""How long a sitting stays with a judge who has fallen silent, before another process of theirs may take it."""

AMEND_S = 600.0
"""How long a ruling can be corrected, if no other was handed in since."""


class Blind(Unnamed):
    """A judge's view of a database."""

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
            """SELECT sitting.id, sitting.purpose, question.text,
                      CASE WHEN sitting.state = 'skipped' AND NOT EXISTS
                        (SELECT 1 FROM act WHERE act.sitting = sitting.id AND act.kind = 'skip')
                      THEN ? ELSE sitting.state END AS state,
                      EXISTS (SELECT 1 FROM act WHERE act.sitting = sitting.id) AS begun,
                      (SELECT coalesce(sum(length(turn.text)), 0) FROM turn WHERE turn.match = sitting.match) AS size
               FROM sitting JOIN match ON match.ordinal = sitting.match
               JOIN question ON question.id = match.question
               JOIN tournament ON tournament.id = sitting.tournament
               WHERE sitting.judge = ? AND tournament.name = ? ORDER BY sitting.place""",
            (RELEASED, escaped(self.judge), escaped(tournament)),
        )
        return tuple(
            Place(
                id=row["id"],
                tournament=tournament,
                state=row["state"],
                begun=bool(row["begun"]),
                question=restore(row["text"]),
                purpose=row["purpose"],
                characters=row["size"],
            )
            for row in rows
        )

    def ballot(self, sitting: int, round: int) -> Ballot:
        """Return what may be seen of a sitting's debate up to a round."""
        row = self._sitting(sitting)
        debate = self._debate(row)
        judge = Judge(name=self.judge, model=f"human/{self.judge}")
        view: View = row["view"]
        found = ballot(debate, judge, view=view, shown=mapping.ints(row["shown"]), round=round)
        return checked(found, letter(self.judge, row["match_id"])) if row["purpose"] == "attention" else found

    def rounds(self, sitting: int) -> int:
        """Return how many rounds there are, or may come to be in a debate that is played as it is judged."""
        row = self._sitting(sitting)
        return self._protocol(row).rounds if self.live(sitting) else self.ballot(sitting, 0).rounds

    def live(self, sitting: int) -> bool:
        """Tell whether the judge sits in the debate."""
        asked = "SELECT 1 FROM act WHERE sitting = ? AND kind = 'ask'"
        return self._sitting(sitting)["state"] == "live" or bool(self._connection.execute(asked, (sitting,)).fetchone())

    def awaited(self, sitting: int, round: int) -> Awaited:
        """Say what has to come before a round of a debate that is being played can be read; nothing once it is there.

        `speeches` are being made, `run` is for somebody to play on, `never` has failed.
        """
        match = self._sitting(sitting)["match"]
        (state,) = self._connection.execute("SELECT state FROM match WHERE ordinal = ?", (match,)).fetchone()
        if state in ("failed", "set-aside"):
            return "never"
        last = "SELECT max(round) FROM turn WHERE match = ? AND seat <> 'judge'"
        if state == "waiting" and (self._connection.execute(last, (match,)).fetchone()[0] or 0) >= round:
            return ""
        claimed = self._connection.execute("SELECT 1 FROM claim WHERE match = ?", (match,)).fetchone()
        return "speeches" if claimed else "run"

    def agreed(self, consent: str) -> bool:
        """Tell whether this judge has agreed to a text, known by its hash."""
        query = """SELECT 1 FROM act JOIN sitting ON sitting.id = act.sitting
                   WHERE sitting.judge = ? AND act.kind = 'begin' AND json_extract(act.rest, '$.about') = ?"""
        return self._connection.execute(query, (escaped(self.judge), consent)).fetchone() is not None

    def instructed(self, sitting: int) -> bool:
        """Tell whether this judge has begun another transcript before."""
        query = """SELECT 1 FROM act JOIN sitting ON sitting.id = act.sitting
                   WHERE sitting.judge = ? AND act.kind = 'begin' AND sitting.id <> ?"""
        return self._connection.execute(query, (escaped(self.judge), sitting)).fetchone() is not None

    def purpose(self, sitting: int) -> Purpose:
        """Return what a sitting is for."""
        purpose: Purpose = self._sitting(sitting)["purpose"]
        return purpose

    def stands(self, sitting: int) -> str:
        """Say why a ruling that was handed in can never be corrected any more; nothing where nothing was told."""
        row = self._sitting(sitting)
        if tells(self.study_of(sitting), row["purpose"]):
            return "the right answer was told, so the ruling stands"
        if row["why"]:
            return "the study has ended for you, so the ruling stands"
        return ""

    def locked(self, sitting: int) -> str:
        """Say why a ruling that was handed in cannot be corrected now; nothing where it can."""
        if why := self.stands(sitting):
            return why
        handed = """SELECT act.sitting, max(act.at) AS at FROM act JOIN sitting ON sitting.id = act.sitting
                    WHERE sitting.judge = ? AND act.kind = 'submit'"""
        last = self._connection.execute(handed, (escaped(self.judge),)).fetchone()
        if last["sitting"] != sitting:
            return "another ruling was handed in since, so this one stands"
        if last["at"] < stamp(time.time() - AMEND_S):
            return "it was handed in more than ten minutes ago, so it stands"
        return ""

    def study_of(self, sitting: int) -> Study:
        """Return what the study of a sitting asks for."""
        query = "SELECT settings FROM study WHERE tournament = ?"
        row = self._connection.execute(query, (self._sitting(sitting)["tournament"],)).fetchone()
        return Study() if row is None else Study.model_validate(json.loads(row["settings"]))

    def acts(self, sitting: int) -> tuple[Act, ...]:
        """Return what was done in a sitting."""
        rows = self._connection.execute("SELECT kind, rest FROM act WHERE sitting = ? ORDER BY number", (sitting,))
        return tuple(mapping.act(row["kind"], row["rest"]) for row in rows)

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
        """Write an act down; it is durable when this returns, and the sitting is held for a while longer."""
        with self._writing():
            self._act(sitting, number, act)
            if act.kind == "amend":
                self._connection.execute("UPDATE sitting SET state = 'open' WHERE id = ?", (sitting,))
            self._renew(sitting)

    def renew(self, sitting: int) -> None:
        """Hold a sitting for a while longer."""
        with self._writing():
            self._renew(sitting)

    def _renew(self, sitting: int) -> None:
        self._connection.execute("UPDATE sitting SET until = ? WHERE id = ?", (time.time() + LEASE_S, sitting))

    def finish(
        self, sitting: int, number: int, act: Act, judgment: Judgment | None, why: str = "", *, skipped: bool = False
    ) -> None:
        """Write the last act down together with the judgment, which stands in the place of an earlier one.

        There is none where the transcript was skipped, or where a ruling in the debate itself is made of its turns.
        """
        with self._writing():
            row = self._sitting(sitting)
            if row["state"] not in ("open", "live"):
                raise UsageError("this transcript was judged already")
            self._act(sitting, number, act)
            if judgment is not None:
                self._rule(row, judgment)
            self._connection.execute(
                "UPDATE sitting SET state = ?, why = ?, holder = '', until = 0 WHERE id = ?",
                ("skipped" if skipped else "submitted", escaped(why), sitting),
            )

    def identity(self, sitting: int, correction: int = 0) -> tuple[str, str]:
        """Return the id of the match and of the judgment that a sitting makes."""
        row = self._sitting(sitting)
        return row["match_id"], self._identified(row, correction)

    def _identified(self, row: sqlite3.Row, correction: int) -> str:
        parts = [row["match_id"], "human", self.judge, row["view"], row["id"], *([correction] if correction else [])]
        return digest("v1", parts)

    def _act(self, sitting: int, number: int, act: Act) -> None:
        self._insert("act", mapping.act_row(sitting, number, act, stamp(time.time())))

    def _rule(self, sitting: sqlite3.Row, judgment: Judgment) -> None:
        (last,) = self._connection.execute("SELECT coalesce(max(ordinal), 0) FROM judgment").fetchone()
        (before,) = self._connection.execute(
            "SELECT count(*) FROM act WHERE sitting = ? AND kind = 'amend'", (sitting["id"],)
        ).fetchone()
        for correction in range(before):
            self._connection.execute(
                "UPDATE judgment SET superseded_by = ? WHERE id = ? AND superseded_by IS NULL",
                (judgment.id, self._identified(sitting, correction)),
            )
        self._insert("judgment", mapping.judgment_row(last + 1, sitting["match"], judgment, stamp(time.time())))
        for row in mapping.belief_rows(last + 1, judgment):
            self._insert("belief", row)

    def _insert(self, table: str, row: Any) -> None:
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        self._connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))


def holder() -> str:
    """Return how this process signs what it holds."""
    return mapping.dumps(Owner.here().columns)


def _gone(held: str) -> bool:
    return Owner(**json.loads(held)).dead()
