"""What stands on one line of a bank, and what domain value does it make?"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from debate import intake
from debate.domain import Key, Passage, Posed, Question, Span

Range: TypeAlias = Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=2, max_length=2)]
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # not tab and newline; halves of characters
_SUSPECT = re.compile(r"\\u00|\\[bfr]|[\x7f-\x9f\ud800-\udfff]")  # the same in JSON, which is faster to search
_PASSAGE_KEYS = ("source", "licence", "share")  # of a passage: hold for its questions unless they say otherwise


class _Row(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow", frozen=True)


Row = TypeVar("Row", bound=_Row)


class PassageRow(_Row):
    """A passage; its `id` is the bank's own name for it."""

    id: str = Field(min_length=1, max_length=200)
    title: str = Field(default="", max_length=1_000)
    text: str = Field(min_length=1, max_length=2_000_000)
    genre: str = Field(default="", max_length=200)
    source: str = Field(default="", max_length=2_000)
    licence: str = Field(default="", max_length=2_000)
    share: bool = True


class QuestionRow(_Row):
    """A question with its answers and its key; `passage` names a passage above, where it is not given here itself."""

    id: str = Field(min_length=1, max_length=200)
    passage: str | None = None
    text: str = Field(max_length=10_000)
    answers: list[Annotated[str, Field(max_length=20_000)]] = Field(min_length=2, max_length=26)
    correct: int | None
    distractor: int | None = None
    evidence: list[Range] = []
    flaws: list[Range] = []
    difficulty: float | None = Field(default=None, ge=0, le=1)
    domain: str = Field(default="", max_length=200)
    tags: list[Annotated[str, Field(max_length=200)]] = Field(default=[], max_length=100)
    reason: str = Field(default="", max_length=20_000)
    match_id: str | None = Field(default=None, max_length=200)
    stake_answer: int | None = None
    counterpart_answer: int | None = None
    transfer_of: str | None = Field(default=None, max_length=200)
    source: str | None = Field(default=None, max_length=2_000)
    licence: str | None = Field(default=None, max_length=2_000)
    share: bool | None = None


class Placed(NamedTuple):
    """A passage with what its row says beside the text."""

    row: PassageRow
    passage: Passage


def passage(row: PassageRow) -> Placed:
    """Make the passage of a row; its id comes from its content."""
    return Placed(row=row, passage=Passage.of(row.text, row.title))


def question(row: QuestionRow, placed: Placed | None) -> Question:
    """Make the question of a row; the bank's own names and every unknown key go to `Key.meta`."""
    posed = Posed.of(row.text, tuple(row.answers), placed.passage if placed else None)
    named: dict[str, Any] = {**(row.model_extra or {}), "name": row.id}
    said: dict[str, Any] = {}
    if placed:
        genre = {"genre": placed.row.genre} if placed.row.genre else {}
        named = {**(placed.row.model_extra or {}), **genre, "passage": placed.row.id, **named}
        said = {name: getattr(placed.row, name) for name in _PASSAGE_KEYS}
    said |= {name: value for name in _PASSAGE_KEYS if (value := getattr(row, name)) is not None}
    key = Key(
        question=posed.id,
        correct=row.correct,
        distractor=row.distractor,
        evidence=tuple(Span(start=start, end=end) for start, end in row.evidence),
        flaws=tuple(Span(start=start, end=end) for start, end in row.flaws),
        difficulty=row.difficulty,
        domain=row.domain,
        tags=tuple(row.tags),
        reason=row.reason,
        match_id=row.match_id,
        stake_answer=row.stake_answer,
        counterpart_answer=row.counterpart_answer,
        transfer_of=row.transfer_of,
        meta=named,
        **said,
    )
    return Question(posed=posed, key=key)


class Line(NamedTuple):
    """What a line holds: a passage for the questions below it, a question, or a question with its own passage."""

    passage: PassageRow | None
    question: QuestionRow | None


def parse(value: JsonValue) -> Line | list[str]:
    """Return what a line holds, or everything that is wrong with it."""
    if not isinstance(value, dict):
        return ["a line must hold one JSON object"]
    within = value.get("passage")
    if not isinstance(within, dict):
        row = _valid(QuestionRow, value)
        return row if isinstance(row, list) else Line(None, row)
    held = _valid(PassageRow, within, "passage.")
    if set(value) == {"passage"}:
        return held if isinstance(held, list) else Line(held, None)
    row = _valid(QuestionRow, {**value, "passage": None})
    if isinstance(held, list) or isinstance(row, list):
        return [problem for one in (held, row) if isinstance(one, list) for problem in one]
    return Line(held, row)


def faults(line: Line) -> Iterator[str]:
    """Yield what is wrong with the well-formed rows of a line."""
    if line.passage is not None:
        yield from _controls(line.passage, "passage")
        if not line.passage.text.strip():
            yield "passage.text: is empty"
    if (row := line.question) is not None:
        yield from _controls(row, "")
        if not row.text.strip():
            yield "text: the question is empty"
        yield from _answers(row)
        yield from _indices(row)


def astray(row: QuestionRow, held: PassageRow | None) -> Iterator[str]:
    """Yield the evidence and flaws that do not stand in the question's passage."""
    for name in ("evidence", "flaws"):
        for index, (start, end) in enumerate(getattr(row, name)):
            if held is None:
                yield f"{name}[{index}]: there is no passage to point into"
            elif not start < end <= len(held.text):
                yield f"{name}[{index}]: {start} to {end} is no range of the passage's {len(held.text)} characters"
            elif not held.text[start:end].strip():
                yield f"{name}[{index}]: {start} to {end} of the passage is blank"


@lru_cache(maxsize=512)  # a line's texts are folded by every check that compares them
def fold(text: str) -> str:
    """Return text without case, compatibility forms, runs of spaces and punctuation at its ends."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(plain.casefold().split()).strip(" .,;:!?\"'“”‘’")


def _valid(model: type[Row], value: Any, prefix: str = "") -> Row | list[str]:
    try:
        return model.model_validate(value)
    except ValidationError as exc:
        problems = [prefix + problem for problem in intake.told(exc, model)]
        return [*problems, *_besides(model, value, {error["loc"][0] for error in exc.errors() if error["loc"]})]


def _besides(model: type[_Row], value: Any, bad: set[int | str]) -> Iterator[str]:
    """Yield what else is wrong with a row, as far as it can be told without its malformed fields."""
    try:
        row = model.model_validate({name: field for name, field in value.items() if name not in bad})
    except ValidationError:
        return
    if isinstance(row, PassageRow):
        yield from faults(Line(row, None))
    elif isinstance(row, QuestionRow):
        yield from faults(Line(None, row))


def _answers(row: QuestionRow) -> Iterator[str]:
    seen: dict[str, int] = {}
    for index, answer in enumerate(row.answers):
        folded = fold(answer)
        if not answer.strip():
            yield f"answers[{index}]: is empty"
        elif folded in seen and folded:
            yield f"answers[{index}]: is the same as answers[{seen[folded]}]"
        seen.setdefault(folded, index)


def _indices(row: QuestionRow) -> Iterator[str]:
    for name in ("correct", "distractor", "stake_answer", "counterpart_answer"):
        value = getattr(row, name)
        if value is not None and not 0 <= value < len(row.answers):
            yield f"{name}: {value} is none of the {len(row.answers)} answers, which count from 0"
    if row.distractor is not None and row.distractor == row.correct:
        yield "distractor: is the right answer"


def _controls(row: _Row, where: str) -> Iterator[str]:
    if not _SUSPECT.search(json.dumps([vars(row), row.model_extra], ensure_ascii=False)):
        return
    for inner, text in _texts(row.model_dump(), where):
        if found := _CONTROL.search(text):
            yield f"{inner}: holds the control character U+{ord(found[0]):04X} at {found.start()}"


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, f"{where}.{name}" if where else name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, f"{where}[{index}]")
