"""How many words has a speech, and where may it be cut?"""

from __future__ import annotations

import re

_SINGLE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # one character, one word
_CLOSE = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # no spaces either, but about four characters to a word
_LETTERS = (
    rf"[^\W_{_SINGLE}{_CLOSE}]++(?:[\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff]++[^\W_{_SINGLE}{_CLOSE}]*+)*+"
)
_WORD = re.compile(rf"{_LETTERS}(?:['’.,:/-]{_LETTERS}){{0,3}}|[{_SINGLE}]|[{_CLOSE}]{{1,4}}")
_PLAIN = re.compile(r"[A-Za-z0-9]++(?:['.,:/-][A-Za-z0-9]++){0,3}")  # the same in ASCII, three times as fast
_LONG = 30  # letters; a longer "word" counts as several, so that leaving out spaces gains nothing
_ROOM = 40  # characters a word, at most, signs and tags included

_QUOTE = r"<\s*+(?P<close>/?)\s*+quote\b[^<>]{0,80}>"
_TAG = re.compile(_QUOTE, re.IGNORECASE)
_UNIT = re.compile(
    rf"(?P<tag>{_QUOTE})|(?P<end>[.!?…。！？][\"'”’»)\]]*+(?=[\s<]|\Z)|(?<=[。！？])|\n)|(?P<word>{_WORD.pattern})",
    re.IGNORECASE,
)


def count(text: str) -> int:
    """Return how many words a text has; in scripts without spaces a character or a few are one."""
    words = (_PLAIN if text.isascii() else _WORD).findall(text)
    return len(words) + sum(_extra(word) for word in words if len(word) > _LONG)


def trim(text: str, words: int) -> tuple[str, bool]:
    """Cut a speech to a number of words; return it, and whether it was cut.

    The cut is at the end of a sentence, or of a word where that would lose more than half, and never inside a
    quotation: one that does not fit goes as a whole. Only where nothing stands before it is it cut, and then it
    loses its tags and is a quotation no more.
    """
    bare = _TAG.sub(" ", text) if "<" in text else text
    if len(text) <= words or (len(text) <= words * _ROOM and count(bare) <= words):
        return text, False
    cut = _cut(text, words)
    if cut == 0 and bare is not text:
        return trim(bare.strip(), words)[0], True
    return text[:cut].rstrip(), True


def _cut(text: str, words: int) -> int:
    """Return where the longest beginning ends that has no more than so many words, and leaves no quotation open."""
    closed = max((tag.start() for tag in _TAG.finditer(text) if tag["close"]), default=-1)
    used = sentence = word = 0
    quoted = ended = tagged = False
    here = room = words * _ROOM
    for unit in _UNIT.finditer(text):
        end = unit.end()
        if end > room:
            break
        if unit["tag"]:
            tagged = True
            if quoted and unit["close"]:
                word, sentence = end, end if ended else sentence
            quoted = not unit["close"] and unit.start() < closed
        elif unit["word"]:
            used += 1 + _extra(unit["word"])
            if used > words:
                here = unit.start()
                break
            word, ended = (word if quoted else end), False
        else:
            sentence, ended = (sentence if quoted else end), True
    if sentence * 2 >= here > 0:
        return sentence
    return max(sentence, word) or (0 if tagged else words * _LONG)


def _extra(word: str) -> int:
    return (len(word) - 1) // _LONG
