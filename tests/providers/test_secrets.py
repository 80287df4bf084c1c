"""A key leaves the process in one header and in nothing else: no message, repr, traceback or log holds it."""

from __future__ import annotations

import base64
import logging
import traceback
import urllib.parse

import pytest

from debate.errors import DebateError
from debate.providers import Provider
from debate.providers.account import Account
from debate.providers.anthropic import Anthropic
from debate.providers.openai import OpenAI
from tests import builders
from tests.faults import Answer, Faults, html, raw, reset, said, silence, status

KEY = "sk-sentinel+4f9c/2e7b=1a6d&8035"
FORMS = (
    KEY,
    urllib.parse.quote(KEY, safe=""),
    base64.b64encode(KEY.encode()).decode().rstrip("="),
    base64.urlsafe_b64encode(KEY.encode()).decode().rstrip("="),
    KEY[:8],
)
ECHO = {"message": "The key is " + ", or ".join(FORMS), "code": "odd", "param": KEY}
FAULTS = (
    *(status(code, {}, error=ECHO) for code in (400, 401, 402, 403, 404, 422, 429, 500, 529)),
    html(),
    raw(KEY.encode()),
    reset(),
    silence(),
)


def provider(api: str, url: str) -> Provider:
    account = Account(api, "anthropic" if api == "anthropic" else "openai", (url,), key=KEY, key_source="SOME_KEY")
    return (Anthropic if api == "anthropic" else OpenAI)(account, timeout_s=0.5)


@pytest.mark.parametrize("api", ["openai", "anthropic"])
@pytest.mark.parametrize("told", FAULTS, ids=lambda told: f"{told.status}-{told.body[:9].decode('latin-1')}")
async def test_no_failure_tells_the_key(told: Answer, api: str, caplog: pytest.LogCaptureFixture) -> None:
    """C5, J1: whatever a server echoes, the key is not in the error, its chain, or a log at its most talkative."""
    caplog.set_level(logging.DEBUG)
    async with Faults(told) as server:
        asked = provider(api, server.url)
        with pytest.raises(DebateError) as caught:
            await asked.complete(builders.request(builders.ask(voice=builders.player(model=f"{api}/some-model"))))
        await asked.aclose()
    error = caught.value
    report = "".join(traceback.format_exception(error)) + repr(error) + repr(asked) + asked.account + caplog.text
    assert [form for form in FORMS if form in report] == []
    assert error.__cause__ is None
    assert error.__context__ is None


@pytest.mark.parametrize("api", ["openai", "anthropic"])
async def test_no_lost_connection_tells_the_key(api: str, caplog: pytest.LogCaptureFixture) -> None:
    """J1: the SDK's own exception, which holds the request with its headers, is not chained to ours."""
    caplog.set_level(logging.DEBUG)
    async with Faults() as server:
        url = server.url
    asked = provider(api, url)
    with pytest.raises(DebateError) as caught:
        await asked.complete(builders.request())
    await asked.aclose()
    report = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert [form for form in FORMS if form in report] == []


async def test_a_reply_that_happens_to_hold_the_key_is_kept() -> None:
    """J4: only messages of errors are cleaned; what a model says is data, and is not altered."""
    async with Faults(said(f"My opponent wrote {KEY}.")) as server:
        asked = provider("openai", server.url)
        done = await asked.complete(builders.request())
        await asked.aclose()
    assert KEY in done.text


def test_an_account_does_not_show_its_key() -> None:
    """J1: neither its repr nor the name it is paced by holds the key; another key is another account."""
    one, other = (
        Account("openai", "openai", ("https://u:secret@api.test/v1?t=secret",), key=key) for key in (KEY, "x" * 30)
    )
    shown = repr(one) + one.id + one.where
    assert [form for form in FORMS if form in shown] == []
    assert "secret" not in one.id + one.where
    assert one.id != other.id
