"""`debate watch`: a run that another process makes, as it goes on; nothing is written, and nothing of it is changed."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.store import Store
    from debate.tui.watching import Watching

RULINGS = 5
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

    It only reads: the run neither notices nor waits. Whether rulings are right is not shown while a run goes on.

    \b
    debate watch first
    debate watch first | tee run.log
    debate watch first --json
    """
    from debate.cli.spec import named
    from debate.store import Store

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        tournament = named(store, name)
        try:
            with _ending_well():
                watched = _watched(page, store, tournament, every)
        except KeyboardInterrupt:
            page.note("left; the run goes on by itself")
            raise typer.Exit(INTERRUPTED) from None
    page.note(_ended(watched))


@contextmanager
def _ending_well() -> Iterator[None]:
    """Leave the terminal as it was when the process is told to end, too."""

    def leave(number: int, _: object) -> NoReturn:
        raise typer.Exit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _watched(page: Page, store: Store, name: str, every: float) -> Watching:
    """Look until nobody is at work."""
    from debate.store.latest import latest
    from debate.tui.watching import Watching

    pinned = store.pinned(name)
    watching = Watching(max_cost_usd=pinned.tournament.limits.max_cost_usd if pinned else None)
    live, said = _live(page), ""
    with live:
        while True:
            changed = watching.look(store.status(name), latest(store, name, RULINGS), time.monotonic())
            said = _shown(page, live, watching, changed=changed, said=said)
            if not watching.running:
                return watching
            time.sleep(every)


def _live(page: Page) -> AbstractContextManager[Any]:
    if page.as_json or not page.out.is_terminal or page.out.is_dumb_terminal:
        return nullcontext()
    from rich.live import Live

    return Live(console=page.out, auto_refresh=False)


def _shown(page: Page, live: AbstractContextManager[Any], watching: Watching, *, changed: bool, said: str) -> str:
    """Show how the run stands; in a pipe only what was not said yet. Return the line that it came to."""
    line = watching.line()
    if page.as_json:
        if changed and watching.status is not None:
            _event(page, watching)
    elif isinstance(live, nullcontext):
        if changed and line != said:
            page.say(f"{time.strftime('%H:%M:%S')} {line}")
            page.out.file.flush()
    else:
        _drawn(page, live, watching)
    return line


def _drawn(page: Page, live: Any, watching: Watching) -> None:
    from rich.text import Text

    lines = (page.text(line) for line in watching.lines())
    live.update(Text("\n", no_wrap=True, overflow="ellipsis").join(lines), refresh=True)


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
    return f"nobody is at work, and {rest} matches are left: `debate run` goes on"
