"""`debate judge`: a person rules on transcripts, on a full screen or by plain prompts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.store.blind import Blind, Place


def judge(
    name: o.Name = None,
    code: Annotated[str | None, typer.Option("--as", metavar="CODE", help="Who you are in this study.")] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Numbered prompts instead of a full screen; the same rulings.")
    ] = False,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Judge what a pack holds, without a database.")
    ] = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Read transcripts and say how likely each answer is, as a blind human judge.

    \b
    debate judge first --as j07
    debate judge first --as j07 --plain
    debate judge --from j07.pack --as j07
    debate judge pack --help            judging away from the database
    """
    from debate.cli.pack import unpacked
    from debate.errors import UsageError
    from debate.store.blind import Blind
    from debate.store.opening import existing

    if not code:
        raise UsageError("say who you are: --as CODE, the code that the study gave you")
    page = Page(as_json=as_json, quiet=quiet)
    if source is not None:
        with unpacked(page, source, code) as (blind, tournament):
            _told(page, tournament, code, _judged(blind, tournament, db, plain=plain or not _screen(page)))
        return
    enrolled = _researchers("enrol", *([name] if name else []), "--as", code, "--db", db, "--json")
    tournament = str(enrolled["tournament"])
    with Blind.open(existing(db), code) as blind:
        left = _judged(blind, tournament, db, plain=plain or not _screen(page))
    _told(page, tournament, code, left)


def _told(page: Page, tournament: str, code: str, left: tuple[Place, ...]) -> None:
    state = blind_counts(left)
    page.data("debate.judge/1", tournament=tournament, judge=code, **state)
    page.note(f"{state['submitted']} judged, {state['open']} to do. Thank you.")


def _researchers(*words: str) -> dict[str, object]:
    """Run a command that may see what a judge may not, in a process of its own; only its JSON comes back."""
    import json

    from debate.cli import ending

    command = [sys.executable, "-m", "debate", "judges", *words]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if ran.returncode:
        ending.leave(ran.returncode)
    found: dict[str, object] = json.loads(ran.stdout)
    return found


def _screen(page: Page) -> bool:
    return sys.stdin.isatty() and page.out.is_terminal and not page.out.is_dumb_terminal


def _judged(blind: Blind, tournament: str, db: str, *, plain: bool) -> tuple[Place, ...]:
    study = blind.study(tournament)

    def told(sitting: int) -> int | None:
        if study.feedback == "never":
            return None
        answer = _researchers("answer", tournament, str(sitting), "--as", blind.judge, "--db", db, "--json")["answer"]
        return answer if isinstance(answer, int) else None

    if plain:
        _by_prompts(blind, tournament, told)
    else:
        from debate.tui.app import JudgeApp

        JudgeApp(blind, tournament, told).run()
    return blind.queue(tournament)


def _by_prompts(blind: Blind, tournament: str, told: Told) -> None:
    from debate.tui.plain import Left, Plain
    from debate.tui.sitting import Sitting

    study = blind.study(tournament)
    face = Plain(sys.stdout, input)
    queue = blind.queue(tournament)
    todo = [place for place in queue if place.state == "open"]
    face.say(f"{len(todo)} of {len(queue)} transcripts to judge.")
    for number, place in enumerate(todo, 1):
        face.say(f"\n=== transcript {number} of {len(todo)} ===")
        sitting = Sitting(blind, place.id, study)
        try:
            face.judge(sitting)
        except Left:
            break
        finally:
            sitting.leave()
        if sitting.session.stage == "submitted" and (right := told(place.id)) is not None:
            ballot = sitting.ballot()
            face.say(f"The right answer is {'AB'[ballot.shown.index(right)]}: {ballot.question.answers[right]}")


def blind_counts(queue: tuple[Place, ...]) -> dict[str, int]:
    """Count a queue by state."""
    return {state: sum(place.state == state for place in queue) for state in ("open", "submitted", "skipped")}


if TYPE_CHECKING:
    from collections.abc import Callable

    Told = Callable[[int], int | None]
