"""Who answers requests: which provider a model's name means, and one set of connections for each account."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

from debate.domain import Ask, Completion, Endpoint, Limits
from debate.errors import ConfigError
from debate.providers.account import Account, account
from debate.providers.builtin import JUDGES, NEUTRAL, PLAYERS
from debate.providers.seam import Probed, Provider

__all__ = ["Provider", "Providers", "probe", "problems", "resolve"]

_APIS = ("openai", "anthropic")
_OFFLINE = ("builtin", "scripted", "replay")


class Providers:
    """The providers of a run; those of one account share their connections. Close it, or use it in `async with`."""

    def __init__(
        self,
        endpoints: Mapping[str, Endpoint] | None = None,
        *,
        limits: Limits | None = None,
        environ: Mapping[str, str] | None = None,
        given: Mapping[str, Provider] | None = None,
        replies: Callable[[str], Callable[[Ask], Completion | None]] | None = None,
    ) -> None:
        """Prepare to resolve names.

        Args:
            endpoints: the tournament's endpoint tables.
            limits: the tournament's limits, of which the time that a call may take matters here.
            environ: where keys and addresses are read; the process's environment where None.
            given: providers of the caller's own, by model or by what stands before its slash. They come first, and
                are closed with the rest.
            replies: how `replay/NAME` finds what was once replied in the tournament of that name.
        """
        self._given = given or {}
        self._replies = replies
        self._endpoints = endpoints or {}
        self._limits = limits or Limits()
        self._environ = os.environ if environ is None else environ
        self._by_model: dict[str, Provider] = {}
        self._by_account: dict[str, Provider] = {}

    def resolve(self, model: str) -> Provider:
        """Return the provider that a model's name means.

        Raises:
            ConfigError: nothing is called that.
            AccountError: its key is missing.
        """
        found = self._by_model.get(model)
        if found is None:
            found = self._by_model[model] = self._opened(model)
        return found

    def _opened(self, model: str) -> Provider:
        label, _, name = model.partition("/")
        given = self._given.get(model) or self._given.get(label)
        if given is not None:
            return self._shared(f"given {id(given)}", lambda: given)
        if wrong := tuple(problems([model], self._endpoints)):
            raise ConfigError(wrong)
        if label in _OFFLINE:
            return self._shared(label if label == "builtin" else model, lambda: self._offline(label, name))
        mine = account(label, self._endpoints, self._environ)
        return self._shared(mine.id, lambda: _online(mine, self._limits.timeout_s))

    def _shared(self, key: str, opened: Callable[[], Provider]) -> Provider:
        if key not in self._by_account:
            self._by_account[key] = opened()
        return self._by_account[key]

    def _offline(self, label: str, name: str) -> Provider:
        """Import only what answers: the built-ins load a retrieval library."""
        if label == "builtin":
            from debate.providers.builtin.provider import Builtin

            return Builtin()
        if label == "scripted":
            from debate.providers.scripted import Scripted

            return Scripted.load(name)
        from debate.providers.replay import Replay

        if self._replies is None:
            raise ConfigError([f'"replay/{name}" needs the database of the tournament "{name}"'])
        return Replay(name, self._replies(name))

    async def aclose(self) -> None:
        """Close every connection."""
        for provider in self._by_account.values():
            await provider.aclose()
        self._by_model.clear()
        self._by_account.clear()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def resolve(model: str, endpoints: Mapping[str, Endpoint] | None = None, *, limits: Limits | None = None) -> Provider:
    """Return the provider that a model's name means, with connections of its own."""
    return Providers(endpoints, limits=limits).resolve(model)


async def probe(provider: Provider, model: str) -> None:
    """See, before anything is spent, that a key and a model are accepted, where that can be asked for free.

    Raises:
        AccountError: the key is rejected.
        Permanent: there is no such model; the message suggests others.
        Unreachable: the endpoint cannot be reached.
    """
    if isinstance(provider, Probed):
        await provider.probe(model)


def problems(models: Iterable[str], endpoints: Mapping[str, Endpoint]) -> Iterator[str]:
    """Yield what is wrong with models' names; neither keys nor connections are needed to tell."""
    labels = [*_APIS, *_OFFLINE, *endpoints]
    for model in models:
        label, slash, name = model.partition("/")
        if label not in labels:
            close = difflib.get_close_matches(label, labels, n=1, cutoff=0.5)
            hint = f'Did you mean "{close[0]}/{name or "MODEL"}"?' if close else f"Known are {', '.join(labels)}."
            yield f'unknown provider in the model "{model}". {hint}'
        elif not slash or not name:
            yield f'the model "{model}" names a provider only: write "{label}/MODEL"'
        elif label == "builtin" and name not in (*PLAYERS, *JUDGES, *NEUTRAL):
            yield f'unknown model "{model}". {_hint(name, (*PLAYERS, *JUDGES), "builtin")}'


def _hint(name: str, known: Sequence[str], label: str) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f'Did you mean "{label}/{close[0]}"?' if close else f"Known are {', '.join(known)}."


def _online(mine: Account, timeout_s: float) -> Provider:
    """Import an SDK only when it is needed: either takes about a second."""
    if mine.api == "openai":
        from debate.providers.openai import OpenAI

        return OpenAI(mine, timeout_s=timeout_s)
    from debate.providers.anthropic import Anthropic

    return Anthropic(mine, timeout_s=timeout_s)
