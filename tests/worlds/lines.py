"""Made lines as tests want them: each question with its passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from debate.worlds import Line


class Made(NamedTuple):
    """A question's line and the passage object above it."""

    passage: dict[str, Any]
    question: dict[str, Any]

    @property
    def answers(self) -> list[str]:
        answers: list[str] = self.question["answers"]
        return answers

    @property
    def right(self) -> str:
        return self.answers[int(self.question["correct"])]

    @property
    def lure(self) -> str:
        return self.answers[int(self.question["distractor"])]


def joined(lines: Iterable[Line]) -> Iterator[Made]:
    """Yield each question with the passage that it stands below."""
    passage: Any = None
    for line in lines:
        if isinstance(line["passage"], dict):
            passage = line["passage"]
        else:
            yield Made(passage, line)
