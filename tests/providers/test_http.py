"""Connections that fail: what they mean, and that the proxy of the environment is used."""

from __future__ import annotations

import socket
import ssl
import subprocess
from pathlib import Path

import openai
import pytest

from debate.domain import Completion
from debate.errors import Permanent, ProviderError, Transient, Unreachable
from debate.providers import Provider, connections, http
from debate.providers.account import Account
from debate.providers.anthropic import Anthropic
from debate.providers.connections import UNUSED, Address
from debate.providers.openai import OpenAI
from tests import builders
from tests.faults import Answer, Faults, status

APIS = pytest.mark.parametrize("api", [OpenAI, Anthropic])
ACCOUNT = Account("lab", "openai", ("https://models.example.org/v1",))


def provider(api: type[OpenAI | Anthropic], url: str) -> Provider:
    return api(Account("lab", "openai" if api is OpenAI else "anthropic", (url,)), timeout_s=30)


async def complete(asked: Provider) -> Completion:
    try:
        return await asked.complete(builders.request())
    finally:
        await asked.aclose()


@APIS
async def test_nobody_listens(api: type[OpenAI | Anthropic]) -> None:
    """C15: a refused connection is told as such; nothing was sent, so nothing was charged."""
    async with Faults() as server:
        url = server.url
    with pytest.raises(Unreachable, match="cannot be reached: connect") as caught:
        await complete(provider(api, url))
    assert not caught.value.billed
    assert url in str(caught.value)


@APIS
async def test_a_server_that_does_not_speak_tls(api: type[OpenAI | Anthropic]) -> None:
    """C15: https where there is only http fails with a sentence."""
    async with Faults() as server:
        with pytest.raises(Unreachable, match="TLS failed"):
            await complete(provider(api, server.url.replace("http:", "https:")))


@APIS
async def test_a_reply_without_end_is_not_taken_in(
    api: type[OpenAI | Anthropic], monkeypatch: pytest.MonkeyPatch
) -> None:
    """C11: a body longer than any reply is given up, and may have been charged for."""
    monkeypatch.setattr(connections, "LARGEST", 1 << 20)
    async with Faults(Answer(b" " * (2 << 20))) as server:
        with pytest.raises(Transient, match="more than 64 MB") as caught:
            await complete(provider(api, server.url))
    assert caught.value.billed


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-out", "c.pem"]
    try:
        subprocess.run([*made, "-days", "1", "-subj", "/CN=localhost"], cwd=tmp_path, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "c.pem", tmp_path / "k.pem")
    return context


@APIS
async def test_a_certificate_that_nobody_signed(api: type[OpenAI | Anthropic], self_signed: ssl.SSLContext) -> None:
    """C15: a self-signed certificate is not trusted, and is not tried again."""
    async with Faults(tls=self_signed) as server:
        with pytest.raises(Permanent, match="certificate is not valid"):
            await complete(provider(api, server.url))


def test_a_name_that_is_not_found() -> None:
    """C15: a failed look-up is told as such, wherever in the chain of exceptions it is."""
    try:
        try:
            raise socket.gaierror(-2, "Name or service not known")
        except OSError as exc:
            raise http.LOST[0]("connection failed") from exc
    except http.LOST as exc:
        error: ProviderError = http.lost(exc, ACCOUNT)
    assert isinstance(error, Unreachable)
    assert "its name was not found" in str(error)


def test_what_is_not_understood_may_have_been_charged() -> None:
    """C10: a connection that broke in an unknown way is worth another attempt."""
    error = http.lost(http.LOST[0]("gone"), ACCOUNT)
    assert type(error) is Transient
    assert error.billed


@APIS
async def test_the_proxy_of_the_environment_is_used(
    api: type[OpenAI | Anthropic], monkeypatch: pytest.MonkeyPatch
) -> None:
    """C20: with HTTP_PROXY set, requests go through it."""
    async with Faults() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        done = await complete(provider(api, "http://models.example.org"))
    assert done.state == "ok"
    assert proxy.asked[0].path.startswith("http://models.example.org/")


@APIS
async def test_a_redirect_is_not_followed(api: type[OpenAI | Anthropic]) -> None:
    """C15: the key goes nowhere but where it was meant for; the address to use instead is told."""
    async with Faults(status(308, {"location": "https://u:secret@api.example.org/v1/x?key=1"})) as server:
        with pytest.raises(Permanent, match=r'is its address "https://api\.example\.org"') as caught:
            await complete(provider(api, server.url))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("name", "value"), [("no_proxy", "models.example.org"), ("all_proxy", "{url}")])
def test_the_proxy_of_an_address(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """C20: exceptions are kept, and one proxy for everything is used."""
    for each in ("http_proxy", "HTTP_PROXY", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv("all_proxy", "http://proxy.example.org:3128")
    monkeypatch.setenv(name, value.format(url="http://other.example.org:1"))
    found = Address.of(openai.AsyncOpenAI(api_key="k", base_url="http://models.example.org/v1", http_client=UNUSED))
    assert found.proxy == {"no_proxy": None, "all_proxy": "http://other.example.org:1"}[name]


def test_only_what_is_a_count_is_counted() -> None:
    """Numbers of tokens are whole and positive, or 0."""
    usage = {"a": {"b": 3, "c": -1, "d": True, "e": 2.5, "f": None}}
    assert [http.count(usage, "a", key) for key in "bcdefg"] == [3, 0, 0, 0, 0, 0]
    assert http.count([], "a") == 0
