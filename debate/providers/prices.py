"""What does a call cost, and what can it cost at most? Prices of the tournament file first, then those that are known.

Known prices come with the package `genai-prices` and need no network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from genai_prices import data_snapshot, types

from debate.domain import Endpoint, Price, Request, Usage
from debate.providers.account import loopback

FREE = Price(input=0, output=0)
OUTPUT_TOKENS = 4096  # the most that a reply is taken to hold where no limit is set
OUTPUT_TOKENS_THINKING = 16_384  # the same for a model that is asked to reason
BYTES_PER_TOKEN = 3  # no language in use has shorter tokens on average; English has four
OVERHEAD_TOKENS = 300  # what a request holds besides its messages: roles, and the form of the reply

_OFFLINE = ("builtin", "scripted", "replay", "human")
_MAKERS = ("openai", "anthropic")
_TEXT_ONLY = {"input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok", "cache_write_1h_mtok"}
_BESIDE_TEXT = ("kcount",)  # searches, which nothing here asks for
_NOT_CHAT = ("audio", "babbage", "curie", "davinci", "ft:", ".ft-", "image", "instruct", "search", "transcribe", "tts")


class _Tiered(Price):
    """A price that is another for long requests, all of whose tokens then cost more."""

    tiers: tuple[tuple[int, Price], ...] = ()
    """From how many input tokens on, what."""

    def at(self, tokens: int) -> Price:
        """Return the price of a request with so many input tokens."""
        return next((price for start, price in reversed(self.tiers) if tokens > start), self)


def price(
    model: str,
    reported: str,
    overrides: Mapping[str, Price],
    *,
    endpoints: Mapping[str, Endpoint] | None = None,
    paid: bool = True,
) -> Price | None:
    """Return the price of a model, or None where it is not known, which is not the same as free.

    Args:
        model: `provider/model` as the tournament names it.
        reported: the model that the endpoint said it used, or empty; it is what is charged for.
        overrides: the prices of the tournament file, by `provider/model`.
        endpoints: the endpoint tables, whose addresses tell whose prices hold; those on this machine are free.
        paid: what the provider says of itself; one that is not paid is free where the file says nothing else.
    """
    label, _, name = model.partition("/")
    for key in (f"{label}/{reported}", model):
        if key in overrides:
            return overrides[key]
    if label in _OFFLINE or not paid:
        return FREE
    endpoint = (endpoints or {}).get(label)
    if endpoint is None:
        return _known(reported or name, label, "") or _known(name, label, "") if label in _MAKERS else None
    url = endpoint.base_url if isinstance(endpoint.base_url, str) else endpoint.base_url[0]
    if loopback(url):
        return FREE
    return _known(reported or name, None, url) or _known(name, None, url)


def cost(usage: Usage, price: Price | None) -> float | None:
    """Return what a call cost in dollars; None where the price or the tokens are unknown."""
    if price is None or (price != FREE and not usage.input_tokens and not usage.output_tokens):
        return None
    if isinstance(price, _Tiered):
        price = price.at(usage.input_tokens)
    fresh = max(0, usage.input_tokens - usage.cached_tokens - usage.cache_write_tokens)
    read = price.input if price.cached_input is None else price.cached_input
    write = price.input if price.cache_write is None else price.cache_write
    spent = fresh * price.input + usage.cached_tokens * read + usage.cache_write_tokens * write
    return (spent + usage.output_tokens * price.output) / 1e6


def most(request: Request, price: Price) -> float:
    """Return the most that one attempt can cost in dollars: nothing cached, and a reply as long as it may be."""
    size = sum(
        len(part.text.encode("utf-8", "surrogatepass")) for message in request.messages for part in message.parts
    )
    tokens = -(-size // BYTES_PER_TOKEN) + OVERHEAD_TOKENS
    if isinstance(price, _Tiered):
        price = price.at(tokens)
    dearest = max(price.input, price.cache_write or 0.0)
    return (tokens * dearest + _longest(request) * price.output) / 1e6


def _longest(request: Request) -> int:
    limit, reasoning = request.sampling.max_output_tokens, request.sampling.reasoning or ""
    if reasoning.isdecimal():  # a budget for thinking comes on top of the reply
        return int(reasoning) + (limit or OUTPUT_TOKENS)
    return limit or (OUTPUT_TOKENS_THINKING if reasoning else OUTPUT_TOKENS)


def known() -> tuple[tuple[str, Price], ...]:
    """Return the chat models whose prices are known, as `provider/model`, with what they cost."""
    return tuple(_listed())


def _listed() -> Iterator[tuple[str, Price]]:
    now = datetime.now(UTC)
    for maker in sorted(data_snapshot.get_snapshot().providers, key=lambda provider: provider.id):
        if maker.id not in _MAKERS:
            continue
        for model in maker.models:
            found = _read(model.get_prices(now))
            if found and not model.deprecated and not any(word in model.id for word in _NOT_CHAT):
                yield f"{maker.id}/{model.id}", found


@lru_cache(maxsize=1024)
def _known(name: str, maker: str | None, url: str) -> Price | None:
    try:
        _, model = data_snapshot.get_snapshot().find_provider_model(name, None, maker, url or None)
    except LookupError:
        return None
    return _read(model.get_prices(datetime.now(UTC)))


def _read(prices: types.ModelPrice) -> Price | None:
    """Return a price in our terms; None for a model that is not paid by tokens of text."""
    given = {key: value for key, value in vars(prices).items() if value is not None}
    beside = {key for key in given if key not in _TEXT_ONLY and not key.endswith(_BESIDE_TEXT)}
    if beside or "input_mtok" not in given or "output_mtok" not in given:
        return None
    starts = {tier.start for value in given.values() if isinstance(value, types.TieredPrices) for tier in value.tiers}
    base = _at(given, 0)
    if not starts:
        return base
    return _Tiered(**base.model_dump(), tiers=tuple((start, _at(given, start + 1)) for start in sorted(starts)))


def _at(given: Mapping[str, object], tokens: int) -> Price:
    def flat(key: str) -> float | None:
        value = given.get(key)
        if isinstance(value, types.TieredPrices):
            value = next((tier.price for tier in reversed(value.tiers) if tokens > tier.start), value.base)
        return None if value is None else float(str(value))

    return Price(
        input=flat("input_mtok") or 0.0,
        output=flat("output_mtok") or 0.0,
        cached_input=flat("cache_read_mtok"),
        cache_write=flat("cache_write_mtok"),
    )
