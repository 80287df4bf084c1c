"""Is a text what it looks like? Characters nobody sees, letters of another script, text that was decoded wrongly.

None of these stops a bank from being played, since published ones hold them; a check names them, because two answers
that look alike, or a name that a search does not find, are mistakes that no reader can see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from debate import sanitize
from debate.questions.rows import Line, PassageRow, QuestionRow, fold

_FOREIGN = re.compile(r"[\u0370-\u052f]")
_MIXED = re.compile(r"[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]")
_TWINS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЬаеѕіјорсухһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινρ",
    "ABESIJKMHOPCTYXbaesijopcyxhdqw" + "ABEZHIKMNOPTYXoivp",
)
"""Letters of Cyrillic and Greek, and the Latin ones that look the same."""
_WORD = re.compile(r"\w+")
_MANGLED = re.compile(r"\ufffd|(?<![A-ZÀ-Þ])[ÃÂ][\x80-\xbfŸ]|â€[™œ\x9dšž“”˜¦\x99]")


class Shown(NamedTuple):
    """A text and where it stands."""

    where: str
    text: str


def oddities(line: Line) -> Iterator[str]:
    """Yield what is not what it looks like in the texts of a line, and in its ids."""
    for row, prefix in ((line.passage, "passage."), (line.question, "")):
        if row is not None:
            yield from _id(row.id, prefix)
            for shown in _texts(row, prefix):
                yield from _odd(shown)
    if line.question is not None:
        yield from _twins(line.question)


def twin(text: str) -> str:
    """Return text folded, with every letter that looks Latin made Latin and what nobody sees taken out."""
    return fold("".join(char for char in text if unicodedata.category(char) != "Cf").translate(_TWINS))


def _texts(row: PassageRow | QuestionRow, prefix: str) -> Iterator[Shown]:
    yield Shown(f"{prefix}text", row.text)
    if isinstance(row, PassageRow):
        yield Shown(f"{prefix}title", row.title)
    else:
        yield from (Shown(f"{prefix}answers[{index}]", answer) for index, answer in enumerate(row.answers))


def _odd(shown: Shown) -> Iterator[str]:
    where, text = shown
    if text.isascii():
        return
    if count := sanitize.hidden(text):
        found = next(char for char in text if sanitize.hidden(char))
        more = f", and {count - 1} more like it" if count > 1 else ""
        yield f"{where}: holds the invisible character U+{ord(found):04X} at {text.index(found)}{more}"
    if word := _borrowed(text):
        letter = next(char for char in word if char.translate(_TWINS) != char)
        yield f'{where}: "{word}" holds U+{ord(letter):04X}, which only looks like "{letter.translate(_TWINS)}"'
    if mangled := _MANGLED.search(text):
        yield f'{where}: "{mangled[0]}" at {mangled.start()} is text that was decoded wrongly'


def _borrowed(text: str) -> str:
    """Return a word with letters that only look Latin, or none; letters of formulas ("Δx", "μm") are not meant.

    A word of such letters alone belongs to its own language, unless nothing else in the text does.
    """
    foreign = set(_FOREIGN.findall(text))
    if not foreign:
        return ""
    alone = all(char.translate(_TWINS) != char for char in foreign) and re.search("[A-Za-z]{3}", text)
    words: list[str] = _WORD.findall(text) if alone or _MIXED.search(text) else []
    for word in words:
        latin = word.translate(_TWINS)
        if len(word) > 2 and latin != word and latin.isascii() and (alone or _MIXED.search(word)):
            return word
    return ""


def _twins(row: QuestionRow) -> Iterator[str]:
    """Yield the answers that look the same and are not."""
    if all(answer.isascii() for answer in row.answers):
        return
    seen: dict[str, int] = {}
    for index, answer in enumerate(row.answers):
        first = seen.setdefault(twin(answer), index)
        if first != index and fold(answer) != fold(row.answers[first]):
            yield f"answers[{index}]: looks the same as answers[{first}]"


def _id(name: str, prefix: str) -> Iterator[str]:
    if name != name.strip():
        yield f"{prefix}id: has a space at its beginning or end, which some programs drop"
    if not name.isascii() and unicodedata.normalize("NFC", name) != name:
        yield f"{prefix}id: is written with combining characters, which some programs join; write it composed (NFC)"
