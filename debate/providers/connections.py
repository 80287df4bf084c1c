"""One exchange over HTTP, and the connections that an account's calls share.

An SDK says where a call goes and with which headers; the call itself goes over aiohttp, the SDKs' own backend, without
what else they do for each. Measured by `python -m benchmarks.calls`.
"""

from __future__ import annotations

import ssl
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, Self

import aiohttp
import httpx2

CONNECT_S = 15.0  # a call's whole time is bounded around it; only connecting is bounded here
KEEPALIVE_S = 300.0
LARGEST = 64 << 20  # bytes of a reply, many times what the longest takes; more is no reply, and would fill the memory
UNUSED = httpx2.AsyncClient(transport=httpx2.AsyncBaseTransport(), trust_env=False)
"""For an SDK's client, whose own connections would take a sixth of a second to prepare."""


class Endless(aiohttp.ClientError):
    """A reply that is longer than any can be."""


class Client(Protocol):
    """The part of both SDKs' clients that is used."""

    @property
    def base_url(self) -> Any:
        """Where its API is."""
        ...

    @property
    def default_headers(self) -> Mapping[str, Any]:
        """What its API wants to be told; what is not a text is left out."""
        ...

    @property
    def auth_headers(self) -> Mapping[str, str]:
        """Who calls."""
        ...


@dataclass(frozen=True)
class Address:
    """Where calls go, with which headers and through which proxy."""

    url: str
    headers: Mapping[str, str]
    proxy: str | None = None

    @classmethod
    def of(cls, client: Client) -> Self:
        """Take from an SDK's client what it would send."""
        url = str(client.base_url).rstrip("/")
        told = {**client.default_headers, **client.auth_headers}
        return cls(url, {name: value for name, value in told.items() if isinstance(value, str)}, _proxy(url))


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole response."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def ok(self) -> bool:
        """Whether the request was granted."""
        return 200 <= self.status < 300


class Connections:
    """Connections that are opened when they are first needed."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def exchange(self, method: str, address: Address, path: str, content: bytes | None = None) -> Reply:
        """Send a request and read the whole response. A redirect is not followed: the key stays where it was meant for.

        Raises:
            aiohttp.ClientError, ssl.SSLError, OSError: the connection failed or broke.
        """
        session = self._session or self._opened()
        async with session.request(
            method,
            address.url + path,
            data=content,
            headers=address.headers,
            proxy=address.proxy,
            allow_redirects=False,
        ) as response:
            if response.content_length is not None and response.content_length <= LARGEST:
                return Reply(response.status, response.headers, await response.read())
            return Reply(response.status, response.headers, await _bounded(response))

    def _opened(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=0,  # pacing caps what is in flight
            keepalive_timeout=KEEPALIVE_S,
            ssl=_tls(),
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S),
        )
        return self._session

    async def aclose(self) -> None:
        """Close them."""
        if self._session is not None:
            await self._session.close()


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    """Read a body whose length is not known beforehand, as far as it can be a reply."""
    parts, size = list[bytes](), 0
    async for part in response.content.iter_any():
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise Endless
    return b"".join(parts)


@cache
def _tls() -> ssl.SSLContext:
    """Return what every account trusts; made once, which takes a twentieth of a second."""
    return httpx2.create_ssl_context()


def _proxy(url: str) -> str | None:
    """Return the proxy that the environment names for an address."""
    parts = urllib.parse.urlsplit(url)
    if urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")
