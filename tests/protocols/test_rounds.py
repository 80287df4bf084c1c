"""Who is due when, from recorded turns alone."""

from __future__ import annotations

from debate.domain import Debate, Protocol, Says, Seat
from debate.protocols import due, families
from tests.builders import debate, judge, match, turn


def play_out(start: Debate) -> list[list[tuple[str, int, str]]]:
    beats = []
    while cues := due(start):
        beats.append([(cue.seat, cue.round, cue.kind) for cue in cues])
        for cue in cues:
            start += turn(cue.index, cue.seat, round=cue.round, beat=cue.beat, kind=cue.kind)
    return beats


def game(**rules: object) -> Debate:
    return Debate(match=match(protocol=Protocol.model_validate({"name": "debate", "rounds": 2} | rules)))


def test_simultaneous_seats_speak_in_one_beat() -> None:
    """Both seats of a round are due together."""
    assert play_out(game()) == [
        [("A", 1, "argument"), ("B", 1, "argument")],
        [("A", 2, "argument"), ("B", 2, "argument")],
    ]


def test_sequential_seats_speak_in_turn() -> None:
    """B is due once A has spoken."""
    assert [len(beat) for beat in play_out(game(order="sequential"))] == [1, 1, 1, 1]


def test_mixed_opens_together_and_goes_on_in_turn() -> None:
    """Only the first round is simultaneous."""
    assert [len(beat) for beat in play_out(game(order="mixed"))] == [2, 1, 1]


def test_a_cue_fixes_its_index_whatever_arrives_first() -> None:
    """When B's turn of a beat is stored first, A is still due under its own index."""
    left = due(game() + turn(1, "B"))
    assert [(cue.seat, cue.index) for cue in left] == [("A", 0)]


def test_nothing_is_due_after_a_turn_that_failed() -> None:
    """A debate with a turn that is not ok is set aside."""
    assert due(game() + turn(0, "A", state="refused")) == ()


def seated(**rules: object) -> Debate:
    plain = match(protocol=Protocol.model_validate({"name": "debate", "rounds": 2, "interactive": True} | rules))
    return Debate(match=plain.model_copy(update={"seats": (*plain.seats, Seat(seat="judge", judge=judge()))}))


def test_the_judges_seat_speaks_before_and_after_every_round() -> None:
    """An interactive game begins with a prior and ends with a ruling."""
    kinds = [beat[0][2] for beat in play_out(seated())]
    assert kinds == ["question", "argument", "question", "argument", "ruling"]


def test_arguments_are_about_the_question_before_them() -> None:
    """The cue names the turn that it answers."""
    start = seated() + turn(0, "judge", round=0, beat=1, kind="question")
    assert {cue.about for cue in due(start)} == {0}


def test_the_judges_seat_may_end_early() -> None:
    """Once it has heard enough nobody is due."""
    start = seated() + turn(0, "judge", round=0, beat=1, kind="question", says=Says(end=True))
    assert due(start) == ()


def test_controls_have_no_cues_and_solo_has_one() -> None:
    """Nobody speaks before a naive or an expert judge; a solo player answers once."""
    assert play_out(Debate(match=match(protocol=Protocol(name="naive")))) == []
    assert play_out(Debate(match=match(protocol=Protocol(name="expert")))) == []
    assert play_out(Debate(match=match(protocol=Protocol(name="solo")))) == [[("solo", 1, "answer")]]


def test_consultants_speak_once_a_round() -> None:
    """One seat, one cue a round."""
    assert [len(b) for b in play_out(Debate(match=match(protocol=Protocol(name="consultancy", rounds=3))))] == [1, 1, 1]


def test_every_family_is_found_by_its_name() -> None:
    """A file with a FAMILY is a protocol."""
    assert set(families()) >= {"debate", "consultancy", "naive", "expert", "solo"}
    assert debate().match.protocol.name in families()
