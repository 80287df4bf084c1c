"""Is there room under the cap for one more call? One for which there is none waits for those in flight to be settled.

What a call may cost at most is set aside before it is made, and most cost a fraction of that. A run that stopped as
soon as the sums set aside reached its cap would stop with most of its money left.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from debate.errors import BudgetReached


class Room:
    """The calls in flight, and those that wait for room."""

    def __init__(self) -> None:
        self._flying = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self, announce: Callable[[], asyncio.Future[None]]) -> None:
        """Announce a call as soon as there is room for it; `leave` follows when it is settled.

        Raises:
            BudgetReached: there is no room, and none in flight that may yet leave some.
        """
        while True:
            self._flying += 1
            try:
                await announce()
                return
            except BudgetReached as refused:
                self._flying -= 1
                if not (refused.passing and self._flying):
                    raise
            except BaseException:
                self.leave()
                raise
            place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(place)
            await place

    def leave(self) -> None:
        """Say that a call is settled: whoever waits longest looks again."""
        self._flying -= 1
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                return

    def close(self) -> None:
        """Have everybody who waits look again, since the run stops."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
