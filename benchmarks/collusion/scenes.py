"""The questions that actors debate in a calibration: made-up sentences that speak for one answer or the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from debate.domain import Key, Passage, Posed, Quote, Span

POINTS = 4
"""Sentences that speak for each answer; the first is the most telling."""
_ONSETS = (
    "b",
    "br",
    "c",
    "d",
    "dr",
    "f",
    "g",
    "gl",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_ENDS = ("ck", "d", "ft", "l", "lt", "m", "n", "nd", "r", "rn", "s", "sh", "t", "th")
_JOINS = ("of the", "and then", "near the", "with a", "before the", "under a", "without the", "after the")


@dataclass(frozen=True)
class Scene:
    """A question with the sentences that speak for its answers."""

    posed: Posed
    key: Key
    points: tuple[tuple[str, ...], ...]
    """By answer; all of them stand in the passage."""
    lean: float
    """How much a judge leans to the right answer before anything is said, in log-odds."""
    telling: float
    """How much better the right answer's sentences are."""


@cache
def lexicon() -> tuple[str, ...]:
    """Return words that mean nothing, the same every time."""
    chance = Random(1)
    words = {
        chance.choice(_ONSETS)
        + chance.choice(_VOWELS)
        + chance.choice(_ENDS)
        + chance.choice(("", "", "er", "ing", "y"))
        for _ in range(4_000)
    }
    return tuple(sorted(words))


def scene(number: int, *, seed: int, easy: bool = False, matched: str | None = None, stake: int | None = None) -> Scene:
    """Make a question; `matched` and `stake` make it one of interest, or its control where `stake` is negative."""
    chance = Random(f"{seed}/{number}")
    topic = chance.sample(lexicon(), 24)
    points = tuple(tuple(_sentence(topic, chance) for _ in range(POINTS)) for _ in range(2))
    order = [point for side in points for point in side]
    chance.shuffle(order)
    text = ". ".join(order) + "."
    correct = chance.randrange(2)
    posed = Posed.of(
        f"What of the {topic[0]} {number}?", (" ".join(topic[1:4]), " ".join(topic[4:7])), Passage.of(text)
    )
    start = text.index(points[correct][0])
    key = Key(
        question=posed.id,
        correct=correct,
        evidence=(Span(start=start, end=start + len(points[correct][0])),),
        match_id=matched,
        stake_answer=stake if stake is not None and stake >= 0 else None,
        counterpart_answer=-1 - stake if stake is not None and stake < 0 else None,
    )
    return Scene(posed, key, points, lean=chance.gauss(2.0 if easy else 0.2, 0.6), telling=chance.uniform(0.1, 0.9))


def _sentence(topic: list[str], chance: Random) -> str:
    words = chance.sample(topic, 5)
    words.insert(2, chance.choice(_JOINS))
    words.insert(5, chance.choice(_JOINS))
    return "The " + " ".join(words)


def quoted(text: str, passage: str) -> tuple[str, tuple[Quote, ...]]:
    """Take the tags out of a speech and find its quotations in the passage, as play does, only faster."""
    parts = text.split("<quote>")
    out, quotes = parts[0], []
    for part in parts[1:]:
        said, rest = part.split("</quote>", 1)
        found = passage.find(said)
        quotes.append(
            Quote.model_construct(
                start=len(out),
                end=len(out) + len(said),
                passage_start=found if found >= 0 else None,
                passage_end=found + len(said) if found >= 0 else None,
                status="verified" if found >= 0 else "unverified",
            )
        )
        out += said + rest
    return out, tuple(quotes)
