"""A bounded window of matches in play: how many are so at once, and where a bug in one of them comes out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine


class Window:
    """Matches in play, at most so many at once."""

    def __init__(self, size: int, *, broke: Callable[[str], None]) -> None:
        self._slots = asyncio.Semaphore(size)
        self._tasks: set[asyncio.Task[None]] = set()
        self._broken: list[asyncio.Task[None]] = []
        self._broke = broke
        """Told when a match ends in a bug, so that no other one begins."""

    @property
    def empty(self) -> bool:
        """Whether nothing is in play."""
        return not self._tasks

    @property
    def broken(self) -> bool:
        """Whether a match has ended in a bug."""
        return bool(self._broken)

    async def begin(self, match: Coroutine[None, None, None]) -> None:
        """Begin a match as soon as there is a place for it."""
        await self._slots.acquire()
        task = asyncio.create_task(match)
        self._tasks.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._slots.release()
        self._tasks.discard(task)
        if not task.cancelled() and (bug := task.exception()):
            self._broken.append(task)
            self._broke(f"{type(bug).__name__} in a match")

    async def change(self) -> None:
        """Wait until a match is over."""
        await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    async def settle(self) -> None:
        """Wait for what is in flight; a bug in one match comes out here."""
        for outcome in await asyncio.gather(*self._broken, *self._tasks, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome
