"""How one request goes to an API: exactly once, in bounded time, with typed failures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from debate.domain import Request, chance
from debate.errors import DebateError, TimedOut
from debate.providers import http
from debate.providers.account import Account
from debate.providers.connections import Address, Client, Connections, Reply

PAGE_S = 20.0  # the most that looking at an endpoint's list of models may take

Body = Callable[[Request, str, frozenset[str]], dict[str, Any]]
"""Makes a request's body for a model, without the optional fields that its endpoint is known to refuse."""


class Wire:
    """The connections of one account, shared by all its models; one address for each replica."""

    def __init__(
        self,
        account: Account,
        clients: Iterable[Client],
        *,
        optional: Mapping[str, tuple[str, ...]],
        timeout_s: float,
    ) -> None:
        self.account = account
        self._connections = Connections()
        self._addresses = [Address.of(client) for client in clients]
        self._optional = optional
        self._timeout_s = timeout_s
        self._without: dict[str, frozenset[str]] = {}

    async def ask(self, path: str, request: Request, body: Body) -> Reply:
        """Send a request and return the reply, whatever its status.

        A field that this program adds on its own account and that the endpoint refuses by name is left out,
        and stays out for that model once the endpoint has answered without it.
        """
        model = request.sampling.model.partition("/")[2]
        without = known = self._without.get(model, frozenset())
        address = self._replica(request)
        while True:
            content = http.dumps(body(request, model, without))
            reply = await self._exchange("POST", address, path, content, timeout_s=self._timeout_s)
            refused = self._refused(reply, without)
            if refused is None:
                break
            without |= {refused}
        if without != known and reply.ok:
            self._without[model] = self._without.get(model, frozenset()) | without
        return reply

    async def get(self, path: str) -> Reply:
        """Fetch a page of the API, which costs nothing, and return it whatever its status."""
        return await self._exchange("GET", self._addresses[0], path, timeout_s=min(self._timeout_s, PAGE_S))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connections.aclose()

    async def _exchange(
        self, method: str, address: Address, path: str, content: bytes | None = None, *, timeout_s: float
    ) -> Reply:
        """Await a reply. The one place where what a broken connection raises is translated."""
        failure: DebateError
        try:
            async with asyncio.timeout(timeout_s):
                return await self._connections.exchange(method, address, path, content)
        except http.LOST as exc:
            failure = http.lost(exc, self.account)
        except TimeoutError:
            failure = TimedOut(f"{self.account.where} gave no reply in {timeout_s:g} s.", billed=True)
        raise failure  # outside the handlers: an exception in the chain would carry the headers, with the key

    def _replica(self, request: Request) -> Address:
        """Choose an address: every call of a match goes to the same replica, whose cache then holds its prompt."""
        if len(self._addresses) == 1 or request.ask is None:
            return self._addresses[0]
        return self._addresses[chance(request.ask.source.match) % len(self._addresses)]

    def _refused(self, reply: Reply, without: frozenset[str]) -> str | None:
        """Return the optional field that a reply refuses by name."""
        if reply.status not in (400, 422):
            return None
        said = " ".join(http.complaint(reply)).lower()
        found = (name for name, words in self._optional.items() if any(word in said for word in words))
        return next((name for name in found if name not in without), None)
