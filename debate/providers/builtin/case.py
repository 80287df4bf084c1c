"""What does a debater's brief say about its side: which answer, who has quoted what, what the judge asked?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from debate import quotes
from debate.domain import Brief, Quote, Speech
from debate.providers.builtin.draft import quote
from debate.providers.builtin.evidence import SHORTEST, Search, Window
from debate.providers.builtin.naive import lean
from debate.providers.builtin.reading import support
from debate.providers.builtin.words import own, plain

LONGEST = 55  # words in one quotation: two or three fit in a speech of usual length
ENOUGH = 20  # windows to choose a speech's quotations from


@dataclass(frozen=True)
class Cited:
    """A quotation that the other side has made, and the answer that it was made for."""

    text: str
    answer: str
    span: tuple[int, int] | None
    """Where it stands in the passage; None where it does not."""


class Case:
    """The side of one debater; a stride of 3 reads one piece of the passage in three."""

    def __init__(self, brief: Brief, *, stride: int = 1) -> None:
        self.brief = brief
        self.question = brief.question.text
        self.argues = _chosen(brief, stride) if brief.argues is None else brief.argues
        self.answer = brief.question.answers[self.argues]
        self.others = tuple(sorted(a for i, a in enumerate(brief.question.answers) if i != self.argues))
        self.own = frozenset(own(self.answer, self.question))
        self.words = brief.protocol.words
        self._stride = stride

    @property
    def claim(self) -> str:
        """The sentence that the speech begins with."""
        if self.asked:
            return f"You ask: {plain(self.asked, 20)}"
        lead = "The right answer is" if self.brief.cue.round <= 1 else "As before, the right answer is"
        return f"{lead}: {plain(self.answer, 25).rstrip('.')}."

    @property
    def asked(self) -> str:
        """What the judge's seat has asked, if this turn is about it."""
        about = self.brief.cue.about
        return next((s.text for s in self.brief.speeches if s.index == about and s.label == "judge"), "")

    @property
    def longest(self) -> int:
        """How many words a quotation may have."""
        return min(LONGEST, max(SHORTEST, self.words - SHORTEST))

    @cached_property
    def search(self) -> Search | None:
        """The search of the passage; None where there is none to read."""
        passage = self.brief.question.passage
        if passage is None:
            return None
        return Search(passage.text, self.question, longest=self.longest, stride=self._stride)

    def fresh(self, taken: Sequence[tuple[int, int]] = ()) -> list[Window]:
        """Return the windows for this answer, the best first, that overlap neither each other nor what is taken."""
        if self.search is None:
            return []
        found: list[Window] = []
        spans = list(taken)
        for window in self.search.support(self.answer, self.others, self.asked):
            if window.apart(spans):
                found.append(window)
                spans.append((window.start, window.end))
            if len(found) == ENOUGH:
                break
        return found

    def used(self, avoid: Iterable[str] = ()) -> list[tuple[int, int]]:
        """Return where in the passage stands what this side has quoted, and what it is told to avoid."""
        return [*self._quoted(), *(span for text in avoid if (span := self._span(text)))]

    def _quoted(self) -> list[tuple[int, int]]:
        return [
            (made.passage_start, made.passage_end)
            for speech in self.brief.speeches
            if speech.argues == self.argues or speech.label == self.brief.label
            for made in speech.quotes
            if made.passage_start is not None and made.passage_end is not None
        ]

    def verifies(self, text: str) -> bool:
        """Tell whether a quotation would be found in the passage, just as it is."""
        passage = self.brief.question.passage
        bare, marked = quotes.mark(quote(text), passage.text if passage else None)
        return bare == text and [each.status for each in marked] == ["verified"]

    def _span(self, text: str) -> tuple[int, int] | None:
        passage = self.brief.question.passage
        at = passage.text.find(text) if passage else -1
        return (at, at + len(text)) if at >= 0 else None

    def cited(self) -> list[Cited]:
        """Return what the other side quoted in its last speech, in an order that does not hang on seats."""
        theirs = [s for s in self.brief.speeches if s.argues is not None and s.argues != self.argues]
        last = max((speech.round for speech in theirs), default=0)
        found = [self._cited(s, q) for s in theirs if s.round == last for q in s.quotes]
        return sorted(found, key=lambda cited: (cited.text, cited.answer))

    def _cited(self, speech: Speech, made: Quote) -> Cited:
        text = speech.text[made.start : made.end]
        known = made.passage_start is not None and made.passage_end is not None
        span = (made.passage_start or 0, made.passage_end or 0) if known else None
        return Cited(text, self.brief.question.answers[speech.argues or 0], span)


def _chosen(brief: Brief, stride: int) -> int:
    """Choose an answer to argue for: the one that is believed least, or else that the passage supports best."""
    question, passage, believed = brief.question, brief.question.passage, brief.believed
    if believed:
        return min(range(len(question.answers)), key=lambda i: (believed[i], question.answers[i]))

    def worth(answer: str) -> tuple[float, float]:
        tied = support(passage.text, question.text, answer, stride) if passage else 0.0
        return tied, lean(question.text, answer)

    scores = [worth(answer) for answer in question.answers]
    return scores.index(max(scores))
