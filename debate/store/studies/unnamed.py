"""A debate put together without a name: what its judge may know of it, with empty chairs that argue an answer."""

from __future__ import annotations

import json
import sqlite3

from debate.domain import Debate, Match, Passage, Posed, Protocol, Seat
from debate.errors import UsageError
from debate.protocols import family
from debate.sanitize import restore
from debate.sanitize import store as escaped
from debate.store import mapping
from debate.store.studies.guard import Guarded


class Unnamed(Guarded):
    """A judge's connection, and the debates of the judge's own sittings."""

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
        rules = self._protocol(row)
        seats = self._connection.execute(
            "SELECT seat, argues FROM seat WHERE match = ? ORDER BY place", (row["match"],)
        )
        turns = self._connection.execute(
            """SELECT "index", seat, round, beat, kind, state, conceded, text, rest, '' AS scratchpad
               FROM turn WHERE match = ? ORDER BY "index" """,
            (row["match"],),
        )
        match = Match(
            id=row["match_id"],
            question=self._posed(row["question"], reads=family(rules).judge_reads),
            protocol=rules,
            seats=tuple(Seat(seat=restore(seat["seat"]), argues=seat["argues"]) for seat in seats),
            shown=mapping.ints(row["shown"]),
        )
        return Debate(match=match, turns=tuple(mapping.turn(turn) for turn in turns))

    def _protocol(self, row: sqlite3.Row) -> Protocol:
        rules = self._connection.execute("SELECT * FROM protocol WHERE id = ?", (row["protocol"],)).fetchone()
        return Protocol.model_validate(json.loads(rules["settings"]))

    def _posed(self, question: str, *, reads: bool) -> Posed:
        query = "SELECT id, text, answers FROM question WHERE id = ?"
        asked = self._connection.execute(query, (question,)).fetchone()
        posed = Posed(id=asked["id"], text=restore(asked["text"]), answers=tuple(json.loads(asked["answers"])))
        return posed.model_copy(update={"passage": self._passage(question)}) if reads else posed

    def _passage(self, question: str) -> Passage | None:
        query = """SELECT passage.id, passage.title, passage.text FROM question
                   JOIN passage ON passage.id = question.passage WHERE question.id = ?"""
        with self._reading_passage():
            row = self._connection.execute(query, (question,)).fetchone()
        return row and Passage(id=row["id"], title=restore(row["title"]), text=restore(row["text"]))
