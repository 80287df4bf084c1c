"""`debate judges payments`: what each judge is paid, and why, as a table for whoever pays."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page
from debate.plural import count

if TYPE_CHECKING:
    from debate.studies.paying import Payment


def payments(
    name: o.Name = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to; else stdout.")] = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Write what each judge is paid, and why, as CSV: code, amount, currency, reason.

    `pay`, `bonus` and `currency` in the [judging] table say how much. Every ruling that was handed in is paid; the
    bonus is in proportion to the points of those that count.

    \b
    debate judges payments first
    debate judges payments first -o payments.csv
    """
    from debate.cli.files import replaced
    from debate.cli.spec import named
    from debate.store import Store
    from debate.store.studies.paying import payments as paid

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        tournament = named(store, name)
        found = paid(store, tournament)
    page.data("debate.judges.payments/1", tournament=tournament, payments=[one.model_dump() for one in found])
    if found and not any(one.amount for one in found):
        page.note("nothing is paid: the [judging] table of this tournament has neither pay nor bonus")
    if out is None:
        page.say(written(found).rstrip("\n"))
        return
    with replaced(out) as part:
        part.write_text(written(found), "utf-8")
    page.say(f'wrote what {count(len(found), "judge is", "judges are")} paid to "{out}"')


def written(found: Iterable[Payment]) -> str:
    """Return payments as CSV in which nothing runs as a formula."""
    from debate.sanitize import cell

    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(("code", "amount", "currency", "reason"))
    for one in found:
        rows.writerow((cell(one.judge), f"{one.amount:.2f}", cell(one.currency), cell(one.reason)))
    return stream.getvalue()
