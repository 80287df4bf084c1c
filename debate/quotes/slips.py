"""Is a misquotation a slip of the pen, or does it say something else?

A slip leaves the words in one piece and in order; they differ by punctuation, by case, by an article, by where a
compound is cut, or by one letter of a long word. A changed number, name or negation is never one. Nor is another
word: short words are a letter away from too many others (not and now, dead and deaf, friend and fiend), and a word
that the passage uses elsewhere may well be meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA, Levenshtein, Opcode

from debate.quotes.passage import Indexed, Word, words

_SHORTEST = 4  # words; in fewer, a slip could be anything
_LONGEST = 1_000  # words; nobody misquotes a thousand of them by a slip
_ANCHORS = 24  # of the quotation's rarest words are looked up
_COMMON = 32  # a word that stands more often than this is no anchor
_LONG = 7  # letters: from here on a letter lost, doubled or swapped seldom makes another word
_LONGER = 8  # and from here on one letter mistaken for its like
_ARTICLES = ("a", "an", "the")
_ALIKE = ("aeiouy", "csz", "il1", "uv", "mn")  # letters mistaken for each other
_VARIANTS = (("our", "or"), ("ise", "ize"), ("rn", "m"), ("vv", "w"))  # spellings, and what scanners confuse
_WEIGHTY = re.compile(
    r"no|not|nor|non|never|none|nobody|nothing|nowhere|neither|without|cannot|nicht|nie|kein\w*|ne|pas|sin|ni|nunca"
    r"|zero|one|two|three|four|five|six|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)(?:teen|t?y)"
    r"|seven|twenty|forty|ninety|hundred|thousand|\w+illion|first|second|third|\w+th|half|once|twice|thrice|dozen"
)


def slip(said: str, passage: Indexed) -> tuple[int, int] | None:
    """Return the range of the folded passage that `said` misquotes by no more than a slip, or None."""
    quoted = words(said)
    if not _SHORTEST <= len(quoted) <= _LONGEST or not passage.resembles(quoted):
        return None
    return next((span for offset in _offsets(quoted, passage) if (span := _aligned(quoted, passage, offset))), None)


def _offsets(quoted: Sequence[Word], passage: Indexed) -> list[int]:
    """Return the likeliest places of the quotation's start, in words, by where its rarer words stand."""
    anchors = [(len(at), i, at) for i, word in enumerate(quoted) if (at := passage.places.get(word.key))]
    anchors = sorted(anchor for anchor in anchors if anchor[0] <= _COMMON)[:_ANCHORS]
    votes = Counter(place - i for _, i, at in anchors for place in at)
    return [offset for offset, _ in votes.most_common(3)]


def _aligned(quoted: Sequence[Word], passage: Indexed, offset: int) -> tuple[int, int] | None:
    low, high = max(0, offset - 2), offset + len(quoted) + 2
    there = passage.words[low:high]
    steps = Levenshtein.opcodes([word.key for word in quoted], [word.key for word in there])
    same = [step for step in steps if step.tag == "equal"]
    kept = sum(step.src_end - step.src_start for step in same)
    if kept < 3:
        return None
    first = max(0, same[0].dest_start - same[0].src_start)
    last = min(len(there), same[-1].dest_end + len(quoted) - same[-1].src_end)
    costs = [
        _cost(quoted[src:src_end], there[dest:dest_end], passage)
        for src, src_end, dest, dest_end in _between(same, (0, first), (len(quoted), last))
        if src < src_end or dest < dest_end
    ]
    letters = sum(len(word.key) for word in quoted)
    if None in costs or len(costs) > 1 + len(quoted) // 8 or sum(cost or 0 for cost in costs) > 2 + letters // 16:
        return None
    return there[first].start, there[last - 1].end


def _between(
    same: Sequence[Opcode], start: tuple[int, int], end: tuple[int, int]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield what lies between the equal runs of two word sequences, as a range in each."""
    src, dest = start
    for step in same:
        yield src, step.src_start, dest, step.dest_start
        src, dest = step.src_end, step.dest_end
    yield src, end[0], dest, end[1]


def _cost(said: Sequence[Word], there: Sequence[Word], passage: Indexed) -> int | None:
    """Return how many letters differ between two runs of words, or None where more than letters does."""
    if _weight(said) != _weight(there):
        return None
    one, other = "".join(word.key for word in said), "".join(word.key for word in there)
    if one == other:
        return 1
    if all(word.key in _ARTICLES for word in (*said, *there)):
        return len(one) + len(other)
    if len(said) != len(there) or not all(_misspelt(a.key, b.key, passage) for a, b in zip(said, there, strict=True)):
        return None
    return len(said)


def _weight(run: Sequence[Word]) -> list[str]:
    """Return what must not change: negations, numbers, and names."""
    names = "".join(word.key for word in run if word.text[:1].isupper())
    return [word.key for word in run if _WEIGHTY.fullmatch(word.key) or "n't" in word.text or word.number] + [names]


def _misspelt(said: str, there: str, passage: Indexed) -> bool:
    """Say whether `said` is `there` with one letter wrong, and no other word."""
    short = min(len(said), len(there))
    if said == there:
        return True
    if short < _SHORTEST or said in passage.places:
        return False
    if any(said.replace(*variant) == there.replace(*variant) for variant in _VARIANTS):
        return True
    if short < _LONG or (said[0], said[-1]) != (there[0], there[-1]) or OSA.distance(said, there) != 1:
        return False
    if len(said) != len(there) or sorted(said) == sorted(there):
        return True
    changed = {letter for pair in zip(said, there, strict=True) if pair[0] != pair[1] for letter in pair}
    return short >= _LONGER and any(changed.issubset(alike) for alike in _ALIKE)
