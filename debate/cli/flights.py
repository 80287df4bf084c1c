"""What a run's providers are busy with, for whoever watches."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from debate.domain import Completion, Request
from debate.errors import AccountError, ConfigError, ProviderError
from debate.providers import Provider, Providers, probe


class Flights(Providers):
    """Providers that count the calls in flight."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.flying = 0
        self._counted: dict[str, _Counted] = {}

    def resolve(self, model: str) -> Provider:
        """Return the provider that a model's name means, counted."""
        if model not in self._counted:
            self._counted[model] = _Counted(super().resolve(model), self)
        return self._counted[model]

    async def accepted(self, models: Iterable[str]) -> None:
        """See that every key and every model is accepted, before anything is spent.

        Raises:
            AccountError: keys are missing or rejected; all of them are named.
            ConfigError: models are not there, or endpoints cannot be reached; all of them are named.
        """
        found = await asyncio.gather(*map(self._admit, dict.fromkeys(models)), return_exceptions=True)
        errors = [one for one in found if isinstance(one, BaseException)]
        for error in errors:
            if not isinstance(error, AccountError | ProviderError):
                raise error
        if barred := dict.fromkeys(str(error) for error in errors if isinstance(error, AccountError)):
            raise AccountError("\n".join(barred))
        if errors:
            raise ConfigError(dict.fromkeys(map(str, errors)))

    async def _admit(self, model: str) -> None:
        await probe(super().resolve(model), model)


class _Counted:
    def __init__(self, inner: Provider, flights: Flights) -> None:
        self._inner = inner
        self._flights = flights

    @property
    def account(self) -> str:
        return self._inner.account

    @property
    def paid(self) -> bool:
        return self._inner.paid

    async def complete(self, request: Request) -> Completion:
        self._flights.flying += 1
        try:
            return await self._inner.complete(request)
        finally:
            self._flights.flying -= 1

    async def aclose(self) -> None:
        await self._inner.aclose()
