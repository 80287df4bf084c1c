"""Which lines of a bank say what an earlier one said, or contradict it?

Lines are compared by hashes kept in a temporary SQLite database, which spills to disk, so that a bank of a million
lines is compared in little memory.
"""

from __future__ import annotations

import hashlib
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from debate.domain import Question
from debate.questions.reading import Problem
from debate.questions.rows import Line, fold

_BATCH = 5_000  # rows an insert
_RIGHT, _WRONG = 1, 0
_REPEATS = {
    "id": "id: was given before, at",
    "text": "correct: contradicts the same question at",
    "question": "text: the same question, with the same answers, stands at",
}
_ALIKE = {
    "name": "id: differs only in case, or in how it is composed, from the one at",
    "passage": "passage.id: was given before to another text, at",
}
_LOOSE = {
    "match_id: no other question has it": """
        select file, line from said where kind = 'match' group by hash having count(*) = 1 order by min(rowid)
    """,
    "transfer_of: no question has this id": """
        select file, line from said where kind = 'transfer' and hash not in (select hash from said where kind = 'id')
        order by rowid
    """,
}
_AGAIN = """
    select later.file, later.line, early.file, early.line
    from (select hash, min(rowid) as first from said where kind = :kind group by hash having count(*) > 1) as twice
    join said as early on early.rowid = twice.first
    join said as later on later.kind = :kind and later.hash = twice.hash and later.rowid > twice.first
    where :kind in ('id', 'question') or later.key <> early.key
    order by later.rowid
"""


class Ledger:
    """What every line said, as hashes."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute("create table said (kind text, hash int, key int, file int, line int)")
        self._rows: list[tuple[str, int, int, int, int]] = []
        self._files: dict[Path, int] = {}
        self._indexed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, path: Path, line: int, question: Question) -> None:
        """Note a question."""
        posed, key = question.posed, question.key
        true = None if key.correct is None else fold(posed.answers[key.correct])
        right = 0 if true is None else _hash(true)
        asked = (posed.passage.id if posed.passage else "", fold(posed.text))
        hashes = [("id", _hash(str(key.meta["name"])), right), ("question", _hash(posed.id), right)]
        for answer in (
            posed.answers if true is not None else ()
        ):  # an answer that is right here may be wrong nowhere else
            said = fold(answer)
            hashes.append(("text", _hash(*asked, said), _RIGHT if said == true else _WRONG))
        self._note(path, line, hashes)

    def refer(self, path: Path, line: int, said: Line) -> None:
        """Note what a line is called, and which others it names."""
        hashes = []
        if row := said.passage:
            hashes.append(("passage", _hash(row.id), _hash(row.title, row.text)))
        if asked := said.question:
            hashes.append(("name", _hash(unicodedata.normalize("NFKC", asked.id).casefold()), _hash(asked.id)))
            named = (("match", asked.match_id), ("transfer", asked.transfer_of))
            hashes += [(kind, _hash(name), 0) for kind, name in named if name]
        self._note(path, line, hashes)

    def problems(self) -> Iterator[Problem]:
        """Yield each line that repeats or contradicts an earlier one."""
        told: set[tuple[str, int]] = set()
        for kind, problem in self._again(_REPEATS):
            if kind != "id" and (problem.file, problem.line) in told:
                continue
            if kind == "text":
                told.add((problem.file, problem.line))
            yield problem

    def loose(self) -> Iterator[Problem]:
        """Yield each line whose name is nearly another's, or that refers to what is not there."""
        yield from (problem for _, problem in self._again(_ALIKE))
        for message, query in _LOOSE.items():
            for file, line in self._database.execute(query):
                yield Problem(file=self._named(file), line=line, message=message)

    def _again(self, kinds: dict[str, str]) -> Iterator[tuple[str, Problem]]:
        self._flush()
        if not self._indexed:
            self._database.execute("create index by_hash on said (kind, hash)")
            self._indexed = True
        for kind, message in kinds.items():
            for file, line, first_file, first_line in self._database.execute(_AGAIN, {"kind": kind}):
                at = f"{self._named(first_file)}:{first_line}"
                yield kind, Problem(file=self._named(file), line=line, message=f"{message} {at}")

    def _named(self, number: int) -> str:
        return str(list(self._files)[number])

    def _note(self, path: Path, line: int, hashes: Iterable[tuple[str, int, int]]) -> None:
        file = self._files.setdefault(path, len(self._files))
        self._rows += [(kind, what, held, file, line) for kind, what, held in hashes]
        if len(self._rows) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._database.executemany("insert into said values (?, ?, ?, ?, ?)", self._rows)
        self._rows.clear()


def _hash(*parts: str) -> int:
    """Return 63 bits: of ten million texts two have the same one time in 180,000."""
    raw = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "big") >> 1
