"""`debate judges enrol|status|invalidate|withdraw`: the researcher's side of a study with human judges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.store import Store
    from debate.store.sittings import Enrolled

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
    page.say(f"{code}: {found.open} transcripts to judge, {found.done} done")


def entered(store: Store, name: str | None, code: str) -> tuple[str, Enrolled]:
    """Give a judge their transcripts, and return the tournament that is meant and what they have to do."""
    from debate.cli.spec import named
    from debate.errors import UsageError
    from debate.store.sittings import enrol as enter

    if not code or not code.replace("-", "").replace("_", "").isalnum():
        raise UsageError("a judge's code is made of letters, digits, - and _")
    tournament = named(store, name)
    return tournament, enter(store, tournament, code)


@app.command(hidden=True)
def answer(
    name: str, sitting: int, code: Code, db: o.Db = o.DATABASE, as_json: o.Json = False, quiet: o.Quiet = False
) -> None:
    """Tell the right answer of a transcript that was judged, where the study allows it."""
    from debate.store import Store
    from debate.store.sittings import answered

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
    from debate.store.progress import progress

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        tournament = named(store, name)
        rows = list(progress(store, tournament))
    page.data("debate.judges/1", tournament=tournament, judges=[row.model_dump(mode="json") for row in rows])
    if not rows:
        page.say("nobody has judged yet")
        return
    page.table(
        "judge", "to do", "judged", "skipped", "invalid", "median time", "too fast",
        rows=(
            (r.judge, r.open, r.submitted, r.skipped, r.invalid, _minutes(r.median_active_s), r.fast) for r in rows
        ),
        right=("to do", "judged", "skipped", "invalid", "median time", "too fast"),
    )  # fmt: skip


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
    from debate.store.sittings import invalidate as take_out

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, notice=page.note) as store:
        n = take_out(store, name, code, why)
    page.data("debate.judges.invalidate/1", tournament=name, judge=code, rulings=n)
    page.say(f"{code}: {n} rulings are not counted any more")


@app.command()
def withdraw(
    name: str,
    code: Code,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Erase everything that a judge did and wrote, at their wish.

    \b
    debate judges withdraw first --as j07 --yes
    """
    from debate.errors import UsageError
    from debate.store import Store
    from debate.store.sittings import withdraw as erase

    if not yes and not typer.confirm(f"Erase every ruling of {code}? This cannot be undone"):
        raise UsageError("nothing was erased")
    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, notice=page.note) as store:
        n = erase(store, name, code)
    page.data("debate.judges.withdraw/1", tournament=name, judge=code, sittings=n)
    page.say(f"{code}: {n} transcripts and everything done in them are erased")
