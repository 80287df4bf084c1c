"""Prose told sentence by sentence, which remembers where each fact stands."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

from debate.domain import Span
from debate.worlds.dice import Dice

_TRIES = 12  # at a remark that is new


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
        self._remarked: set[str] = set()

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

    def remark(self, phrasings: Sequence[str], slots: Mapping[str, Sequence[str]], **words: str) -> None:
        """Write something by the way that has not been said yet, or where that cannot be found soon, once more.

        What fills a slot has its turn, as the phrasings have.
        """
        for _ in range(_TRIES):
            phrasing = self.turn(phrasings)
            filled = {name: self.turn(said) for name, said in slots.items() if f"{{{name}}}" in phrasing}
            remark = phrasing.format(**words, **filled)
            if remark not in self._remarked:
                break
        self._remarked.add(remark)
        self.say(remark)

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
        chapter._decks, chapter._remarked = self._decks, self._remarked
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
