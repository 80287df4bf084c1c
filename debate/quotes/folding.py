"""When do two texts say the same but for typography? When they fold to the same text.

Folded away are: the shapes of quotation marks, apostrophes, dashes and ellipses, white space and what breaks lines
invisibly, ligatures and other compatibility forms, and the check marks that a speech must not contain. Letters,
case, digits, superscripts and all other punctuation stay.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

MARKS = r"\u2713\u2714\u2611\u2705\U0001f5f8\U0001f5f9\u2717\u2718\u2716\u274c\u274e\u2612\U0001f5f4-\U0001f5f7\u237b"
"""Check marks and crosses, as a range of a regular expression."""

_BLANK = rf"\s\xad\u200b-\u200d\u2060\ufeff\ufe0e\ufe0f{MARKS}"
_LONG = "—―⸺⸻﹘"
_DASHES = rf"\-‐‑‒–−﹣－{_LONG}"
_QUOTES = "\"'`´‘’‚‛“”„‟′″‵‶«»‹›「」『』〝〞〟＂＇｀ʼʹʺ"
_DOTS = r"…[.…]*+|‥|\.{2,}+…?|\.(?:[ \xa0]\.)++"

_VARIANT = re.compile(
    r"(?=[^\x20-\x7f]|[.\-\"'`]| [^!-,/-\x7f])(?:"  # one quick look: in plain text next to nothing begins here
    rf"(?P<before>[{_BLANK}]*+)(?:(?P<dots>{_DOTS})|(?P<dash>[{_DASHES}]++))(?P<after>[{_BLANK}]*+)"
    rf"|(?P<blank>(?: (?=[{_BLANK}])|(?! )[{_BLANK}])[{_BLANK}]*+)"
    rf"|(?P<quotes>[{_QUOTES}]++)"
    rf"|(?P<other>[^\x00-\x7f]))"
)


def fold(text: str) -> str:
    """Return the text that all typographic variants of `text` share."""
    return _VARIANT.sub(_folded, text)


class Folded:
    """A folded text that knows where each of its characters came from."""

    def __init__(self, source: str) -> None:
        runs: list[str] = []
        self._source = source
        self._at: list[int] = []  # where each run starts in the folded text
        self._from: list[int] = []  # and in the source
        self._to: list[int] = []  # where a replaced run ends in the source; -1 for a run kept as it is
        length = last = 0

        def add(run: str, start: int, end: int) -> None:
            nonlocal length
            if run:
                runs.append(run)
                self._at.append(length)
                self._from.append(start)
                self._to.append(end)
                length += len(run)

        for found in _VARIANT.finditer(source):
            if (run := _folded(found)) != found[0]:
                add(source[last : found.start()], last, -1)
                add(run, found.start(), found.end())
                last = found.end()
        add(source[last:], last, -1)
        self.text = "".join(runs)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the source that a non-empty range of the folded text came from."""
        first, last = bisect_right(self._at, start) - 1, bisect_right(self._at, end - 1) - 1
        begins, ends = self._from[first], self._to[last]
        if self._to[first] < 0:
            begins += start - self._at[first]
        if ends < 0:
            ends = self._from[last] + end - self._at[last]
        said, there = self.text[start:end], self._source[begins:ends]
        if said == said.strip():  # a run that was replaced may bring the space beside it
            begins, ends = begins + len(there) - len(there.lstrip()), ends - len(there) + len(there.rstrip())
        return begins, ends


def _folded(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind == "other":
        return _compatible(found[0])
    if kind == "blank":
        return _space(found[0])
    if kind == "quotes":
        return "'"
    if found["dots"]:
        return "..."
    before, after = _space(found["before"]), _space(found["after"])
    dash = found["dash"]
    if len(dash) > 1 or dash in _LONG or (before and after):
        return "—"
    return f"{before}-{after}"


def _space(run: str) -> str:
    return " " if any(map(str.isspace, run)) else ""


@lru_cache(maxsize=4096)
def _compatible(char: str) -> str:
    # Superscripts, fractions and circled numbers stay: 10² is not 102.
    return char if unicodedata.category(char) in ("No", "Nl") else unicodedata.normalize("NFKD", char)
