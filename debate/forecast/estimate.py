"""What would calls cost? Tokens of each request as far as it can be told, what a cache would serve, and the price."""

from __future__ import annotations

import os
from bisect import bisect
from dataclasses import dataclass, replace

from debate.domain import Price, Request, Tournament, Usage
from debate.errors import AccountError
from debate.forecast.rehearsal import Rehearsed
from debate.providers import prices
from debate.providers.account import account

CHARACTERS = 4  # to a token, in English
CACHED_FROM = 1024  # tokens of a prefix from which on endpoints cache it
REASONING = {"minimal": 100, "low": 500, "medium": 2_000, "high": 6_000}  # tokens of thinking, by the effort asked for
ASKED = 2  # an unusable reply is asked for once more

_MAKERS = ("openai", "anthropic")


@dataclass(frozen=True)
class Use:
    """What calls take together; the costs are of those whose price is known."""

    calls: int = 0
    unpriced: int = 0
    input_tokens: float = 0.0
    cached_tokens: float = 0.0
    output_tokens: float = 0.0
    likely_usd: float = 0.0
    most_usd: float = 0.0

    def __add__(self, other: Use) -> Use:
        """Add two uses."""
        return Use(**{name: value + getattr(other, name) for name, value in vars(self).items()})

    def __mul__(self, times: int) -> Use:
        """Return what the same takes several times over."""
        return Use(**{name: value * times for name, value in vars(self).items()})


def price(model: str, tournament: Tournament) -> Price | None:
    """Return what a model's tokens cost, or None where that is not known; no key is needed to tell."""
    label = model.partition("/")[0]
    if label in _MAKERS and label not in tournament.endpoints and model not in tournament.prices and _here(label):
        return prices.FREE
    return prices.price(model, "", tournament.prices, endpoints=tournament.endpoints)


def _here(label: str) -> bool:
    """Tell whether the environment has a maker's API answered on this machine."""
    try:
        return account(label, {}, os.environ).local
    except AccountError:
        return False


class Meter:
    """Measures calls in the order in which they would be made, and remembers what a cache would hold by then."""

    def __init__(self, tournament: Tournament) -> None:
        self._tournament = tournament
        self._prices: dict[str, Price | None] = {}
        self._sent: dict[str, list[str]] = {}

    def price(self, model: str) -> Price | None:
        """Return the price of a model."""
        if model not in self._prices:
            self._prices[model] = price(model, self._tournament)
        return self._prices[model]

    def use(self, call: Rehearsed) -> Use:
        """Return what one call takes."""
        request = call.request
        model = request.sampling.model
        if model.startswith("human/"):
            return Use()
        text = "".join(part.text for message in request.messages for part in message.parts)
        cached = 0.0 if self.price(model) == prices.FREE else self._cached(model, text)
        output = len(call.reply) / CHARACTERS + _reasoning(request)
        use = Use(calls=1, input_tokens=len(text) / CHARACTERS, cached_tokens=cached, output_tokens=output)
        return self._priced(use, request)

    def _priced(self, use: Use, request: Request) -> Use:
        found = self.price(request.sampling.model)
        if found is None:
            return replace(use, unpriced=1)
        if found == prices.FREE:
            return use
        written = max(0.0, _shared(request) / CHARACTERS - use.cached_tokens) if found.cache_write else 0.0
        usage = Usage(
            input_tokens=round(use.input_tokens),
            cached_tokens=round(use.cached_tokens),
            cache_write_tokens=round(written),
            output_tokens=round(use.output_tokens),
        )
        return replace(use, likely_usd=prices.cost(usage, found) or 0.0, most_usd=ASKED * prices.most(request, found))

    def _cached(self, model: str, text: str) -> float:
        """Return the tokens of the longest prefix that an earlier request shares, where it is long enough to cache.

        In the order of the alphabet it is a neighbour that shares most.
        """
        earlier = self._sent.setdefault(model, [])
        at = bisect(earlier, text)
        longest = max((_common(text, other) for other in earlier[max(0, at - 1) : at + 1]), default=0) / CHARACTERS
        earlier.insert(at, text)
        return longest if longest >= CACHED_FROM else 0.0


def _shared(request: Request) -> int:
    """Return the characters up to the last part that is marked for caching."""
    total = marked = 0
    for part in (part for message in request.messages for part in message.parts):
        total += len(part.text)
        marked = total if part.cache else marked
    return marked


def _common(one: str, other: str) -> int:
    """Return the length of the common prefix of two texts."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _reasoning(request: Request) -> int:
    effort = request.sampling.reasoning or ""
    return int(effort) if effort.isdecimal() else REASONING.get(effort, 0)
