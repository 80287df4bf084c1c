"""How speeches look on a screen: who speaks behind a mark of their own, quotes with how they were verified.

A transcript is blocks of safe text, each with the styles of its stretches; what is drawn are lines of blocks.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from debate import quotes, sanitize
from debate.domain import Ballot, Speech
from debate.studies.quoted import Quoted, quoted
from debate.studies.session import Session
from debate.studies.wording import MARKS, STATES, who

GUTTERS = {"A": "▌ ", "B": "┆ "}
PLAIN_GUTTER = "  "
PART = 4_000
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
    raw: str = ""
    """The speech as it was made, where this is its text."""
    pieces: tuple[tuple[int, int], ...] = ()
    """Where pieces of the speech stand here: first character here, first character in the speech."""

    def at(self, offset: int) -> int:
        """Return where a character of the speech stands in the text of the block."""
        here, there = self.pieces[bisect_right(self.pieces, offset, key=lambda piece: piece[1]) - 1]
        return here + len(safe(self.raw[there:offset]))


class Sentence(NamedTuple):
    """A sentence of a speech: its block, and its characters in the speech as it was made."""

    block: int
    start: int
    end: int


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


def both(ballot: Ballot) -> bool:
    """Tell whether both sides speak, as far as is known: before anything is said they are thought to."""
    return len({speech.label for speech in ballot.speeches if speech.label in GUTTERS}) != 1


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
    """Put the text together, with the quotes as they were verified, and what the judge has marked."""
    shown: list[str] = []
    pieces: list[tuple[int, int]] = []
    stretches: list[Stretch] = []
    size = at = 0
    for run, quote in quotes.segments(speech.text, speech.quotes):
        begun = size + bool(quote)
        text = ""
        for part in _parts(run):
            pieces.append((begun + len(text), at))
            text += safe(part)
            at += len(part)
        if quote:
            mark = f"\u00a0{MARKS[quote.status]}"  # it stays on the line of the word before
            style = "italic" if quote.status == "unverified" else "bold"
            stretches.append(Stretch(size, size + len(text) + 2, style))
            stretches.append(Stretch(size + len(text) + 2, size + len(text) + 2 + len(mark), "dim"))
            text = f'"{text}"{mark}'
        shown.append(text)
        size += len(text)
    block = Block(
        "".join(shown),
        gutter=gutter,
        speech=speech.index,
        round=speech.round,
        raw=speech.text,
        pieces=tuple(pieces),
    )
    marks = [mark.span for mark in session.marks if mark.speech == speech.index] if session else []
    stretches += [Stretch(block.at(first), block.at(last), "underline") for first, last in marks]
    return replace(block, stretches=tuple(stretches))


def _parts(run: str) -> Iterator[str]:
    """Yield a run in parts, so that a place in it is found without counting from its beginning."""
    at = 0
    while len(run) - at > PART:
        cut = run.rfind(" ", at, at + PART) + 1 or at + PART
        yield run[at:cut]
        at = cut
    yield run[at:]


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


def sentences(blocks: Sequence[Block]) -> Iterator[Sentence]:
    """Yield every sentence that can be marked."""
    for number, block in enumerate(blocks):
        for found in _SENTENCE.finditer(block.raw):
            if found[0].strip():
                yield Sentence(number, *found.span())


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
