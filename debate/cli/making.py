"""`debate questions make`: as many fresh questions as wanted, with exact answers."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, TypeVar

import typer

from debate.cli import options as o
from debate.cli.files import STDOUT, replaced
from debate.cli.page import Page
from debate.plural import count

T = TypeVar("T")

_LEAST, _MOST = 500, 20_000  # words
_FULL = 8  # questions on one passage
_LINE_S = 5.0  # between two messages of progress

Names = Annotated[
    list[str] | None, typer.Option("--world", metavar="NAME", help="A world, or several in turn. [default: all]")
]
Number = Annotated[int, typer.Option("--n", min=1, help="How many questions; with --interest, how many pairs.")]
Seed = Annotated[int, typer.Option(help="Decides everything: the same seed makes the same lines.")]
Words = Annotated[int | None, typer.Option(min=_LEAST, max=_MOST, help="About how long a passage is. [default: 800]")]
Difficulty = Annotated[float | None, typer.Option(min=0, max=1, help="How hard, from 0 to 1. [default: spread evenly]")]
Each = Annotated[int | None, typer.Option(min=1, max=_FULL, help="The most questions on one passage. [default: 4]")]
Interest = Annotated[
    bool, typer.Option("--interest", help="Make matched pairs: one of each about a subject that AI has a stake in.")
]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="A file to write instead of stdout.")]


def make(
    world: Names = None,
    n: Number = 10,
    seed: Seed = 0,
    words: Words = None,
    difficulty: Difficulty = None,
    each: Each = None,
    interest: Interest = False,
    out: Out = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Make fresh questions with exact answers, on passages that simulated worlds tell.

    \b
    debate questions make --n 20 --seed 7 -o fresh.jsonl
    debate questions make --world warehouse --n 100 --words 5000 --difficulty 0.8
    debate questions make --interest --n 96 --seed 1 -o pairs.jsonl
    """
    from debate import worlds
    from debate.errors import UsageError

    if interest and (words, difficulty, each) != (None, None, None):
        raise UsageError("matched pairs are all of one kind: leave out --words, --difficulty and --each")
    page = Page(as_json=as_json, quiet=quiet)
    out = None if out == STDOUT else out
    if interest:
        lines = worlds.pairs(_named(world, worlds.STRUCTURES), n=n, seed=seed)
    else:
        chosen = _named(world, worlds.WORLDS)
        size = {"words": words or worlds.WORDS, "each": each or worlds.EACH}
        lines = worlds.make(chosen, n=n, seed=seed, difficulty=difficulty, **size)
    with _opened(out) as stream:
        made = _write(lines, stream, page if out else None)
    if out:
        page.data("debate.questions.make/1", file=str(out), questions=made)
        page.note(f"{count(made, 'question')} in {out}")


def _named(names: Sequence[str] | None, known: Mapping[str, T]) -> list[T]:
    from debate.errors import ConfigError

    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise ConfigError(f'there is no world "{name}"{_hint(name, known)}' for name in unknown)
    return [known[name] for name in names or known]


def _hint(name: str, known: Mapping[str, object]) -> str:
    from debate import intake, worlds

    if name in worlds.STRUCTURES:
        return " of passages of any length: it makes matched pairs, with --interest"
    if name in worlds.WORLDS:
        return f" of matched pairs; there are: {', '.join(known)}"
    return intake.near(name, known) or f"; there are: {', '.join(known)}"


@contextmanager
def _opened(out: Path | None) -> Iterator[IO[str]]:
    if out is None:
        yield sys.stdout
        return
    with replaced(out) as part, part.open("w", encoding="utf-8") as stream:
        yield stream


def _write(lines: Iterable[Mapping[str, object]], stream: IO[str], page: Page | None) -> int:
    """Write lines one by one, say now and then how many there are, and return how many questions they were."""
    questions, told = 0, time.monotonic()
    for line in lines:
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        questions += "text" in line
        if page is not None and time.monotonic() - told > _LINE_S:
            told = time.monotonic()
            page.note(count(questions, "question"))
    return questions
