"""How one request body goes over an SDK's connections: exactly once, in bounded time, with typed failures."""

from __future__ import annotations

import asyncio
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx2

from debate.domain import Request, chance
from debate.errors import DebateError, TimedOut
from debate.providers import http
from debate.providers.account import Account

PAGE_S = 20.0  # the most that looking at an endpoint's list of models may take

Body = Callable[[Request, str, frozenset[str]], dict[str, Any]]
"""Makes a request's body for a model, without the optional fields that its endpoint is known to refuse."""


class Client(typing.Protocol):
    """The part of both SDKs' clients that is used: their leanest path, which still does their headers and errors."""

    async def post(self, path: str, *, cast_to: type[Any], content: bytes, options: Any) -> Any:
        """Send a body."""
        ...

    async def get(self, path: str, *, cast_to: type[Any]) -> Any:
        """Fetch a page."""
        ...


class Wire:
    """The connections of one account, shared by all its models; one client for each replica."""

    def __init__(
        self,
        account: Account,
        pool: httpx2.AsyncClient,
        clients: Sequence[Client],
        *,
        errors: tuple[type[Exception], ...],
        statuses: type[Exception],
        optional: Mapping[str, tuple[str, ...]],
        timeout_s: float,
    ) -> None:
        self.account = account
        self._pool = pool
        self._clients = clients
        self._errors: tuple[type[Exception], ...] = (*errors, *http.LOST)
        self._statuses = statuses
        self._optional = optional
        self._timeout_s = timeout_s
        self._without: dict[str, frozenset[str]] = {}

    async def ask(self, path: str, request: Request, body: Body) -> httpx2.Response:
        """Send a request and return the response, whatever its status.

        A field that this program adds on its own account and that the endpoint refuses by name is left out,
        and stays out for that model once the endpoint has answered without it.
        """
        model = request.sampling.model.partition("/")[2]
        without = known = self._without.get(model, frozenset())
        client = self._replica(request)
        while True:
            content = http.dumps(body(request, model, without))
            sending = client.post(path, cast_to=httpx2.Response, content=content, options=http.JSON)
            response = await self._exchange(sending, self._timeout_s)
            refused = self._refused(response, without)
            if refused is None:
                break
            without |= {refused}
        if without != known and response.is_success:
            self._without[model] = self._without.get(model, frozenset()) | without
        return response

    async def get(self, path: str) -> httpx2.Response:
        """Fetch a page of the API, which costs nothing, and return it whatever its status."""
        return await self._exchange(self._clients[0].get(path, cast_to=httpx2.Response), min(self._timeout_s, PAGE_S))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._pool.aclose()

    async def _exchange(self, sending: typing.Awaitable[httpx2.Response], timeout_s: float) -> httpx2.Response:
        """Await a response. The one place where what an SDK raises is translated."""
        failure: DebateError
        try:
            async with asyncio.timeout(timeout_s):
                return await sending
        except self._statuses as exc:
            return typing.cast(httpx2.Response, exc.response)  # type: ignore[attr-defined]  # both SDKs' have it
        except TimeoutError:
            failure = TimedOut(f"{self.account.where} gave no reply in {timeout_s:g} s.", billed=True)
        except self._errors as exc:
            failure = http.lost(exc, self.account)
        raise failure  # outside the handlers: an SDK's exception in the chain would carry the headers, with the key

    def _replica(self, request: Request) -> Client:
        """Choose a client: every call of a match goes to the same replica, whose cache then holds its prompt."""
        if len(self._clients) == 1 or request.ask is None:
            return self._clients[0]
        return self._clients[chance(request.ask.source.match) % len(self._clients)]

    def _refused(self, response: httpx2.Response, without: frozenset[str]) -> str | None:
        """Return the optional field that a response refuses by name."""
        if response.status_code not in (400, 422):
            return None
        said = " ".join(http.complaint(response)).lower()
        found = (name for name, words in self._optional.items() if any(word in said for word in words))
        return next((name for name in found if name not in without), None)
