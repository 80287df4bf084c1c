"""The protocols that can be played, found by name; a file here with a `FAMILY` is one more of them."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from debate.domain import Cue, Debate, Protocol
from debate.protocols.family import Family


@cache
def families() -> dict[str, Family]:
    """Return every family of games by its name."""
    modules = (importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    found = (getattr(module, "FAMILY", None) for module in modules)
    return {family.name: family for family in found if isinstance(family, Family)}


def family(protocol: Protocol) -> Family:
    """Return the family of a protocol; one that is not played here (an imported one) has no cues."""
    return families().get(protocol.name) or Family(name=protocol.name, due=lambda _debate: ())


def due(debate: Debate) -> tuple[Cue, ...]:
    """Return the cues that may be taken now; none once a turn has failed, since such a debate is set aside."""
    return () if debate.broken else family(debate.match.protocol).due(debate)


def check(protocol: Protocol) -> tuple[str, ...]:
    """Say what is wrong with a protocol's name and parameters."""
    known = families().get(protocol.name)
    return known.check(protocol) if known else (f'unknown protocol "{protocol.name}"',)


__all__ = ["Family", "check", "due", "families", "family"]
