"""`debate doctor`: keys, endpoints, proxies, versions and the database, as this machine has them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import typer

from debate.cli import options as o
from debate.cli.page import Page

_KEYS = ("OPENAI_API_KEY", "ANTHROPIC_API_KEY")
_URLS = ("OPENAI_BASE_URL", "ANTHROPIC_BASE_URL")
_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
_PACKAGES = ("openai", "anthropic", "sqlmodel", "sqlalchemy", "pydantic", "genai-prices", "typer", "rich")


def doctor(db: o.Db = o.DATABASE, as_json: o.Json = False, quiet: o.Quiet = False, yes: o.Yes = False) -> None:
    """Say which keys are set (never what they are), where calls would go, and whether the database is whole.

    \b
    debate doctor
    debate doctor --json
    """
    from importlib import metadata

    page = Page(as_json=as_json, quiet=quiet)
    keys, endpoints, problem = _accounts()
    whole, database = _database(db)
    versions = {"debate": metadata.version("debate"), "python": sys.version.split()[0], "sqlite": _sqlite()}
    versions |= {name: metadata.version(name) for name in _PACKAGES}
    addresses = {name: _plain(os.environ[name]) for name in _URLS if os.environ.get(name)}
    proxies = {name: _plain(value) for name in _PROXIES if (value := _either(name))}
    page.data(
        "debate.doctor/1",
        keys=keys,
        base_urls=addresses,
        endpoints=endpoints,
        tournament_file=problem or None,
        proxies=proxies,
        database={"url": db, "ok": whole, "state": database},
        versions=versions,
    )
    page.say("keys", *(f"  {name}: {'present' if there else 'absent'}" for name, there in keys.items()))
    page.say("addresses", *_rows(addresses or {"default": "the makers' own"}), *_rows(endpoints))
    if problem:
        page.say(f"  {problem}")
    page.say("proxies", *_rows(proxies or {"none": "is set"}))
    page.say("database", f"  {db}: {database}")
    page.say("versions", *_rows(versions))
    if whole is False:
        from debate.errors import StoreError

        raise typer.Exit(StoreError.exit_code)


def _rows(values: dict[str, str]) -> Iterator[str]:
    return (f"  {name}: {value}" for name, value in values.items())


def _accounts() -> tuple[dict[str, bool], dict[str, str], str]:
    """Return which keys are set, the addresses of the endpoint tables here, and what is wrong with their file."""
    from debate import config
    from debate.cli.spec import HERE
    from debate.errors import DebateError

    keys = {name: bool(os.environ.get(name, "").strip()) for name in _KEYS}
    if not HERE.is_file():
        return keys, {}, ""
    try:
        tournament, _ = config.load(HERE)
    except DebateError as exc:
        return keys, {}, f'"{HERE}" is not valid ({str(exc).splitlines()[0]}), so its endpoints are left out'
    for endpoint in tournament.endpoints.values():
        if endpoint.api_key_env:
            keys[endpoint.api_key_env] = bool(os.environ.get(endpoint.api_key_env, "").strip())
    return keys, {name: ", ".join(map(_plain, _urls(one))) for name, one in tournament.endpoints.items()}, ""


def _urls(endpoint: Any) -> tuple[str, ...]:
    return (endpoint.base_url,) if isinstance(endpoint.base_url, str) else tuple(endpoint.base_url)


def _plain(url: str) -> str:
    from debate.providers.account import plain

    return plain(url)


def _either(name: str) -> str | None:
    return os.environ.get(name) or os.environ.get(name.lower())


def _database(url: str) -> tuple[bool | None, str]:
    """Return whether the database is whole, or None where there is none, and that in words."""
    from debate.errors import DebateError, UsageError
    from debate.store.file import upkeep

    try:
        problems = upkeep.check(url)
    except UsageError:
        return None, "not there yet; a run makes it"
    except DebateError as exc:
        return False, str(exc)
    return (False, "; ".join(problems)) if problems else (True, "whole")


def _sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version
