"""`debate questions import`: a bank that others have published becomes one of ours."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from debate.cli import options as o
from debate.cli.page import Page
from debate.plural import count

if TYPE_CHECKING:
    from debate.questions.formats import Settings, Taken

LINE_S = 5.0  # between two messages of progress
LICENCES = 5  # as many are printed; --json has them all

Form = Literal["quality", "gpqa", "mmlu", "truthfulqa", "gsm8k", "boolq", "flaws", "inspect", "table", "huggingface"]


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="What was published.")],
    form: Annotated[Form, typer.Option("--format", help="What it was published in.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Where the bank goes (.jsonl).")],
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave out what has something wrong with it, and write the rest.")
    ] = False,
    odd: Annotated[
        bool, typer.Option("--odd", help="Take texts that look wrong: badly decoded, or with look-alike letters.")
    ] = False,
    share: Annotated[
        bool | None,
        typer.Option("--share/--no-share", help="Whether exports may hold the texts; the format decides otherwise."),
    ] = None,
    source: Annotated[str, typer.Option(help="Where the questions are from, whatever the files say.")] = "",
    licence: Annotated[str, typer.Option(help="Their licence, whatever the files say.")] = "",
    domain: Annotated[str, typer.Option(help="Their domain, whatever the files say.")] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="OURS=THEIRS", help="What a column is called in the file; table: several, with commas."),
    ] = None,
    keep: Annotated[list[str] | None, typer.Option(metavar="COLUMN", help="table: a column to keep as it is.")] = None,
    correct: Annotated[
        Literal["auto", "index", "letter", "text", "none"], typer.Option(help="table: how the right answer is named.")
    ] = "auto",
    count_from: Annotated[int, typer.Option(min=0, max=1, help="table: the number of the first answer.")] = 0,
    encoding: Annotated[str, typer.Option(help="What the text is in, if it is not UTF-8.")] = "utf-8",
    split: Annotated[str, typer.Option(help="Which split of a saved dataset.")] = "",
    difficulty: Annotated[
        Literal["any", "hard", "easy"], typer.Option(help="quality: questions that readers in a hurry got wrong.")
    ] = "any",
    answerable: Annotated[
        float | None, typer.Option(min=0, max=1, help="quality: the least share who saw a single best answer.")
    ] = None,
    context: Annotated[
        float | None, typer.Option(min=1, max=4, help="quality: the least mean of how much context is needed.")
    ] = None,
    untimed: Annotated[
        float | None, typer.Option(min=0, max=1, help="quality: the least accuracy of careful readers.")
    ] = None,
    speed: Annotated[
        float | None, typer.Option(min=0, max=1, help="quality: the greatest accuracy of readers in a hurry.")
    ] = None,
    tempting: Annotated[
        float | None, typer.Option(min=0, max=1, help="quality: the least share who named the same best distractor.")
    ] = None,
    agreed: Annotated[bool, typer.Option("--agreed", help="quality: the writer's answer is the annotators'.")] = False,
    per_story: Annotated[
        int | None, typer.Option(min=1, help="The most questions of one passage; --seed decides which.")
    ] = None,
    seed: Annotated[int, typer.Option(help="With --per-story: another seed keeps others.")] = 0,
    wrong: Annotated[
        Path | None,
        typer.Option(metavar="FILE", exists=True, dir_okay=False, help="gsm8k: wrong answers, by question."),
    ] = None,
    perturb: Annotated[int | None, typer.Option(min=1, max=9, help="gsm8k: make so many wrong answers.")] = None,
    unreliable: Annotated[
        bool, typer.Option("--unreliable", help="flaws: take what the authors flagged as unreliable, too.")
    ] = False,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Make a bank of questions that others have published. A file with anything wrong in it writes nothing.

    docs/banks.md says what becomes of each field. An option that begins with a format means something to that one.

    \b
    debate questions import QuALITY.htmlstripped.dev --format quality --difficulty hard -o hard.jsonl
    debate questions import gpqa_diamond.csv --format gpqa -o gpqa.jsonl
    debate questions import mine.csv --format table --column answers=a,b,c -o mine.jsonl
    """
    from debate.questions.formats import Settings

    _there(files)
    settings = Settings(
        columns=_columns(column or []),
        keep=tuple(keep or ()),
        correct=correct,
        count_from=count_from,
        encoding=_encoding(encoding),
        split=split,
        difficulty=difficulty,
        answerable=answerable,
        context=context,
        untimed=untimed,
        speed=speed,
        tempting=tempting,
        agreed=agreed,
        per_story=per_story,
        seed=seed,
        wrong=wrong,
        perturb=perturb,
        unreliable=unreliable,
        source=source,
        licence=licence,
        domain=domain,
        share=share,
        odd=odd,
    )
    page = Page(as_json=as_json, quiet=quiet)
    taken = _written(files, form, settings, out, page, skip_bad=skip_bad)
    _tell(page, out, form, taken)


def _there(files: Iterable[Path]) -> None:
    from debate.errors import UsageError

    for file in files:
        if str(file) == "-":
            raise UsageError("a file is looked at before it is read; save what comes through the pipe to one first")
        if not file.exists():
            raise UsageError(
                f'there is no file "{file}", and nothing is downloaded: get it first, and name it; of a Hugging Face '
                "dataset name the folder that its save_to_disk wrote"
            )


def _columns(said: Iterable[str]) -> dict[str, str]:
    from debate.errors import UsageError

    pairs = [one.partition("=") for one in said]
    if bad := [
        one for one, (ours, _, theirs) in zip(said, pairs, strict=True) if not ours.strip() or not theirs.strip()
    ]:
        raise UsageError(f'--column {bad[0]}: say OURS=THEIRS, such as "question=prompt"')
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def _encoding(name: str) -> str:
    import codecs

    from debate.errors import UsageError

    try:
        b"".decode(name)  # which refuses what is no encoding of text
        return codecs.lookup(name).name
    except LookupError as exc:
        raise UsageError(f'--encoding {name}: there is no such encoding; say "latin-1", "cp1252" or "utf-16"') from exc


def _written(files: list[Path], form: str, settings: Settings, out: Path, page: Page, *, skip_bad: bool) -> Taken:
    """Write the bank, or nothing where something is wrong."""
    from debate.cli.files import replaced
    from debate.errors import InputError, UsageError
    from debate.questions import formats

    if out.exists() and any(out.samefile(file) for file in files):
        raise UsageError(f'"{out}" is read; write the bank to another file')
    taken, told = formats.Taken(), time.monotonic()
    with replaced(out) as part, part.open("w", encoding="utf-8") as stream:
        for taken in formats.write(formats.convert(files, form, settings), stream):
            if time.monotonic() - told > LINE_S:
                told = time.monotonic()
                page.note(f"{count(taken.rows, 'row')} read, {count(taken.questions, 'question')} taken")
        left = "; every question was left out by a filter" if taken.left_out else ""
        none = [] if taken.questions else [f"no question is left to write{left}"]
        if none or (taken.problems and not skip_bad):
            _data(page, None, form, taken)
            raise typer.Exit(InputError.exit_code) if page.as_json else InputError([*_problems(taken), *none])
    return taken


def _problems(taken: Taken) -> list[str]:
    more = [f"and {count(taken.more, 'more problem')}"] if taken.more else []
    return [*map(str, taken.problems), *more]


def _data(page: Page, out: Path | None, form: str, taken: Taken) -> None:
    """Print for programs what was taken; without a file nothing was written."""
    page.data(
        "debate.questions.import/1",
        file=None if out is None else str(out),
        format=form,
        **{
            name: getattr(taken, name)
            for name in ("rows", "questions", "keyed", "passages", "shared", "left_out", "bad")
        },
        licences=sorted(taken.licences),
        problems=[problem.model_dump(mode="json") for problem in taken.problems],
        more_problems=taken.more,
    )


def _tell(page: Page, out: Path, form: str, taken: Taken) -> None:
    """Say what was written, what was left out, and what may be done with it."""
    _data(page, out, form, taken)
    for problem in _problems(taken):
        page.note(f"left out: {problem}")
    say = page.say if out.is_file() else page.note  # what goes to a device may be read as the bank
    say(f'wrote {count(taken.questions, "question")} from {count(taken.rows, "row")} to "{out}"')
    for why, many in sorted(taken.left_out.items()):
        say(f"left out: {many:,}, {why}")
    if taken.keyed < taken.questions:
        say(f"without a known answer: {taken.questions - taken.keyed:,}")
    if not taken.shared:
        say("share: no; exports leave out their texts")
    for licence in sorted(taken.licences)[:LICENCES]:
        say(f"licence: {page.line(licence)}")
    if not taken.licences:
        say("licence: not said; --licence keeps one with the questions")
