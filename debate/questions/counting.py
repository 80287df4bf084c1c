"""What is in a bank: how many questions, of which domain, difficulty, tag and length?"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Self

from debate.domain import Passage, Question, Value

_BATCH = 5_000  # ids an insert
_LENGTHS = ((0, "no passage"), (500, "up to 500 words"), (1_500, "up to 1,500"), (5_000, "up to 5,000"))


TALLIES = ("domains", "difficulties", "tags", "lengths", "answers", "licences")


class Counts(Value):
    """How many questions of each kind a bank holds; `passages` counts different texts, `keyed` known answers."""

    questions: int
    passages: int
    keyed: int
    domains: dict[str, int]
    difficulties: dict[str, int]
    """By fifths of the scale."""
    tags: dict[str, int]
    lengths: dict[str, int]
    """By the number of words of the passage."""
    answers: dict[str, int]
    """By the number of answers."""
    licences: dict[str, int]


def count(questions: Iterable[Question]) -> Counts:
    """Count the questions of a bank by each of their properties."""
    tallies: dict[str, Counter[str]] = {name: Counter() for name in TALLIES}
    total = keyed = 0
    with _Shelf() as shelf:
        for question in questions:
            total += 1
            keyed += question.key.correct is not None
            passage = question.posed.passage
            tallies["domains"][question.key.domain or "none"] += 1
            tallies["difficulties"][_difficulty(question.key.difficulty)] += 1
            tallies["tags"].update(question.key.tags)
            tallies["lengths"][_length(shelf.words(passage) if passage else 0)] += 1
            tallies["answers"][str(len(question.posed.answers))] += 1
            tallies["licences"][question.key.licence or "none"] += 1
        return Counts.model_validate(
            {"questions": total, "passages": shelf.count(), "keyed": keyed, **_sorted(tallies)}
        )


def total(counts: Iterable[Counts]) -> dict[str, dict[str, int]]:
    """Return the tallies of several banks together."""
    sums: dict[str, Counter[str]] = {name: Counter() for name in TALLIES}
    for count in counts:
        for name in TALLIES:
            sums[name].update(getattr(count, name))
    return _sorted(sums)


class _Shelf:
    """Which passages were seen; their ids are kept in a temporary database, which spills to disk."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute("create table seen (id text primary key) without rowid")
        self._new: list[tuple[str]] = []
        self._last: tuple[str, int] = ("", 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def words(self, passage: Passage) -> int:
        """Return the number of words of a passage; questions on one mostly stand together."""
        if passage.id != self._last[0]:
            self._last = passage.id, len(passage.text.split())
            self._new.append((passage.id,))
            if len(self._new) >= _BATCH:
                self._flush()
        return self._last[1]

    def count(self) -> int:
        """Return how many different passages were seen."""
        self._flush()
        (count,) = self._database.execute("select count(*) from seen").fetchone()
        return int(count)

    def _flush(self) -> None:
        self._database.executemany("insert or ignore into seen values (?)", self._new)
        self._new.clear()


def _sorted(tallies: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    """Return each tally in the order of its scale, or of the alphabet."""
    return {name: dict(sorted(tally.items(), key=lambda item: _place(item[0]))) for name, tally in tallies.items()}


def _place(kind: str) -> tuple[int, str]:
    names = [name for _, name in _LENGTHS]
    return (names.index(kind), "") if kind in names else (len(names), kind)


def _difficulty(value: float | None) -> str:
    if value is None:
        return "unknown"
    fifth = min(int(value * 5), 4)
    return f"{fifth / 5:.1f} to {(fifth + 1) / 5:.1f}"


def _length(words: int) -> str:
    return next((name for most, name in _LENGTHS if words <= most), "over 5,000")
