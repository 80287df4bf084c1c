"""GPQA (Rein et al. 2023): questions for experts, as a CSV file with a right and three wrong answers in each row.

Its authors ask that no example be shown in plain text online, so nothing of it is shared unless that is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from debate.questions.formats.cells import Cells
from debate.questions.formats.draft import Draft, Drafted, Format, Reader, Settings, mixed

_WRONG = ("Incorrect Answer 1", "Incorrect Answer 2", "Incorrect Answer 3")
_KEPT = {"record_id": "Record ID", "writer_estimate": "Writer's Difficulty Estimate", "canary": "Canary String"}
_ACCURACY = {"expert_accuracy": "Expert Validator Accuracy", "non_expert_accuracy": "Non-Expert Validator Accuracy"}


def reader(_: Path, __: Settings) -> Reader:
    """Return what reads the rows of a file."""
    return _drafts


def _drafts(row: Cells) -> Iterator[Drafted]:
    text, right = row.text("Question"), row.text("Correct Answer")
    answers = mixed(text, right, (row.text(name) for name in _WRONG))
    measured = {name: row.number(column) for name, column in _ACCURACY.items()}
    said = {name: row.maybe(column) for name, column in _KEPT.items()} | measured
    hard = measured["non_expert_accuracy"]
    yield Draft(
        text=text,
        answers=answers.answers,
        correct=answers.correct,
        difficulty=1 - hard if hard is not None and 0 <= hard <= 1 else None,
        domain=row.maybe("High-level domain"),
        tags=tuple(filter(None, (row.maybe("Subdomain"),))),
        reason=row.maybe("Explanation"),
        meta={name: value for name, value in said.items() if value not in ("", None)},
    )


FORMAT = Format(reader, source="GPQA", licence="CC-BY-4.0", share=False)
