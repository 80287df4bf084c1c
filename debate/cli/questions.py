"""`debate questions list|check`: look at a bank, and see that it can be played."""

from __future__ import annotations

from typing import Annotated

import typer

from debate.cli import importing, making, question
from debate.cli import options as o
from debate.cli.page import Page

Banks = Annotated[list[str] | None, typer.Argument(metavar="[BANK]...", help="Bundled banks, files, folders or globs.")]

app = typer.Typer(no_args_is_help=True, help="Question banks: look at them, and check them.", rich_markup_mode=None)

app.command()(making.make)
app.command("import")(importing.import_)


@app.command("list")
def list_(
    banks: Banks = None,
    name: Annotated[str | None, typer.Option("--question", metavar="ID", help="Show this one in full.")] = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Count what is in a bank, or show one question in full.

    \b
    debate questions list
    debate questions list my-bank.jsonl
    debate questions list bundled/stories --question ID
    """
    from debate import questions

    page = Page(as_json=as_json, quiet=quiet)
    files = questions.files(banks or ["bundled"])
    if name is not None:
        question.show(page, files, name)
        return
    counts = {str(path): questions.count(questions.read(path)) for path in files}
    page.data("debate.questions/1", banks={path: count.model_dump(mode="json") for path, count in counts.items()})
    rows = (
        (path.stem, counts[str(path)].questions, counts[str(path)].passages, counts[str(path)].keyed, path)
        for path in files
    )
    page.table("bank", "questions", "passages", "keyed", "file", rows=rows, right=("questions", "passages", "keyed"))
    for title in ("domains", "difficulties", "tags", "lengths", "answers"):
        sums: dict[str, int] = {}
        for count in counts.values():
            for kind, number in getattr(count, title).items():
                sums[kind] = sums.get(kind, 0) + number
        page.say(f"{title}: {', '.join(f'{kind} {number}' for kind, number in sums.items())}")


@app.command()
def check(
    banks: Banks = None, db: o.Db = o.DATABASE, as_json: o.Json = False, quiet: o.Quiet = False, yes: o.Yes = False
) -> None:
    """See that a bank is valid; every problem is listed, with its line.

    \b
    debate questions check my-bank.jsonl
    debate questions check "banks/*.jsonl" --json
    """
    from debate import questions
    from debate.errors import InputError

    page = Page(as_json=as_json, quiet=quiet)
    files = questions.files(banks or ["bundled"])
    problems = questions.check(files)
    page.data(
        "debate.questions.check/1",
        files=[str(path) for path in files],
        problems=[problem.model_dump(mode="json") for problem in problems],
    )
    if problems and as_json:
        raise typer.Exit(InputError.exit_code)
    if problems:
        raise InputError(map(str, problems))
    page.say(f"{len(files)} files, nothing wrong")
