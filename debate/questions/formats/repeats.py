"""Has this question been read before, or one that contradicts it? By hashes that spill to disk, so in little memory."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from typing import Self

from debate.domain import Question
from debate.questions.rows import fold

_CACHE = 32_000  # KiB of hashes in memory


class Repeats:
    """What was read so far, as hashes, and where."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(f"pragma cache_size = -{_CACHE}")
        self._database.execute("pragma journal_mode = off")
        self._database.execute("create table seen (hash blob primary key, correct int, place text) without rowid")
        self._database.execute("begin")  # and never an end: a commit would look at every page that was changed so far

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def fault(self, question: Question, place: str) -> str:
        """Return what is wrong with a question after all others, or nothing; a sound one is remembered."""
        same, answers = _hash("question", question.posed.id), dict(_answers(question))
        before = self._known(same, *answers)
        for said, right in answers.items():
            if said in before and before[said][0] != right:
                return f"correct: contradicts the same question at {before[said][1]}"
        if same in before:
            return f"text: the same question, with the same answers, stands at {before[same][1]}"
        new = ((said, right, place) for said, right in ((same, None), *answers.items()))
        self._database.executemany("insert or ignore into seen values (?, ?, ?)", new)
        return ""

    def _known(self, *said: bytes) -> dict[bytes, tuple[bool, str]]:
        """Return which hashes were noted before: whether as right answers, and where."""
        marks = ", ".join("?" * len(said))
        rows = self._database.execute(f"select hash, correct, place from seen where hash in ({marks})", said)
        return {found: (bool(right), place) for found, right, place in rows}


def _answers(question: Question) -> Iterator[tuple[bytes, bool]]:
    """Yield each answer to what is asked, as a hash, with whether it is right; nothing where that is not known."""
    posed, right = question.posed, question.key.correct
    asked = ("text", posed.passage.id if posed.passage else "", fold(posed.text))
    for index, answer in enumerate(posed.answers if right is not None else ()):
        yield _hash(*asked, fold(answer)), index == right


def _hash(*parts: str) -> bytes:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
