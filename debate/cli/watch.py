"""`debate watch`: a run that another process makes, as it goes on; nothing is written, and nothing of it is changed."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page
from debate.plural import count

if TYPE_CHECKING:
    from debate.store import Store
    from debate.tui.watching import Watching

INTERRUPTED = 130


def watch(
    name: o.Name = None,
    every: Annotated[
        float, typer.Option("--every", metavar="SECONDS", min=0.05, help="How often to look.", show_default=True)
    ] = 1.0,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Watch a run from beside it until it ends; in a pipe, print a line for each change.

    On a terminal `p` pauses, `f` shows what has failed, `q` leaves. It only reads: the run neither notices nor waits.
    Whether rulings are right is not shown while a run goes on.

    \b
    debate watch first
    debate watch first | tee run.log
    debate watch first --json
    """
    from debate.cli.spec import named
    from debate.store import Store
    from debate.tui.watching import Watching

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        tournament = named(store, name)
        pinned = store.pinned(tournament)
        watching = Watching(max_cost_usd=pinned.tournament.limits.max_cost_usd if pinned else None)
        try:
            left = _on_screen(page, store, tournament, watching, every) if _screen(page) else None
            if not _screen(page):
                _told(page, store, tournament, watching, every)
        except KeyboardInterrupt:
            left = INTERRUPTED
    if left is not None:
        page.note("left; the run goes on by itself")
        raise typer.Exit(left)
    page.note(_ended(watching))


def _screen(page: Page) -> bool:
    """Tell whether there is a whole screen to draw on."""
    return not page.as_json and sys.stdin.isatty() and page.out.is_terminal and not page.out.is_dumb_terminal


def _on_screen(page: Page, store: Store, name: str, watching: Watching, every: float) -> int | None:
    """Watch on a full screen, leave the last page on the terminal, and return the code if it was left."""
    from debate.tui.monitor import Monitor

    left = Monitor(store, name, watching, every).shown()
    if watching.status is not None:
        for line in watching.lines():
            page.out.print(page.text(line), no_wrap=True, overflow="ellipsis")
    return left


def _told(
    page: Page,
    store: Store,
    name: str,
    watching: Watching,
    every: float,
    wait: Callable[[float], object] = time.sleep,
) -> None:
    """Look until nobody is at work, and tell what was not said yet."""
    said = trouble = ""
    while True:
        changed = watching.look_at(store, name, time.monotonic())
        if watching.trouble != trouble and (trouble := watching.trouble):
            page.note(trouble)
        if changed and watching.status is not None:
            said = _line(page, watching, said)
        if not watching.running:
            return
        wait(every)


def _line(page: Page, watching: Watching, said: str) -> str:
    """Say how the run stands, if that was not said yet; return the line that it came to."""
    line = watching.line()
    if page.as_json:
        _event(page, watching)
    elif line != said:
        page.say(f"{time.strftime('%H:%M:%S')} {line}")
        page.out.file.flush()
    return line


def _event(page: Page, watching: Watching) -> None:
    assert watching.status is not None, "something was looked at"
    left = watching.left_s()
    page.event(
        schema="debate.watch/1",
        **watching.status.model_dump(mode="json"),
        matches_per_minute=watching.rate(),
        left_s=None if left is None else {"low": left[0], "high": left[1]},
        latest=[one.model_dump(mode="json") for one in watching.latest],
    )


def _ended(watching: Watching) -> str:
    rest = watching.total - watching.over
    if not rest:
        return f"nothing is left to play{watching.people()}: `debate report` says what came out"
    return f"nobody is at work, and {count(rest, 'match is', 'matches are')} left: `debate run` goes on"
