"""Replies that an earlier tournament has paid for, spoken again where the same is asked of the same player."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from debate.domain import Ask, Brief, Completion, Request, digest
from debate.errors import Permanent, UsageError

Lookup: TypeAlias = Callable[[Ask], Completion | None]
"""Finds what was once replied to an ask, or None; the caller knows where replies are stored."""


class Replay:
    """A provider that repeats an earlier tournament: `replay/NAME`."""

    paid = False

    def __init__(self, name: str, lookup: Lookup) -> None:
        self.account = f"replay/{name}"
        self._name = name
        self._lookup = lookup

    async def complete(self, request: Request) -> Completion:
        """Return the stored reply, at no cost and marked as replayed."""
        ask = request.ask
        if ask is None:
            raise UsageError("a replay answers asks, not bare requests")
        found = self._lookup(ask)
        if found is None:
            raise Permanent(f'tournament "{self._name}" holds no reply of {place(ask)}')
        free = found.usage.model_copy(update={"cost_usd": 0.0, "cost_max_usd": 0.0, "calls": 0})
        return found.model_copy(update={"usage": free, "replayed": True})

    async def aclose(self) -> None:
        """Do nothing: no connection is held."""


def place(ask: Ask) -> str:
    """Name what a reply is found by: who, on which question, for which answer, at which cue, to what end.

    The same text for two asks means that one's reply may stand for the other's. Opponents are not part of it, and
    neither are ids of matches, which hold the models' names; but a ruling holds for the speeches that it was made on.
    """
    source = ask.source
    parts: tuple[object, ...] = (ask.voice.name, source.question.id, source.protocol.name)
    if isinstance(source, Brief):
        parts += (f"arguing {source.argues}", f"turn {source.cue.index}", source.cue.kind)
    else:
        heard = digest("s1", [[speech.argues, speech.round, speech.text] for speech in source.speeches])
        parts += (f"view {source.view}", f"shown {source.shown}", f"round {source.round}", f"speeches {heard}")
    return ", ".join(map(str, (*parts, ask.purpose, f"slot {ask.slot}")))
