"""What quotes come to, against sets of characters written down one by one."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from debate.stats.estimate import known
from debate.stats.evidence import Quoting, Shown, cited, evidence, grown, length, overlap, shown, united

TEXT = "Brandt signed at noon, and the mate saw sand in two of the crates."
SPAN = st.tuples(st.integers(0, 60), st.integers(1, 6)).map(lambda at: (at[0], at[0] + at[1]))
SPANS = st.lists(SPAN, max_size=4)


def count(*speeches: tuple[int, list[tuple[int, int]]], text: str = TEXT) -> Shown:
    """One debate of speeches: the round, and what was quoted of the passage."""
    said = [Quoting(0, number, spans, len(spans), len(spans)) for number, spans in speeches]
    return shown(said, np.array([len(text)]), np.array([1]), lambda _: text)


def characters(spans: list[tuple[int, int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


@given(SPANS, SPANS)
def test_spans_are_sets_of_characters(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    """Union, length and overlap are those of the sets."""
    a, b = united(one), united(other)
    assert characters(a) == characters(one)
    assert length(a) == len(characters(one))
    assert overlap(a, b) == len(characters(one) & characters(other))


@given(st.lists(st.tuples(st.integers(1, 3), SPANS), min_size=1, max_size=6))
def test_new_characters_are_those_that_no_earlier_round_quoted(said: list[tuple[int, list[tuple[int, int]]]]) -> None:
    """Where a passage has no blanks, new and revealed characters are differences of sets."""
    said = sorted(said, key=lambda speech: speech[0])
    found = count(*said, text="x" * 70)
    earlier: set[int] = set()
    new = 0
    for _, of_round in groupby(said, key=lambda speech: speech[0]):
        quoted = [characters(spans) for _, spans in of_round]
        new += sum(len(mine - earlier) for mine in quoted)
        earlier = earlier.union(*quoted)
    assert (found.new[0], found.revealed[0]) == (new, len(earlier))
    assert found.quoted[0] == sum(end - start for _, spans in said for start, end in spans)


def test_the_blank_beside_what_was_quoted_before_is_not_new() -> None:
    """Of "signed at noon, and the", with "at noon" quoted before, `signed` and `, and the` are new."""
    whole, part = (7, 30), (14, 21)
    assert TEXT[slice(*whole)] == "signed at noon, and the"
    found = count((1, [part]), (2, [whole]))
    assert found.new[0] == len("at noon") + len("signed") + len(", and the")
    assert found.quoted[0] == len("at noon") + len("signed at noon, and the")


def test_both_speeches_of_a_round_bring_the_same_characters() -> None:
    """What a partner quotes at the same time is no earlier round's."""
    assert count((1, [(0, 6)]), (1, [(0, 6)])).new[0] == 12
    assert count((1, [(0, 6)]), (2, [(0, 6)])).new[0] == 6


def test_spans_grow_over_blanks_alone() -> None:
    """Neither over letters nor past the ends of the text."""
    assert grown([(0, 6)], TEXT) == [(0, 7)]
    assert grown([(14, 21)], TEXT) == [(13, 21)]
    assert grown([(0, len(TEXT))], TEXT) == [(0, len(TEXT))]
    assert grown([(0, 6), (7, 13)], TEXT) == [(0, 14)]


def test_nothing_played_is_not_estimable() -> None:
    """No debates are no numbers: neither 0 nor NaN."""
    nothing = np.zeros(0, np.int32)
    found = evidence(nothing, nothing, count((1, [])).of(nothing), nothing, nothing)
    assert (found.rounds.value, found.new_per_round, found.n_debates) == (None, None, 0)
    assert found.rounds.why


def test_debates_without_quotes_or_passages() -> None:
    """Their rounds count; shares of nothing are not estimable."""
    rows = np.array([0])
    found = evidence(rows, np.array([2]), count((1, []), text=""), rows, rows)
    assert (found.new_per_round, found.quoted_per_round) == (0.0, 0.0)
    assert (found.verified.value, found.revealed.value) == (None, None)
    assert (found.verified.why, found.revealed.why) == ("nothing was quoted", "no passage is stored")


@given(SPANS, st.lists(st.tuples(st.integers(0, 1), SPANS), max_size=5))
def test_decisive_evidence_is_counted_by_its_characters(
    marked: list[tuple[int, int]], said: list[tuple[int, list[tuple[int, int]]]]
) -> None:
    """By side and together, what is cited is the overlap of two sets, however often it is quoted."""
    speeches = [Quoting(0, 1, spans, len(spans), len(spans), seat) for seat, spans in said]
    found = shown(speeches, np.array([len(TEXT)]), np.array([1]), lambda _: TEXT, {0: marked})
    wanted = characters(marked)
    by_seat = [characters([span for seat, spans in said if seat == place for span in spans]) for place in (0, 1)]
    assert found.decisive[0] == len(wanted)
    assert found.cited_by[0].tolist() == [len(wanted & own) for own in by_seat]
    assert found.cited[0] == len(wanted & (by_seat[0] | by_seat[1]))


def test_a_side_is_measured_on_the_debates_that_have_evidence() -> None:
    """Right half cited, wrong a quarter, and a debate without marks left out; a mean over questions."""
    marks = {0: [(0, 20)], 1: [(10, 30)]}
    said = [Quoting(0, 1, [(0, 10)], 1, 1, 0), Quoting(0, 1, [(18, 23)], 1, 1, 1), Quoting(1, 1, [(25, 40)], 1, 1, 1)]
    three = np.arange(3, dtype=np.int32)
    found = shown(said, np.full(3, 60), np.ones(3, np.int32), lambda _: TEXT, marks)
    debates, seats = np.array([0, 1, 2], np.int32), np.array([0, 1, 0], np.int32)
    own = cited(debates, seats, np.array([True, False, True]), found, three, three)
    assert [m.value for m in (own.cited, own.right_side, own.wrong_side)] == [(0.5 + 0.25) / 2, 0.5, 0.25]
    assert known(own.cited)
    assert own.cited.n_questions == 2
    whole = evidence(three, np.ones(3, np.int32), found, three, three)
    assert whole.decisive.value == (12 / 20 + 5 / 20) / 2


def test_questions_without_marks_say_so() -> None:
    """No annotation is no share of it."""
    found = count((1, [(0, 5)]))
    nought = np.zeros(1, np.int32)
    own = cited(nought, nought, np.array([True]), found, nought, nought)
    assert own.cited.value is None
    assert own.cited.why == "no evidence is annotated in these questions"
