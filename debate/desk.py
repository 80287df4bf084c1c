"""One paid call, from an ask to a durable reply: rendered, announced, made, and written down.

The announcement (the intent) is durable before a request is sent, and no `await` stands between a reply and its row.
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
import typing
from collections.abc import Callable, Mapping, Sequence

from debate.domain import Ask, Call, Completion, Endpoint, Fault, Intent, Limits, Price, Reply, Request, Row
from debate.errors import DebateError, ProviderError
from debate.events import Retried, Tell, silent
from debate.prompts import Renderer
from debate.providers import Provider, pacing, prices
from debate.room import Room


class Journal(typing.Protocol):
    """Where rows become durable, in order."""

    def write(self, *rows: Row) -> asyncio.Future[None]:
        """Queue rows as one unit at once; the future is done when they are durable."""
        ...


class Stopped(DebateError):
    """The run was asked to stop before this call was made."""

    exit_code = 130


Then: typing.TypeAlias = Callable[[Call], tuple[Row, ...]]
"""What else is known once a call is answered; its rows join the reply in one commit."""


class Desk:
    """Makes the calls of a run."""

    def __init__(
        self,
        *,
        renderer: Renderer,
        resolve: Callable[[str], Provider],
        pacer: pacing.Pacer,
        journal: Journal,
        limits: Limits,
        overrides: Mapping[str, Price] | None = None,
        endpoints: Mapping[str, Endpoint] | None = None,
        tell: Tell = silent,
    ) -> None:
        self._renderer = renderer
        self._resolve = resolve
        self._pacer = pacer
        self._journal = journal
        self._limits = limits
        self._overrides = overrides or {}
        self._endpoints = endpoints or {}
        self._tell = tell
        self._stopping = False
        self._room = Room()
        self._name = secrets.token_hex(6)
        self._numbers = itertools.count()
        self.made = 0
        """How many calls were announced by this desk."""

    def number(self) -> str:
        """Return an id for one attempt, unlike any other in any run."""
        return f"{self._name}-{next(self._numbers)}"

    def stop(self) -> None:
        """Make no more calls; those in flight are waited for by whoever made them."""
        self._stopping = True
        self._pacer.stop()
        self._room.close()

    def write(self, *rows: Row) -> asyncio.Future[None]:
        """Queue rows as one unit."""
        return self._journal.write(*rows)

    async def make(self, match: str, where: str, ask: Ask, then: Then) -> Call:
        """Make a call and queue its reply together with what follows from it.

        Raises:
            ProviderError: the call failed for good.
            AccountError, BudgetReached, StoreError, Stopped: the whole run has to stop.
        """
        request = self._renderer.request(ask)
        provider = self._resolve(ask.sampling.model)
        sent = _Sent(self, match, where, request, provider)
        completion, attempt, latency_s = await self._pacer.complete(
            provider, request, before=sent.announce, failed=sent.failed, attempts=self._limits.attempts
        )
        priced = self._priced(request, completion, provider)
        call = Call(purpose=ask.purpose, slot=ask.slot, attempt=attempt, request=request.digest, completion=priced)
        self._settle(Reply(call=sent.call, completion=priced, latency_s=latency_s), *then(call))
        return call

    async def make_all(self, match: str, where: str, asks: Sequence[Ask], then: Then) -> ProviderError | None:
        """Make calls side by side, and return the first error for good, if any.

        Raises:
            AccountError, BudgetReached, StoreError, Stopped: the whole run has to stop.
        """
        if len(asks) == 1:  # nearly always, and a task of its own would cost a fiftieth of the call
            try:
                await self.make(match, where, asks[0], then)
            except ProviderError as failed:
                return failed
            return None
        calls = (self.make(match, where, ask, then) for ask in asks)
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
        errors = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        for error in errors:
            if not isinstance(error, ProviderError):
                raise error
        return next((error for error in errors if isinstance(error, ProviderError)), None)

    def _priced(self, request: Request, completion: Completion, provider: Provider) -> Completion:
        if completion.usage.cost_usd is not None:
            return completion
        price = self._price(request, completion.model, provider)
        cost = prices.cost(completion.usage, price)
        if completion.usage.calls == 1 and cost is None:
            return completion
        usage = completion.usage.model_copy(update={"cost_usd": cost, "calls": 1})
        return completion.model_copy(update={"usage": usage})

    def _price(self, request: Request, reported: str, provider: Provider) -> Price | None:
        return prices.price(
            request.sampling.model, reported, self._overrides, endpoints=self._endpoints, paid=provider.paid
        )

    def reserve(self, request: Request, provider: Provider) -> float:
        """Return the most that one attempt can cost; 0 where nothing is paid or no price is known."""
        price = self._price(request, "", provider)
        return prices.most(request, price) if price else 0.0

    async def announce(self, intent: Intent) -> None:
        """Write down that a call is about to be made."""
        await self._room.take(lambda: self._intend(intent))
        self.made += 1
        try:
            self._go_on()
        except Stopped:
            self._settle(Fault(call=intent.call, error="not sent: the run was asked to stop"))
            raise

    def _intend(self, intent: Intent) -> asyncio.Future[None]:
        self._go_on()
        return self._journal.write(intent)

    def _settle(self, *rows: Row) -> None:
        """Write down how a call ended; there is room for another only after that."""
        self._journal.write(*rows)
        self._room.leave()

    def _go_on(self) -> None:
        if self._stopping:
            raise Stopped("the run was asked to stop")

    def faulted(self, match: str, model: str, attempt: int, fault: Fault) -> None:
        """Write down that an attempt failed."""
        self._settle(fault)
        self._tell(Retried(match=match, model=model, attempt=attempt, error=fault.error))


class _Sent:
    """The attempts of one call; each has a row of its own."""

    def __init__(self, desk: Desk, match: str, where: str, request: Request, provider: Provider) -> None:
        self.desk = desk
        self.match = match
        self.where = where
        self.request = request
        self.provider = provider
        self.call = ""

    async def announce(self, attempt: int) -> None:
        self.call = self.desk.number()
        await self.desk.announce(
            Intent(
                call=self.call,
                match=self.match,
                where=self.where,
                purpose=self.request.purpose,
                slot=self.request.ask.slot if self.request.ask else 0,
                attempt=attempt,
                request=self.request.digest,
                model=self.request.sampling.model,
                reserve_usd=self.desk.reserve(self.request, self.provider),
            )
        )

    def failed(self, attempt: int, error: ProviderError, latency_s: float) -> None:
        fault = Fault(
            call=self.call, error=f"{type(error).__name__}: {error}", billed=error.billed, latency_s=latency_s
        )
        self.desk.faulted(self.match, self.request.sampling.model, attempt, fault)
