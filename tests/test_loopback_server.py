"""The server that benchmarks measure against: its replies can be used, its counts are right, its faults repeatable."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest

from benchmarks.serving import Serving, serving
from debate.domain import Completion, Endpoint, Request
from debate.errors import Transient
from debate.providers import Providers
from debate.verdicts import act_form, choice_form, ruling, ruling_form
from tests import builders

APIS = pytest.mark.parametrize("label", ["o", "a"])


@pytest.fixture(scope="module")
def server() -> Iterator[Serving]:
    with serving(cache=True) as running:
        yield running


def request(label: str, text: str, **more: object) -> Request:
    asked = builders.ask(voice=builders.player(model=f"{label}/gpt-5"))
    return builders.request(asked, text=text).model_copy(update=more)


async def complete(server: Serving, *requests: Request) -> list[Completion]:
    endpoints = {
        "o": Endpoint(api="openai", base_url=f"{server.url}/v1"),
        "a": Endpoint(api="anthropic", base_url=server.url),
    }
    async with Providers(endpoints) as providers:
        return [await providers.resolve(sent.sampling.model).complete(sent) for sent in requests]


@APIS
async def test_speeches_quote_the_passage(server: Serving, label: str) -> None:
    """A debater's reply has notes, a speech and quotations that stand in the passage it was sent."""
    text = f"Speech of {label}.\n<passage-7f>\n{builders.STORY}\n</passage-7f>\nSpeak."
    (done,) = await complete(server, request(label, text))
    quotes = [part.partition("</quote>")[0] for part in done.text.split("<quote>")[1:]]
    assert len(quotes) == 2
    assert all(quote in builders.STORY for quote in quotes)
    assert done.text.startswith("<scratchpad>")
    assert 100 < len(done.text.split()) < 200


@APIS
async def test_rulings_take_the_form_asked_for(server: Serving, label: str) -> None:
    """With a schema the reply is an instance of it; without one, the labels are read from the prompt."""
    labels = ("A", "B", "C")
    asked = 'End with {"reason": "...", "probabilities": {"A": 0.0, "B": 0.0, "C": 0.0}}'
    held, free, acted, chose = await complete(
        server,
        request(label, f"Rule, {label}.", form=ruling_form(labels)),
        request(label, f"Rule freely, {label}. {asked}"),
        request(label, f"Act, {label}.", form=act_form(labels)),
        request(label, f"Choose, {label}.", form=choice_form(4)),
    )
    for said in (held, free):
        assert ruling(said.text, labels).state == "valid"
    assert json.loads(acted.text)["end"] is False
    assert json.loads(chose.text)["best"] in (1, 2, 3, 4)


@APIS
async def test_shared_prefixes_are_counted_as_cached(server: Serving, label: str) -> None:
    """What an answered prompt to the same model began with is cached for the next, and nothing else is."""
    shared = f"{label}: " + builders.STORY * 4
    first, second, other = await complete(
        server, request(label, shared + "one"), request(label, shared + "two"), request(label, "another " + shared)
    )
    assert first.usage.cached_tokens == 0
    assert len(shared) // 4 - 16 < second.usage.cached_tokens <= second.usage.input_tokens
    assert other.usage.cached_tokens < 16


async def test_faults_follow_from_the_request() -> None:
    """Two servers with one seed fail the same requests; the same request may succeed the next time."""

    async def outcomes() -> list[str]:
        with serving(rate_429=0.2, rate_500=0.2, rate_529=0.2, retry_after_s=7) as running:
            told = []
            for number in range(24):
                try:
                    await complete(running, request("o", f"Speak, {number // 2}."))
                    told.append("ok")
                except Transient as exc:
                    told.append(f"{exc.busy} {exc.retry_after_s}")
            counted = await asyncio.to_thread(running.stats)
        assert counted["requests"] == sum(counted["status"].values()) == 24
        assert counted["repeated"] == 12
        return told

    first = await outcomes()
    assert await outcomes() == first
    assert set(first) == {"ok", "True 7.0", "False None"}
    assert any(one != other for one, other in zip(first[::2], first[1::2], strict=True))
