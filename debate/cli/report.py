"""`debate report`: what came out of a tournament."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.report import Report

Where = Annotated[
    list[str] | None, typer.Option("--where", metavar="KEY=VALUE", help="Only what has this value; repeatable.")
]
By = Annotated[
    str | None, typer.Option(metavar="KEY,KEY", help="What rows are made by. [default: protocol,view,agents,judge]")
]
Unit = Annotated[
    Literal["question", "judgment"], typer.Option(help="What counts once; `judgment` ignores that questions repeat.")
]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the report as one HTML page.")]


def report(
    name: o.Name = None,
    where: Where = None,
    by: By = None,
    unit: Unit = "question",
    html: Html = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Report accuracy, persuasion, ratings and cost, with intervals.

    \b
    debate report
    debate report first --html first.html
    debate report first --where judge=haiku --by protocol,domain --json
    """
    from debate.cli.spec import named
    from debate.report import BY, measure
    from debate.store import Store

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        keys = tuple(by.split(",")) if by else BY
        measured = measure(store, named(store, name), where=selected(where or []), by=keys, unit=unit)
    with page.paged():
        printed(page, measured, html)


def printed(page: Page, measured: Report, html: Path | None) -> None:
    """Print a report, and write its page where one is wanted."""
    from debate.cli.files import replaced
    from debate.report import page as pages
    from debate.report import terminal

    if page.as_json:
        page.data(**measured.model_dump(mode="json", by_alias=True))
    else:
        page.say(terminal.render(measured, width=min(page.out.width, 140)))
    if html:
        with replaced(html) as part:
            part.write_text(pages.render(measured), "utf-8")
        page.note(f"the page is in {html}")


def selected(where: list[str]) -> dict[str, str]:
    """Read KEY=VALUE pairs.

    Raises:
        UsageError: one has no equals sign.
    """
    from debate.errors import UsageError

    wrong = [pair for pair in where if "=" not in pair]
    if wrong:
        raise UsageError(f'--where "{wrong[0]}": write KEY=VALUE')
    return dict(pair.split("=", 1) for pair in where)
