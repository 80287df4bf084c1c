"""A bank is written, and what went into it is counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from debate.questions.formats.draft import LeftOut
from debate.questions.formats.importing import Came
from debate.questions.formats.making import Line
from debate.questions.reading import PROBLEMS, Problem

_LICENCES = 100  # different ones; a file in which every row has its own is not counted through


@dataclass
class Taken:
    """What was taken from files so far."""

    rows: int = 0
    questions: int = 0
    passages: int = 0
    """How often a passage was written; it stands above its questions, and again where others came between."""
    keyed: int = 0
    shared: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    """Sound questions that a filter kept out, by the filter."""
    bad: int = 0
    """Rows, or questions of a row, that have something wrong with them."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong, up to `PROBLEMS` of it."""
    more: int = 0
    licences: set[str] = field(default_factory=set)


def write(came: Iterable[Came], stream: TextIO) -> Iterator[Taken]:
    """Write the lines of a bank, and yield after every row what was taken so far: the same object, changed."""
    taken, above, row = Taken(), None, None
    for one in came:
        if one.row is not row:
            row = one.row
            taken.rows += row.line > 0
        if isinstance(one.said, LeftOut):
            taken.left_out[one.said.why] += 1
        elif isinstance(one.said, tuple):
            _note(taken, one.said)
        else:
            above = _put(taken, one.said, above, stream)
        yield taken


def _note(taken: Taken, problems: tuple[Problem, ...]) -> None:
    room = PROBLEMS - len(taken.problems)
    taken.bad += 1
    taken.problems += problems[:room]
    taken.more += max(len(problems) - room, 0)


def _put(taken: Taken, line: Line, above: Line | None, stream: TextIO) -> Line | None:
    """Write a question, below its passage if that does not stand above it already; return the passage above."""
    passage = line.get("passage")
    if passage is not None:
        if passage != above:
            taken.passages += 1
            stream.write(_encoded({"passage": passage}))
        line = line | {"passage": passage["id"]}
    taken.questions += 1
    taken.keyed += line["correct"] is not None
    held = passage or line
    taken.shared += held.get("share", True)
    if "licence" in held and len(taken.licences) < _LICENCES:
        taken.licences.add(held["licence"])
    stream.write(_encoded(line))
    return passage or above


def _encoded(value: Line) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
