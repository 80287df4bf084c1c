"""Matches between built-ins, played and judged in the test's own process, and stories made of few words."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st

from debate import speech, verdicts
from debate.domain import Ask, Beliefs, Call, Completion, Cue, Debate, Judge, Match, Player, Posed, Protocol, Turn, View
from debate.protocols import due
from debate.providers.builtin.provider import reply
from debate.speech import in_bank_order
from debate.transcript import ballot, brief
from tests import builders

properties = settings(deadline=None, max_examples=20, derandomize=True)


def builtin(name: str, **more: object) -> Player:
    return builders.player(f"the {name}", f"builtin/{name}", **more)


def ruler(name: str, **more: object) -> Judge:
    return builders.judge(f"the {name}", f"builtin/{name}", **more)


def match(asked: Posed, *names: str, protocol: Protocol | None = None, argues: tuple[int, ...] = (0, 1)) -> Match:
    rules = protocol or Protocol(name="debate", rounds=2)
    return builders.match(asked, protocol=rules, players=tuple(map(builtin, names)), argues=argues)


def played(match: Match, answer: Callable[[Ask], str] = reply) -> Debate:
    """Play a match to its end."""
    debate = Debate(match=match)
    while cues := due(debate):
        for cue in cues:
            debate += taken(debate, cue, answer)
    return debate


def taken(debate: Debate, cue: Cue, answer: Callable[[Ask], str] = reply) -> Turn:
    """Take one cue."""
    seat = debate.match.seat(cue.seat)
    voice = seat.player or seat.judge
    assert voice is not None
    calls: list[Call] = []
    while not isinstance(step := speech.asks(voice, brief(debate, cue), calls), Turn):
        for ask in step:
            calls.append(Call(purpose=ask.purpose, slot=ask.slot, completion=Completion(text=answer(ask))))
    return step


def ruled(debate: Debate, judge: Judge, *, shown: tuple[int, ...] | None = None, view: View = "full") -> Beliefs:
    """Have a debate judged; beliefs come in the bank's order."""
    cut = ballot(debate, judge, view=view, shown=shown)
    said = reply(builders.ask(cut, purpose="judge", voice=judge))
    read = verdicts.ruling(said, [chr(ord("A") + i) for i in range(len(cut.shown))])
    assert read.p is not None, read.problem
    return in_bank_order(read.p, cut.shown)


STORY_WORDS = """
captain mate hold crate sand herring signed counted night owner paid ferry never 38 forty loaded
"""
WORDS = STORY_WORDS.split()

sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=14).map(lambda ws: " ".join(ws).capitalize() + ".")
stories = st.lists(sentences, min_size=1, max_size=25).map(" ".join)
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(lambda ws: " ".join(ws).capitalize())


@st.composite
def questions(draw: st.DrawFn, *, answers: int = 2, story: bool = True) -> Posed:
    offered = draw(st.lists(phrases, min_size=answers, max_size=answers, unique=True))
    return builders.posed(draw(phrases) + "?", tuple(offered), story=draw(stories) if story else None)
