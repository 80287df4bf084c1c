"""Which provider a name means, and what two names share."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from debate.domain import Endpoint, Limits
from debate.errors import AccountError, ConfigError
from debate.providers import Providers, problems, resolve
from debate.providers.scripted import Scripted
from tests import builders
from tests.faults import Faults, silence

KEYS = {"OPENAI_API_KEY": "sk-one", "ANTHROPIC_API_KEY": "sk-two", "LAB_KEY": "sk-three"}
LAB = {"lab": Endpoint(api="openai", base_url="http://127.0.0.1:8000/v1")}


async def test_every_kind_of_name() -> None:
    """The part before the slash names an API, an offline provider or an endpoint table."""
    async with Providers(LAB, environ=KEYS) as providers:
        kinds = {
            "openai/gpt-5": "OpenAI",
            "anthropic/claude-haiku-4-5": "Anthropic",
            "lab/meta-llama/Llama-3.3-70B": "OpenAI",
            "builtin/weigher": "Builtin",
        }
        assert {model: type(providers.resolve(model)).__name__ for model in kinds} == kinds
        paid = {model: providers.resolve(model).paid for model in kinds}
    assert [model for model in paid if paid[model]] == ["openai/gpt-5", "anthropic/claude-haiku-4-5"]


async def test_one_account_is_one_provider() -> None:
    """Models of one account share connections and pace; another key or address is another account."""
    endpoints = {
        "lab": LAB["lab"],
        "keyed": Endpoint(api="openai", base_url="http://127.0.0.1:8000/v1", api_key_env="LAB_KEY"),
        "other": Endpoint(api="openai", base_url="http://127.0.0.1:8001/v1"),
    }
    async with Providers(endpoints, environ=KEYS) as providers:
        assert providers.resolve("openai/gpt-5") is providers.resolve("openai/gpt-5-mini")
        accounts = [providers.resolve(f"{label}/x").account for label in endpoints]
    assert len(set(accounts)) == 3
    assert not any("sk-" in account for account in accounts)


async def test_a_script_is_found_by_its_file(tmp_path: Path) -> None:
    """`scripted/FILE` loads a file of the user's."""
    script = tmp_path / "ada.py"
    script.write_text("def speak(ask):\n    return 'I hold my answer.'\n")
    async with Providers() as providers:
        done = await providers.resolve(f"scripted/{script}").complete(builders.request())
    assert done.text == "I hold my answer."


async def test_providers_of_the_callers_own_come_first() -> None:
    """A provider can be given for a model, or for everything before a slash."""
    one, all_others = Scripted(lambda ask: "one"), Scripted(lambda ask: "others")
    async with Providers(given={"scripted/ada": one, "scripted": all_others}) as providers:
        assert providers.resolve("scripted/ada") is one
        assert providers.resolve("scripted/bob") is all_others


async def test_a_replay_finds_its_replies_through_the_caller() -> None:
    """`replay/NAME` asks for the replies of the tournament of that name, and says what it needs where nobody tells."""
    async with Providers(replies=lambda name: lambda ask: builders.completion(f"from {name}")) as providers:
        done = await providers.resolve("replay/first").complete(builders.request())
    assert done.text == "from first"
    with pytest.raises(ConfigError, match="needs the database"):
        Providers().resolve("replay/first")


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("opnai/gpt-5", 'Did you mean "openai/gpt-5"?'),
        ("lb/llama", 'Did you mean "lab/llama"?'),
        ("xyzzy/gpt-5", "Known are openai, anthropic, builtin, scripted, replay, lab."),
        ("gpt-5", "unknown provider"),
        ("openai", 'write "openai/MODEL"'),
        ("openai/", 'write "openai/MODEL"'),
        ("builtin/wiegher", 'Did you mean "builtin/weigher"?'),
        ("builtin/x", "Known are advocate"),
    ],
)
def test_names_that_mean_nothing(model: str, words: str) -> None:
    """An unknown name is a mistake of the file, told with what was perhaps meant."""
    assert words in next(iter(problems([model], LAB)))
    with pytest.raises(ConfigError) as caught:
        Providers(LAB, environ=KEYS).resolve(model)
    assert words in str(caught.value)


def test_all_mistakes_are_told_together() -> None:
    """Names can be checked without keys, and each wrong one is told."""
    assert len(list(problems(["openai/gpt-5", "opnai/a", "lab/b", "builtin/c"], LAB))) == 2


def test_a_missing_key_is_told_when_the_name_is_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    """C5: long before a request is made."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(AccountError, match='set "OPENAI_API_KEY"'):
        resolve("openai/gpt-5")


async def test_the_tournaments_limit_on_time_reaches_the_calls() -> None:
    """C13: `timeout_s` bounds each call as a whole."""
    async with Faults(silence()) as server:
        endpoints = {"lab": Endpoint(api="openai", base_url=f"{server.url}/v1")}
        async with Providers(endpoints, limits=Limits(timeout_s=0.2)) as providers:
            asked = builders.ask(voice=builders.player(model="lab/x"))
            with pytest.raises(Exception, match=r"no reply in 0\.2 s"):
                await providers.resolve("lab/x").complete(builders.request(asked))


def test_no_sdk_is_loaded_before_it_is_needed() -> None:
    """Offline runs start without either SDK, which take about a second each."""
    code = "import sys, debate.providers as p; p.Providers().resolve('builtin/weigher'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"openai", "anthropic", "httpx2", "aiohttp", "genai_prices", "tenacity"} & set(loaded)
