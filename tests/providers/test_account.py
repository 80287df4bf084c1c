"""Which account a name means: addresses and keys from tables, the environment and commands."""

from __future__ import annotations

import sys

import pytest

from debate.domain import Endpoint
from debate.errors import AccountError, ConfigError
from debate.providers.account import account, loopback

LOCAL = "http://127.0.0.1:8000/v1"
FAR = "https://models.example.org/v1"


def endpoint(url: str | tuple[str, ...] = FAR, **more: str) -> Endpoint:
    return Endpoint.model_validate({"api": "openai", "base_url": url, **more})


def test_keys_come_from_the_environment() -> None:
    """The two APIs' own variables, or the one that an endpoint names."""
    environ = {"OPENAI_API_KEY": "one", "ANTHROPIC_API_KEY": " two\n", "LAB_KEY": "three"}
    tables = {"lab": endpoint(api_key_env="LAB_KEY")}
    assert [account(label, tables, environ).key for label in ("openai", "anthropic", "lab")] == ["one", "two", "three"]


def test_addresses_come_from_the_environment() -> None:
    """OPENAI_BASE_URL and ANTHROPIC_BASE_URL mean what they mean to the SDKs."""
    environ = {"OPENAI_BASE_URL": LOCAL, "ANTHROPIC_BASE_URL": "http://localhost:9/v1/"}
    assert account("openai", {}, environ).urls == (LOCAL,)
    assert account("anthropic", {}, environ).urls == ("http://localhost:9",)
    home = account("openai", {}, {"OPENAI_API_KEY": "x"})
    assert home.home
    assert not home.local


@pytest.mark.parametrize("label", ["openai", "anthropic", "lab"])
def test_a_missing_key_is_told_at_once(label: str) -> None:
    """C5: before anything is sent, with the name of the variable to set."""
    with pytest.raises(AccountError, match=r'set "(OPENAI_API_KEY|ANTHROPIC_API_KEY|LAB_KEY)"'):
        account(label, {"lab": endpoint(api_key_env="LAB_KEY")}, {"LAB_KEY": " "})


def test_a_server_on_this_machine_needs_no_key() -> None:
    """Neither does one elsewhere whose table names no key."""
    assert account("lab", {"lab": endpoint(LOCAL, api_key_env="LAB_KEY")}, {}).key == ""
    assert account("lab", {"lab": endpoint(FAR)}, {}).key == ""
    assert account("openai", {}, {"OPENAI_BASE_URL": LOCAL}).key == ""


def test_a_command_prints_the_key() -> None:
    """The first line that a command prints is the key."""
    command = f"{sys.executable} -c \"print('from-a-command'); print('more')\""
    assert account("lab", {"lab": endpoint(api_key_command=command)}, {}).key == "from-a-command"


@pytest.mark.parametrize(
    "command", [f"{sys.executable} -c 'print(\"tell-tale\"); raise SystemExit(3)'", "/nowhere/at-all", "unclosed '"]
)
def test_a_command_that_fails_is_told_without_what_it_printed(command: str) -> None:
    """J1: its output may be a secret."""
    with pytest.raises(AccountError, match=r"endpoints\.lab") as caught:
        account("lab", {"lab": endpoint(api_key_command=command)}, {})
    assert "tell-tale" not in str(caught.value).replace(command, "")


def test_a_key_that_cannot_be_one_is_told() -> None:
    """A key with a line break or a typographic dash would break the request's headers."""
    for key in ("sk-one\nsk-two", "sk–dash"):
        with pytest.raises(AccountError, match="characters that no key has") as caught:
            account("openai", {}, {"OPENAI_API_KEY": key})
        assert key not in str(caught.value)


@pytest.mark.parametrize("url", ["ftp://host/v1", "models.example.org", "http://", "http://host:notaport/v1", ""])
def test_addresses_are_checked(url: str) -> None:
    """What is not an http address is a mistake in the file."""
    with pytest.raises(ConfigError, match="lab: base_url"):
        account("lab", {"lab": endpoint(url)}, {})


@pytest.mark.parametrize(
    ("url", "here"),
    [
        (LOCAL, True),
        ("http://localhost:11434", True),
        ("http://[::1]:8000/v1", True),
        ("http://0.0.0.0:8000/v1", True),
        ("http://127.8.9.1", True),
        ("http://vllm.localhost", True),
        ("http://192.168.1.4:8000", False),
        ("https://localhost.example.org", False),
        ("https://api.openai.com/v1", False),
    ],
)
def test_loopback_is_told_from_the_rest(url: str, here: bool) -> None:
    """What runs on this machine costs nothing; what only sounds like it is not on this machine."""
    assert loopback(url) is here
