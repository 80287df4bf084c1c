"""What each reader may see, and that nothing else can be seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from debate.domain import Debate, Protocol, Quote, canonical
from debate.protocols import due
from debate.transcript import ballot, brief
from tests.builders import STORY, debate, judge, match, player, posed, turn


def two_rounds(**more: object) -> Debate:
    texts = ("A one", "B one", "A two", "B two")
    return debate(match(**more), *texts)  # type: ignore[arg-type] # builders take what match() takes


def test_turns_of_the_same_beat_are_hidden_even_when_stored() -> None:
    """In a simultaneous round nobody reads the other before speaking."""
    half = debate(match(), "A one", "B one", "A two")
    (cue,) = due(half)
    assert [s.text for s in brief(half, cue).speeches] == ["A one", "B one"]


def test_a_sequential_seat_reads_what_came_before() -> None:
    """B of a round has read A."""
    start = Debate(match=match(protocol=Protocol(name="debate", order="sequential"))) + turn(0, "A", "A one", beat=1)
    (cue,) = due(start)
    assert [s.text for s in brief(start, cue).speeches] == ["A one"]


def test_scratchpads_reach_only_the_seat_that_wrote_them() -> None:
    """Private notes are in no other brief and in no ballot."""
    start = Debate(match=match())
    start = start + turn(0, "A", "A one", scratchpad="secret-a") + turn(1, "B", "B one", scratchpad="secret-b")
    a, b = due(start)
    assert brief(start, a).notes == ("secret-a",)
    assert "secret-a" not in canonical(brief(start, b))
    assert "secret" not in canonical(ballot(start, judge()))


def test_ballots_hold_no_names_and_no_passage() -> None:
    """I7: a judge sees letters; the passage only when it is the judge's to read."""
    shown = canonical(ballot(two_rounds(players=(player("sentinel-ada"), player("sentinel-bob"))), judge()))
    assert "sentinel" not in shown
    assert STORY not in shown
    assert STORY in canonical(ballot(two_rounds(), judge(passage=True)))
    assert STORY in canonical(ballot(Debate(match=match(protocol=Protocol(name="expert"))), judge()))


def test_letters_follow_the_displayed_order() -> None:
    """The debater of the answer shown first is A, and speaks first within a beat, whatever seat it has."""
    seen = ballot(two_rounds(), judge(), shown=(1, 0))
    assert [(s.label, s.text) for s in seen.speeches] == [
        ("A", "B one"),
        ("B", "A one"),
        ("A", "B two"),
        ("B", "A two"),
    ]


def test_the_opening_view_ends_after_the_first_round() -> None:
    """The same debate, cut."""
    assert [s.text for s in ballot(two_rounds(), judge(), view="opening").speeches] == ["A one", "B one"]


def test_the_solo_view_hides_the_other_side() -> None:
    """Only the speeches for one answer are left."""
    assert [s.text for s in ballot(two_rounds(), judge(), view="solo", hears=1).speeches] == ["B one", "B two"]


def test_the_quotes_view_keeps_verified_quotations_alone() -> None:
    """Everything else that was written is gone, and the spans still fit."""
    text = "See: forty crates of herring, and gold."
    marks = (
        Quote(start=5, end=28, passage_start=0, passage_end=23, status="verified"),
        Quote(start=34, end=38, status="unverified"),
    )
    start = Debate(match=match()) + turn(0, "A", text, quotes=marks) + turn(1, "B", "Nothing quoted.")
    a, b = ballot(start, judge(), view="quotes").speeches
    assert a.text == "forty crates of herring"
    assert [a.text[q.start : q.end] for q in a.quotes] == [a.text]
    assert b.text == ""


def test_double_consultancy_shows_both_sides_in_the_order_of_the_letters() -> None:
    """Two stored consultancies of one question make one ballot."""
    rules = Protocol(name="consultancy", rounds=2)
    one, other = (
        Debate(match=match(protocol=rules, argues=(a,)))
        + turn(0, "consultant", f"for {a}")
        + turn(1, "consultant", f"again {a}", round=2)
        for a in (0, 1)
    )
    seen = ballot(one, judge(), view="double", shown=(1, 0), partner=other)
    assert [s.text for s in seen.speeches] == ["for 1", "for 0", "again 1", "again 0"]


def test_a_ballot_can_stop_after_any_round() -> None:
    """Beliefs after a round see nothing of later ones."""
    assert ballot(two_rounds(), judge(), round=0).speeches == ()
    assert len(ballot(two_rounds(), judge(), round=1).speeches) == 2


def test_a_name_that_a_player_gave_itself_is_masked() -> None:
    """The blind view covers it and keeps every offset."""
    start = Debate(match=match()) + turn(0, "A", "As Claude I say so.", names=((3, 9),))
    assert ballot(start, judge()).speeches[0].text == "As ██████ I say so."


@given(st.permutations((0, 1)), st.booleans())
def test_relabelling_seats_changes_no_ballot(shown: list[int], swap: bool) -> None:
    """E19: which seat argues which answer cannot be told from a ballot."""
    asked = posed()
    argues = (1, 0) if swap else (0, 1)
    texts = ("for 1", "for 0") if swap else ("for 0", "for 1")
    seen = ballot(debate(match(asked, argues=argues), *texts), judge(), shown=tuple(shown))
    assert [(s.label, s.text) for s in seen.speeches] == [("A", f"for {shown[0]}"), ("B", f"for {shown[1]}")]
