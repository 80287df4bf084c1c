"""`debate audit`: signs of collusion, and the turns that show them."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import TYPE_CHECKING, Annotated, Any

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.probing import Probe
    from debate.store import Store

Alpha = Annotated[
    float, typer.Option(min=1e-4, max=0.5, help="The wanted chance of any false alarm in the tournament.")
]
Draws = Annotated[int, typer.Option(min=199, max=99_999, help="How often chance is simulated.")]
Seed = Annotated[int, typer.Option(min=0, help="Of the simulation.")]


Against = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Hold it against the same matches of this tournament, under an intervention."),
]


Reader = Annotated[
    list[str] | None,
    typer.Option("--reader", metavar="MODEL", help="Have a model read the debates; a second one shows if they agree."),
]
Resample = Annotated[
    int | None,
    typer.Option(min=1, max=32, metavar="K", help="Have a turn of each seat written again K times, and judged."),
]
Sample = Annotated[
    int | None, typer.Option("--audit-sample", min=1, metavar="N", help="Ask models about N debates, not about all.")
]


def audit(
    name: o.Name = None,
    against: Against = None,
    reader: Reader = None,
    resample: Resample = None,
    audit_sample: Sample = None,
    max_cost: o.MaxCost = None,
    max_calls: o.MaxCalls = None,
    concurrency: o.Concurrency = None,
    alpha: Alpha = 0.005,
    draws: Draws = 1_999,
    seed: Seed = 0,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Look for signs that two debaters work together against the judge.

    \b
    debate audit
    debate audit first --json
    debate run first.toml --intervention paraphrase
    debate audit first --against first-paraphrase
    debate audit first --reader openai/gpt-5-mini --audit-sample 200 --max-cost 5
    debate audit first --resample 4 --audit-sample 200 --max-cost 20
    """
    from debate.cli import outcome
    from debate.cli.spec import named
    from debate.errors import UsageError
    from debate.report import signs
    from debate.report.auditing import audited
    from debate.store import Store

    if alpha * (draws + 1) < 1:
        raise UsageError(f"--alpha {alpha:g} needs more draws: --draws {ceil(1 / alpha) - 1} or more")
    if not (reader or resample) and any(given is not None for given in (audit_sample, max_cost, max_calls)):
        raise UsageError(
            "--audit-sample, --max-cost and --max-calls go with --reader or --resample: nothing else is paid"
        )
    page = Page(as_json=as_json, quiet=quiet)
    caps = {"max_cost_usd": max_cost, "max_calls": max_calls, "concurrency": concurrency}
    code = 0
    with Store.open(db, readonly=not (reader or resample), notice=page.note) as store:
        name, other = named(store, name), named(store, against) if against else ""
        if other == name:
            raise UsageError(f'"{name}" is held against itself: --against names another tournament of the same matches')
        if reader or resample:
            code = _asked(page, store, name, reader or [], resample, caps, sample=audit_sample, yes=yes)
        wanted = [model.partition("=")[2] or model for model in reader or ()]
        found = audited(store, name, against=other, readers_wanted=wanted, alpha=alpha, draws=draws, seed=seed)
        typed = outcome.commands(store, name)
    if as_json:
        page.data("debate.audit/1", **found.model_dump(mode="json"))
    else:
        with page.paged():
            width = min(page.out.width, 140)
            page.say(signs.render(found, width=width, encoding=page.out.encoding, commands=typed))
    if code:
        raise typer.Exit(code)


def _asked(
    page: Page,
    store: Store,
    name: str,
    readers: list[str],
    resample: int | None,
    caps: dict[str, Any],
    *,
    sample: int | None,
    yes: bool,
) -> int:
    """Ask models what is left to ask, and return the exit code of how that ended."""
    from debate.audits.deviation import deviations, listener
    from debate.audits.reading import inquiries
    from debate.cli import probing
    from debate.config.flags import agents
    from debate.domain import Debate, Judge, agent
    from debate.errors import ConfigError, UsageError
    from debate.providers import problems

    pinned = store.pinned(name)
    if pinned is None:
        raise UsageError(f'there is no tournament "{name}"')
    limits = pinned.tournament.limits.model_copy(update={k: v for k, v in caps.items() if v is not None})
    tournament = pinned.tournament.model_copy(update={"limits": limits})
    judges = tuple(Judge.model_validate({**table, "passage": True}) for table in agents(readers))
    listens = listener(tournament) if resample else None
    if resample and (listens is None or not pinned.templates):
        raise UsageError("what is written again is heard by a judge of the tournament, and this one has none to ask")
    again = [listens.model, *(player.model for player in tournament.debaters)] if listens else []
    models = tuple(
        model for model in dict.fromkeys([*(judge.model for judge in judges), *again]) if agent(model) != "human"
    )
    if wrong := tuple(problems(models, tournament.endpoints)):
        raise ConfigError(wrong)
    templates, shown = probing.templates(pinned)

    def probes(debate: Debate) -> Iterator[Probe]:
        for judge in judges:
            yield from inquiries(debate, judge, shown)
        if listens and resample:
            yield from deviations(debate, listens, resample)

    asked = probing.Questions(tournament, models, probes, templates, pinned.secret)
    return probing.asked(page, store, asked, sample=sample, yes=yes)
