"""The protocols that can be played, found by name; a file here with a `FAMILY` is one more of them."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from debate.domain import Brief, Cue, Debate, Match, Protocol
from debate.protocols.family import Family
from debate.protocols.kinds import ANSWER, BELIEF, CHOICE, SILENT, Form
from debate.protocols.rounds import JUDGE


@cache
def families() -> dict[str, Family]:
    """Return every family of games by its name."""
    modules = (importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    found = (getattr(module, "FAMILY", None) for module in modules)
    return {family.name: family for family in found if isinstance(family, Family)}


def family(protocol: Protocol) -> Family:
    """Return the family of a protocol; one that is not played here (an imported one) has no cues."""
    return families().get(protocol.name) or Family(name=protocol.name, due=lambda _debate: ())


def settled(protocol: Protocol) -> Protocol:
    """Return the rules once it is settled who argues what: those that speakers go by."""
    becomes = family(protocol).becomes
    return protocol.model_copy(update={"name": becomes, "label": "", "options": {}}) if becomes else protocol


def rules_told(protocol: Protocol) -> Protocol:
    """Return the rules as judges are told them: that an answer was chosen is not among them, unless they say so."""
    return protocol if protocol.options.get("told") else settled(protocol)


def planned(match: Match) -> Match:
    """Return a match as the plan has it: without the answers that were chosen in the game."""
    if not family(match.protocol).becomes:
        return match
    return match.model_copy(update={"seats": tuple(s.model_copy(update={"argues": None}) for s in match.seats)})


def due(debate: Debate) -> tuple[Cue, ...]:
    """Return the cues that may be taken now; none once a turn has failed, since such a debate is set aside."""
    return () if debate.broken else family(debate.match.protocol).due(debate)


def form(brief: Brief) -> Form:
    """Return in which form the reply to a cue is read; whatever else the kind of a cue is called, it is a speech."""
    kind = brief.cue.kind
    if kind == CHOICE:
        return "choice"
    if kind == BELIEF or (kind == ANSWER and not family(brief.protocol).argued):
        return "beliefs"
    return "act" if brief.cue.seat == JUDGE else "speech"


def check(protocol: Protocol) -> tuple[str, ...]:
    """Say what is wrong with a protocol's name and parameters."""
    known = families().get(protocol.name)
    if known is None:
        return (f'unknown protocol "{protocol.name}"',)
    unasked = protocol.interactive and not known.asked
    mute = (f'protocol "{protocol.title}" has no rounds between which a judge asks; leave out interactive',)
    aimless = protocol.order != "simultaneous" and not known.ordered
    alone = (f'protocol "{protocol.title}" has no order in which several speak; leave out order',)
    return (*known.check(protocol), *(mute if unasked else ()), *(alone if aimless else ()))


__all__ = [
    "BELIEF",
    "CHOICE",
    "SILENT",
    "Family",
    "Form",
    "check",
    "due",
    "families",
    "family",
    "form",
    "planned",
    "rules_told",
    "settled",
]
