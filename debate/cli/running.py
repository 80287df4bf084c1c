"""Carry a tournament out: check and agree on everything that comes before spending, then run it."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from debate import forecast, preparing, prompts
from debate.cli import consent, outcome, planning, tallying
from debate.cli.session import Session
from debate.domain import Tournament
from debate.errors import PlanChanged
from debate.forecast import Forecast, Left
from debate.store import Store

if TYPE_CHECKING:
    from debate.cli.page import Page

FREE = ("limits", "prices", "endpoints", "peek")  # what may change from one run to the next


def carry_out(
    tournament: Tournament, store: Store, page: Page, *, yes: bool = False, retry_failed: bool = False
) -> None:
    """Run a tournament as far as it goes, and leave with the exit code that says how far that was.

    Nothing is pinned, called or spent before everything that can be checked has been.
    """
    called: tuple[str, ...] = ()
    tournament = preparing.resumed(tournament, store.pinned(tournament.name))
    if not finished(tournament, store, retry_failed=retry_failed):
        expected = planned(tournament, store)
        left = unfinished(expected, tournament, store, retry_failed=retry_failed)
        consent.agreed(page, expected, left, tournament.limits, yes=yes, show=lambda: planning.show(page, expected))
        called = left.models
    go_through(tournament, store, page, called, retry_failed=retry_failed)


def go_through(
    tournament: Tournament, store: Store, page: Page, called: Iterable[str], *, retry_failed: bool = False
) -> None:
    """Run what has been agreed to, and leave with the exit code that says how far that was."""
    session = Session(tournament, store, page, retry_failed=retry_failed)
    result = asyncio.run(session.go(called))
    code = session.code if result.ending == "interrupted" and session.code else outcome.CODES[result.ending]
    if result.ending != "interrupted":
        tallying.keep(store, tournament.name)
    outcome.told(page, tournament, store, result, code=code)
    if session.gone:
        raise BrokenPipeError(errno.EPIPE, "nobody reads any more")
    if code:
        raise typer.Exit(code)


def finished(tournament: Tournament, store: Store, *, retry_failed: bool) -> bool:
    """Tell whether a tournament is pinned just as it is given, and nothing of it is left to do."""
    pinned = store.pinned(tournament.name)
    if pinned is None or pinned.tournament.model_copy(update={n: getattr(tournament, n) for n in FREE}) != tournament:
        return False
    if tournament.pairing.kind == "swiss":  # the next round is not planned yet
        return False
    states = store.status(tournament.name).matches
    failed = retry_failed and (states["failed"] or store.failed_rulings(tournament.name))
    return not (states["open"] or states["played"] or failed)


def planned(tournament: Tournament, store: Store | None = None) -> Forecast:
    """Return what a tournament comes to; one that is pinned otherwise is an error."""
    pinned = store.pinned(tournament.name) if store else None
    tournament = preparing.resumed(tournament, pinned)
    templates = pinned.templates if pinned and tournament.prompts is None else prompts.load(tournament.prompts)
    chosen = preparing.drawn(tournament)
    if store and pinned and (changed := tuple(preparing.differences(pinned, tournament, templates, chosen, store))):
        raise PlanChanged(tournament.name, changed)
    return forecast.forecast(tournament, chosen, templates)


def unfinished(expected: Forecast, tournament: Tournament, store: Store, *, retry_failed: bool) -> Left:
    """Return what is still to be paid for."""
    pinned = store.pinned(tournament.name)
    if pinned is None:
        return expected.left({}, ())
    judged = {judge.name for judge in pinned.tournament.judges}
    states = dict(store.status(tournament.name).matches)
    again = len(store.failed_rulings(tournament.name)) if retry_failed else 0
    states["done"], states["played"] = max(0, states["done"] - again), states["played"] + again
    return expected.left(states, judged, retry_failed=retry_failed)
