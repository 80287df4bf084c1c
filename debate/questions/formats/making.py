"""Which line of a bank does a draft make, and is it sound by the rules of `questions check`?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
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


class Checks:
    """The checks of lines one after another; a passage that stands above many questions is looked at once.

    `odd` says whether texts that are not what they look like are taken too.
    """

    def __init__(self, *, odd: bool = False) -> None:
        self._odd = odd
        self._sound = ""

    def made(self, value: Line) -> Question | list[str]:
        """Return the question that a line makes, or everything that is wrong with it."""
        said = rows.parse(value)
        if isinstance(said, list):
            return said
        assert said.question is not None  # every line of ours holds one
        name = said.passage.id if said.passage else ""
        fresh = said if name != self._sound else rows.Line(None, said.question)
        if problems := [*rows.faults(fresh), *rows.astray(said.question, said.passage)]:
            return problems
        question = rows.question(said.question, rows.passage(said.passage) if said.passage else None)
        problems = [*checking.editorial(question), *checking.misplaced(question)]
        problems += () if self._odd else oddities(fresh)
        self._sound = self._sound if problems else name
        return problems or question


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
    held = {**_kept(draft.title, draft.passage), **rights}
    return {name: value for name, value in held.items() if name == "text" or not _silent(value)}


@lru_cache(maxsize=1)  # the same text for the next question
def _kept(title: str, text: str) -> dict[str, str]:
    said = {"title": tidy(title), "text": plain(text)}
    return {"id": digest("p1", said), **said}


def _silent(value: Any) -> bool:
    """Tell whether a value is what a bank takes it for where nothing is said."""
    return value is None or value is True or value in ("", [])


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, dict):
        return {str(name): _tidied(held) for name, held in value.items()}
    return [_tidied(held) for held in value] if isinstance(value, list | tuple) else value
