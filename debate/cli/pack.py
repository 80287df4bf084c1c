"""`debate judge pack` and `debate judge --from`: judging away from the database, and what comes back of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.store.studies.blind import Blind
    from debate.studies.packing import Pack, Result
    from debate.tui.judging.returned import Returned


def pack(
    name: o.Name = None,
    code: Annotated[str, typer.Option("--as", metavar="CODE", help="The judge whom it is for.")] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to.")] = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Write what one judge is to read into one file, for a judge without the database.

    The file holds no right answers and no names. The judge runs `debate judge --from FILE`, and sends back the result
    that it writes, which `debate import` reads.

    \b
    debate judge pack first --as j07 -o j07.pack
    """
    from debate.cli.files import replaced
    from debate.cli.judges import entered
    from debate.errors import UsageError
    from debate.store import Store
    from debate.store.studies.packs import pack as made

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, notice=page.note) as store:
        tournament, enrolled = entered(store, name, code)
        pinned = store.pinned(tournament)
        assert pinned is not None, "it was just entered"
        found = made(store.database.path, tournament, code, pinned.secret, right=enrolled.practised_right)
    if not found.held:
        raise UsageError(f"{code} has nothing to judge in {tournament}, so there is nothing to pack")
    file = out or Path(f"{code}.pack")
    with replaced(file) as part:
        part.write_text(_written(found), "ascii")
    page.data("debate.judge.pack/1", tournament=tournament, judge=code, file=str(file), transcripts=len(found.held))
    practice = " of practice" if found.cover.practice else ""
    page.say(
        f'wrote {len(found.held)} transcripts{practice} for {code} to "{file}"; the judge runs:',
        f"  debate judge --from {file.name} --as {code}",
    )
    if practice:
        page.say("what follows practice comes in another pack, once the result of this one is imported")


@contextmanager
def unpacked(page: Page, file: Path, code: str) -> Iterator[tuple[Blind, str]]:
    """Give what a pack holds as a judge's view, and write the result when it is left.

    Raises:
        UsageError: the pack is another judge's.
    """
    from debate.cli.files import replaced
    from debate.errors import UsageError
    from debate.store.studies.blind import Blind
    from debate.store.studies.packs import result, unfold

    found = _read(file)
    if found.cover.judge != code:
        raise UsageError(f'"{file}" is not the pack of "{code}": use the code and the file that were sent together')
    state = file.with_name(f"{file.name}.state")
    unfold(found, state)
    try:
        with Blind.open(state, code) as blind:
            yield blind, found.cover.tournament
    finally:
        out = file.with_name(f"{file.name}.result.json")
        with replaced(out) as part:
            part.write_text(_written(result(found, state)), "ascii")
        page.note(f'what you did is in "{out}": send this file back; the same command goes on where you stopped')


def _written(value: Pack | Result) -> str:
    """Return a value as JSON in ASCII, where half a character of a speech is written too."""
    return json.dumps(value.model_dump(mode="json", by_alias=True), allow_nan=False) + "\n"


def _read(file: Path) -> Pack:
    from debate.errors import InputError, UsageError
    from debate.studies.packing import Pack, whole

    if not file.is_file():
        raise UsageError(f'there is no pack "{file}"')
    if not os.access(file.absolute().parent, os.W_OK):
        raise UsageError(f'nothing can be written beside "{file}": copy it to a folder of your own')
    try:
        found = Pack.model_validate(json.loads(file.read_bytes()))
    except (ValueError, RecursionError) as exc:
        raise InputError([f'"{file}" is not a pack, or not all of one: ask for it again']) from exc
    if not whole(found):
        raise InputError([f'"{file}" is not as it was packed: ask for it again'])
    return found


def results(files: list[Path]) -> list[Path]:
    """Return the files that hold what a judge did with a pack; all of them do, or none.

    Raises:
        UsageError: some do, or one is a pack itself.
    """
    from debate.errors import UsageError
    from debate.studies.packing import PACK, RESULT

    begins = {file: _beginning(file) for file in files if file.is_file()}
    for file, start in begins.items():
        if PACK in start:
            raise UsageError(f'"{file}" is a pack: import what its judge sends back, "{file.name}.result.json"')
    found = [file for file, start in begins.items() if RESULT in start]
    if found and found != files:
        raise UsageError(f'"{found[0]}" is what a judge did with a pack: import such files apart from others')
    return found


def _beginning(file: Path) -> str:
    with file.open("rb") as stream:
        return stream.read(80).decode("ascii", "replace")


def taken(page: Page, files: list[Path], db: str) -> None:
    """Take in what judges did with their packs, and say what came of it."""
    from debate.store import Store
    from debate.tui.judging.returned import returned

    found = [_result(file) for file in files]
    with Store.open(db, notice=page.note) as store:
        came = [returned(store, db, result) for result in found]
    written = [_letter(file, one) for file, one in zip(files, came, strict=True)]
    rows = [one.model_dump(mode="json") | {"letter": letter} for one, letter in zip(came, written, strict=True)]
    page.data("debate.import.judged/1", judges=rows)
    page.say(*map(_said, came))
    page.say(*(f'what the judge may be told is in "{letter}": send it to them' for letter in written if letter))


def _letter(file: Path, came: Returned) -> str:
    """Write what a judge may be told beside what they sent, and return where; nothing where there is nothing."""
    from debate.cli.files import replaced
    from debate.tui.judging.plain import Plain

    if not came.letter:
        return ""
    out = file.with_name(f"{file.name.removesuffix('.result.json')}.letter.txt")
    with replaced(out) as part, part.open("w", encoding="utf-8") as stream:
        Plain(stream, input).say(came.letter)
    return str(out)


def _result(file: Path) -> Result:
    from pydantic import ValidationError

    from debate import intake
    from debate.errors import InputError
    from debate.studies.packing import Result

    try:
        return Result.model_validate(json.loads(file.read_bytes()))
    except ValidationError as exc:
        raise InputError([f"{file}: {problem}" for problem in intake.told(exc, Result)]) from exc
    except (ValueError, RecursionError) as exc:
        raise InputError([f"{file}: is not whole: {exc}"]) from exc


def _said(came: Returned) -> str:
    known = f", {came.known} of them known already" if came.known else ""
    said = f"{came.judge}: {came.submitted} judged, {came.skipped} skipped, {came.open} to do{known}"
    if came.late:
        said += f"; {came.late} corrected after it was told how they turned out, so the first rulings stand"
    if not came.right:
        return said
    points = sum(came.points) / len(came.points)
    return f"{said}; {sum(came.right)} of {len(came.right)} right, {points:.0f} points on average"
