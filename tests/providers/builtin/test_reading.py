"""A passage is cut into pieces without losing a word, and its places are told apart."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.providers.builtin.reading import LONGEST, Reading, support
from debate.providers.builtin.words import clip, content, listed, own, plain, stems, surface
from tests.providers.builtin.table import properties

texts = st.text(alphabet="abc AB.!?\n\"'`(),;:-é船1", max_size=400)


@given(texts)
@properties
def test_pieces_hold_every_word_once(text: str) -> None:
    """Whatever the punctuation."""
    pieces = Reading(text).pieces
    assert [stem for piece in pieces for stem in stems(text[piece.start : piece.end])] == stems(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(pieces))


def test_sentences_end_where_readers_see_it() -> None:
    """Not after titles, initials or in the middle of a number."""
    text = 'Mr. Smith of the U.S. Patrol paid 3.50 in all. "Why?" she asked. He left.\n\nNothing else happened'
    pieces = Reading(text).pieces
    assert [text[p.start : p.end] for p in pieces] == [
        "Mr. Smith of the U.S. Patrol paid 3.50 in all.",
        '"Why?" she asked.',
        "He left.",
        "Nothing else happened",
    ]


def test_long_sentences_are_cut() -> None:
    """A quotation has room for every piece."""
    assert {piece.words for piece in Reading("word " * 100).pieces} == {LONGEST, 20}


def test_a_skimmer_reads_one_piece_in_three() -> None:
    """A third of the text, spread over all of it."""
    text = " ".join(f"Sentence number {n} stands here." for n in range(30))
    assert len(Reading(text, 3).pieces) == 10


def test_words_near_the_questions_words_support_an_answer() -> None:
    """Both answers are made of the passage's words; only one stands where the question points."""
    filler = " ".join(f"Day {n} brought rain and wind over the hills." for n in range(30))
    text = f"The lantern hung in the chapel. {filler} The captain buried the gold under an oak."
    asked = "Where did the captain bury the gold?"
    assert support(text, asked, "Under an oak") > 0 > support(text, asked, "In the chapel with a lantern")
    assert support(text, asked, "In Zanzibar") == 0


@pytest.mark.parametrize("text", ["", "...", "?"])
def test_a_passage_without_words_supports_nothing(text: str) -> None:
    """It is read all the same."""
    assert support(text, "Why?", "Because") == 0


def test_words_are_one_in_all_their_forms() -> None:
    """Stems, without the words that carry no content."""
    assert content("The captains were counting the captain's counts") == ("captain", "count")
    assert own("He counted the sand", "Who counted?") == ("sand",)
    assert surface("Counting crates and counted sand", {"count", "sand"}) == ("Counting", "sand")


def test_texts_are_shown_in_part() -> None:
    """Cut after words, without tags, and around what matters."""
    assert plain("a <quote>b\nc</quote> d", 3) == "a quote b..."
    assert clip("one two three four five", 2, {"four"}) == "three four"
    assert listed(("a", "b", "c", "d")) == "“a”, “b” and “c”"
