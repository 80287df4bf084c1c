"""Which line of a bank does a draft make, and is it sound by the rules of `questions check`?"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, TypeAlias

from debate import sanitize
from debate.domain import Question
from debate.domain.value import digest
from debate.questions import checking, rows
from debate.questions.appearance import oddities
from debate.questions.formats.draft import Draft

Line: TypeAlias = dict[str, Any]

_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")  # what ends a line elsewhere
_NAME = 16  # hexadecimal digits of a hash: enough for a billion questions
_ASIS = ("correct", "distractor", "difficulty")
_REFUSED = ("Cc", "Cs")  # control characters and halves of characters are no slip: they stay, and are problems
_ALWAYS = ("text", "answers", "correct")
_KNOWN = frozenset(rows.QuestionRow.model_fields) | {"name", "genre"}


def line(draft: Draft, form: str) -> Line:
    """Return a draft as a line of a bank, with its passage within; its name is made of its content alone."""
    text, answers = tidy(draft.text), [tidy(answer) for answer in draft.answers]
    rights = {"source": tidy(draft.source), "licence": tidy(draft.licence), "share": draft.share is not False}
    passage = _passage(draft, rights) if draft.passage.strip() else None
    name = digest("n1", [passage and passage["id"], text, answers]).partition("-")[2][:_NAME]
    held: Line = {
        "id": f"{form}-{name}",
        "passage": passage,
        "text": text,
        "answers": answers,
        **{name: getattr(draft, name) for name in _ASIS},
        "flaws": [list(span) for span in draft.flaws],
        "domain": tidy(draft.domain),
        "tags": [tidy(tag) for tag in draft.tags],
        "reason": plain(draft.reason).strip(),
        **({} if passage else rights),
    }
    said = {name: value for name, value in held.items() if name in _ALWAYS or not _silent(value)}
    return said | {f"{form}_{name}" if name in _KNOWN else name: _tidied(value) for name, value in draft.meta.items()}


def made(value: Line, *, odd: bool = False) -> Question | list[str]:
    """Return the question that a line makes, or everything that is wrong with it.

    Args:
        value: a line as `line` returns it.
        odd: whether texts that are not what they look like are taken too.
    """
    said = rows.parse(value)
    if isinstance(said, list):
        return said
    placed = rows.passage(said.passage) if said.passage else None
    assert said.question is not None  # every line of ours holds one
    problems = [*rows.faults(said), *rows.astray(said.question, said.passage)]
    if problems:
        return problems
    question = rows.question(said.question, placed)
    problems = [*checking.editorial(question), *checking.misplaced(question)]
    return [*problems, *(() if odd else oddities(said))] or question


def plain(text: str) -> str:
    """Return text with the line ends of a bank, and without characters that nobody sees."""
    text = _BREAK.sub("\n", text)
    if text.isascii() or not sanitize.hidden(text):
        return text
    return "".join(char for char in text if unicodedata.category(char) in _REFUSED or not sanitize.hidden(char))


def tidy(text: str) -> str:
    """Return plain text with nothing around it."""
    return plain(text).strip()


def _passage(draft: Draft, rights: Line) -> Line:
    title, text = tidy(draft.title), plain(draft.passage)
    held = {"id": digest("p1", {"title": title, "text": text}), "title": title, "text": text, **rights}
    return {name: value for name, value in held.items() if name == "text" or not _silent(value)}


def _silent(value: Any) -> bool:
    """Tell whether a value is what a bank takes it for where nothing is said."""
    return value is None or value is True or value in ("", [])


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, dict):
        return {str(name): _tidied(held) for name, held in value.items()}
    return [_tidied(held) for held in value] if isinstance(value, list | tuple) else value
