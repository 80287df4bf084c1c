"""`debate demo`: a whole tournament offline, through the same engine, store, prompts and reports as any other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page

DATABASE = "demo.db"
PAGE = Path("debate-demo.html")
SAMPLE = 24  # questions: the whole takes well under a minute


def demo(
    sample: Annotated[int, typer.Option(help="How many bundled questions are played.")] = SAMPLE,
    db: Annotated[str, typer.Option("--db", metavar="URL", help="The database.")] = DATABASE,
    html: Annotated[Path, typer.Option("--html", metavar="FILE", help="Where the page is written.")] = PAGE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Play, judge and report a real tournament offline, with built-in players on the bundled questions.

    \b
    debate demo
    debate demo --sample 60 --db bigger.db
    """
    from debate.cli.report import printed
    from debate.cli.running import carry_out
    from debate.domain import Judge, Player, Tournament
    from debate.report import measure
    from debate.report.lessons import lessons
    from debate.store import Store

    page = Page(quiet=quiet or as_json)
    tournament = Tournament(
        name="demo",
        seed=7,
        questions=("bundled/documents", "bundled/stories", "bundled/mixed"),
        sample=sample,
        debaters=tuple(Player(name=name, model=f"builtin/{name}") for name in ("advocate", "skimmer", "bluffer")),
        judges=tuple(Judge(name=name, model=f"builtin/{name}") for name in ("weigher", "gullible")),
    )
    page.note("The built-in players are heuristics, not language models; everything else is as with real ones.")
    with Store.open(db, create=True, notice=page.note) as store:
        try:
            carry_out(tournament, store, page, yes=True)
        except typer.Exit as ended:
            if ended.exit_code not in (0, 3):
                raise
        debate = next(debate for debate, _ in store.debates("demo") if len(debate.turns) > 1)
        measured = measure(store, "demo")
        read = lessons(store, "demo", measured)
    printed(Page(as_json=as_json, quiet=True), measured, html, read)
    page.note(f"\nthe database: {Path(db).absolute()}")
    page.note(f"the page:     {html.absolute()}")
    page.note(f"one debate:   debate show {debate.match.id[:9]} --db {db}")
    page.note("everything:   debate --help")
