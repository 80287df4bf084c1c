"""What a database holds: the columns that are searched or joined on, and one JSON column for the rest.

Domain values are checked where they are made; the tables check again what must never be wrong: states, and
numbers that are finite. They are STRICT on SQLite, which takes NaN for NULL and infinity for a number.
"""

from __future__ import annotations

import sqlalchemy

from debate.store.tables import kept, plan, play, study
from debate.store.tables.columns import Table

__all__ = ["Table", "kept", "plan", "play", "study"]


def _named(name: str) -> sqlalchemy.Table:
    return Table.metadata.tables[name]


ACT = _named("act")
ANSWER_KEY = _named("answer_key")
BELIEF = _named("belief")
CALL = _named("call")
CLAIM = _named("claim")
FAILURE = _named("failure")
JUDGE = _named("judge")
JUDGMENT = _named("judgment")
MATCH = _named("match")
ORIGIN = _named("origin")
PASSAGE = _named("passage")
PLAYER = _named("player")
PROTOCOL = _named("protocol")
QUESTION = _named("question")
RECORD = _named("record")
REPLY = _named("reply")
RUN = _named("run")
SEAT = _named("seat")
SITTING = _named("sitting")
STUDY = _named("study")
TALLY = _named("tally")
TEMPLATE = _named("template")
TOURNAMENT = _named("tournament")
TOURNAMENT_TEMPLATE = _named("tournament_template")
TURN = _named("turn")
