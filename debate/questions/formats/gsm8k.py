"""GSM8K (Cobbe et al. 2021): word problems in JSON Lines, whose answer ends in `#### 42`.

It has no wrong answers. They stand in the row (`wrong`), in a file beside it, or are made, by rules that are kept with
the question: the result of another step, one more or less, twice or half, ten times, two digits swapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from debate import intake
from debate.domain import chance
from debate.errors import InputError
from debate.questions.formats import tables
from debate.questions.formats.cells import Cells
from debate.questions.formats.draft import Draft, Drafted, Format, Reader, Settings, mixed
from debate.questions.rows import fold

_FINAL = re.compile(r"####\s*(.+?)\s*\Z")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_NOTE = re.compile(r"<<[^<>]*?=\s*(-?[\d.,]*\d)\s*>>")


def reader(_: Path, settings: Settings) -> Reader:
    """Return what reads the lines of a file."""
    given = _given(settings.wrong) if settings.wrong else {}

    def drafts(line: Cells) -> Iterator[Drafted]:
        text, worked = line.text("question"), line.text("answer")
        final = _FINAL.search(worked)
        if not final:
            raise intake.Fault('answer: does not end in "#### " and the final answer')
        right, rules = final[1], {}
        wrong = list(_wrong(line, text, given))
        if not wrong and settings.perturb:
            rules = _perturbed(text, worked, right, settings.perturb)
            wrong = list(rules)
        if not wrong and not settings.wrong:
            raise intake.Unreadable(
                "has no wrong answers: give them with --wrong FILE, or have them made by --perturb N"
            )
        if not wrong:
            raise intake.Fault(f'question: has no wrong answers in "{settings.wrong}"')
        answers = mixed(text, right, wrong, wrong[0])
        yield Draft(
            text=text,
            answers=answers.answers,
            correct=answers.correct,
            distractor=answers.distractor,
            domain="arithmetic",
            reason=_NOTE.sub("", worked[: final.start()]).strip(),
            meta={"perturbed": rules} if rules else {},
        )

    return drafts


FORMAT = Format(reader, frozenset({"wrong", "perturb"}), source="GSM8K", licence="MIT")


def _wrong(line: Cells, text: str, given: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the wrong answers that somebody gave; the first is the most tempting."""
    return _texts(line) if "wrong" in line else given.get(fold(text), ())


def _texts(line: Cells) -> tuple[str, ...]:
    return line.texts("wrong") if isinstance(line.value("wrong"), list) else (line.text("wrong"),)


def _given(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the wrong answers of a file by their questions."""
    found: dict[str, tuple[str, ...]] = {}
    problems = []
    for row in tables.rows(path):
        try:
            if isinstance(row.cells, intake.Fault):
                raise row.cells
            cells = Cells(row.cells)
            found[fold(cells.text("question"))] = _texts(cells)
        except intake.Fault as fault:
            problems.append(f"{path}:{row.line}: {fault}")
    if problems:
        raise InputError(problems)
    return found


def _perturbed(text: str, worked: str, right: str, most: int) -> dict[str, str]:
    """Return up to `most` wrong answers with the rule that made each; the results of other steps come first."""
    if not _NUMBER.fullmatch(right):
        raise intake.Fault(f"answer: {intake.shown(right)} is no number, so no wrong answer can be made of it")
    true = _decimal(right)
    steps = [_decimal(said) for said in reversed(_NOTE.findall(worked)) if _NUMBER.fullmatch(said)]
    rules: list[tuple[Any, str]] = [(true + 1, "one more"), (true - 1, "one less"), (true * 2, "twice")]
    rules += [(true / 2, "half"), (true * 10, "ten times"), (_swapped(right), "two digits swapped")]
    rules.sort(key=lambda rule: chance("perturbed", text, rule[1]))
    made: dict[str, str] = {}
    for number, rule in [*((step, "another step") for step in steps), *rules]:
        if len(made) < most and number != true and _alike(number, true):
            made.setdefault(_written(number, like=right), rule)
    return made


def _alike(number: Decimal, true: Decimal) -> bool:
    """Tell whether a number could be the answer where another is: a sign or a fraction would give it away."""
    return (number >= 0 or true < 0) and (number == number.to_integral_value() or true != true.to_integral_value())


def _decimal(said: str) -> Decimal:
    return Decimal(said.replace(",", ""))


def _swapped(right: str) -> Decimal:
    """Return the number with its last two different neighbouring digits swapped."""
    digits = right.replace(",", "")
    for at in range(len(digits) - 1, 0, -1):
        pair = digits[at - 1 : at + 1]
        if pair.isdecimal() and pair[0] != pair[1]:
            return Decimal(digits[: at - 1] + pair[::-1] + digits[at + 1 :])
    return Decimal(digits)


def _written(number: Decimal, *, like: str) -> str:
    """Return a number with the thousands and the decimals of another."""
    return f"{number:{',' if ',' in like else ''}.{len(like.partition('.')[2])}f}"
