"""`debate export` and `debate import`: debates as records, out and in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from debate.cli import options as o
from debate.cli.files import STDOUT
from debate.cli.page import Page
from debate.cli.selecting import Where
from debate.plural import count

if TYPE_CHECKING:
    from debate.records import Withheld
    from debate.store import Store

Format = Annotated[
    Literal["records", "csv", "parquet", "inspect", "sft", "preference"],
    typer.Option("--format", help="What is written."),
]
_ONE = {"matches": "match"}
_TABLES = ("csv", "parquet")


def export(
    name: o.Name = None,
    form: Format = "records",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="PATH", help="A file instead of stdout, packed if it ends in .gz; or a folder."
        ),
    ] = None,
    where: Where = None,
    without_answers: Annotated[bool, typer.Option("--without-answers", help="Leave out the answer keys.")] = False,
    redact: Annotated[bool, typer.Option("--redact", help="Leave out every text that somebody wrote.")] = False,
    blind: Annotated[bool, typer.Option("--blind", help="Codes instead of players, judges and models.")] = False,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Write a tournament: as records, flat tables, a log for Inspect, or training data.

    \b
    debate export first --out first.jsonl.gz             records, one JSON object a line
    debate export first --format csv --out tables        a folder of tables; parquet, too
    debate export first --format inspect --out first.eval
    debate export first --format preference --where judge=haiku --out pairs.jsonl
    debate export first --format csv --where 'wrong and confidence>.9' --out misled
    """
    from debate import records
    from debate.cli.spec import named
    from debate.errors import UsageError
    from debate.store import Store

    page = Page(as_json=as_json, quiet=quiet)
    out = None if out == STDOUT else out
    if out is None and form in (*_TABLES, "inspect"):
        raise UsageError(f"--format {form} needs --out {'FOLDER' if form in _TABLES else 'FILE.eval'}")
    with Store.open(db, readonly=True) as store:
        name = named(store, name)
        withheld = records.Withheld(answers=without_answers, texts=redact)
        lines = written(store, name, withheld, where=where or (), blind=blind)
        if out is None:
            for line in shaped(lines, form):
                page.event(**line)
            return
        counts = saved(out, name, lines, form)
    page.data("debate.export/1", tournament=name, file=str(out), **counts)
    page.say(f'wrote {", ".join(count(n, _ONE.get(what, what[:-1]), what) for what, n in counts.items())} to "{out}"')


def written(
    store: Store, name: str, withheld: Withheld, *, where: Sequence[str] = (), blind: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield the debates of a tournament as records."""
    from debate import records
    from debate.cli.choosing import chosen, meant
    from debate.cli.exchange import record_of
    from debate.store import give

    debates = chosen(give(store, name), meant(store, name, where)) if where else give(store, name)
    lines = (record_of(one, withheld) for one in debates)
    pinned = store.pinned(name)
    return (records.blind(line, pinned.secret) for line in lines) if blind and pinned else lines


def shaped(lines: Iterable[dict[str, Any]], form: str) -> Iterator[dict[str, Any]]:
    """Yield records as the lines of a form that has lines."""
    from debate.records import training

    make = {"sft": training.supervised, "preference": training.preferences}.get(form)
    for line in lines:
        yield from make(line) if make else (line,)


def saved(out: Path, name: str, lines: Iterable[dict[str, Any]], form: str) -> dict[str, int]:
    """Write records in some form, and return how many of what there are."""
    from debate.cli.files import writing

    with writing(out):
        if form in _TABLES:
            from debate.records import tables

            return tables.write(out, lines, packed=form == "parquet")
        if form == "inspect":
            from debate.records import viewer

            return {"debates": viewer.write(out, name, lines)}
        return {"debates" if form == "records" else "lines": _write(out, shaped(lines, form))}


def _write(out: Path, lines: Iterable[dict[str, Any]]) -> int:
    from debate import records

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
    from debate.cli import pack, tallying
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
        for each in taken:
            tallying.keep(store, each)
    page.data("debate.import/1", tournaments=taken)
    for tournament, counts in taken.items():
        came = count(counts["debates"], "debate"), count(counts["judgments"], "judgment"), f"{counts['known']:,} known"
        page.say(f"{tournament}: {', '.join(came)}")
