"""Which lines of a bank say what an earlier one said, or contradict it?

Lines are compared by hashes kept in a temporary SQLite database, which spills to disk, so that a bank of a million
lines is compared in little memory.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from debate.domain import Question
from debate.questions.reading import Problem
from debate.questions.rows import fold

_BATCH = 5_000  # rows an insert
_RIGHT, _WRONG = b"right", b"wrong"
_REPEATS = {
    "id": "id: was given before, at",
    "text": "correct: contradicts the same question at",
    "question": "text: the same question, with the same answers, stands at",
}
_AGAIN = """
    select later.file, later.line, early.file, early.line
    from (select hash, min(rowid) as first from said where kind = :kind group by hash having count(*) > 1) as twice
    join said as early on early.rowid = twice.first
    join said as later on later.kind = :kind and later.hash = twice.hash and later.rowid > twice.first
    where :kind <> 'text' or later.key <> early.key
    order by later.rowid
"""


class Ledger:
    """What every line said, as hashes."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute("create table said (kind text, hash blob, key blob, file text, line int)")
        self._rows: list[tuple[str, bytes, bytes, str, int]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, path: Path, line: int, question: Question) -> None:
        """Note a question."""
        posed, key = question.posed, question.key
        right = b"" if key.correct is None else _hash(fold(posed.answers[key.correct]))
        passage = posed.passage.id if posed.passage else ""
        hashes = [("id", _hash(str(key.meta["name"])), right), ("question", _hash(posed.id), right)]
        for answer in posed.answers if right else ():  # an answer that is right here may be wrong nowhere else
            said = fold(answer)
            hashes.append(("text", _hash(passage, fold(posed.text), said), _RIGHT if _hash(said) == right else _WRONG))
        self._rows += [(kind, what, held, str(path), line) for kind, what, held in hashes]
        if len(self._rows) >= _BATCH:
            self._flush()

    def problems(self) -> Iterator[Problem]:
        """Yield each line that repeats or contradicts an earlier one."""
        self._flush()
        told: set[tuple[str, int]] = set()
        for kind, message in _REPEATS.items():
            for file, line, first_file, first_line in self._database.execute(_AGAIN, {"kind": kind}):
                if kind != "id" and (file, line) in told:
                    continue
                if kind == "text":
                    told.add((file, line))
                yield Problem(file=file, line=line, message=f"{message} {first_file}:{first_line}")

    def _flush(self) -> None:
        self._database.executemany("insert into said values (?, ?, ?, ?, ?)", self._rows)
        self._rows.clear()


def _hash(*parts: str) -> bytes:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
