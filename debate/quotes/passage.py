"""Where in a passage do words stand, whole and in one piece?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property, lru_cache

from debate.quotes.folding import Folded

_UNSPACED = (  # scripts that put no space between words
    r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_unspaced = re.compile(f"[{_UNSPACED}]").match
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?!\.\.\.)[^\s—{_UNSPACED}])++")
_EDGE = "' .,;:!?—()[]{}*_~|\\/-"
_SIGN = re.compile(r"(?:-\.?|(?<!\.)\.?)\Z")
_PUNCTUATION = re.compile(r"[\u0300-\u036f!-/:-@\[-`{-~…]+")

WORDS, LETTERS = 3, 8
"""Less than this stands in any passage, and shows nothing."""


class Word:
    """A word of a folded text: where it stands, and the letters by which it is compared."""

    __slots__ = ("end", "key", "number", "start", "text")

    def __init__(self, start: int, text: str) -> None:
        if text.isalpha():  # nearly all words; the rest of this takes ten times as long
            self.text, self.start, self.end = text, start, start + len(text)
            self.number, self.key = False, text.casefold()
            return
        self.text = trimmed(text)
        self.start = start + text.index(self.text)
        self.end = self.start + len(self.text)
        self.number = any(map(str.isdigit, text))
        self.key = self.text if self.number else _PUNCTUATION.sub("", text).casefold()


def words(folded: str) -> list[Word]:
    """Return the words of a folded text; a sign without a letter or digit is none, and each CJK character is one."""
    found = (Word(each.start(), each[0]) for each in _WORD.finditer(folded))
    return [word for word in found if word.key.isalnum() or any(map(str.isalnum, word.key))]


def trimmed(folded: str) -> str:
    """Return a folded text without the punctuation around it; the sign and the point of a number stay."""
    body = folded.lstrip(_EDGE)
    if body[:1].isdigit():
        sign = _SIGN.search(folded, 0, len(folded) - len(body))
        body = (sign[0] if sign else "") + body
    return body.rstrip(_EDGE)


def telling(needle: str) -> bool:
    """Say whether a text is long enough to be evidence: three words, eight letters or four CJK characters."""
    number = letters = 0
    for word in _WORD.finditer(needle):
        length = sum(map(str.isalnum, word[0]))
        number += length > 0
        letters += 2 * length if _unspaced(word[0]) else length
        if number >= WORDS and letters >= LETTERS:
            return True
    return False


class Indexed:
    """A passage, folded, in which words can be looked up."""

    def __init__(self, source: str) -> None:
        self.folded = Folded(source)
        self.text = self.folded.text

    def find(self, needle: str, start: int = 0) -> int:
        """Return where `needle` first stands as whole words, its first letter in either case, or -1."""
        if not needle:
            return -1
        places = [self._find(needle, start)]
        if needle[0].swapcase() != needle[0]:
            places.append(self._find(needle[0].swapcase() + needle[1:], start))
        return min((place for place in places if place >= 0), default=-1)

    def _find(self, needle: str, start: int) -> int:
        at = self.text.find(needle, start)
        for _ in range(_TRIES):
            if at < 0 or not (_splits(self.text, at) or _splits(self.text, at + len(needle))):
                return at
            at = self.text.find(needle, at + 1)
        return -1

    def resembles(self, quoted: Sequence[Word]) -> bool:
        """Say whether enough of the words occur at all; of a made-up quotation no index need be built."""
        return sum(word.key in self._plain for word in quoted) >= max(WORDS, len(quoted) / 2)

    @cached_property
    def _plain(self) -> str:
        return self.text.casefold()

    @property
    def words(self) -> list[Word]:
        """The words of the passage."""
        return _laid_out(self.text)[0]

    @property
    def places(self) -> dict[str, list[int]]:
        """Where each word stands, as indices of `words`."""
        return _laid_out(self.text)[1]


_TRIES = 200  # so often may a needle be found inside other words


@lru_cache(maxsize=2_048)
def indexed(source: str) -> Indexed:
    """Return the index of a passage; matches on one passage share it."""
    return Indexed(source)


@lru_cache(maxsize=128)  # these take forty times the room of the text
def _laid_out(folded: str) -> tuple[list[Word], dict[str, list[int]]]:
    places: dict[str, list[int]] = {}
    there = words(folded)
    for index, word in enumerate(there):
        places.setdefault(word.key, []).append(index)
    return there, places


def _splits(text: str, at: int) -> bool:
    """Say whether a cut at `at` goes through a word or a number: un|happy, can|'t, non-|violent, 3|.5, -|5."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    before, after = text[at - 2 : at - 1], text[at + 1 : at + 2]
    if _lettered(left) and (_lettered(right) or unicodedata.combining(right)):
        return not (_unspaced(left) or _unspaced(right))
    if right in "'-.," and _lettered(left) and _lettered(after):
        return right in "'-" or (left.isdigit() and after.isdigit())
    if left in "'-.," and _lettered(right) and (_lettered(before) or (left == "-" and right.isdigit())):
        return left in "'-" or (before.isdigit() and right.isdigit())
    return False


def _lettered(char: str) -> bool:
    return char.isalnum() or (bool(char) and unicodedata.combining(char) != 0)
