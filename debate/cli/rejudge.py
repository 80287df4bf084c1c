"""`debate rejudge`: another judge over the transcripts that are there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.domain import Tournament
    from debate.store import Store


def rejudge(
    name: o.Named,
    judge: Annotated[
        list[str], typer.Option("--judge", metavar="MODEL", help="provider/model or NAME=provider/model.")
    ],
    view: Annotated[
        list[str] | None, typer.Option("--view", help="What it sees: full, quotes, opening, solo, double.")
    ] = None,
    max_cost: o.MaxCost = None,
    max_calls: o.MaxCalls = None,
    concurrency: o.Concurrency = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Have another judge rule on the debates of a tournament; nothing is debated again.

    \b
    debate rejudge first --judge builtin/gullible
    debate rejudge first --judge strict=openai/gpt-5 --view quotes --max-cost 3
    """
    from debate.cli.running import carry_out
    from debate.errors import UsageError
    from debate.store import Store

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, notice=page.note) as store:
        pinned = store.pinned(name)
        if pinned is None:
            store.status(name)
            raise UsageError(f'there is no tournament "{name}"')
        given = {"max_cost_usd": max_cost, "max_calls": max_calls, "concurrency": concurrency}
        limits = pinned.tournament.limits.model_copy(update={k: v for k, v in given.items() if v is not None})
        tournament = judged_by(pinned.tournament, judge, tuple(view or ()))
        tournament = tournament.model_copy(update={"limits": limits})
        if pinned.tournament.questions:
            carry_out(tournament, store, page, yes=yes)
        else:
            elsewhere(tournament, store, page, yes=yes)


def elsewhere(tournament: Tournament, store: Store, page: Page, *, yes: bool) -> None:
    """Have judges rule on what was played elsewhere: there is no plan to forecast, so that what is paid needs a cap."""
    from debate import preparing
    from debate.cli.running import go_through
    from debate.errors import UsageError

    called = [judge.model for judge in tournament.judges if judge.kind == "model"]
    limits = tournament.limits
    if called and not yes and limits.max_cost_usd is None and limits.max_calls is None:
        models = ", ".join(called)
        raise UsageError(
            f"this run pays for calls to {models}: give --max-cost USD or --max-calls N, or agree with --yes"
        )
    if left := preparing.prepare_imported(tournament, store):
        page.note(f"{left} of the debates stay as they are: prompts/ has no judge.md for the rules they were played by")
    go_through(tournament, store, page, called)


def judged_by(tournament: Tournament, models: list[str], views: tuple[str, ...]) -> Tournament:
    """Return a tournament with more judges; those it has already are left as they are."""
    from pydantic import ValidationError

    from debate import intake, plan
    from debate.config.checking import faults
    from debate.config.flags import agents
    from debate.domain import Judge
    from debate.errors import ConfigError

    known = {judge.name: judge for judge in tournament.judges}
    seat = {"sits": False} if any(map(plan.has_seat, tournament.protocols)) else {}  # else new games would be played
    for table in agents(models):
        try:
            one = Judge.model_validate({**table, **({"views": views} if views else {}), **seat})
        except ValidationError as exc:
            raise ConfigError(intake.told(exc, Judge)) from exc
        if known.setdefault(one.name, one).digest != one.digest:
            raise ConfigError([f'there is a judge "{one.name}" with other settings: name this one, NAME={one.model}'])
    joined = {"judges": tuple(known.values()), "rejudged": _later(tournament, known)}
    extended = tournament.model_copy(update=joined)
    found = faults(extended)
    if not tournament.questions:  # played elsewhere: nobody debates here
        found = ((loc, what) for loc, what in found if loc != ("debaters",))
    if problems := [f"{intake.place(loc)}: {what}" for loc, what in found]:
        raise ConfigError(problems)
    return extended


def _later(tournament: Tournament, judges: Iterable[str]) -> tuple[str, ...]:
    """Return the names of all judges who joined after the tournament was planned."""
    planned = {judge.name for judge in tournament.judges}.difference(tournament.rejudged)
    return tuple(name for name in judges if name not in planned)
