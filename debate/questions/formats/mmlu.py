"""MMLU (Hendrycks et al. 2021): a CSV file of each subject without a header, or columns with a list of choices.

In the CSV files a row is a question, four choices and a letter, and the file's name says the subject; the columns are
question, subject, choices and answer, which counts from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from debate import intake
from debate.questions.formats.cells import Cells
from debate.questions.formats.draft import Draft, Drafted, Format, Reader, Settings, letter

COLUMNS = ("question", "A", "B", "C", "D", "answer")
_INDEX = re.compile(r"\s*\d{1,4}\s*")
_SPLIT = re.compile(r"_(?:test|dev|val|validation|train)$")


def header(first: Sequence[str]) -> Sequence[str] | None:
    """Return the names of the columns of a file that begins with a question."""
    return COLUMNS if len(first) == len(COLUMNS) and first[-1].strip() in COLUMNS[1:-1] else None


def reader(path: Path, _: Settings) -> Reader:
    """Return what reads the rows of a file."""
    subject = _SPLIT.sub("", path.stem) if path.suffix.lower() == ".csv" else ""

    def drafts(row: Cells) -> Iterator[Drafted]:
        choices = row.texts("choices") if "choices" in row else tuple(row.text(name) for name in COLUMNS[1:-1])
        yield Draft(
            text=row.text("question"),
            answers=choices,
            correct=_place(row.some("answer"), choices),
            domain=row.maybe("subject") or subject,
        )

    return drafts


def _place(answer: Any, choices: tuple[str, ...]) -> int:
    """Return the place of the right answer, which a letter or a number from 0 says."""
    if isinstance(answer, str):
        place = int(answer) if _INDEX.fullmatch(answer) else letter(answer, choices)
    else:
        place = answer if isinstance(answer, int) and not isinstance(answer, bool) else None
    if place is None or not 0 <= place < len(choices):
        raise intake.Fault(f"answer: {intake.shown(answer)} is none of the {len(choices)} choices")
    return place


FORMAT = Format(reader, header=header, source="MMLU", licence="MIT")
