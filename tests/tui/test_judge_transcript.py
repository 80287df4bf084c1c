"""Lines and places: every character of a text is on the screen once, in cells that fit, and can be found again."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from debate.domain import Quote
from debate.studies.quoted import quoted
from debate.studies.session import Mark, Session
from debate.tui.transcript import safe, sentences, transcript
from debate.tui.wrapping import lines
from tests.builders import ballot, speech

TEXTS = st.text(st.sampled_from("ab  .\n—漢é\u0301🧪x"), max_size=300)


@given(TEXTS, st.integers(2, 40))
def test_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    """Joined again they are the text but for the blanks at which it was broken, and none is wider than the screen."""
    found = list(lines(text, width))
    assert all(cell_len(text[start:end]) <= max(width, 2) for start, end in found)
    assert "".join("".join(text[s:e] for s, e in found).split()) == "".join(text.split())
    assert [start for start, _ in found] == sorted(start for start, _ in found)
    gaps = [text[end:start] for (_, end), (start, _) in itertools.pairwise(found)]
    assert set(gaps) <= {"", " ", "\n"}


def test_words_stay_whole_where_they_fit() -> None:
    """A line ends at a blank; a word longer than the screen is cut."""
    text = "one two three incomprehensibilities"
    assert [text[s:e] for s, e in lines(text, 9)] == ["one two", "three", "incompreh", "ensibilit", "ies"]


@given(st.lists(st.sampled_from(["a", "b. ", "c\n", "\u202eq", "漢"]), min_size=1, max_size=99), st.integers(0, 300))
def test_a_place_in_a_speech_is_found_in_what_is_shown(parts: list[str], offset: int) -> None:
    """Whatever is hidden before it, what is shown up to a place is the safe form of what was said up to it."""
    text = "".join(parts)
    said = next(block for block in transcript(ballot(speeches=(speech(text),))) if block.pieces)
    at = min(offset, len(text))
    assert said.text[: said.at(at)] == safe(text[:at])


def test_marks_lie_over_the_words_that_were_marked() -> None:
    """Also behind quotes and hidden characters, which take more room on the screen than in the speech."""
    text = "It was \u202esand. He saw it himself. Nobody else did."
    quote = Quote(start=15, end=21, status="verified", passage_start=3, passage_end=9)
    made = speech(text, quotes=(quote,))
    session = Session(rounds=1, marks=(Mark(speech=0, span=(32, 49)),))
    block = next(block for block in transcript(ballot(speeches=(made,)), session) if block.pieces)
    marked = [block.text[s.start : s.end] for s in block.stretches if s.style == "underline"]
    assert marked == [text[32:49]]
    found = [text[one.start : one.end].strip() for one in sentences([block])]
    assert found == ["It was \u202esand.", "He saw it himself.", "Nobody else did."]


def test_quotes_that_overlap_are_read_as_one() -> None:
    """In passage order, with every use; what is not in the passage comes last."""
    first = Quote(start=0, end=10, passage_start=50, passage_end=60, status="verified")
    second = Quote(start=0, end=10, passage_start=55, passage_end=65, status="verified")
    early = Quote(start=12, end=16, passage_start=3, passage_end=7, status="repaired")
    lost = Quote(start=18, end=22, status="unverified")
    text = "abcdefghij klmnop qrstuv"
    other = "fghijKLMNO klmnop qrstuv"
    shown = ballot(
        speeches=(
            speech(text, quotes=(first, early, lost)),
            speech(other, label="B", index=1, quotes=(second,)),
        )
    )
    found = [(one.text, one.start, one.end, one.status, [use.label for use in one.used]) for one in quoted(shown)]
    assert found == [
        (text[12:16], 3, 7, "repaired", ["A"]),
        ("abcdefghijKLMNO", 50, 65, "verified", ["A", "B"]),
        (text[18:22], None, None, "unverified", ["A"]),
    ]
