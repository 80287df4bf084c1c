"""TruthfulQA (Lin et al. 2021): the CSV file, its columns elsewhere, and the multiple-choice targets in JSON.

The CSV file divides its lists with semicolons. A target maps each answer to 1 or 0, or holds choices and labels. A
debate has one right answer: the best one, or that of `mc1`; the other true answers are kept beside the question.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from debate import intake
from debate.questions.formats.cells import Cells, as_text, listed
from debate.questions.formats.draft import Draft, Drafted, Format, Reader, Settings, mixed
from debate.questions.rows import fold


def reader(_: Path, __: Settings) -> Reader:
    """Return what reads the rows of a file."""
    return _drafts


FORMAT = Format(reader, source="TruthfulQA", licence="Apache-2.0")


def _drafts(row: Cells) -> Iterator[Drafted]:
    text = row.text("Question")
    best, also, wrong, tempting = _targets(row) if "mc1_targets" in row or "mc2_targets" in row else _lists(row)
    wrong = list({fold(one): one for one in reversed(wrong)}.values())[::-1]  # some lists say the same twice
    if not wrong:
        raise intake.Fault("Incorrect Answers: there is none")
    answers = mixed(text, best, wrong, tempting)
    kind = row.maybe("Type")
    yield Draft(
        text=text,
        answers=answers.answers,
        correct=answers.correct,
        distractor=answers.distractor,
        domain=row.maybe("Category"),
        tags=(kind,) if kind else (),
        source=", ".join(part for part in ("TruthfulQA", row.maybe("Source")) if part),
        meta={"also_true": also} if also else {},
    )


def _lists(row: Cells) -> tuple[str, list[str], list[str], str | None]:
    """Return the best answer, the other true ones, the false ones, and the most tempting of those."""
    best = row.text("Best Answer").strip()
    true, false = (_list(row, name) for name in ("Correct Answers", "Incorrect Answers"))
    also = [one for one in true if fold(one) != fold(best)]
    tempting = row.maybe("Best Incorrect Answer").strip()
    if tempting:
        false = [tempting, *(one for one in false if fold(one) != fold(tempting))]
    return best, also, false, tempting or None


def _list(row: Cells, name: str) -> list[str]:
    value = row.some(name)
    parts = value.split(";") if isinstance(value, str) else row.texts(name)
    return [part.strip() for part in parts if part.strip()]


def _targets(row: Cells) -> tuple[str, list[str], list[str], str | None]:
    """Return the same from multiple-choice targets."""
    first, many = (_labelled(name, row.value(name)) for name in ("mc1_targets", "mc2_targets"))
    said = first or many
    right = [answer for answer, label in said.items() if label]
    if not right or (first and len(right) > 1):
        raise intake.Fault(f"mc1_targets: has {len(right)} right answers, not one")
    also = [answer for answer, label in many.items() if label and fold(answer) != fold(right[0])]
    pair = _labelled("mc0_targets", row.value("mc0_targets"))
    wrong = [answer for answer, label in said.items() if not label]
    tempting = next((answer for answer, label in pair.items() if not label and answer in wrong), None)
    return right[0], also, wrong, tempting


def _labelled(name: str, value: Any) -> dict[str, bool]:
    """Return the answers of a target with whether each is right."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise intake.Fault(f"{name}: should be an object, not {intake.shown(value)}")
    if {"choices", "labels"} <= value.keys():
        choices, labels = (listed(f"{name}.{part}", value[part]) for part in ("choices", "labels"))
        if len(choices) != len(labels):
            raise intake.Fault(f"{name}: has {len(choices)} choices and {len(labels)} labels")
        pairs = list(zip(choices, labels, strict=True))
    else:
        pairs = list(value.items())
    return {as_text(name, answer).strip(): bool(label) for answer, label in pairs}
