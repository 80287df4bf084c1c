"""What judges are told holds of the very transcript before them."""

from __future__ import annotations

import pytest

from debate.domain import Protocol, Study
from debate.studies.session import Session
from debate.studies.wording import instructions, known, payoff, warnings, who
from tests.builders import ballot, posed

STUDY = Study()


@pytest.mark.parametrize(
    ("game", "said"),
    [
        ("debate", "Each debater was assigned an answer"),
        ("open-debate", "One debater chose an answer freely"),
        ("consultancy", "It was assigned an answer"),
        ("open-consultancy", "It chose an answer freely"),
        ("market-making", "whose aim was to change what another judge believed"),
        ("naive", "Nobody argues: you go by the question alone."),
    ],
)
def test_instructions_say_who_argues(game: str, said: str) -> None:
    """Nobody is told of two debaters where one speaks alone, or nobody."""
    shown = ballot(protocol=Protocol(name=game))
    assert said in instructions(STUDY, shown)
    assert said in known(shown)
    assert ("checked by machine" in instructions(STUDY, shown)) == (game != "naive")


def test_instructions_say_who_reads_the_text() -> None:
    """A judge who reads it is not told that they cannot."""
    asked = posed()
    assert asked.passage is not None
    assert "you read the text yourself" in instructions(STUDY, ballot(question=asked, protocol=Protocol(name="expert")))
    assert "You can read the text, too." in instructions(STUDY, ballot(question=asked))
    assert "has read it, and you cannot" in instructions(STUDY, ballot())


@pytest.mark.parametrize(("view", "said"), [("quotes", "only what is quoted"), ("solo", "one side only")])
def test_instructions_say_what_is_left_out(view: str, said: str) -> None:
    """A judge of a part knows that it is one."""
    assert said in instructions(STUDY, ballot(view=view))
    assert said not in instructions(STUDY, ballot())


def test_speakers_are_called_what_they_are() -> None:
    """A consultant who chose is one, too; who argues for no one answer has no letter."""
    assert who(ballot(protocol=Protocol(name="open-consultancy")), "B") == "Consultant B"
    assert who(ballot(), "A") == "Debater A"
    assert who(ballot(protocol=Protocol(name="market-making")), "adversary") == "Adversary"


def test_one_point_is_one() -> None:
    """At the ends of the gauge a belief pays a single point."""
    assert payoff(STUDY, Session(rounds=2), 1).startswith("if A is right: 1 point  if B")


def test_an_even_belief_is_pointed_at_before_a_reason_is_written() -> None:
    """Where one has to lean, nobody learns it only once they have said why."""
    even, leaning = (Session(rounds=0, percents=((0, p),)) for p in (50, 51))
    study = Study(commit=True)
    assert "not taken at the end" in warnings(study, even)[0]
    assert warnings(study, leaning) == warnings(STUDY, even) == ()
