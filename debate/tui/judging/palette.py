"""What can be done here, to be found by words and done: the palette behind ctrl+p. Nothing in it reaches a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from debate.tui.judging.keys import ANYWHERE, QUEUE, READER, Key, shown
from debate.tui.judging.queue import Queue
from debate.tui.judging.reader import Reader

ELSEWHERE = ("nudge", "scroll", "page", "edge", "unmark")
"""What only keys are good for."""


class Doings(Provider):
    """What keys do on the screen below the palette."""

    async def discover(self) -> Hits:
        """Yield everything."""
        for said, pressed, do in self._doings():
            yield DiscoveryHit(said, do, help=pressed)

    async def search(self, query: str) -> Hits:
        """Yield what the words are like."""
        matcher = self.matcher(query)
        for said, pressed, do in self._doings():
            if (score := matcher.match(said)) > 0:
                yield Hit(score, matcher.highlight(said), do, help=pressed)

    def _doings(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        screen, chosen = self.screen, getattr(self.app, "chosen", {})
        of: tuple[Key, ...] = READER if isinstance(screen, Reader) else QUEUE
        for key in of:
            if key.said and key.does not in ELSEWHERE:
                do = partial(screen.action_act, key.does, key.by) if isinstance(screen, Reader) else None
                yield key.said, shown(key, chosen), do or getattr(cast(Queue, screen), f"action_{key.does}")
        for key in ANYWHERE:
            yield key.said, shown(key, chosen), getattr(self.app, f"action_{key.does}")
