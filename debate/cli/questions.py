"""`debate questions list|check`: look at a bank, and see that it can be played."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from debate.cli import importing, making, question
from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.domain import Question

LINE_S = 5.0  # between two messages of progress
_PIPE = Path("/dev/stdin")

Banks = Annotated[
    list[str] | None, typer.Argument(metavar="[BANK]...", help="Bundled banks, files, folders, globs, or - for a pipe.")
]

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
    files = _files(banks)
    if name is not None:
        question.show(page, files, name)
        return
    counts = {
        str(path): questions.count(_heard(questions.read(path), path, _progress(page, "questions"))) for path in files
    }
    page.data("debate.questions/1", banks={path: count.model_dump(mode="json") for path, count in counts.items()})
    rows = (
        (path.stem, counts[str(path)].questions, counts[str(path)].passages, counts[str(path)].keyed, _place(path))
        for path in files
    )
    page.table("bank", "questions", "passages", "keyed", "file", rows=rows, right=("questions", "passages", "keyed"))
    for title, tally in questions.total(counts.values()).items():
        if tally:
            page.say(f"{title}: {', '.join(f'{kind} {number:,}' for kind, number in tally.items())}")


@app.command()
def check(
    banks: Banks = None, db: o.Db = o.DATABASE, as_json: o.Json = False, quiet: o.Quiet = False, yes: o.Yes = False
) -> None:
    """See that a bank is valid; every problem is listed, with its line.

    \b
    debate questions check my-bank.jsonl
    debate questions check "banks/*.jsonl" --json
    zstdcat big.jsonl.zst | debate questions check -
    """
    from debate import questions
    from debate.errors import InputError

    page = Page(as_json=as_json, quiet=quiet)
    files = _files(banks)
    problems = questions.check(files, heard=_progress(page, "lines"))
    page.data(
        "debate.questions.check/1",
        files=[str(path) for path in files],
        problems=[problem.model_dump(mode="json") for problem in problems],
    )
    if problems and as_json:
        raise typer.Exit(InputError.exit_code)
    if problems:
        raise InputError(map(str, problems))
    page.say(f"{len(files)} {'file' if len(files) == 1 else 'files'}, nothing wrong")


def _files(banks: list[str] | None) -> tuple[Path, ...]:
    """Return the files that are named; "-" is what comes through a pipe, which is read once, line by line."""
    from debate import questions

    named = [name for name in banks or ["bundled"] if name != "-"]
    piped = (_PIPE,) if banks and "-" in banks else ()
    return (*piped, *(questions.files(named) if named else ()))


def _place(path: Path) -> str:
    """Return where a bank is; those that came with the program are named as a tournament file names them."""
    from debate import paths

    return f"bundled/{path.stem}" if path.parent == paths.bundled("questions") else str(path)


def _progress(page: Page, unit: str) -> Callable[[Path, int], None]:
    """Return what hears of each line of a file, and says now and then on stderr how far it has come."""
    told = time.monotonic()

    def heard(path: Path, number: int) -> None:
        nonlocal told
        if time.monotonic() - told > LINE_S:
            told = time.monotonic()
            page.note(f"{path.name}: {number:,} {unit}")

    return heard


def _heard(asked: Iterable[Question], path: Path, heard: Callable[[Path, int], None]) -> Iterator[Question]:
    for number, one in enumerate(asked, start=1):
        heard(path, number)
        yield one
