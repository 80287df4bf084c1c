"""Any table, by a map of its columns: `question`, and either `answers` with `correct`, or `correct` with `wrong`.

A column is called as we call it, or `--column` says how. Answers are one column with a list, or several columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from debate import intake
from debate.questions.formats.cells import Cells, Missing, as_json, as_text, listed
from debate.questions.formats.draft import Draft, Drafted, Format, Mixed, Reader, Settings, letter, mixed


def reader(_: Path, settings: Settings) -> Reader:
    """Return what reads the rows of a file."""

    def drafts(row: Cells) -> Iterator[Drafted]:
        text = row.text("question", "text")
        found = _listed(row, settings) if row.has("answers") else _mixed(row, text)
        yield Draft(
            text=text,
            answers=found.answers,
            correct=found.correct,
            distractor=found.distractor,
            passage=row.maybe("passage"),
            title=row.maybe("title"),
            difficulty=row.number("difficulty"),
            domain=row.maybe("domain"),
            tags=_tags(row),
            reason=row.maybe("reason"),
            source=row.maybe("source"),
            licence=row.maybe("licence", "license"),
            meta=_kept(row, settings),
        )

    return drafts


FORMAT = Format(reader, frozenset({"keep", "correct", "count_from", "per_story", "seed"}))


def _listed(row: Cells, settings: Settings) -> Mixed:
    """Return the answers in their order, with the right one and the distractor by how they are named."""
    answers = _texts(row, "answers")
    if not row.has("correct") and settings.correct != "none":
        raise Missing("correct", row.named)
    correct = None if settings.correct == "none" else _place(row, "correct", answers, settings)
    return Mixed(answers, correct, _place(row, "distractor", answers, settings))


def _mixed(row: Cells, text: str) -> Mixed:
    """Return the right answer among the wrong ones."""
    if not row.has("wrong"):
        raise Missing("answers", row.named)
    wrong, tempting = list(_texts(row, "wrong")), row.maybe("distractor")
    if tempting and tempting not in wrong:
        wrong.append(tempting)
    return mixed(text, row.text("correct"), wrong, tempting or None)


def _texts(row: Cells, name: str) -> tuple[str, ...]:
    """Return a list of texts, from a list or from text that holds one as JSON."""
    value = row.some(name)
    if isinstance(value, str):
        if not value.lstrip().startswith("["):
            if name == "wrong":
                return (value,)
            raise intake.Fault(f"{name}: should be a list; several columns are named by --column {name}=A,B,C")
        value = as_json(name, value)
    held = listed(name, value)
    while held and held[-1] in (None, ""):
        held = held[:-1]
    return tuple(as_text(f"{name}[{index}]", one) for index, one in enumerate(held))


def _place(row: Cells, name: str, answers: tuple[str, ...], settings: Settings) -> int | None:
    """Return the place of the answer that a cell names; None where the cell is empty.

    Raises:
        intake.Fault: it names none, or one by its text and another by its place or letter.
    """
    value = row.value(name)
    if value is None:
        return None
    said = as_text(name, value).strip()
    index = int(said) - settings.count_from if re.fullmatch(r"\d{1,4}", said) else None
    texts = [place for place, answer in enumerate(answers) if answer.strip() == said]
    ways = {
        "text": texts[0] if texts else None,
        "letter": letter(said, answers),
        "index": index if index is not None and 0 <= index < len(answers) else None,
    }
    if settings.correct in ways:
        ways = {settings.correct: ways[settings.correct]}
    elif isinstance(value, int):
        ways.pop("text")  # a number in JSON or Parquet counts answers; it is not one of them
    found = {place for place in ways.values() if place is not None}
    if not found:
        raise intake.Fault(f"{name}: {intake.shown(value)} names none of the {len(answers)} answers")
    if len(found) > 1:
        raise intake.Fault(f"{name}: {intake.shown(value)} names several answers; say --correct index, letter or text")
    return found.pop()


def _tags(row: Cells) -> tuple[str, ...]:
    if isinstance(row.value("tags"), list):
        return row.texts("tags")
    return tuple(tag.strip() for tag in re.split(r"[;,]", row.maybe("tags")) if tag.strip())


def _kept(row: Cells, settings: Settings) -> dict[str, object]:
    """Return the cells that are kept as they are; `id` always is, where there is one."""
    name = row.value("id")
    for column in settings.keep:
        if not row.has(column):
            raise Missing(column, row.named)
    kept = {column: value for column in settings.keep if (value := row.value(column)) is not None}
    return {"row_id": name, **kept} if name is not None else kept
