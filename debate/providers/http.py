"""What the two HTTP APIs share: bodies, and what a failed exchange means."""

from __future__ import annotations

import email.utils
import json
import re
import socket
import ssl
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from typing import Any

import aiohttp
import pydantic_core

from debate.errors import AccountError, DebateError, Permanent, ProviderError, Transient, Unreachable
from debate.providers.account import Account, plain
from debate.providers.connections import LARGEST, Endless, Reply

LOST = (aiohttp.ClientError, ssl.SSLError)
"""What is raised when a connection fails."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_GATEWAYS = (408, 502, 504)  # the answer was lost behind a proxy, after the request had gone through
_BUSY = (429, 529)
_AGAIN = (408, 409, 425, 429)
_SPENT = ("insufficient_quota", "billing_hard_limit_reached", "billing_error", "insufficient_balance")
_SPENT_WORDS = ("credit balance is too low", "exceeded your current quota", "spend limit")
_FILTERED = ("content_filter", "content_policy_violation", "invalid_prompt")


def dumps(body: Mapping[str, Any]) -> bytes:
    """Return the body as it is sent; a lone surrogate, which is not UTF-8, becomes U+FFFD."""
    try:
        return pydantic_core.to_json(body)  # measured: 18 us for 7 kB, where `json` takes 57
    except pydantic_core.PydanticSerializationError:
        return _SURROGATES.sub("\ufffd", json.dumps(body, ensure_ascii=False)).encode()


def loads(content: bytes, account: Account) -> dict[str, Any]:
    """Return the JSON object that a successful reply must be."""
    reply = _parsed(content)
    if isinstance(reply, dict):
        return reply
    what = "a body that is not a JSON object" if content.strip() else "an empty body"
    raise unusable(account, what)


def _parsed(content: bytes) -> Any:
    """Return what a body says as JSON, None where it is not JSON; an exception raised here would hold the body."""
    try:
        return pydantic_core.from_json(content)
    except ValueError:
        pass
    try:
        return json.loads(content)  # slower, but bears half a character pair
    except (ValueError, RecursionError):
        return None


def unusable(account: Account, what: str) -> Transient:
    """Say that a request was answered, and perhaps charged for, with something that is no reply."""
    return Transient(f"{account.where} answered with {what}.", billed=True)


def count(usage: Any, *path: str) -> int:
    """Return one number of a usage object, 0 where it is not given or not a count."""
    for key in path:
        usage = usage.get(key) if isinstance(usage, dict) else None
    return usage if type(usage) is int and usage > 0 else 0


def complaint(reply: Reply) -> tuple[str, str]:
    """Return the code and the message of a refusal, both possibly empty."""
    said = _parsed(reply.content)
    error = said.get("error", said) if isinstance(said, dict) else said
    if not isinstance(error, dict):
        return "", error if isinstance(error, str) else ""
    code = error.get("code") if isinstance(error.get("code"), str) else error.get("type")
    message = error.get("message") or error.get("detail") or ""
    return code if isinstance(code, str) else "", message if isinstance(message, str) else json.dumps(message)


def filtered(reply: Reply) -> bool:
    """Tell whether a refused request is the model's side refusing to speak, not a mistake in the request."""
    return reply.status == 400 and complaint(reply)[0] in _FILTERED


def refused(reply: Reply, account: Account, model: str) -> DebateError:
    """Return what an HTTP status of 300 or more means."""
    status, (code, message) = reply.status, complaint(reply)
    said = f": {_short(account.clean(message))}" if message else ""
    if status in (401, 403):
        source = f' in "{account.key_source}"' if account.key_source else ""
        why = said if status == 403 else ""  # a 401 quotes the key, often masked beyond recognition
        return AccountError(f"{account.where} rejected the key{source} (HTTP {status}){why}")
    if status == 402 or code in _SPENT or any(words in message.lower() for words in _SPENT_WORDS):
        return AccountError(f"{account.where} has no quota left (HTTP {status}){said}")
    if status >= 500 or status in _AGAIN:
        return Transient(
            f"{account.where} answered HTTP {status}{said}",
            retry_after_s=retry_after(reply.headers),
            billed=status in _GATEWAYS,
            busy=status in _BUSY,
        )
    if status < 400:
        to = _origin(reply.headers.get("location", ""))
        return Permanent(f"{account.where} sends calls elsewhere (HTTP {status}){to and f': is its address {to}?'}")
    if status == 404:
        hint = "are the name and the address right? `debate models` lists names that are known"
        return Permanent(f'{account.where} does not know the model "{model}" (HTTP 404): {hint}{said}')
    return Permanent(f'{account.where} refused the request to "{model}" (HTTP {status}){said}')


def _origin(location: str) -> str:
    parts = urllib.parse.urlsplit(plain(location))
    return f'"{parts.scheme}://{parts.netloc}"' if parts.netloc else ""


def lost(exc: BaseException, account: Account) -> ProviderError:
    """Return what a connection that failed or broke means, from the exception at its root."""
    for cause in _causes(exc):
        match cause:
            case Endless():
                return unusable(account, f"more than {LARGEST >> 20} MB")
            case ssl.SSLCertVerificationError() | aiohttp.ClientConnectorCertificateError():
                return Permanent(f"{account.where} cannot be trusted: its TLS certificate is not valid.")
            case aiohttp.NonHttpUrlClientError() | aiohttp.InvalidURL():
                return Permanent(f"{account.where} is not an address that can be called.")
            case socket.gaierror() | aiohttp.ClientConnectorDNSError():
                return Unreachable(f"{account.where} cannot be reached: its name was not found.")
            case ssl.SSLError() | aiohttp.ClientConnectorSSLError():
                return Unreachable(f"{account.where} cannot be reached: TLS failed.")
            case aiohttp.ClientConnectorError():
                return Unreachable(f"{account.where} cannot be reached: {_why(cause.os_error)}.")
            case aiohttp.ConnectionTimeoutError():
                return Unreachable(f"{account.where} cannot be reached: connecting took too long.")
    return Transient(f"{account.where} broke the connection before its reply was complete.", billed=True)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a Retry-After header asks for, as a number or as a date."""
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", value):
        return float(value)
    until = _date(value)
    if until is None:
        return None
    return max(0.0, until - (_date(headers.get("date", "")) or time.time()))


def _date(value: str) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError):
        return None


def _causes(exc: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and what it came from, the root first."""
    chain = []
    while exc is not None and exc not in chain:
        chain.append(exc)
        exc = exc.__cause__ or exc.__context__
    return reversed(chain)


def _why(error: OSError) -> str:
    return (error.strerror or "the connection was closed").lower()


def _short(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= 300 else line[:299] + "…"
