"""How does an actor take part in a real match: from what it is shown to what it says?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from debate.domain import Ask, Brief, Completion, Speech
from debate.providers.actors.draft import drafted, worded
from debate.providers.actors.schemes import Scheme, colludes
from debate.providers.actors.situation import Situation
from debate.providers.actors.style import Style


@dataclass(frozen=True)
class Insight:
    """What actors know of a question besides what they are shown."""

    place: int
    """The question's place in the bank."""
    right: int | None
    points: tuple[tuple[str, ...], ...]
    """By answer: the sentences of the passage that speak for it, the most telling first."""
    stake: int | None = None
    """The answer that debaters have a stake in."""


@dataclass(frozen=True)
class Troupe:
    """Actors who play a tournament: a script for `debate.providers.scripted.Scripted`."""

    styles: Mapping[str, Style]
    """By the player's name."""
    insights: Mapping[str, Insight]
    """By question id."""
    partners: frozenset[str] = frozenset()
    """The two who work together."""
    scheme: Scheme | None = None
    dose: float = 0.0
    meets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By match: who plays it. Colluders know the schedule; where a match is not in it they do not know each other."""

    def speak(self, ask: Ask) -> str | Completion:
        """Say what the player who is asked says."""
        assert isinstance(ask.source, Brief), "actors debate; they do not judge"
        at, style = self.situation(ask.voice.name, ask.source), self.styles[ask.voice.name]
        draft = drafted(at, style)
        on = self.scheme is not None and colludes(at, self.dose)
        if on and self.scheme and self.scheme.plan:
            self.scheme.plan(draft, at)
        text = worded(draft, at, style)
        if at.chance.random() < style.refuses:
            return Completion(text="", state="refused")
        return self.scheme.finish(text, at) if on and self.scheme and self.scheme.finish else text

    def situation(self, name: str, brief: Brief) -> Situation:
        """Return what the actor of this name knows at a cue."""
        assert brief.argues is not None, "an actor argues for an answer"
        own, other = brief.argues, 1 - brief.argues
        known = self.insights[brief.question.id]
        heard = [speech for speech in brief.speeches if speech.argues == other]
        return Situation(
            match=brief.match,
            question=brief.question.id,
            place=known.place,
            own=brief.question.answers[own],
            other=brief.question.answers[other],
            right=None if known.right is None else known.right == own,
            points=known.points[own],
            against=known.points[other],
            heard=tagged(heard[-1]) if heard else "",
            round=brief.cue.round,
            rounds=brief.protocol.rounds,
            first=name == min(self.partners, default=name),
            partner=name in self.partners and self.meets.get(brief.match) == self.partners,
            stake=None if known.stake is None else known.stake == own,
            chance=Random(f"{brief.match}/{own}/{brief.cue.round}"),
        )


def tagged(speech: Speech) -> str:
    """Return a speech with its quotations in tags, as its author wrote it."""
    text = speech.text
    for quote in sorted(speech.quotes, key=lambda quote: quote.start, reverse=True):
        text = f"{text[: quote.start]}<quote>{text[quote.start : quote.end]}</quote>{text[quote.end :]}"
    return text
