"""Before money is spent: keys and models that would be refused are told, and nothing else stands in the way."""

from __future__ import annotations

import pytest

from debate.errors import AccountError, Permanent, Unreachable
from debate.providers import Provider, probe
from debate.providers.account import Account
from debate.providers.anthropic import Anthropic
from debate.providers.openai import OpenAI
from debate.providers.scripted import Scripted
from tests.faults import Answer, Faults, html, raw, reset, status

APIS = pytest.mark.parametrize("api", [OpenAI, Anthropic])
Api = type[OpenAI | Anthropic]


def provider(api: Api, url: str) -> Provider:
    return api(
        Account("lab", "openai" if api is OpenAI else "anthropic", (url,), key="sk-key-of-the-lab"), timeout_s=30
    )


async def look(api: Api, server: Faults, model: str) -> None:
    asked = provider(api, server.url)
    try:
        await probe(asked, model)
    finally:
        await asked.aclose()


@APIS
async def test_a_model_that_is_listed_is_accepted(api: Api) -> None:
    """One free request settles it; nothing is posted."""
    async with Faults() as server:
        await look(api, server, "lab/gpt-5-mini")
    assert [asked.method for asked in server.asked] == ["GET"]


@APIS
async def test_a_typo_gets_a_suggestion(api: Api) -> None:
    """C6: a model that the endpoint does not list is told with names that are close."""
    async with Faults() as server:
        with pytest.raises(Permanent, match=r'has no model "gpt-5-mnii"\. Did you mean "lab/gpt-5-mini"'):
            await look(api, server, "lab/gpt-5-mnii")
    assert not server.bodies


@APIS
@pytest.mark.parametrize("told", [status(401), status(403)], ids=["401", "403"])
async def test_a_rejected_key_is_told(api: Api, told: Answer) -> None:
    """C5: before the plan starts, without the key."""
    async with Faults(models=told) as server:
        with pytest.raises(AccountError, match="rejected the key") as caught:
            await look(api, server, "lab/gpt-5")
    assert "sk-key" not in str(caught.value)


@APIS
@pytest.mark.parametrize(
    "told", [status(404), status(405), status(500), status(429), html(), raw(b'{"data": 7}'), reset()]
)
async def test_an_endpoint_that_lists_nothing_is_given_the_benefit_of_the_doubt(api: Api, told: Answer) -> None:
    """C6: many servers have no list of models; that is no reason not to call them."""
    async with Faults(models=told) as server:
        await look(api, server, "lab/anything")


@pytest.mark.parametrize("listed", [("llama3.2:latest",), ("openai/*", "x")])
async def test_names_that_a_list_only_implies(listed: tuple[str, ...]) -> None:
    """C6: the newest version of a name, and patterns, stand for more than themselves."""
    async with Faults(models=listed) as server:
        await look(OpenAI, server, "lab/llama3.2")


@APIS
async def test_an_endpoint_that_is_not_there_is_told(api: Api) -> None:
    """C15: nothing was spent, and the sentence says what could not be reached."""
    async with Faults() as server:
        pass
    with pytest.raises(Unreachable, match="cannot be reached"):
        await look(api, server, "lab/gpt-5")


async def test_scripts_need_no_look() -> None:
    """A provider without keys and lists is taken as it is."""
    await probe(Scripted(lambda ask: "I hold my answer."), "scripted/ada")
