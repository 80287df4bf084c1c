"""Which calls would a match and its rulings take, and how long would they be? It is played with stand-in replies.

The engine's own rules decide which calls there are, and its own templates how long they are, so that a protocol or a
template that is added later is counted rightly too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from debate import docket, speech
from debate.docket import Hearing
from debate.domain import Ask, Ballot, Brief, Call, Completion, Debate, Judgment, Match, Request, Tournament, Turn
from debate.play import voice
from debate.prompts import Renderer
from debate.protocols import BELIEF, Form, due, form
from debate.transcript import brief

NOTES = 120  # words of a private scratchpad, where nothing else is known
QUOTED = 0.4  # the share of a speech that quotes the passage
REASON = 60  # words of a judge's reason
QUESTION = 25  # words of a question from the judge's seat
CRITIQUE = 120  # words


@dataclass(frozen=True)
class Rehearsed:
    """One call that would be made, and a reply as long as it would be."""

    request: Request
    reply: str


def played(match: Match, renderer: Renderer) -> tuple[Debate, tuple[Rehearsed, ...]]:
    """Return the debate that stand-ins would have, and the calls that it takes."""
    debate, made = Debate(match=match), []
    while cues := due(debate):
        spoken: list[Turn] = []
        for cue in cues:
            sitting, seen = voice(match, cue), brief(debate, cue)
            calls: list[Call] = []
            while not isinstance(step := speech.asks(sitting, seen, calls), Turn):
                made += _answered(step, calls, renderer)
            spoken.append(step)
        for turn in spoken:
            debate += turn
    return debate, tuple(made)


def ruled(
    tournament: Tournament, debate: Debate, renderer: Renderer
) -> Iterator[tuple[Hearing, tuple[Rehearsed, ...]]]:
    """Yield each ruling that is wanted of a debate, with the calls that it takes."""
    for hearing in docket.hearings(tournament, debate, ""):
        partner = debate if hearing.view == "double" else None
        if partner and not _first(debate):
            continue
        calls: list[Call] = []
        made: list[Rehearsed] = []
        while not isinstance(step := docket.asks(hearing, debate, calls, partner=partner), Judgment):
            made += _answered(step, calls, renderer)
        yield hearing, tuple(made)


def _first(debate: Debate) -> bool:
    """Tell whether another consultancy argues a later answer: the two are ruled on together, once."""
    argues = next(seat.argues for seat in debate.match.seats if seat.argues is not None)
    return argues + 1 < len(debate.match.question.answers)


def _answered(asks: Sequence[Ask], calls: list[Call], renderer: Renderer) -> list[Rehearsed]:
    """Answer asks with stand-ins, which join `calls`."""
    made = [Rehearsed(renderer.request(ask), stand_in(ask)) for ask in asks]
    for ask, one in zip(asks, made, strict=True):
        calls.append(Call(purpose=ask.purpose, slot=ask.slot, completion=Completion(text=one.reply)))
    return made


def stand_in(ask: Ask) -> str:
    """Return a reply in the right form, and about as long as a model's would be."""
    if ask.purpose == "preference":
        return json.dumps({"best": 1})
    if ask.purpose == "critique":
        return _words(CRITIQUE)
    if isinstance(ask.source, Ballot):
        return _ruling(ask)
    if ask.source.cue.kind == BELIEF:
        return _belief(ask)
    replies: dict[Form, Callable[[Ask], str]] = {
        "speech": _speech,
        "beliefs": _ruling,
        "choice": _choice,
        "act": _question,
    }
    return replies[form(ask.source)](ask)


def _ruling(ask: Ask) -> str:
    return json.dumps({"reason": _words(REASON), "probabilities": _shares(ask)})


def _question(ask: Ask) -> str:
    return json.dumps({"question": _words(QUESTION), "end": False, "probabilities": _shares(ask)})


def _choice(ask: Ask) -> str:
    return json.dumps({"reason": _words(REASON), "answer": "A"})


def _belief(ask: Ask) -> str:
    """Believe one answer and another by turns, so that nothing settles and every round is played."""
    place = ask.source.cue.round % 2 if isinstance(ask.source, Brief) else 0
    held = {chr(ord("A") + i): float(i == place) for i in range(len(ask.source.shown))}
    return json.dumps({"reason": _words(REASON), "probabilities": held})


def _shares(ask: Ask) -> dict[str, float]:
    letters = [chr(ord("A") + i) for i in range(len(ask.source.shown))]
    return {letter: 0.6 if letter == "A" else 0.4 / (len(letters) - 1) for letter in letters}


def _speech(ask: Ask) -> str:
    limit = ask.source.protocol.words
    passage = ask.source.question.passage
    quoted = passage.text.split()[: round(QUOTED * limit)] if passage else []
    notes = f"<scratchpad>{_words(NOTES)}</scratchpad>" if getattr(ask.voice, "scratchpad", False) else ""
    quote = f"<quote>{' '.join(quoted)}</quote> " if quoted else ""
    return f"{notes}{quote}{_words(limit - len(quoted))}"


def _words(number: int) -> str:
    """Return so many words of the usual length."""
    return " ".join(["words"] * number)
