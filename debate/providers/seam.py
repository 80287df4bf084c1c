"""What everything that answers requests has in common."""

from __future__ import annotations

import typing

from debate.domain import Completion, Request


class Provider(typing.Protocol):
    """Whatever answers requests: an API, a built-in heuristic, a script, or an earlier tournament."""

    @property
    def account(self) -> str:
        """What is paced together; it never holds a key."""
        ...

    @property
    def paid(self) -> bool:
        """Whether its replies cost money."""
        ...

    async def complete(self, request: Request) -> Completion:
        """Make exactly one attempt, or raise a `ProviderError` or an `AccountError`."""
        ...

    async def aclose(self) -> None:
        """Give up its connections."""
        ...


@typing.runtime_checkable
class Probed(typing.Protocol):
    """A provider that can tell for free whether it would answer."""

    async def probe(self, model: str) -> None:
        """Raise what a call would raise if the key or the model's name is not accepted."""
        ...
