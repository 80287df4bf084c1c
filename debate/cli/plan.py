"""`debate plan`: what a tournament comes to, before anything is spent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.config import Sources
    from debate.domain import Tournament


Detect = Annotated[
    float | None,
    typer.Option(metavar="POINTS", min=0.1, max=99, help="Say how many questions show a difference of so many points."),
]
Like = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Take from a tournament that was played how much arms and rulings agree."),
]


def plan(
    spec: o.Spec = None,
    questions: o.Questions = None,
    debater: o.Debater = None,
    judge: o.Judge = None,
    protocol: o.Protocol = None,
    control: o.Control = None,
    pairing: o.Pairing = None,
    rounds: o.Rounds = None,
    sample: o.Sample = None,
    seed: o.Seed = None,
    name: o.Title = None,
    prompts: o.Prompts = None,
    intervention: o.Intervention = None,
    paraphraser: o.Paraphraser = None,
    max_cost: o.MaxCost = None,
    max_calls: o.MaxCalls = None,
    concurrency: o.Concurrency = None,
    allow_outside: o.Outside = False,
    detect: Detect = None,
    like: Like = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Count what a tournament comes to, price it, and say what it can detect. Spends nothing.

    \b
    debate plan
    debate plan study.toml --sample 200
    debate plan study.toml --detect 5
    debate plan study.toml --detect 5 --like pilot
    """
    from debate.cli import planning
    from debate.cli.running import planned
    from debate.cli.spec import specified
    from debate.forecast.detection import detection
    from debate.forecast.detection import seen as taken
    from debate.store import Store
    from debate.store.file.opening import location

    page = Page(as_json=as_json, quiet=quiet)
    tournament, sources = specified(
        page,
        spec,
        questions=questions,
        debater=debater,
        judge=judge,
        protocol=protocol,
        control=control,
        pairing=pairing,
        rounds=rounds,
        sample=sample,
        seed=seed,
        name=name,
        prompts=prompts,
        intervention=intervention,
        paraphraser=paraphraser,
        max_cost=max_cost,
        max_calls=max_calls,
        concurrency=concurrency,
        allow_outside=allow_outside,
    )
    seen = None
    if location(db).exists() or like:
        with Store.open(db, readonly=True) as store:
            expected = planned(tournament, store)
            seen = taken(store, like) if like else None
    else:
        expected = planned(tournament)
    effort = planning.people(tournament, expected)
    shown = detection(expected, None if detect is None else detect / 100, seen=seen)
    page.data(
        "debate.plan/1",
        tournament=tournament.name,
        detection=[each.model_dump(mode="json") for each in shown],
        people=effort,
        **expected.model_dump(mode="json"),
        settings=[{"key": key, "value": value, "source": source} for key, value, source in sources.rows(tournament)],
    )
    planning.show(page, expected)
    if detect is not None or seen:
        planning.detected(page, shown)
    if effort:
        page.say("", planning.asked(effort))
    _settings(page, tournament, sources)


def _settings(page: Page, tournament: Tournament, sources: Sources) -> None:
    """Print where each value comes from."""
    page.say("")
    page.table("setting", "value", "from", rows=sources.rows(tournament))
    if tournament.prompts:
        page.say(f"prompts of your own: {', '.join(sorted(p.name for p in Path(tournament.prompts).rglob('*.md')))}")
