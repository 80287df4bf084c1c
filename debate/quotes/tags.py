"""Where does a speech say that it quotes? Tags come off; what only looks like a mark of verification goes with them."""

from __future__ import annotations

import re

from debate.quotes.folding import MARKS

_OPEN, _SHUT, _IN = "<＜﹤", ">＞﹥", r"[^<>＜＞﹤﹥‹›]"
_QUOTE = rf"[{_OPEN}]\s*+(?P<close>/?)\s*+quote(?![^\W\d_]){_IN}{{0,80}}[{_SHUT}]"
_FORGED = rf"[{_OPEN}]\s*+/?\s*+[\w:.-]{{0,30}}?(?:quot|verif|valid|repair|certif){_IN}{{0,80}}[{_SHUT}]"
_LABEL = (
    r"[\[({【]\s*+(?:quot(?:e|ation)\s++)?(?:(?:un|not\s++)?verified|repaired)(?:\s++quot(?:e|ation))?"
    rf"(?:\s++by\s++the\s++\w{{1,12}})?[\s!.:{MARKS}\ufe0f]*+[\])}}】]"
)
_SIGN = rf"(?:{_LABEL}|[{MARKS}][{MARKS}\ufe0e\ufe0f]*+)"

_STARTS = rf"[{_OPEN}\[({{【{MARKS}]"
_FIRST = rf"(?={_STARTS})"  # one quick look before the alternatives
_START = re.compile(_STARTS)  # and a quicker one for whether there is anything to look at

_TAG = re.compile(rf"{_FIRST}(?:(?P<quote>{_QUOTE})|{_FORGED}|(?<!\S){_SIGN}[ \t]*+|{_SIGN})", re.IGNORECASE)
_LEFT = re.compile(rf"{_FIRST}(?:{_QUOTE}|{_FORGED}|{_LABEL})", re.IGNORECASE)
_BLUNT = str.maketrans("<＜﹤[({【>＞﹥])}】", "‹‹‹‹‹‹‹›››››››")


def untag(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without tags and marks, and the spans that stood between quote tags.

    Of nested tags the outermost pair counts. A tag that is never closed holds until its line ends or the next tag
    comes; a tag that is never opened holds nothing.
    """
    first = _START.search(text)
    marks = list(_TAG.finditer(text, first.start())) if first else []
    if not marks:
        return text, []
    runs: list[str] = []
    tags: list[tuple[int, bool]] = []
    at = last = 0
    for found in marks:
        runs.append(text[last : found.start()])
        at += len(runs[-1])
        last = found.end()
        if found["quote"]:
            tags.append((at, bool(found["close"])))
    runs.append(text[last:])
    bare = "".join(runs)
    if _START.search(bare) and _LEFT.search(bare):  # a tag made of the two ends around another one
        bare = bare.translate(_BLUNT)
    return bare, [span for start, end in _held(bare, tags) if (span := _trimmed(bare, start, end))]


def _held(text: str, tags: list[tuple[int, bool]]) -> list[tuple[int, int]]:
    if len(tags) % 2 == 0 and not any(close for _, close in tags):  # opened twice instead of closed
        return [(tags[i][0], tags[i + 1][0]) for i in range(0, len(tags), 2)]
    opened: list[int] = []
    spans: list[tuple[int, int]] = []
    for number, (at, close) in enumerate(tags):
        if not close:
            opened.append(number)
        elif opened:
            spans.append((tags[opened.pop()][0], at))
    for number in opened:
        start = tags[number][0]
        end = tags[number + 1][0] if number + 1 < len(tags) else len(text)
        said = text[start:end]
        spans.append((start, start + len(said) - len(said.lstrip()) + len(said.lstrip().partition("\n")[0])))
    return _outermost(spans)


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    return (start, start + len(said.strip())) if said.strip() else None
