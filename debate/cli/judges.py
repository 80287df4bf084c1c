"""`debate judges`: the researcher's side of a study with human judges, and what a judge's process has done by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page
from debate.plural import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debate.store import Store
    from debate.store.studies.progress import Progress
    from debate.store.studies.sittings import Enrolled
    from debate.store.studies.withdrawing import Withdrawn

app = typer.Typer(
    no_args_is_help=True, help="Human judges: who does what, and how far they are.", rich_markup_mode=None
)
Code = Annotated[str, typer.Option("--as", metavar="CODE", help="The judge's code.")]


@app.command()
def enrol(
    name: o.Name = None,
    code: Code = "",
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Give a judge their transcripts; `debate judge` does this by itself.

    \b
    debate judges enrol first --as j07
    """
    from debate.store import Store

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, notice=page.note) as store:
        tournament, found = entered(store, name, code)
    page.data("debate.judges.enrol/1", tournament=tournament, judge=code, **found.model_dump())
    page.say(f"{code}: {count(found.open, 'transcript')} to judge, {found.done} done")
    if not found.open and not found.done:
        page.note(
            "people judge what is over, has two answers, is of an arm of the study, and lacks a judge: see `overlap`"
        )


def entered(store: Store, name: str | None, code: str) -> tuple[str, Enrolled]:
    """Give a judge their transcripts, and return the tournament that is meant and what they have to do."""
    from debate.cli.spec import named
    from debate.store.studies.seating import seat
    from debate.store.studies.sittings import enrol as enter

    check(code)
    tournament = named(store, name)
    seat(store, tournament, code)
    return tournament, enter(store, tournament, code)


@app.command(hidden=True)
def terms(
    name: o.Name = None, code: Code = "", db: o.Db = o.DATABASE, as_json: o.Json = False, quiet: o.Quiet = False
) -> None:
    """Tell what a study asks of its judges; where nothing is to be asked first, give them their transcripts too."""
    from debate.cli.spec import named
    from debate.store import Store
    from debate.store.studies.blind import Blind
    from debate.store.studies.sittings import judges, study_of
    from debate.studies.wording import consent_hash

    check(code)
    with Store.open(db, readonly=True) as store:
        tournament = named(store, name)
        study = study_of(store, tournament)
        known = judges(store, tournament)
    with Blind.open(store.database.path, code) as blind:
        agreed = blind.agreed(consent_hash(study)) or not consent_hash(study)
    alike = [] if code in known else near(code, known)
    ready = agreed and not alike
    if ready:
        with Store.open(db) as store:
            entered(store, tournament, code)
    Page(as_json=as_json, quiet=quiet).data(
        "debate.judges.terms/1",
        tournament=tournament,
        near=alike,
        agreed=agreed,
        enrolled=ready,
        study=study.model_dump(mode="json"),
    )


def near(code: str, known: tuple[str, ...]) -> list[str]:
    """Return the codes that somebody who typed another may have meant."""
    from rapidfuzz.distance import OSA

    return [other for other in known if other != code and OSA.distance(code.lower(), other.lower()) <= 1]


def check(code: str) -> None:
    """Refuse what is no judge's code."""
    from debate.errors import UsageError

    if not code:
        raise UsageError("which judge? Say --as CODE")
    if not code.replace("-", "").replace("_", "").isalnum():
        raise UsageError("a judge's code is made of letters, digits, - and _")


@app.command(hidden=True)
def hatch(code: Code, db: o.Db = o.DATABASE) -> None:
    """Hold the database for a judge's process, which asks on stdin and is answered on stdout."""
    import sys

    from debate.cli.hatch import serve
    from debate.store.file.opening import existing
    from debate.store.studies.blind import Blind

    check(code)
    with Blind.open(existing(db), code) as blind:
        serve(blind, sys.stdin, sys.stdout)


@app.command(hidden=True)
def debrief(name: str, code: Code, db: o.Db = o.DATABASE, as_json: o.Json = False, quiet: o.Quiet = False) -> None:
    """Tell a judge who has nothing left to judge who was assigned to argue falsely."""
    from debate.store import Store
    from debate.store.studies.debriefing import debrief as told_at_the_end

    with Store.open(db) as store:
        found = told_at_the_end(store, name, code)
    told = [[one.question, one.letter, one.answer] for one in found]
    Page(as_json=as_json, quiet=quiet).data("debate.judges.debrief/1", told=told)


@app.command(hidden=True)
def play(name: str, db: o.Db = o.DATABASE, quiet: o.Quiet = False) -> None:
    """Play a tournament on while its judges sit at their seats."""
    import asyncio

    from debate import tournament
    from debate.store import Store

    with Store.open(db) as store:
        asyncio.run(tournament.run(store, name))


@app.command(hidden=True)
def answer(
    name: str, sitting: int, code: Code, db: o.Db = o.DATABASE, as_json: o.Json = False, quiet: o.Quiet = False
) -> None:
    """Tell the right answer of a transcript that was judged, where the study allows it."""
    from debate.store import Store
    from debate.store.studies.sittings import answered

    with Store.open(db, readonly=True) as store:
        right = answered(store, name, sitting, code)
    Page(as_json=as_json, quiet=quiet).data("debate.judges.answer/1", answer=right)


@app.command()
def status(
    name: o.Name = None, db: o.Db = o.DATABASE, as_json: o.Json = False, quiet: o.Quiet = False, yes: o.Yes = False
) -> None:
    """Say how far each judge is, and how long they take.

    \b
    debate judges status first
    """
    from debate.cli.spec import named
    from debate.store import Store
    from debate.store.studies.progress import overview

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        tournament = named(store, name)
        found = overview(store, tournament)
    page.data("debate.judges/1", tournament=tournament, **found.model_dump(mode="json"))
    if not found.judges:
        page.say("nobody has judged yet")
        return
    right = ("to do", "judged", "skipped", "not counted", "time", "fast", "slow", "checks", "agrees", "moved")
    page.table("judge", *right, rows=map(_row, found.judges), right=right)
    page.say(*(f"{one.judge}: to be excluded, {why}" for one in found.judges for why in one.excluded))
    page.say(
        *(
            f"{one.judge}: {count(len(one.too_fast), 'ruling')} to be excluded as too fast"
            for one in found.judges
            if one.too_fast
        )
    )
    page.say(*(line for one in found.judges for line in _remarks(one)))
    if found.alpha is not None:
        page.say(f"agreement of the judges: Krippendorff's alpha {found.alpha:.2f}")


def _remarks(one: Progress) -> Iterator[str]:
    """Yield why something of a judge's is not counted, what they hold, what waits for them, and what they gave back."""
    for why in one.uncounted:
        yield f"{one.judge}: not counted, {why}"
    if one.holds:
        yield f"{one.judge}: has {one.holds} open now"
    if one.seats:
        yield f"{one.judge}: sits in {count(one.seats, 'debate')} not over, waiting for this judge only"
    if one.given_up:
        yield f"{one.judge}: gave up the seat in {count(one.given_up, 'debate')}, now set aside"
    if one.released:
        why = "".join(f": {why}" for why in [", ".join(one.released_for)] if why)
        yield f"{one.judge}: {count(one.released, 'transcript')} given to others{why}"
    for why in one.skipped_for:
        yield f"{one.judge}: skipped, {why}"


def _row(one: Progress) -> tuple[object, ...]:
    checks = f"{one.checks - one.checks_failed} of {one.checks}" if one.checks else ""
    agrees = "" if one.agrees is None else f"{100 * one.agrees:.0f}%"
    moved = "" if one.moved is None else f"{one.moved:.0f}"
    counts = (one.open, one.submitted, one.skipped, one.invalid, _minutes(one.median_active_s), one.fast, one.slow)
    return (one.judge, *counts, checks, agrees, moved)


def _minutes(seconds: float | None) -> str:
    return "" if seconds is None else f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


@app.command()
def invalidate(
    name: str,
    code: Code,
    why: Annotated[str, typer.Option("--why", help="The reason; it is kept.")],
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Take a judge's rulings out of what is measured; nothing is erased.

    \b
    debate judges invalidate first --as j07 --why "failed both attention checks"
    """
    from debate.store import Store
    from debate.store.studies.sittings import invalidate as take_out

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, notice=page.note) as store:
        n = take_out(store, name, code, why)
    page.data("debate.judges.invalidate/1", tournament=name, judge=code, rulings=n)
    page.say(f"{code}: {count(n, 'ruling is', 'rulings are')} not counted any more")


@app.command()
def release(
    name: str,
    code: Code,
    why: Annotated[str, typer.Option("--why", help="The reason; it is kept.")] = "the judge does not come back",
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Give what a judge has not finished to others, and set debates aside that wait for them; nothing is erased.

    \b
    debate judges release first --as j07
    """
    from debate.store import Store
    from debate.store.studies.releasing import release as give_back

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, notice=page.note) as store:
        left = give_back(store, name, code, why)
    page.data("debate.judges.release/1", tournament=name, judge=code, **left.model_dump())
    page.say(f"{code}: {left.transcripts} transcripts are given back, for whoever comes next")
    if left.seats:
        page.say(f"{code}: {count(left.seats, 'debate')} waited for this judge, now set aside")


@app.command()
def exclude(
    name: o.Name = None, db: o.Db = o.DATABASE, as_json: o.Json = False, quiet: o.Quiet = False, yes: o.Yes = False
) -> None:
    """Apply the exclusion rules that the study declared beforehand; nothing is erased.

    \b
    debate judges exclude first
    """
    from debate.cli.spec import named
    from debate.store import Store
    from debate.store.studies.excluding import exclude as by_rules

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, notice=page.note) as store:
        tournament = named(store, name)
        found = by_rules(store, tournament)
    page.data("debate.judges.exclude/1", tournament=tournament, excluded=[one.model_dump() for one in found])
    page.say(
        *(
            f"{one.judge}: {count(one.rulings, 'ruling is', 'rulings are')} not counted any more: {one.why}"
            for one in found
        )
    )
    if not found:
        page.say("no rule that was declared excludes anything")


@app.command()
def withdraw(
    name: str,
    code: Code,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Erase what a judge did and wrote, or keep their beliefs alone, as the study declared (`withdrawal`).

    \b
    debate judges withdraw first --as j07 --yes
    """
    from debate.errors import UsageError
    from debate.store import Store
    from debate.store.studies.sittings import study_of
    from debate.store.studies.withdrawing import withdraw as take_back

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, notice=page.note) as store:
        erases = study_of(store, name).withdrawal == "erase"
        asked = f"Erase every ruling of {code}" if erases else f"Take {code} and all their words out of every ruling"
        if not yes and not typer.confirm(f"{asked}? This cannot be undone"):
            raise UsageError("nothing was erased")
        left = take_back(store, name, code)
    data = {"sittings": left.transcripts, "anonymised": left.code}
    page.data("debate.judges.withdraw/1", tournament=name, judge=code, **data)
    page.say(_withdrawn(name, code, left))
    if left.seated:
        page.say(f'"{name}" names {code} at a seat: that name, and what was asked from there, stay in its debates')


def _withdrawn(name: str, code: str, left: Withdrawn) -> str:
    """Return what became of what a judge did."""
    if not left.transcripts:
        return f'nobody has the code {code} in "{name}" (any more): no row was changed'
    if left.code:
        stay = count(left.transcripts, "transcript stays", "transcripts stay")
        return f"{code}: {stay} as {left.code}, with beliefs and without words and times"
    return f"{code}: {count(left.transcripts, 'transcript')} and everything done there erased"
