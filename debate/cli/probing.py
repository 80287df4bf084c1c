"""Ask models about debates that are over: what is left to ask, whether it may be paid for, and how it ended."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from debate import prompts
from debate.cli import ending, outcome
from debate.cli.consent import without_price
from debate.cli.flights import Flights
from debate.cli.signals import Signals
from debate.domain import Call, Debate, Tournament, chance
from debate.errors import ConfigError, UsageError
from debate.plural import count
from debate.probing import Asked, Probe, ask
from debate.providers.prices import price
from debate.sent import replies
from debate.store import Pinned, Store
from debate.tournament import Stop

if TYPE_CHECKING:
    from debate.cli.page import Page

Probes = Callable[[Debate], Iterable[Probe]]


@dataclass(frozen=True)
class Questions:
    """What is to be asked about a tournament's debates, of which models, by which templates."""

    tournament: Tournament
    """With the limits that hold for the asking."""
    models: tuple[str, ...]
    probes: Probes
    templates: dict[str, str]
    secret: str


def templates(pinned: Pinned) -> tuple[dict[str, str], str]:
    """Return the templates that a tournament's audit asks with, and the hash of those that readers are shown."""
    folder = pinned.tournament.prompts
    own = prompts.audit(folder if folder and Path(folder).is_dir() else None)
    every = own | pinned.templates
    return every, prompts.reads({name: every[name] for name in own})


def asked(page: Page, store: Store, questions: Questions, *, sample: int | None, yes: bool) -> int:
    """Ask what is left to ask about a sample of debates, and return the exit code of how that ended.

    The sample is of whole questions, as far as it goes; a larger one has the smaller one in it.
    """
    left = [match for match, open_ in _drawn(store, questions, sample) if open_]
    if not left:
        return 0
    stop = Stop()
    result, code = asyncio.run(_ask(page, store, questions, left, stop, yes=yes))
    code = code if result.ending == "interrupted" and code else outcome.CODES[result.ending]
    _told(page, result)
    if result.ending == "interrupted":
        raise typer.Exit(code)
    return code


def _drawn(store: Store, questions: Questions, sample: int | None) -> list[tuple[str, bool]]:
    """Return the debates that are asked about, and of each whether anything is left to ask."""
    known: dict[tuple[str, str], list[Call]] = defaultdict(list)
    name = questions.tournament.name
    for call in store.audit_calls(name):
        if call.reply:
            known[call.match, call.where].append(call.reply)
    found = sorted(_finished(store, name, questions.probes, known))
    return [(match, open_) for _, match, open_ in found[:sample]]


def _finished(
    store: Store, name: str, probes: Probes, known: dict[tuple[str, str], list[Call]]
) -> Iterator[tuple[tuple[int, int], str, bool]]:
    """Yield every debate of two that is over, with its place in the draw and whether anything is left to ask."""
    for debate, _ in store.debates(name):
        match = debate.match
        argued = {seat.seat for seat in match.seats if seat.argues is not None}
        if len(argued) == 2 and not debate.broken and argued <= {turn.seat for turn in debate.turns}:
            place = chance("asked", match.question.id), chance("asked", match.id)
            open_ = any(probe.asks(known.get((match.id, probe.where), ())) for probe in probes(debate))
            yield place, match.id, open_


async def _ask(
    page: Page, store: Store, questions: Questions, left: Sequence[str], stop: Stop, *, yes: bool
) -> tuple[Asked, int]:
    tournament = questions.tournament
    async with Flights(tournament.endpoints, limits=tournament.limits, replies=replies(store)) as providers:
        paid = [model for model in questions.models if providers.resolve(model).paid]
        _agreed(tournament, paid, yes=yes)
        await providers.accepted(questions.models)
        page.note(f"asking {', '.join(questions.models)} about {len(left):,} debate{'' if len(left) == 1 else 's'}")
        with Signals(stop, say=page.note, leaving=lambda: _left(page)) as signals:
            try:
                result = await ask(
                    store,
                    tournament,
                    left,
                    questions.probes,
                    templates=questions.templates,
                    secret=questions.secret,
                    providers=providers,
                    stop=stop,
                )
            except asyncio.CancelledError:
                if not signals.code:
                    raise
                result = Asked("interrupted", "the grace period is over")
            return result, signals.code


def _left(page: Page) -> None:
    page.note(f"left at once: replies that were in flight are lost; go on with: {ending.command()}")


def _agreed(tournament: Tournament, paid: Sequence[str], *, yes: bool) -> None:
    """Return if what is paid for has a cap, or was agreed to."""
    limits = tournament.limits
    without = [m for m in paid if price(m, "", tournament.prices, endpoints=tournament.endpoints) is None]
    if without and limits.max_cost_usd is not None:
        raise ConfigError(map(without_price, without))
    if paid and not yes and limits.max_cost_usd is None and limits.max_calls is None:
        raise UsageError(
            f"this audit pays for calls to {', '.join(paid)}: give --max-cost USD or --max-calls N, which hold for all "
            "that the tournament has cost, or agree with --yes"
        )


def _told(page: Page, result: Asked) -> None:
    """Say how it ended and how to go on."""
    page.note(f"{count(result.calls, 'call')} made; what was answered is kept, and no call is made twice")
    if result.busy:
        page.note(
            f"{count(result.busy, 'debate was', 'debates were')} left alone: "
            "another run is at work there, or nobody has judged yet"
        )
    if result.failed:
        page.note(f"{count(result.failed, 'question')} got no answer: the same command asks again")
    if result.ending == "budget":
        again = ending.command(max_calls="N") if "$" not in result.why else ending.command(max_cost="USD")
        page.note(f"stopped: {result.why}; go on with: {again}")
    elif result.ending == "interrupted":
        page.note(f"stopped; go on with: {ending.command()}")
