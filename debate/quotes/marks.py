"""Which words of a speech are quoted, and what the passage says to each quotation.

A quotation is `verified` if it stands in the passage in one piece, as whole words, up to typography: the shapes of
quotation marks, dashes and spaces, the case of its first letter, and the punctuation around it. It is `repaired` if
it differs by a slip (`slips`), or if it leaves something out and says so: then each piece between the ellipses is a
quotation of its own, verified in the order of the passage, close to the one before, and what is left out holds no
negation of the same sentence. Anything else is `unverified`, and so is whatever is too short to be evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from debate.domain import Quote, QuoteStatus, Span
from debate.quotes.folding import Folded, fold
from debate.quotes.passage import Indexed, indexed, telling, trimmed
from debate.quotes.slips import slip
from debate.quotes.tags import untag

_MOST = 1_000  # quotations of one speech that are looked up; the rest are unverified
_GAP = 500  # characters, about a paragraph: what an ellipsis may leave out
_PIECES = 8
_STARTS = 8  # places where a spliced quotation may begin

_ELLIPSIS = re.compile(r"[\[(]?\.\.\.[\])]?")
_BRACKETED = re.compile(r"^['\s(]*+\[(\w)\](?=\w)")  # "[T]he captain": the usual way to change a first letter
_NEGATED = re.compile(r"\b(?:not?|never|neither|nor|none|nobody|nothing|without|cannot)\b|n't\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]['\s)\]]*+(?:\s|\Z)")


def mark(text: str, passage: str | None) -> tuple[str, tuple[Quote, ...]]:
    """Return a speech without tags or anything that looks like a mark, and its quotations as spans of that text."""
    bare, spans = untag(text)
    source = indexed(passage) if passage else None
    checked: dict[str, tuple[Quote, ...]] = {}
    quotes: list[Quote] = []
    for start, end in spans:
        said = bare[start:end]
        if said not in checked:
            known = source if len(checked) < _MOST else None
            checked[said] = _checked(said, known) or (Quote(start=0, end=len(said), status="unverified"),)
        quotes += [_moved(quote, start) for quote in checked[said]]
    return bare, tuple(quotes)


def segments(text: str, quotes: Iterable[Quote]) -> tuple[tuple[str, Quote | None], ...]:
    """Cut a text into its runs, each with the quotation that it is or None."""
    runs: list[tuple[str, Quote | None]] = []
    last = 0
    for quote in sorted(quotes, key=lambda quote: quote.start):
        if last <= quote.start < quote.end <= len(text):
            if last < quote.start:
                runs.append((text[last : quote.start], None))
            runs.append((text[quote.start : quote.end], quote))
            last = quote.end
    if last < len(text):
        runs.append((text[last:], None))
    return tuple(runs)


def verified(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the quotations that stand in the passage as they are."""
    return tuple(quote for quote in quotes if quote.status == "verified")


def revealed(quotes: Iterable[Quote]) -> tuple[Span, ...]:
    """Return what verified and repaired quotations show of the passage, merged, in the order of the passage."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(_shown(quotes)):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(Span(start=start, end=end) for start, end in spans)


def own_words(text: str, quotes: Iterable[Quote]) -> str:
    """Return a text of the same length in which every quotation is blank: what the speaker says without quoting."""
    return "".join(" " * len(run) if quote else run for run, quote in segments(text, quotes))


def _shown(quotes: Iterable[Quote]) -> Iterator[tuple[int, int]]:
    for quote in quotes:
        if quote.passage_start is not None and quote.passage_end is not None:
            yield quote.passage_start, quote.passage_end


def _moved(quote: Quote, by: int) -> Quote:
    return quote.model_copy(update={"start": quote.start + by, "end": quote.end + by}) if by else quote


def _checked(said: str, passage: Indexed | None) -> tuple[Quote, ...]:
    if passage is None or len(said) > 2 * len(passage.text) + 100:
        return ()
    folded = fold(said)
    needle = trimmed(_BRACKETED.sub(r"\1", folded))
    if not telling(needle):
        return ()
    at = passage.find(needle)
    if at >= 0:
        return (_quote(passage, 0, len(said), at, at + len(needle), "verified"),)
    if "..." in needle and (spliced := _spliced(said, passage)):
        return spliced
    near = slip(needle, passage)
    return (_quote(passage, 0, len(said), *near, "repaired"),) if near else ()


def _quote(passage: Indexed, start: int, end: int, at: int, to: int, status: QuoteStatus) -> Quote:
    begins, ends = passage.folded.span(at, to)
    return Quote(start=start, end=end, passage_start=begins, passage_end=ends, status=status)


def _spliced(said: str, passage: Indexed) -> tuple[Quote, ...]:
    folded = Folded(said)
    needles = _pieces(folded.text)
    if not 2 <= len(needles) <= _PIECES or not all(telling(needle) for _, needle in needles):
        return ()
    places = _in_order([needle for _, needle in needles], passage)
    return tuple(
        _quote(passage, *folded.span(start, start + len(needle)), at, at + len(needle), "repaired")
        for (start, needle), at in zip(needles, places, strict=False)
    )


def _pieces(folded: str) -> list[tuple[int, str]]:
    """Return what stands between the ellipses, and where."""
    pieces, last = [], 0
    for gap in (*_ELLIPSIS.finditer(folded), None):
        run = folded[last : gap.start() if gap else len(folded)]
        needle = trimmed(run)
        if needle:
            pieces.append((last + run.index(needle), needle))
        last = gap.end() if gap else len(folded)
    return pieces


def _in_order(needles: list[str], passage: Indexed) -> list[int]:
    """Return where the pieces stand one after the other, or nothing."""
    start = passage.find(needles[0])
    for _ in range(_STARTS):
        if start < 0:
            return []
        places = [start]
        for before, needle in pairwise(needles):
            end = places[-1] + len(before)
            at = passage.find(needle, end)
            if at < 0 or not _may_skip(passage.text[end:at]):
                break
            places.append(at)
        if len(places) == len(needles):
            return places
        start = passage.find(needles[0], start + 1)
    return []


def _may_skip(skipped: str) -> bool:
    return len(skipped) <= _GAP and not (_NEGATED.search(skipped) and not _SENTENCE_END.search(skipped))
