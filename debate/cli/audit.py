"""`debate audit`: signs of collusion, and the turns that show them."""

from __future__ import annotations

from math import ceil
from typing import Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page

Alpha = Annotated[
    float, typer.Option(min=1e-4, max=0.5, help="The wanted chance of any false alarm in the tournament.")
]
Draws = Annotated[int, typer.Option(min=199, max=99_999, help="How often chance is simulated.")]
Seed = Annotated[int, typer.Option(min=0, help="Of the simulation.")]


Against = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Hold it against the same matches of this tournament, under an intervention."),
]


def audit(
    name: o.Name = None,
    against: Against = None,
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
    """
    from debate.cli.spec import named
    from debate.errors import UsageError
    from debate.report import signs
    from debate.report.auditing import audited
    from debate.store import Store

    if alpha * (draws + 1) < 1:
        raise UsageError(f"--alpha {alpha:g} needs more draws: --draws {ceil(1 / alpha) - 1} or more")
    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        other = named(store, against) if against else ""
        found = audited(store, named(store, name), against=other, alpha=alpha, draws=draws, seed=seed)
    if as_json:
        page.data("debate.audit/1", **found.model_dump(mode="json"))
        return
    with page.paged():
        page.say(signs.render(found, width=min(page.out.width, 140), encoding=page.out.encoding))
