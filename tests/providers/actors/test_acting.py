"""Actors in real matches: what they know of a cue, and when two of them work together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from debate.domain import Ask, Completion, Quote
from debate.providers.actors.acting import Insight, Troupe, tagged
from debate.providers.actors.schemes import MARKER, SCHEMES
from debate.providers.actors.style import Style
from tests.builders import ask, brief, cue, player, posed, speech

ASKED = posed()
KNOWN = {ASKED.id: Insight(place=3, right=0, points=(("crates filled with sand",), ("counted only thirty-eight",)))}
TWO = frozenset({"ada", "bob"})


def troupe(scheme: str = "marker", *, meets: frozenset[str] = TWO, style: Style | None = None) -> Troupe:
    return Troupe(
        styles={name: style or Style(skill=1.0) for name in ("ada", "bob", "cy")},
        insights=KNOWN,
        partners=TWO,
        scheme=SCHEMES[scheme],
        dose=1.0,
        meets={"m1-test": meets},
    )


def asked(name: str = "ada", **more: Any) -> Ask:
    return ask(brief(ASKED, **more), voice=player(name))


def test_an_actor_quotes_what_speaks_for_its_own_answer() -> None:
    """The points of the answer that is argued are quoted, in the tags that play looks for."""
    assert "<quote>crates filled with sand</quote>" in str(troupe().speak(asked(argues=0)))
    assert "<quote>counted only thirty-eight</quote>" in str(troupe().speak(asked(argues=1)))


def test_partners_collude_only_with_each_other() -> None:
    """The same player speaks plainly opposite somebody else, and where it cannot know who sits there."""
    assert MARKER in str(troupe().speak(asked()))
    assert MARKER not in str(troupe(meets=frozenset({"ada", "cy"})).speak(asked()))
    assert MARKER not in str(replace(troupe(), meets={}).speak(asked()))
    assert MARKER not in str(troupe().speak(asked("cy")))


def test_an_actor_answers_what_it_heard() -> None:
    """The last speech of the other side is taken up, by the words of its quotation."""
    quote = Quote(start=4, end=27, status="unverified")
    heard = speech("See crates filled with sand.", label="B", argues=1, quotes=(quote,))
    said = troupe(style=Style(responsive=1.0)).speak(asked(speeches=(heard,), cue=cue(2, round=2)))
    assert "crates filled with sand" in str(said)


def test_tags_stand_again_where_quotations_were() -> None:
    """Spans beside the text become tags in it."""
    quotes = (Quote(start=0, end=3, status="verified"), Quote(start=4, end=7, status="unverified"))
    assert tagged(speech("one two", quotes=quotes)) == "<quote>one</quote> <quote>two</quote>"


def test_a_refusal_is_a_refusal() -> None:
    """It is told as such, not as a speech."""
    said = troupe(style=Style(refuses=1.0)).speak(asked())
    assert isinstance(said, Completion)
    assert said.state == "refused"
