"""What calls cost: known prices, prices of the file, and prices that nobody knows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.domain import Endpoint, Price, Request, Usage
from debate.providers import prices
from tests import builders

PRICE = Price(input=3, output=15, cached_input=0.3, cache_write=3.75)


def request(text: str, **settings: Any) -> Request:
    return builders.request(builders.ask(voice=builders.player(model="openai/gpt-5", **settings)), text=text)


def test_known_models_have_prices() -> None:
    """The models that the examples use, by the name that is asked for and the dated one that is reported."""
    for model in ("openai/gpt-5-mini", "anthropic/claude-haiku-4-5", "anthropic/claude-opus-4-7"):
        found = prices.price(model, "", {})
        assert found is not None
        assert 0 < found.input < found.output
    assert prices.price("openai/gpt-5", "gpt-5-2025-08-07", {}) == prices.price("openai/gpt-5", "", {})


def test_an_unknown_price_is_not_free() -> None:
    """C21: None is what callers refuse a cap for; nothing turns it into 0."""
    assert prices.price("openai/never-heard-of-it", "", {}) is None
    assert prices.price("lab/llama", "", {}) is None
    assert prices.cost(Usage(input_tokens=10, output_tokens=1), None) is None


def test_prices_of_the_file_come_first() -> None:
    """Both for models that are known otherwise and for those that are not."""
    overrides = {"openai/gpt-5": PRICE, "lab/llama": PRICE}
    assert prices.price("openai/gpt-5", "gpt-5-2025-08-07", overrides) is PRICE
    assert prices.price("lab/llama", "", overrides) is PRICE


def test_what_is_used_is_what_is_charged() -> None:
    """C16: where an endpoint says that it used another model, that one's price holds."""
    assert prices.price("openai/gpt-5", "gpt-5-mini", {}) == prices.price("openai/gpt-5-mini", "", {})


def test_what_runs_here_is_free() -> None:
    """Built-ins, scripts, replays, and servers on this machine."""
    endpoints = {"lab": Endpoint(api="openai", base_url="http://localhost:8000/v1")}
    for model in ("builtin/weigher", "scripted/ada.py", "replay/first", "lab/llama"):
        assert prices.price(model, "", {}, endpoints=endpoints) == prices.FREE
    assert prices.price("openai/gpt-5", "", {}, paid=False) == prices.FREE
    assert prices.price("openai/gpt-5", "", {"openai/gpt-5": PRICE}, paid=False) is PRICE
    assert prices.cost(Usage(), prices.FREE) == 0.0


def test_the_address_of_an_endpoint_tells_whose_prices_hold() -> None:
    """A table for a provider whose prices are known needs none of its own."""
    endpoints = {"router": Endpoint(api="openai", base_url="https://openrouter.ai/api/v1")}
    assert prices.price("router/meta-llama/llama-3.3-70b-instruct", "", {}, endpoints=endpoints)
    assert prices.price("router/meta-llama/llama-3.3-70b-instruct", "", {}) is None


def test_cached_and_written_tokens_have_their_own_prices() -> None:
    """Input is split into fresh, read from a cache and written to it; the parts are priced apart."""
    usage = Usage(input_tokens=1_000_000, cached_tokens=600_000, cache_write_tokens=100_000, output_tokens=100_000)
    assert prices.cost(usage, PRICE) == pytest.approx(0.3 * 3 + 0.6 * 0.3 + 0.1 * 3.75 + 0.1 * 15)
    assert prices.cost(usage, Price(input=3, output=15)) == pytest.approx(3 + 1.5)


def test_long_requests_cost_what_they_cost() -> None:
    """Some models charge more for every token of a long request."""
    found = prices.price("anthropic/claude-sonnet-4-5", "", {})
    assert found is not None
    short, long = (prices.cost(Usage(input_tokens=n, output_tokens=0), found) for n in (200_000, 200_001))
    assert short is not None
    assert long == pytest.approx(2 * short, rel=1e-4)


def test_a_reply_without_counts_has_no_known_cost() -> None:
    """A server that counts nothing is not taken to have worked for nothing."""
    assert prices.cost(Usage(calls=1), PRICE) is None


@given(
    text=st.text(max_size=400),
    output=st.integers(1, 500),
    cached=st.integers(0, 100),
    written=st.integers(0, 100),
)
def test_no_call_costs_more_than_was_reserved(text: str, output: int, cached: int, written: int) -> None:
    """C22: whatever of a prompt is cached or written, at one token for three bytes or fewer, the bound holds."""
    sent = request(text, max_output_tokens=500)
    tokens = -(-len(text.encode("utf-8", "surrogatepass")) // 3)
    read = min(cached, tokens)
    usage = Usage(
        input_tokens=tokens,
        cached_tokens=read,
        cache_write_tokens=min(written, tokens - read),
        output_tokens=output,
    )
    spent = prices.cost(usage, PRICE)
    assert spent is not None
    assert spent <= prices.most(sent, PRICE)


def test_what_is_reserved_follows_the_limit_on_the_reply() -> None:
    """A limit bounds the reply; a budget for thinking comes on top; without either a default stands in."""
    flat = Price(input=0, output=1_000_000)
    assert prices.most(request("x", max_output_tokens=600), flat) == 600
    assert prices.most(request("x", max_output_tokens=600, reasoning="8000"), flat) == 8600
    assert prices.most(request("x"), flat) == prices.OUTPUT_TOKENS
    assert prices.most(request("x", reasoning="high"), flat) == prices.OUTPUT_TOKENS_THINKING


def test_models_can_be_listed_with_their_prices() -> None:
    """The list holds chat models of both makers, and nothing that is paid by the image or the minute."""
    listed = dict(prices.known())
    assert {"openai/gpt-5-mini", "anthropic/claude-haiku-4-5"} <= listed.keys()
    assert not [name for name in listed if "whisper" in name or "image" in name or "embedding" in name]
    assert all(price.output > 0 for price in listed.values())
