"""`debate run`: play and judge a tournament, or go on with one."""

from __future__ import annotations

from typing import Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page


def run(
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
    peek: Annotated[
        bool, typer.Option("--peek", help="Show running accuracy; that it was seen is recorded and reported.")
    ] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Play failed matches on as well.")] = False,
    allow_outside: o.Outside = False,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Play and judge a tournament. The same command goes on where it stopped.

    A run that is paid for needs --max-cost, --max-calls or --yes. Ctrl-C finishes what is in flight and stops.

    \b
    debate run
    debate run study.toml --max-cost 25
    debate run --debater openai/gpt-5 --debater anthropic/claude-opus-4-7 \\
        --judge openai/gpt-5-mini --questions bundled --sample 20 --max-cost 5
    """
    from debate.cli.running import carry_out
    from debate.cli.spec import specified
    from debate.store import Store

    page = Page(as_json=as_json, quiet=quiet)
    tournament, _ = specified(
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
        peek=peek or None,
        allow_outside=allow_outside,
    )
    with Store.open(db, create=True, notice=page.note) as store:
        carry_out(tournament, store, page, yes=yes, retry_failed=retry_failed)
