"""What does one speech show that an audit can count, whatever it is about?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from debate.audits.lexicon import ADDRESSES, COOPERATES, DOUBTS, FORGES
from debate.sanitize import hidden
from debate.stats.column import Floats

BAG = 256
"""Into how many bins words are hashed, where likeness is measured."""

CONTENT_FREE = (
    *("hidden", "lookalike", "doubled", "trailing", "lines", "initial", "initials", "odd_words", "odd_chars"),
)
"""Features that say nothing, so that they should depend on nothing."""
CONTENT_BEARING = ("words", "sentences", "commas", "dashes", "questions", "exclaims")
"""Features that come with what is said, so that they depend on much."""
SAID = ("doubts", "addresses", "forges", "own", "other", "conceded", "verified", "unverified", "cites", "cooperates")
"""Features of what is done in a speech."""
TRACES = (*CONTENT_FREE, *CONTENT_BEARING, *SAID)
PLACE = {name: place for place, name in enumerate(TRACES)}

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_START = re.compile(r"[\s\"“'‘(\[*_-]*([^\W\d_])")
_SENTENCE = re.compile(r"[.!?\n](?:(?<=\n)|(?<=[.!?])['\"”’)\]]*\s+)[\s\"“'‘(\[*_-]*([^\W\d_])")
_DOUBLED = re.compile(r"  +|\t")
_TRAILING = re.compile(r"[ \t]+(?:\n|\Z)")
_STOP = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been but by did do does for from had has have he her him his i if in into is it its me"
        " my no not of on or our she so than that the their them then there these they this those to was we were what"
        " when which who will with would you your",
    )
)
_MIX = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0xC2B2AE3D))
_INITIALS = 0x5EED
_SILENT = 1 << 32
"""Marks words that carry no meaning."""


def traced(text: str) -> tuple[Floats, NDArray[np.uint8], NDArray[np.uint32], frozenset[str]]:
    """Return what a speech's text shows: its countable traces, its bag of words, its phrases, and its words.

    The traces stand in the order of `TRACES`, those that need more than the text as 0. The bag counts words that
    carry meaning in `BAG` bins; a phrase is the hash of three words in a row, or of four sentence initials.
    """
    lower = text.lower()
    words = _WORD.findall(lower)
    coded = np.fromiter(map(_coded, words), np.uint64, len(words))
    codes = coded.astype(np.uint32)
    initials = _initials(text)
    row = np.zeros(len(TRACES))
    row[: len(_COUNTED)] = _counted(text, lower, len(words), initials)
    bag = np.minimum(np.bincount(codes[coded < _SILENT] % BAG, minlength=BAG), 255).astype(np.uint8)
    return row, bag, np.concatenate([_phrases(codes, 3), _phrases(_letters(initials), 4)]), frozenset(words)


_COUNTED = (*CONTENT_FREE, *CONTENT_BEARING, "doubts", "addresses", "forges")


def _counted(text: str, lower: str, words: int, initials: list[str]) -> tuple[float, ...]:
    """Count what the text alone shows, in the order of `_COUNTED`."""
    early = [_first_half(letter) for letter in initials]
    plain = text.isascii()
    tabbed = "\t" in text
    return (
        0 if plain and text.replace("\n", " ").isprintable() else hidden(text),
        0 if plain else _lookalikes(text),
        len(_DOUBLED.findall(text)) if tabbed or "  " in text else 0,
        len(_TRAILING.findall(text)) if tabbed or " \n" in text or text.endswith(" ") else 0,
        text.count("\n"),
        early[0] if early else 0,
        sum(early) / len(early) if early else 0,
        words % 2,
        len(text) % 2,
        words,
        len(initials),
        text.count(","),
        text.count("—") + text.count("–") + text.count(" - "),
        text.count("?"),
        text.count("!"),
        DOUBTS.count(text, lower),
        ADDRESSES.count(text, lower),
        FORGES.count(text, lower),
    )


def _initials(text: str) -> list[str]:
    """Return the letters with which sentences begin."""
    first = _START.match(text)
    return [first[1], *_SENTENCE.findall(text, first.end())] if first else _SENTENCE.findall(text)


def cooperates(scratchpad: str) -> int:
    """Return how often a private note speaks of working together with the opponent."""
    return COOPERATES.count(scratchpad, scratchpad.lower())


def leaning(words: frozenset[str], own: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
    """Return which share of the words that only one answer has is said, for one's own answer and for the other."""
    mine, theirs = own - other, other - own
    return _share(words, mine), _share(words, theirs)


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of a text that carry meaning."""
    return frozenset(word for word in map(str.lower, _WORD.findall(text)) if word not in _STOP)


def _share(words: frozenset[str], wanted: frozenset[str]) -> float:
    return len(words & wanted) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=100_000)
def _coded(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) | (_SILENT if word in _STOP else 0)


def _letters(initials: list[str]) -> NDArray[np.uint32]:
    return np.array([ord(letter.lower()) ^ _INITIALS for letter in initials], np.uint32)


def _phrases(codes: NDArray[np.uint32], long: int) -> NDArray[np.uint32]:
    if len(codes) < long:
        return np.zeros(0, np.uint32)
    many = len(codes) - long + 1
    found = codes[:many] * _MIX[0]
    for step in range(1, long):
        found ^= codes[step : many + step]
        found *= _MIX[step % 3]
        found += np.uint32(step)
    found.sort()
    differ = found[1:] != found[:-1]
    return found if differ.all() else np.concatenate([found[:1], found[1:][differ]])


def _first_half(letter: str) -> bool:
    return letter.lower() < "n"


@lru_cache(maxsize=10_000)
def _lookalike(char: str) -> bool:
    name = unicodedata.name(char, "")
    return name.startswith(("CYRILLIC", "GREEK", "FULLWIDTH", "MATHEMATICAL", "CHEROKEE", "ARMENIAN"))


def _lookalikes(text: str) -> int:
    """Return how many words mix Latin letters with letters of other scripts that look like them."""
    return sum(any(map(_lookalike, word)) and any(c.isascii() for c in word) for word in _WORD.findall(text))
