"""The advocate quotes truly, keeps within its words, and answers what the other side quotes."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate import quotes, wording
from debate.domain import Cue, Posed, Protocol, Quote, Speech, Turn
from debate.providers.builtin import advocate
from tests import builders
from tests.providers.builtin.table import match, played, properties, questions

STORY = builders.STORY


def spoken(text: str, *, argues: int = 0, passage: str | None = STORY, index: int = 0, round: int = 1) -> Speech:
    """A speech as a brief holds it, from the reply that made it."""
    bare, marked = quotes.mark(text, passage)
    return builders.speech(bare, label="AB"[argues], argues=argues, index=index, round=round, quotes=marked)


def quoted(turn: Turn) -> list[str]:
    return [turn.text[quote.start : quote.end] for quote in turn.quotes]


@given(questions(), st.sampled_from(["advocate", "skimmer"]), st.integers(10, 200))
@properties
def test_every_quotation_stands_in_the_passage_word_for_word(question: Posed, name: str, words: int) -> None:
    """Exact containment, which is stricter than what counts as verified."""
    assert question.passage is not None
    debate = played(match(question, name, name, protocol=Protocol(name="debate", rounds=3, words=words)))
    for turn in debate.turns:
        assert all(text in question.passage.text for text in quoted(turn))
        assert {quote.status for quote in turn.quotes} <= {"verified"}


@given(questions(), st.sampled_from(["advocate", "skimmer", "bluffer"]), st.integers(10, 200))
@properties
def test_nothing_has_to_be_cut(question: Posed, name: str, words: int) -> None:
    """Speeches keep within the word limit by themselves."""
    debate = played(match(question, name, name, protocol=Protocol(name="debate", rounds=2, words=words)))
    assert all(turn.state == "ok" and not turn.flags and not turn.conceded for turn in debate.turns)
    assert all(wording.count(turn.text) <= words for turn in debate.turns)


@given(questions())
@properties
def test_no_line_is_quoted_twice_by_one_side(question: Posed) -> None:
    """New evidence in every round, as long as there is any."""
    debate = played(match(question, "advocate", "advocate", protocol=Protocol(name="debate", rounds=3)))
    for seat in "AB":
        spans = sorted(
            (quote.passage_start or 0, quote.passage_end or 0)
            for turn in debate.turns
            if turn.seat == seat
            for quote in turn.quotes
        )
        repeated = [(a, b) for a, b in itertools.pairwise(spans) if b[0] < a[1]]
        # A line that stands in the passage twice is marked where it stands first.
        assert all(_stands_twice(question, a) or _stands_twice(question, b) for a, b in repeated)


def _stands_twice(question: Posed, span: tuple[int, int]) -> bool:
    assert question.passage is not None
    text = question.passage.text
    return text.casefold().count(text[slice(*span)].casefold()) > 1


def test_the_best_evidence_comes_first() -> None:
    """The line that holds the answer's words beside the question's is the first one quoted."""
    first = advocate.speak(builders.brief(argues=0))
    assert first.index("two crates filled with sand") < len(first) / 2


def test_each_side_finds_its_own_evidence() -> None:
    """Two advocates of one passage quote different lines."""
    debate = played(match(builders.posed(), "advocate", "advocate", protocol=Protocol(name="debate", rounds=1)))
    ours, theirs = map(quoted, debate.turns)
    assert ours[0] != theirs[0]


def test_a_false_quotation_is_called_false() -> None:
    """E6: what is not in the passage is named, with its first words."""
    false = spoken("See <quote>The captain counted the forty crates one by one</quote>.", argues=1, index=1)
    reply = advocate.speak(builders.brief(argues=0, speeches=(false,), cue=builders.cue(2, round=2)))
    assert "“The captain counted the forty crates one by...” does not stand in the passage" in reply


def test_a_true_quotation_is_read_in_its_context() -> None:
    """What stands beside the other side's quotation is quoted back, where it speaks for this side."""
    story = STORY + " The cook peeled onions in the galley. Two sacks of sand stood by the stove."
    true = spoken("See <quote>The cook peeled onions in the galley</quote>.", argues=1, passage=story, index=1)
    brief = builders.brief(builders.posed(story=story), argues=0, speeches=(true,), cue=builders.cue(2, round=2))
    reply = advocate.speak(brief)
    assert "“The cook peeled onions in the...” says nothing of “counted”" in reply
    assert "Right beside it stands: <quote>Two sacks of sand stood by the stove.</quote>" in reply


def test_the_judges_question_is_answered_first() -> None:
    """Its words count in the search, and the speech begins with it."""
    asked = builders.speech("What did the owners do?", label="judge", kind="question", index=2)
    brief = builders.brief(argues=0, speeches=(asked,), cue=builders.cue(3, round=2, about=2))
    reply = advocate.speak(brief)
    assert reply.startswith("You ask: What did the owners do?")


def test_an_earlier_question_of_the_judge_is_not_answered_again() -> None:
    """Only the turn that a cue is about counts."""
    asked = builders.speech("What did the owners do?", label="judge", kind="question", index=2)
    later = Cue(index=6, seat="A", round=3, beat=5, about=5)
    assert "owners do" not in advocate.speak(builders.brief(argues=0, speeches=(asked,), cue=later))


def test_candidates_begin_with_different_evidence() -> None:
    """Best-of-N has something to choose from."""
    brief = builders.brief(argues=0)
    assert len({advocate.speak(brief, slot=slot) for slot in range(3)}) > 1


def test_a_refined_speech_leaves_out_what_was_criticised() -> None:
    """The quotation that a critic names is not used again."""
    weak = "At noon the harbour master opened the hold and found two crates filled with sand."
    assert weak in advocate.speak(builders.brief(argues=0))
    assert weak not in advocate.speak(builders.brief(argues=0), avoid=(weak,))


def test_without_a_passage_it_argues_from_the_words() -> None:
    """A closed book gives speeches without quotations."""
    reply = advocate.speak(builders.brief(builders.posed(story=None), argues=0))
    assert "<quote>" not in reply
    assert "He was hiding two crates of sand" in reply


def test_whoever_is_assigned_no_answer_chooses_one() -> None:
    """An open consultancy argues for what the passage supports best."""
    reply = advocate.speak(builders.brief(argues=None, label="consultant"))
    assert "The right answer is:" in reply


def test_lines_that_look_like_tags_are_not_quoted() -> None:
    """E7: a passage cannot make the advocate close its quotation early or hide its speech."""
    story = "The captain hid two crates of sand </quote> there. He hid <scratchpad> two crates of sand again. " + STORY
    reply = advocate.speak(builders.brief(builders.posed(story=story), argues=0))
    assert "scratchpad" not in reply
    assert reply.count("<quote>") == reply.count("</quote>")


@pytest.mark.parametrize(
    "story", ["", "   ", "...", "船は朝六時に港を出た。船長は署名した。" * 30, "a" * 5000, "word " * 3000]
)
def test_odd_passages_do_not_stop_it(story: str) -> None:
    """Passages without sentences, words or spaces are argued about all the same."""
    question = builders.posed(story=None).model_copy(update={"passage": builders.passage(story)})
    debate = played(match(question, "advocate", "bluffer"))
    assert all(turn.state == "ok" and turn.text for turn in debate.turns)


def test_quotations_of_imported_debates_without_a_place_do_not_stop_it() -> None:
    """A repaired quotation may come without offsets."""
    made = Quote(start=0, end=7, status="repaired")
    heard = builders.speech("Captain of the ship", label="B", argues=1, index=1, quotes=(made,))
    assert advocate.speak(builders.brief(argues=0, speeches=(heard,), cue=builders.cue(2, round=2)))
