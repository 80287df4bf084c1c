"""Servers that others wrote, with a fifth of their replies failing: nothing of theirs was made to suit us."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from debate.domain import Completion, Endpoint, Judge, Limits, Player, Protocol, Request, Tournament
from debate.errors import ProviderError
from debate.preparing import prepare
from debate.providers import Providers
from debate.providers.pacing import Pacer
from debate.store import Store
from debate.tournament import run
from tests import builders
from tests.independent import aimock, aimock_found, llmock

CALLS = 16
FIFTH = {429: 0.08, 500: 0.06, 503: 0.06}
CHAOS = {"drop": 0.08, "malformed": 0.06, "disconnect": 0.06}
SPEECH = "<scratchpad>Keep calm.</scratchpad>The passage says <quote>so</quote>, and I hold my answer."
RULING = 'It is close. {"reason": "A quotes more.", "probabilities": {"A": 0.7, "B": 0.3}}'
ABSENT = pytest.mark.skipif(
    aimock_found() is None, reason="aimock is not installed: npm install --no-save @copilotkit/aimock"
)


async def nothing(attempt: int) -> None:
    pass


def requests(model: str) -> list[Request]:
    asked = builders.ask(voice=builders.player(model=model, max_output_tokens=300))
    return [builders.request(asked, text=f"Speak, {number}.") for number in range(CALLS)]


async def answered(endpoint: Endpoint, model: str) -> tuple[list[Completion], list[ProviderError]]:
    """Make many calls at once through the providers and the pacer, as a run does."""
    failures: list[ProviderError] = []
    pacer = Pacer(CALLS, seed=1)
    async with Providers({"theirs": endpoint}) as providers:
        provider = providers.resolve(f"theirs/{model}")
        calls = [
            pacer.complete(
                provider, request, before=nothing, failed=lambda n, error, s: failures.append(error), attempts=20
            )
            for request in requests(f"theirs/{model}")
        ]
        done = await asyncio.gather(*calls)
    return [completion for completion, _, _ in done], failures


def verdict(url: str) -> dict[str, Any]:
    """Return what llmock thinks of the client that it has just served."""
    with urllib.request.urlopen(f"{url}/_llmock/verdict", timeout=30) as page:
        found: dict[str, Any] = json.load(page)
    return found


@pytest.mark.parametrize(("api", "path"), [("openai", "/v1"), ("anthropic", "/anthropic")])
async def test_llmock(tmp_path: Path, api: str, path: str) -> None:
    """C7: every call is answered, and llmock finds no fault with how its errors were dealt with."""
    async with llmock(tmp_path, errors=FIFTH) as url:
        endpoint = Endpoint.model_validate({"api": api, "base_url": url + path})
        done, _ = await answered(endpoint, "gpt-4o" if api == "openai" else "claude-sonnet-4-6")
        found = await asyncio.to_thread(verdict, url)
    assert [completion.state for completion in done] == ["ok"] * CALLS
    assert all(completion.usage.output_tokens for completion in done)
    assert found["errors"] == 0, found


@ABSENT
@pytest.mark.parametrize(("api", "path"), [("openai", "/v1"), ("anthropic", "")])
async def test_aimock(tmp_path: Path, api: str, path: str) -> None:
    """C7, C10, C11: errors, broken bodies and dropped connections together do not lose a call."""
    async with aimock(tmp_path, says=[({}, "I hold my answer.")], chaos=CHAOS) as url:
        endpoint = Endpoint.model_validate({"api": api, "base_url": url + path})
        done, _ = await answered(endpoint, "gpt-4o" if api == "openai" else "claude-3-5-sonnet-20241022")
    assert {completion.text for completion in done} == {"I hold my answer."}
    assert len(done) == CALLS


async def played(folder: Path, openai: str, anthropic: str, judge: str) -> None:
    """Run a tournament between a player on each API, and see that nothing of it is missing."""
    spec = Tournament(
        name="theirs",
        sample=2,
        controls=("naive",),
        debaters=(Player(name="ada", model="one/gpt-4o"), Player(name="bob", model="other/claude-sonnet-4-6")),
        judges=(Judge(name="jo", model=judge),),
        protocols=(Protocol(name="debate", rounds=2),),
        endpoints={
            "one": Endpoint(api="openai", base_url=openai),
            "other": Endpoint(api="anthropic", base_url=anthropic),
        },
        limits=Limits(concurrency=16, attempts=20),
    )
    with Store.open(folder / "debate.db", create=True) as store:
        planned = prepare(spec, store).matches
        result = await run(store, "theirs")
        status = store.status("theirs")
    assert result.ending == "done"
    assert (planned, status.matches["done"], status.judgments) == (6, 6, 6)
    assert status.turns == 4 * 4


async def test_a_tournament_against_llmock(tmp_path: Path) -> None:
    """C7: both APIs of one server, with a fifth of the replies failing; the debates are judged by a built-in."""
    async with llmock(tmp_path, errors=FIFTH) as url:
        await played(tmp_path, f"{url}/v1", f"{url}/anthropic", "builtin/weigher")


@ABSENT
async def test_a_tournament_against_two_servers(tmp_path: Path) -> None:
    """C7, C10, C11: one server for each API, by different authors, with a fifth of the replies failing; one judges."""
    says = [({"systemMessage": "You are the judge"}, RULING), ({}, SPEECH)]
    async with llmock(tmp_path, errors=FIFTH) as one, aimock(tmp_path, says=says, chaos=CHAOS) as other:
        await played(tmp_path, f"{one}/v1", other, "other/claude-haiku-4-5")
