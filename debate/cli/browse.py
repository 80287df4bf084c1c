"""`debate browse`: the debates of a tournament, to find, read and compare on a full screen; or as lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.store import Store
    from debate.store.listing import Wanted

BLOCK = 500


def browse(
    name: o.Name = None,
    find: Annotated[
        str,
        typer.Option("--find", metavar="WORDS", help="Words of the question; state: game: player: judge: narrow it."),
    ] = "",
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Find, read and compare debates on a full screen; in a pipe, list them one a line.

    \b
    debate browse first
    debate browse first --find "state:done player:opus bridge"
    debate browse first --find judge:haiku --json
    """
    from debate.cli.spec import named
    from debate.store import Store
    from debate.tui.browsing.wanted import wanted

    page = Page(as_json=as_json, quiet=quiet)
    asked = wanted(find)
    with Store.open(db, readonly=True) as store:
        tournament = named(store, name)
        if as_json or not _screen(page):
            _lines(page, store, tournament, asked)
            return
        from debate.tui.browsing.app import Browser

        Browser(store, tournament, find).shown()


def _screen(page: Page) -> bool:
    """Tell whether there is a whole screen; it is drawn on stderr."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)) and not page.out.is_dumb_terminal


def _lines(page: Page, store: Store, tournament: str, asked: Wanted) -> None:
    from debate import sanitize
    from debate.store.listing import found, listed

    ordinals = found(store, tournament, asked)
    for start in range(0, len(ordinals), BLOCK):
        block = ordinals[start : start + BLOCK]
        rows = listed(store, tournament, block)
        for ordinal in block:
            row = rows[ordinal]
            if page.as_json:
                page.event(schema="debate.browse/1", **row.model_dump(mode="json"))
            else:
                said = (row.id, row.state, row.protocol, " ".join(row.players), row.score, row.question)
                line = "\t".join(sanitize.line(part) for part in said)
                page.out.file.write(f"{sanitize.plain(line, page.out.encoding)}\n")  # a console would widen the tabs
