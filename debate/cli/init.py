"""`debate init`: a tournament file to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page


def init(
    file: Annotated[Path, typer.Argument(help="The file to write.")] = Path("tournament.toml"),
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Write a commented tournament file, which plays offline as it stands and is named after the file.

    \b
    debate init
    debate init study.toml
    """
    from debate import config
    from debate.cli.files import replaced
    from debate.errors import UsageError

    page = Page(as_json=as_json, quiet=quiet)
    if file.exists() and not yes:
        raise UsageError(f'"{file}" is there already: name another file, or write over it with --yes')
    usual = file.name == "tournament.toml"
    with replaced(file) as part:
        part.write_text(config.template(*(() if usual else (file.stem,))), "utf-8")
    page.data("debate.init/1", file=str(file))
    again = "" if usual else f" {file}"
    page.say(f'wrote "{file}"', f"what it comes to: debate plan{again}", f"play it: debate run{again}")
