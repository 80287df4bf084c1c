"""`debate judge`: a person rules on transcripts, on a full screen or by plain prompts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from debate.domain import Study
    from debate.studies.sight import Place, Sight
    from debate.tui.judging.clerk import Clerk


def judge(
    name: o.Name = None,
    code: Annotated[str | None, typer.Option("--as", metavar="CODE", help="Who you are in this study.")] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Numbered prompts instead of a full screen; the same rulings.")
    ] = False,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Judge what a pack holds, without a database.")
    ] = None,
    play: Annotated[
        bool, typer.Option("--play", help="Play the debates that you sit in from here too, and pay for them.")
    ] = False,
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
    from debate.cli.clerks import DatabaseClerk, conditions
    from debate.cli.hatch import Hatch
    from debate.cli.pack import unpacked
    from debate.errors import UsageError
    from debate.studies.letter import away
    from debate.studies.wording import consent_hash, debriefing
    from debate.tui.judging.clerk import Clerk

    if not code:
        raise UsageError("say who you are: --as CODE, the code that the study gave you")
    page = Page(as_json=as_json, quiet=quiet)
    by_prompts = plain or not _screen(page)
    if source is not None:
        with unpacked(page, source, code) as (sight, tournament):
            study = sight.study(tournament)
            consent = _consented(page, study, agreed=sight.agreed(consent_hash(study)))
            clerk = Clerk(conditions=conditions(plain=by_prompts), consent=consent)
            left = _judged(page, sight, tournament, clerk, plain=by_prompts)
            practice = any(place.purpose == "practice" for place in left)
            _told(page, sight, tournament, left, lambda: away(study, practice=practice))
        return
    registry = DatabaseClerk(name, code, db, play=play)
    if not yes:
        _confirm_new(page, code, registry.near)
    consent = _consented(page, registry.study, agreed=registry.agreed)
    tournament = registry.enrol()
    try:
        with Hatch.open(code, db) as sight:
            clerk = registry.clerk(conditions(plain=by_prompts), consent)
            left = _judged(page, sight, tournament, clerk, plain=by_prompts)
            _told(page, sight, tournament, left, lambda: debriefing(registry.study, registry.debrief()))
    finally:
        registry.close()


def _confirm_new(page: Page, code: str, near: list[str]) -> None:
    """Ask whether a code that resembles one that is there was meant."""
    from debate.errors import UsageError

    if near and not typer.confirm(
        f'"{code}" is new in this study. Did you mean {" or ".join(near)}? Begin as "{code}"'
    ):
        raise UsageError(f"nothing was recorded; begin again with --as {near[0]}")


def _consented(page: Page, study: Study, *, agreed: bool) -> str:
    """Show the study's text, have it answered, and return its hash; empty where there is none.

    Raises:
        UsageError: the judge does not agree; nothing was recorded.
    """
    from debate.errors import UsageError
    from debate.studies.wording import consent, consent_hash
    from debate.tui.judging.plain import Plain

    text, hashed = consent(study), consent_hash(study)
    if not text or agreed:
        return hashed
    Plain(_out(page), input).say(text)
    if _asking(page)('\nDo you agree? Type "yes" to take part, or anything else to leave: ').strip().lower() != "yes":
        raise UsageError("you did not agree, and nothing was recorded")
    page.note("Thank you. Your transcripts are looked up.")
    return hashed


def _told(page: Page, sight: Sight, tournament: str, left: tuple[Place, ...], ended: Callable[[], str]) -> None:
    """Say what was done, and to who is through with everything, what is told at the end."""
    from debate.tui.judging.plain import Plain

    state = counted(left)
    if state["submitted"] and not state["open"] and not page.as_json:
        Plain(sys.stderr, input).say(ended())
    page.data("debate.judge/1", tournament=tournament, judge=sight.judge, **state)
    page.note(f"{state['submitted']} judged, {state['open']} to do. Thank you.")


def _out(page: Page) -> TextIO:
    """Return where people read; what programs read stays by itself."""
    return sys.stderr if page.as_json else sys.stdout


def _asking(page: Page) -> Callable[[str], str]:
    if not page.as_json:
        return input

    def ask(prompt: str) -> str:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        return input()

    return ask


def _screen(page: Page) -> bool:
    """Tell whether there is a terminal that a full screen can be drawn on."""
    writes = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    return sys.stdin.isatty() and page.out.is_terminal and not page.out.is_dumb_terminal and writes


def _judged(page: Page, sight: Sight, tournament: str, clerk: Clerk, *, plain: bool) -> tuple[Place, ...]:
    if plain:
        from debate.tui.judging.round import by_prompts

        by_prompts(sight, tournament, clerk, _out(page), _asking(page))
    else:
        from debate.tui.judging import keymap
        from debate.tui.judging.app import JudgeApp

        JudgeApp(sight, tournament, clerk, keymap.chosen(keymap.path())).shown()
    return sight.queue(tournament)


def counted(queue: tuple[Place, ...]) -> dict[str, int]:
    """Count a queue by state."""
    return {
        "open": sum(place.todo for place in queue),
        **{state: sum(place.state == state for place in queue) for state in ("submitted", "skipped")},
    }
