"""Whose account does a model name use: which API, at which addresses, with which key?"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
import shlex
import subprocess
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from debate.domain import Endpoint
from debate.errors import AccountError, ConfigError

Api = Literal["openai", "anthropic"]

_HOMES: dict[Api, str] = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com"}
_KEY_TIMEOUT_S = 60.0  # a key command may ask a password manager, which may ask a person
_SHORTEST_SECRET = 6  # shorter "keys" are placeholders, and erasing them would garble messages
_SHORTEST_PREFIXED = 20  # below this the first characters of a key are most of it


@dataclass(frozen=True)
class Account:
    """An API, its addresses and a key: what is paced and paid together."""

    label: str
    """What the tournament file calls it: `openai`, `anthropic`, or the name of an endpoint table."""
    api: Api
    urls: tuple[str, ...]
    key: str = field(default="", repr=False)
    key_source: str = ""
    """Where the key came from, for messages."""

    @property
    def id(self) -> str:
        """The API, the addresses without credentials, and a hash of the key."""
        who = hashlib.sha256(self.key.encode()).hexdigest()[:8] if self.key else "no-key"
        return f"{self.api} {' '.join(map(plain, self.urls))} {who}"

    @property
    def local(self) -> bool:
        """Whether every address is on this machine."""
        return all(map(loopback, self.urls))

    @property
    def home(self) -> bool:
        """Whether this is the API's own maker, not a server that speaks it too."""
        host = urllib.parse.urlsplit(_HOMES[self.api]).hostname
        return all(urllib.parse.urlsplit(url).hostname == host for url in self.urls)

    @property
    def where(self) -> str:
        """The account as a message names it."""
        return f'"{self.label}" ({plain(self.urls[0])})'

    def clean(self, text: str) -> str:
        """Take the key, in every form it is known to travel in, out of a text from outside."""
        for secret in _forms(self.key):
            text = text.replace(secret, "[key]")
        return text


def account(label: str, endpoints: Mapping[str, Endpoint], environ: Mapping[str, str]) -> Account:
    """Return the account that `label` means; raises `AccountError` where its key is missing."""
    endpoint = endpoints.get(label)
    if endpoint is None:
        return _home(label, environ)
    urls = (endpoint.base_url,) if isinstance(endpoint.base_url, str) else endpoint.base_url
    given = Account(label=label, api=endpoint.api, urls=_checked(label, endpoint.api, urls))
    if endpoint.api_key_command:
        return _with_key(given, _told(label, endpoint.api_key_command), f'the command of endpoint "{label}"')
    if endpoint.api_key_env:
        return _with_key(given, environ.get(endpoint.api_key_env, ""), endpoint.api_key_env)
    return given


def _home(label: str, environ: Mapping[str, str]) -> Account:
    api: Api = "anthropic" if label == "anthropic" else "openai"
    prefix = api.upper()
    url = environ.get(f"{prefix}_BASE_URL", "").strip() or _HOMES[api]
    given = Account(label=label, api=api, urls=_checked(label, api, (url,)))
    return _with_key(given, environ.get(f"{prefix}_API_KEY", ""), f"{prefix}_API_KEY")


def _with_key(given: Account, key: str, source: str) -> Account:
    key = key.strip()
    if not key and not given.local:
        raise AccountError(f'No key for {given.where}: set "{source}" and run again.')
    if not key.isascii() or not key.isprintable():
        raise AccountError(f'The key in "{source}" holds characters that no key has: copy it again.')
    return Account(label=given.label, api=given.api, urls=given.urls, key=key, key_source=source)


def _told(label: str, command: str) -> str:
    place = f'endpoints.{label}: api_key_command "{command}"'
    try:
        run = subprocess.run(shlex.split(command), capture_output=True, text=True, timeout=_KEY_TIMEOUT_S, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired) as exc:
        why = "took too long" if isinstance(exc, subprocess.TimeoutExpired) else str(exc)
        raise AccountError(f"{place} could not be run: {why}") from None
    if run.returncode or not run.stdout.strip():
        raise AccountError(f"{place} gave no key (it ended with {run.returncode}).")
    return run.stdout.strip().splitlines()[0]


def _checked(label: str, api: Api, urls: tuple[str, ...]) -> tuple[str, ...]:
    """Return the addresses as the SDKs want them: Anthropic's without its version."""
    bad = [url for url in urls if not _web(url)]
    if bad or not urls:
        given = ", ".join(f'"{plain(url)}"' for url in bad) or "none"
        raise ConfigError([f"{label}: base_url must be an http or https address, not {given}"])
    trimmed = tuple(url.rstrip("/") for url in urls)
    return tuple(url.removesuffix("/v1") for url in trimmed) if api == "anthropic" else trimmed


def _web(url: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def plain(url: str) -> str:
    """Return an address without user, password and query, which may be secrets."""
    return re.sub(r"//[^/@]*@", "//", url).partition("?")[0]


def loopback(url: str) -> bool:
    """Tell whether an address is on this machine."""
    host = urllib.parse.urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _forms(key: str) -> tuple[str, ...]:
    """Return the key as it may be echoed: as it is, percent-encoded, in base64, and its first characters."""
    if len(key) < _SHORTEST_SECRET:
        return ()
    raw = key.encode()
    coded = {base64.b64encode(raw).decode().rstrip("="), base64.urlsafe_b64encode(raw).decode().rstrip("=")}
    every = {key, urllib.parse.quote(key, safe=""), *coded}
    if len(key) >= _SHORTEST_PREFIXED:
        every.add(key[:8])
    return tuple(sorted(every, key=len, reverse=True))
