"""Claims that hold or do not: BoolQ (Clark et al. 2019), and whatever has its shape.

A row is a question, or a `claim`, with a passage and a truth value. Questions are answered by Yes or No, claims by
True or False; where the value says that nobody knows, no answer is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from debate import intake
from debate.questions.formats.cells import Cells, Missing
from debate.questions.formats.draft import Draft, Drafted, Format, Reader, Settings

_CLAIM = ("claim", "statement", "hypothesis")
_VALUE = ("answer", "label", "verdict")
_PASSAGE = ("passage", "context", "premise", "document")
_TRUE = ("true", "yes", "1", "supports", "supported", "entailment")
_FALSE = ("false", "no", "0", "refutes", "refuted", "contradiction")
_OPEN = ("", "none", "null", "unknown", "not enough info", "nei", "neutral", "-1")


def reader(_: Path, __: Settings) -> Reader:
    """Return what reads the rows of a file."""
    return _drafts


FORMAT = Format(reader, frozenset({"per_story", "seed"}))


def _drafts(row: Cells) -> Iterator[Drafted]:
    claim = row.maybe(*_CLAIM).strip()
    true = _true(row)
    yield Draft(
        text=f'Is this true? "{claim}"' if claim else row.text("question"),
        answers=("True", "False") if claim else ("Yes", "No"),
        correct=None if true is None else int(not true),
        passage=row.maybe(*_PASSAGE),
        title=row.maybe("title", "passage_title"),
        domain=row.maybe("domain", "category"),
    )


def _true(row: Cells) -> bool | None:
    """Return whether it is so, or None where nobody knows."""
    name = next(filter(row.has, _VALUE), None)
    if name is None:
        raise Missing(_VALUE[0], row.named)
    said = row.maybe(name).strip()
    for value, words in ((True, _TRUE), (False, _FALSE), (None, _OPEN)):
        if said.casefold().replace("_", " ") in words:
            return value
    raise intake.Fault(f'{name}: should be true or false, not "{said}"')
