"""How speeches look on a screen: who speaks behind a mark of their own, quotes with how they were verified.

A transcript is blocks of safe text, each with the styles of its stretches; what is drawn are lines of blocks.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from debate import quotes, sanitize
from debate.domain import Ballot, Speech
from debate.studies.quoted import Quoted, quoted
from debate.studies.session import Session
from debate.studies.wording import MARKS, STATES, who

GUTTERS = {"A": "▌ ", "B": "┆ "}
PLAIN_GUTTER = "  "
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+[\"')\]]*(?=\s|$)\s*|\n+|$)")
_MARKS_ABOVE = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0e31-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_FLOOD = re.compile(rf"([{_MARKS_ABOVE}]{{4}})([{_MARKS_ABOVE}]+)")


@dataclass(frozen=True)
class Stretch:
    """Characters of a block that look otherwise than the rest."""

    start: int
    end: int
    style: str


@dataclass(frozen=True)
class Block:
    """A piece of text that is wrapped as one."""

    text: str
    gutter: str = PLAIN_GUTTER
    style: str = ""
    speech: int | None = None
    """The index of the speech that it belongs to."""
    round: int = 0
    head: bool = False
    """Whether a speech begins here."""
    stretches: tuple[Stretch, ...] = ()
    sentences: tuple[tuple[int, int, int, int], ...] = ()
    """Of each sentence: its first and last character here, and in the speech as it was made."""


def safe(text: str) -> str:
    """Return text as it may be shown, with no more marks above a letter than anyone writes."""
    return _FLOOD.sub(lambda found: f"{found[1]}⟨{len(found[2])} more marks⟩", sanitize.clean(text))


def told(text: str) -> list[Block]:
    """Return the blocks of a text that is read line by line."""
    return [Block(safe(line)) for line in text.split("\n")]


def transcript(ballot: Ballot, session: Session | None = None, *, side: str = "") -> list[Block]:
    """Return the blocks of a transcript up to its round; of one side alone where `side` names it."""
    blocks: list[Block] = []
    number = -1
    for speech in ballot.speeches:
        if side and speech.label not in (side, "judge"):
            continue
        if speech.round != number:
            number = speech.round
            title = f"── round {number} ──" if number else "── before round 1 ──"
            blocks.append(Block(title, style="dim", round=number))
        blocks += _speech(ballot, speech, session)
    return blocks


def _speech(ballot: Ballot, speech: Speech, session: Session | None) -> Iterator[Block]:
    if speech.label == "judge" and not speech.text:
        return
    gutter = GUTTERS.get(speech.label, PLAIN_GUTTER)
    of = Block("", gutter=gutter, speech=speech.index, round=speech.round)
    yield replace(of, text=who(ballot, speech.label), style="bold", head=True)
    yield _said(speech, session, gutter)
    if session and (note := session.note(speech.index)):
        yield replace(of, text=f"note: {safe(note)}", style="italic")
    yield Block("", round=speech.round)


def _said(speech: Speech, session: Session | None, gutter: str) -> Block:
    """Put the text together from pieces that end where a quote or a sentence does."""
    sentences = [found.span() for found in _SENTENCE.finditer(speech.text) if found[0].strip()]
    cuts = {0, len(speech.text)} | {end for span in sentences for end in span}
    shown: list[str] = []
    size = 0
    places: dict[int, int] = {}
    stretches: list[Stretch] = []

    def put(text: str, style: str = "") -> None:
        nonlocal size
        if style and text:
            stretches.append(Stretch(size, size + len(text), style))
        shown.append(text)
        size += len(text)

    at = 0
    for run, quote in quotes.segments(speech.text, speech.quotes):
        inner = sorted({at, at + len(run)} | {cut for cut in cuts if at < cut < at + len(run)})
        places.setdefault(at, size)
        begun = size
        if quote:
            put('"')
        for first, last in itertools.pairwise(inner):
            places.setdefault(first, size)
            put(safe(speech.text[first:last]))
        at += len(run)
        if quote:
            put('"')
            stretches.append(Stretch(begun, size, "italic" if quote.status == "unverified" else "bold"))
            put(f" {MARKS[quote.status]}", "dim")
    places[len(speech.text)] = size
    placed = tuple((places[s], places[e], s, e) for s, e in sentences if s in places and e in places)
    marks = [mark for mark in session.marks if mark.speech == speech.index] if session else []
    for first, last, start, end in placed:
        if any(mark.span[0] < end and start < mark.span[1] for mark in marks):
            stretches.append(Stretch(first, last, "underline"))
    return Block(
        "".join(shown),
        gutter=gutter,
        speech=speech.index,
        round=speech.round,
        stretches=tuple(stretches),
        sentences=placed,
    )


def panel(ballot: Ballot) -> list[Block]:
    """Return the blocks of the quotes in passage order, with how each was verified and who used it."""
    found = quoted(ballot)
    if not found:
        return [Block("Nothing was quoted so far.", style="dim")]
    blocks = [Block("Quotes, in the order of the text", style="dim")]
    for one in found:
        blocks.append(Block(_headed(one), style="dim", speech=one.used[0].speech, head=True))
        blocks.append(Block(f'"{safe(one.text)}"', speech=one.used[0].speech))
        blocks.append(Block(""))
    return blocks


def _headed(one: Quoted) -> str:
    place = f"characters {one.start} to {one.end}, " if one.start is not None else ""
    used = ", ".join(f"{use.label} in round {use.round}" for use in one.used)
    return f"{MARKS[one.status]} {place}{used}: {STATES[one.status]}"


def passage(ballot: Ballot) -> list[Block]:
    """Return the blocks of the text, for a judge who reads it."""
    read = ballot.question.passage
    if read is None:
        return [Block("You do not read the text in this study.", style="dim")]
    return [Block(safe(read.title), style="bold"), *told(read.text)]


def sentences(blocks: Sequence[Block]) -> Iterator[tuple[int, tuple[int, int, int, int]]]:
    """Yield every sentence that can be marked, with the number of its block."""
    for number, block in enumerate(blocks):
        for sentence in block.sentences:
            yield number, sentence


def hits(blocks: Iterable[Block], wanted: str) -> list[tuple[int, int, int]]:
    """Return where words stand, whatever their case: block, first and last character."""
    if not wanted.strip():
        return []
    pattern = re.compile(re.escape(wanted.strip()), re.IGNORECASE)
    return [(n, *found.span()) for n, block in enumerate(blocks) for found in pattern.finditer(block.text)]


def inspected(speeches: Iterable[Speech]) -> list[str]:
    """Return a line on every speech with hidden characters: how many, and what they are."""
    return [
        f"{speech.label}, round {speech.round}: {count} hidden: {', '.join(_named(speech.text))}"
        for speech in speeches
        if (count := sanitize.hidden(speech.text))
    ]


def _named(text: str) -> Iterator[str]:
    """Yield the names of the hidden characters of a text, the commonest first."""
    for char, times in Counter(char for char in text if sanitize.hidden(char)).most_common(6):
        name = unicodedata.name(char, "control character")
        yield f"U+{ord(char):04X} {name.lower()}" + (f" ({times} times)" if times > 1 else "")
