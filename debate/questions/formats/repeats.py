"""Has this question been read before, or one that contradicts it? By hashes that spill to disk, so in little memory."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Self

from debate.domain import Question
from debate.questions.rows import fold

_CACHE = 32_000  # KiB of hashes in memory
_NEW = "insert or ignore into seen values (?, ?, ?)"


class Repeats:
    """What was read so far, as hashes, and where."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(f"pragma cache_size = -{_CACHE}")
        self._database.execute("pragma journal_mode = off")
        self._database.execute("create table seen (hash blob primary key, key blob, place text) without rowid")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def fault(self, question: Question, place: str) -> str:
        """Return what is wrong with a question after all others, or nothing; a sound one is remembered."""
        posed, key = question.posed, question.key
        right = b"" if key.correct is None else _hash(fold(posed.answers[key.correct]))
        if right:
            asked = _hash("text", posed.passage.id if posed.passage else "", fold(posed.text))
            first = self._first(asked, right, place)
            if first and first[0] != right:
                return f"correct: contradicts the same question at {first[1]}"
        first = self._first(_hash("question", posed.id), right, place)
        return f"text: the same question, with the same answers, stands at {first[1]}" if first else ""

    def _first(self, said: bytes, right: bytes, place: str) -> tuple[bytes, str] | None:
        """Note a hash; return the right answer and the place that it was noted with before."""
        if self._database.execute(_NEW, (said, right, place)).rowcount:
            return None
        found: tuple[bytes, str] = self._database.execute(
            "select key, place from seen where hash = ?", (said,)
        ).fetchone()
        return found


def _hash(*parts: str) -> bytes:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
