"""The bluffer never quotes truly, and is never in doubt."""

from __future__ import annotations

from hypothesis import given

from debate import quotes
from debate.domain import Posed, Protocol
from debate.providers.builtin import bluffer
from tests import builders
from tests.providers.builtin.table import match, played, properties, questions


@given(questions())
@properties
def test_no_quotation_of_a_bluffer_verifies(question: Posed) -> None:
    """E6: every one is unverified, not even repaired."""
    debate = played(match(question, "bluffer", "bluffer", protocol=Protocol(name="debate", rounds=2)))
    assert {quote.status for turn in debate.turns for quote in turn.quotes} <= {"unverified"}


def test_it_changes_lines_of_the_passage_in_favour_of_its_answer() -> None:
    """A misquotation is close to a true line, and holds a word of the answer argued for."""
    text, marked = quotes.mark(bluffer.speak(builders.brief(argues=1)), builders.STORY)
    said = [text[quote.start : quote.end] for quote in marked]
    assert len(said) >= 2
    true = builders.STORY.split()
    assert any(sum(word in true for word in line.split()) >= len(line.split()) - 2 for line in said[1:])


def test_it_brushes_the_other_sides_evidence_aside() -> None:
    """An answer to quotations without any evidence."""
    bare, marked = quotes.mark("<quote>At noon the harbour master opened the hold</quote>", builders.STORY)
    heard = builders.speech(bare, label="B", argues=1, index=1, quotes=marked)
    reply = bluffer.speak(builders.brief(argues=0, speeches=(heard,), cue=builders.cue(2, round=2)))
    assert "torn out of its context" in reply


def test_without_a_passage_it_only_asserts() -> None:
    """Nothing is quoted where there is nothing to misquote."""
    reply = bluffer.speak(builders.brief(builders.posed(story=None), argues=0))
    assert "<quote>" not in reply
    assert reply.startswith("Certainly the right answer is: He was hiding two crates of sand.")
