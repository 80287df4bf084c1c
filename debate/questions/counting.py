"""What is in a bank: how many questions, of which domain, difficulty, tag and length?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from debate.domain import Question, Value

_LENGTHS = ((0, "no passage"), (500, "up to 500 words"), (1_500, "up to 1,500"), (5_000, "up to 5,000"))


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


def count(questions: Iterable[Question]) -> Counts:
    """Count the questions of a bank by each of their properties."""
    tallies: dict[str, Counter[str]] = {
        name: Counter() for name in ("domains", "difficulties", "tags", "lengths", "answers")
    }
    words: dict[str, int] = {}
    total = keyed = 0
    for question in questions:
        total += 1
        keyed += question.key.correct is not None
        passage = question.posed.passage
        if passage and passage.id not in words:
            words[passage.id] = len(passage.text.split())
        tallies["domains"][question.key.domain or "none"] += 1
        tallies["difficulties"][_difficulty(question.key.difficulty)] += 1
        tallies["tags"].update(question.key.tags)
        tallies["lengths"][_length(words[passage.id] if passage else 0)] += 1
        tallies["answers"][str(len(question.posed.answers))] += 1
    sorted_ = {name: dict(sorted(tally.items())) for name, tally in tallies.items()}
    return Counts.model_validate({"questions": total, "passages": len(words), "keyed": keyed, **sorted_})


def _difficulty(value: float | None) -> str:
    if value is None:
        return "unknown"
    fifth = min(int(value * 5), 4)
    return f"{fifth / 5:.1f} to {(fifth + 1) / 5:.1f}"


def _length(words: int) -> str:
    return next((name for most, name in _LENGTHS if words <= most), "over 5,000")
