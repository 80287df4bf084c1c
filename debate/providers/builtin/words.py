"""Which words of a text carry content, and which of them are the same word in another form?"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]  # a C extension without types
from bm25s.stopwords import STOPWORDS_EN_PLUS

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TAG = re.compile(r"[<>]")

_stem = Stemmer.Stemmer("english").stemWords


def stems(text: str) -> list[str]:
    """Return the stems of all words of a text, in its order."""
    words: list[str] = _stem([_bare(word) for word in WORD.findall(text.lower())])
    return words


def _bare(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s")


_COMMON = frozenset(_stem([*STOPWORDS_EN_PLUS, "would", "could"]))


@lru_cache(maxsize=4096)
def content(text: str) -> tuple[str, ...]:
    """Return the distinct stems that carry content, sorted, so that sums over them do not hang on their order."""
    return tuple(sorted(set(stems(text)) - _COMMON))


@lru_cache(maxsize=4096)
def own(answer: str, question: str) -> tuple[str, ...]:
    """Return the content stems of an answer that its question does not hold already."""
    return tuple(stem for stem in content(answer) if stem not in content(question))


def surface(text: str, wanted: Collection[str]) -> tuple[str, ...]:
    """Return the words of a text whose stems are wanted, as they stand there, each stem once."""
    found: dict[str, str] = {}
    for word in WORD.findall(text):
        found.setdefault(stems(word)[0], word)
    return tuple(word for stem, word in found.items() if stem in wanted)


def listed(words: tuple[str, ...], limit: int = 3) -> str:
    """Name a few words: `“sand”, “crates” and “hold”`."""
    named = [f"“{word}”" for word in words[:limit]]
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)


def plain(text: str, limit: int = 40) -> str:
    """Return a text on one line, without anything that could be read as a tag, cut after `limit` words."""
    words = _TAG.sub(" ", text).split()
    return " ".join(words[:limit]) + ("..." if len(words) > limit else "")


def clip(text: str, limit: int, wanted: Collection[str]) -> str:
    """Return the run of at most `limit` words, as it stands in a text, that holds most of the wanted stems."""
    words = list(re.finditer(r"\S+", text))
    if len(words) <= limit:
        return text
    hits = [any(stem in wanted for stem in stems(word.group())) for word in words]
    first = max(range(len(words) - limit + 1), key=lambda at: (sum(hits[at : at + limit]), -at))
    return text[words[first].start() : words[first + limit - 1].end()]
