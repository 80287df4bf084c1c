"""Prose told sentence by sentence, which remembers where each fact stands."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from debate.domain import Span
from debate.worlds.dice import Dice


class Teller:
    """Writes one passage; `facts` are whatever a world names its statements by."""

    def __init__(self, dice: Dice) -> None:
        self.words = 0
        self._dice = dice
        self._parts: list[str] = []
        self._length = 0
        self._joint = ""
        self._places: dict[Hashable, Span] = {}
        self._decks: dict[Sequence[str], list[str]] = {}

    def say(self, sentence: str, *facts: Hashable) -> None:
        """Write a sentence with a capital, and remember it as the place of `facts`."""
        sentence = sentence[0].upper() + sentence[1:]
        start = self._length + len(self._joint)
        self._parts += (self._joint, sentence)
        self._length = start + len(sentence)
        self._joint = " "
        self.words += sentence.count(" ") + 1
        for fact in facts:
            self._places[fact] = Span(start=start, end=self._length)

    def tell(self, phrasings: Sequence[str], *facts: Hashable, **words: str) -> None:
        """Write one of several phrasings, filled in."""
        self.say(self.turn(phrasings).format(**words), *facts)

    def turn(self, phrasings: Sequence[str]) -> str:
        """Return a phrasing; all have their turn before one comes again."""
        deck = self._decks.get(phrasings)
        if not deck:
            deck = self._decks[phrasings] = self._dice.shuffled(phrasings)
        return deck.pop()

    def paragraph(self) -> None:
        """Let the next sentence begin a paragraph."""
        if self._parts:
            self._joint = "\n\n"

    def chapter(self) -> Teller:
        """Return a teller of a part that is added later; phrasings take turns across all parts."""
        chapter = Teller(self._dice)
        chapter._decks = self._decks
        return chapter

    def add(self, chapter: Teller) -> None:
        """Write a chapter as a paragraph, or several."""
        self.paragraph()
        shift = self._length + len(self._joint)
        self._parts += (self._joint, chapter.text)
        self._length = shift + chapter._length
        self.words += chapter.words
        for fact, span in chapter._places.items():
            self._places[fact] = Span(start=span.start + shift, end=span.end + shift)

    def places(self, facts: Iterable[Hashable]) -> tuple[Span, ...]:
        """Return where facts stand, in the order of the text, each place once."""
        return tuple(sorted({self._places[fact] for fact in facts}, key=lambda span: span.start))

    @property
    def text(self) -> str:
        """The passage."""
        return "".join(self._parts)
