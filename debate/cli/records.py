"""`debate export` and `debate import`: debates as records, out and in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.records import Withheld
    from debate.store import Store

Format = Annotated[Literal["records"], typer.Option("--format", help="What is written.")]


def export(
    name: o.Name = None,
    form: Format = "records",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to; packed if it ends in .gz.")
    ] = None,
    without_answers: Annotated[bool, typer.Option("--without-answers", help="Leave out the answer keys.")] = False,
    redact: Annotated[bool, typer.Option("--redact", help="Leave out every text that somebody wrote.")] = False,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Write a tournament's debates, judgments and keys as records, one JSON object a line.

    \b
    debate export first --out first.jsonl.gz
    debate export first | head -1
    """
    from debate import records
    from debate.cli.spec import named
    from debate.store import Store

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        name = named(store, name)
        lines = written(store, name, records.Withheld(answers=without_answers, texts=redact))
        if out is None:
            for line in lines:
                page.event(**line)
            return
        count = _write(out, lines)
    page.data("debate.export/1", tournament=name, file=str(out), records=count)
    page.say(f'wrote {count} debates to "{out}"')


def written(store: Store, name: str, withheld: Withheld) -> Iterator[dict[str, Any]]:
    """Yield the debates of a tournament as records."""
    from debate.cli.exchange import record_of
    from debate.store import give

    return (record_of(one, withheld) for one in give(store, name))


def _write(out: Path, lines: Iterable[dict[str, Any]]) -> int:
    from debate import records
    from debate.cli.files import writing

    with writing(out):
        if out.exists() and not out.is_file():  # a device or a pipe is written, not replaced
            with out.open("wb") as stream:
                return sum(bool(stream.write(records.encode(line))) for line in lines)
        return records.write(out, lines)


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Records (.jsonl, .jsonl.gz), or files or a folder of others."),
    ],
    form: Annotated[
        Literal["records", "nyu", "inspect", "llm-debate"] | None,
        typer.Option("--format", help="What they are; found out where it is left out."),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="The tournament to put them in, instead of the one they name.")
    ] = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Read debates that were played elsewhere. A file with anything wrong in it changes nothing.

    \b
    debate import first.jsonl.gz
    debate import rooms/ --format nyu --name humans
    debate import logs/2026-11-21.eval --db study.db
    debate import j07.pack.result.json
    """
    from debate import records
    from debate.cli import pack
    from debate.cli.exchange import played
    from debate.errors import InputError
    from debate.store import Store, take

    page = Page(as_json=as_json, quiet=quiet)
    if judged := pack.results(files):
        pack.taken(page, judged, db)
        if judged == files:
            return
        files = [file for file in files if file not in judged]
    if problems := [problem for file in files for problem in records.check(file, form)]:
        raise InputError(problems)
    with Store.open(db, create=True, notice=page.note) as store:
        found = (played(one) for file in files for one in records.read(file, form, checked=True))
        taken = {each: counts.model_dump() for each, counts in take(store, found, name).items()}
    page.data("debate.import/1", tournaments=taken)
    for tournament, counts in taken.items():
        page.say(f"{tournament}: {', '.join(f'{number} {word}' for word, number in counts.items())}")
