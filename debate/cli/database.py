"""`debate db check|backup|upgrade`: look after a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page

app = typer.Typer(no_args_is_help=True, help="The database: integrity, a safe copy, the schema.", rich_markup_mode=None)


@app.command()
def check(db: o.Db = o.DATABASE, as_json: o.Json = False, quiet: o.Quiet = False, yes: o.Yes = False) -> None:
    """See whether a database is whole. Nothing is written.

    \b
    debate db check --db study.db
    """
    from debate.errors import StoreError
    from debate.store.file import upkeep

    page = Page(as_json=as_json, quiet=quiet)
    problems = upkeep.check(db)
    page.data("debate.db.check/1", db=db, ok=not problems, problems=problems)
    if problems:
        page.say(*problems)
        raise typer.Exit(StoreError.exit_code)
    page.say(f'"{db}" is whole')


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The copy.")],
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Copy a database, even while a run writes to it.

    \b
    debate db backup study-2026-11-21.db --db study.db
    """
    from debate.store.file import upkeep

    page = Page(as_json=as_json, quiet=quiet)
    copy = upkeep.backup(db, file)
    page.data("debate.db.backup/1", db=db, file=str(copy))
    page.say(f'wrote "{copy}"')


@app.command()
def upgrade(db: o.Db = o.DATABASE, as_json: o.Json = False, quiet: o.Quiet = False, yes: o.Yes = False) -> None:
    """Bring the schema of a database up to date; a copy is made first.

    \b
    debate db upgrade --db study.db
    """
    from debate.store.file import upkeep

    page = Page(as_json=as_json, quiet=quiet)
    before, after = upkeep.upgrade(db)
    page.data("debate.db.upgrade/1", db=db, before=before, after=after)
    page.say(f'"{db}" is up to date: {after}' if before == after else f'"{db}": {before} is now {after}')
