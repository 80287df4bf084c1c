"""Worked solutions with annotated errors: FindTheFlaws (Recchia et al. 2025), and whatever has its shape.

A row holds a problem with a correct and a flawed solution, or with one solution and whether it is right: by its final
answer beside the right one, or in so many words. Each solution becomes a question of its own: is it correct?
The authors ask that the texts be passed on in public only in archives with a password, so they are not shared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from debate import intake
from debate.questions.formats.cells import Cells, Missing, as_text
from debate.questions.formats.draft import Draft, Drafted, Format, LeftOut, Reader, Settings
from debate.questions.formats.making import plain, tidy
from debate.questions.rows import fold

ASKED = "Is this solution correct?"
ANSWERS = ("It is correct", "It has an error")
_PROBLEM = ("problem_text", "problem", "question")
_RIGHT, _WRONG = ("correct_solution",), ("flawed_solution", "incorrect_solution")
_ALONE = ("llm_solution", "proposed_solution", "solution")
_STEP = ("step_of_injected_flaw", "flaw_location", "error_location")
_WHY = ("flaw_explanation", "error_explanation", "comments_on_llm_solution", "correct_llm_explanation", "explanation")
_QUOTED = 12  # characters; fewer stand in a solution by chance


class _Solution(NamedTuple):
    raw: str
    sound: bool

    @property
    def text(self) -> str:
        """The solution as it is kept."""
        return tidy(self.raw)


def reader(_: Path, settings: Settings) -> Reader:
    """Return what reads the rows of a file."""

    def drafts(row: Cells) -> Iterator[Drafted]:
        problem = tidy(row.text(*_PROBLEM))
        for solution in _solutions(row):
            if row.maybe("flag_unreliable_data").strip().lower() in ("true", "1", "yes") and not settings.unreliable:
                yield LeftOut("flagged as unreliable by its authors")
            else:
                yield _draft(row, problem, solution)

    return drafts


FORMAT = Format(reader, frozenset({"unreliable"}), share=False)


def _draft(row: Cells, problem: str, solution: _Solution) -> Draft:
    before = f"Problem\n\n{problem}\n\nSolution\n\n"
    step = None if solution.sound else next((row.value(name) for name in _STEP if name in row), None)
    place = _place(solution, step)
    names = {"problem": "problem_id", "final_answer": "correct_final_answer", "subset": "subset"}
    known = {name: row.maybe(column) for name, column in names.items()} | {"flawed_step": step}
    unplaced = ("flaw-not-placed",) if not solution.sound and place is None else ()
    return Draft(
        text=ASKED,
        answers=ANSWERS,
        correct=int(not solution.sound),
        passage=before + solution.text,
        flaws=((len(before) + place[0], len(before) + place[1]),) if place else (),
        domain=row.maybe("domain", "subject") or "solutions",
        tags=("sound" if solution.sound else "flawed", *unplaced),
        reason="" if solution.sound and _WRONG[0] in row else row.maybe(*_WHY),
        meta={name: value for name, value in known.items() if value not in (None, "")},
    )


def _solutions(row: Cells) -> Iterator[_Solution]:
    right, wrong, alone = (row.maybe(*names) for names in (_RIGHT, _WRONG, _ALONE))
    if right:
        yield _Solution(right, sound=True)
    if wrong:
        yield _Solution(wrong, sound=False)
    if right or wrong:
        return
    if not alone:
        raise Missing(_WRONG[0], row.named)
    yield _Solution(alone, sound=_sound(row))


def _sound(row: Cells) -> bool:
    """Tell whether the one solution of a row is right."""
    wanted = fold(row.text("correct_final_answer", "verdict", "label"))
    if "llm_final_answer" in row:
        return wanted == fold(row.text("llm_final_answer"))
    if wanted in ("correct", "true", "sound"):
        return True
    if wanted in ("flawed", "incorrect", "false"):
        return False
    raise intake.Fault(f'correct_final_answer: should be "correct" or "flawed", not {intake.shown(wanted)}')


def _place(solution: _Solution, step: Any) -> tuple[int, int] | None:
    """Return where the flawed step stands: by its characters, its words, or its number where steps are numbered."""
    if step is None:
        return None
    if isinstance(step, list):
        return _moved(solution.raw, step)
    text, said = solution.text, tidy(as_text(_STEP[0], step))
    if len(said) >= _QUOTED and (at := text.find(said)) >= 0:
        return at, at + len(said)
    number = re.search(r"\b\d{1,4}\b", said)
    return _numbered(text, int(number[0])) if number else None


def _moved(raw: str, step: list[Any]) -> tuple[int, int]:
    """Return a range of a solution's characters as one of the solution that is kept, whose line ends are others."""
    if len(step) != 2 or not all(type(at) is int for at in step) or not 0 <= step[0] < step[1] <= len(raw):
        raise intake.Fault(f"{_STEP[1]}: {intake.shown(step)} is no range of the solution's {len(raw)} characters")
    kept = plain(raw)
    before, end = len(kept) - len(kept.lstrip()), len(kept.rstrip())
    start, stop = (min(max(len(plain(raw[:at])), before), end) - before for at in step)
    if start == stop:
        raise intake.Fault(f"{_STEP[1]}: {intake.shown(step)} of the solution is blank")
    return start, stop


def _numbered(text: str, number: int) -> tuple[int, int] | None:
    """Return where a numbered step stands, up to the next one."""
    head = r"^[\W_]*(?:step|sentence)?[ \t]*{}\b(?![.,]\d)"
    found = re.search(head.format(number), text, re.IGNORECASE | re.MULTILINE)
    if not found:
        return None
    rest = re.compile(head.format(number + 1), re.IGNORECASE | re.MULTILINE).search(text, found.end())
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    return start, start + len(text[start : rest.start() if rest else len(text)].rstrip())
