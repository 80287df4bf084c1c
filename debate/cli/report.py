"""`debate report`: what came out of a tournament."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from debate.cli import options as o
from debate.cli.page import Page
from debate.cli.selecting import Where
from debate.plural import count

if TYPE_CHECKING:
    from debate.report import Report
    from debate.report.commands import Commands
    from debate.report.lessons import Lesson

By = Annotated[
    str | None, typer.Option(metavar="KEY,KEY", help="What rows are made by. [default: protocol,view,agents,judge]")
]
Unit = Annotated[
    Literal["question", "judgment"], typer.Option(help="What counts once; `judgment` ignores that questions repeat.")
]
Markdown = Annotated[Path | None, typer.Option("--markdown", metavar="FILE", help="Write it as Markdown.")]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="DIR", help="Write its tables as CSV files into a folder.")]
Figures = Annotated[
    Path | None, typer.Option("--figures", metavar="DIR", help="Write its figures as SVG, PDF and PNG into a folder.")
]
Audit = Annotated[
    bool | None, typer.Option("--audit/--no-audit", help="Look for signs of collusion, however long it takes, or not.")
]
Section = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Show this section alone and in full, each number with definition, interval and n; `all` for all.",
    ),
]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the report as one HTML page.")]

ALL = "all"


def report(
    name: o.Name = None,
    where: Where = None,
    by: By = None,
    unit: Unit = "question",
    section: Section = None,
    html: Html = None,
    markdown: Markdown = None,
    csv: Csv = None,
    figures: Figures = None,
    audit: Audit = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Report accuracy, persuasion, ratings and cost, with intervals.

    \b
    debate report
    debate report first --html first.html
    debate report first --section accuracy --section agreement
    debate report first --where judge=haiku --by protocol,domain --json
    debate report first --where 'rounds>=3 and not conceded'
    """
    from debate.cli import outcome
    from debate.cli.spec import named
    from debate.report import BY, measure
    from debate.report.auditing import told
    from debate.report.lessons import lessons
    from debate.store import Store

    page = Page(as_json=as_json, quiet=quiet)
    full = _named(section or ())
    with Store.open(db, readonly=True) as store:
        keys = tuple(by.split(",")) if by else BY
        chosen = named(store, name)
        measured = measure(store, chosen, where=where or (), by=keys, unit=unit)
        measured = told(store, measured, wanted=audit)
        read = lessons(store, chosen, measured) if html else []
        typed = outcome.commands(store, chosen)
    with page.paged():
        printed(page, measured, html, read, full, typed)
    _written(page, measured, markdown, csv, figures)


def _named(sections: Sequence[str]) -> Sequence[str]:
    """Return the sections that are asked for by name."""
    from debate.errors import UsageError
    from debate.intake.faults import near
    from debate.report.terminal import NAMES

    for name in sections:
        if name not in (*NAMES, ALL):
            hint = near(name, (*NAMES, ALL)) or f". There are: {', '.join((ALL, *NAMES))}."
            raise UsageError(f'A report has no section "{name}"{hint}')
    return NAMES if ALL in sections else sections


def _written(page: Page, measured: Report, markdown: Path | None, csv: Path | None, figures: Path | None) -> None:
    """Write the report in its other forms."""
    from debate.cli.files import replaced, writing

    if markdown:
        from debate.report import markdown as pages

        with replaced(markdown) as part:
            part.write_text(pages.render(measured), "utf-8")
        page.note(f"the report is in {markdown}")
    if csv:
        from debate.report import tables

        found = tables.tables(measured)
        with writing(csv):
            csv.mkdir(exist_ok=True)
        for name, rows in found.items():
            with replaced(csv / f"{name}.csv") as part:
                part.write_text(tables.as_csv(rows), "utf-8")
        page.note(f"{count(len(found), 'table is', 'tables are')} in {csv}")
    if figures:
        from debate.report import figures as drawn

        with writing(figures):
            figures.mkdir(exist_ok=True)
            files = drawn.write(measured, figures)
        page.note(f"{count(len(files), 'file of figures is', 'files of figures are')} in {figures}")


def printed(
    page: Page,
    measured: Report,
    html: Path | None,
    read: Sequence[Lesson] = (),
    full: Sequence[str] = (),
    commands: Commands | None = None,
) -> None:
    """Print a report, or the sections of it that are wanted in full, and write its page where one is wanted."""
    from debate.cli.files import replaced
    from debate.report import page as pages
    from debate.report import terminal

    if page.as_json:
        page.data(**measured.model_dump(mode="json", by_alias=True))
    else:
        page.say(terminal.render(measured, width=min(page.out.width, 140), full=full, commands=commands))
    if html:
        with replaced(html) as part:
            part.write_text(pages.render(measured, read), "utf-8")
        page.note(f"the page is in {html}")
