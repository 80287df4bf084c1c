"""How a run looks while it goes on: a live display on a terminal, a line now and then elsewhere, or JSON Lines."""

from __future__ import annotations

import typing
from dataclasses import asdict
from typing import TYPE_CHECKING

from debate.cli.tally import Tally, spell
from debate.events import Event
from debate.plural import count

if TYPE_CHECKING:
    from rich.console import RenderableType

    from debate.cli.page import Page

LIVE_S = 0.25  # between two frames
LINE_S = 5.0  # between two lines


class Face(typing.Protocol):
    """A display of a run."""

    every_s: float

    def tell(self, event: Event) -> None:
        """Take in an event."""
        ...

    def draw(self, tally: Tally) -> None:
        """Show how the run stands."""
        ...

    def close(self) -> None:
        """Leave the terminal as it was."""
        ...


class Silent:
    """Nothing is shown."""

    every_s = 60.0

    def tell(self, event: Event) -> None:
        """Do nothing."""

    def draw(self, tally: Tally) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class Lines(Silent):
    """One plain line every few seconds."""

    every_s = LINE_S

    def __init__(self, page: Page) -> None:
        self._page = page

    def draw(self, tally: Tally) -> None:
        """Print a line."""
        said = (progress(tally), pace(tally), money(tally), trouble(tally), tally.peeked)
        self._page.note(" | ".join(part for part in said if part))


class Stream(Silent):
    """Every event as a line of JSON on stdout."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def tell(self, event: Event) -> None:
        """Print an event."""
        self._page.event(schema="debate.event/1", event=event.name, **asdict(event))


class Terminal(Silent):
    """A few lines that are drawn again and again."""

    every_s = LIVE_S

    def __init__(self, page: Page) -> None:
        from rich.live import Live

        self._page = page
        self._live = Live(
            console=page.err, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._live.start()

    def draw(self, tally: Tally) -> None:
        """Draw a frame."""
        self._live.update(self._frame(tally), refresh=True)

    def close(self) -> None:
        """Take the display away and show the cursor."""
        self._live.stop()

    def _frame(self, tally: Tally) -> RenderableType:
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        said = (progress(tally), pace(tally), money(tally), trouble(tally), tally.peeked, hint(tally))
        frame = Table.grid()
        frame.add_row(
            ProgressBar(total=max(tally.total, 1), completed=tally.through, width=min(60, self._page.err.width))
        )
        for part in said:
            if part:
                frame.add_row(self._page.line(part))
        return frame


def face(page: Page) -> Face:
    """Return the display that fits where a command prints."""
    if page.as_json:
        return Stream(page)
    if page.quiet:
        return Silent()
    terminal = page.err.is_terminal and not page.err.is_dumb_terminal
    return Terminal(page) if terminal else Lines(page)


def progress(tally: Tally) -> str:
    """Say how far a run is."""
    left = tally.left_s
    rest = f", about {spell(left)} left" if left and tally.through < tally.total else ""
    return f"{tally.name}: {tally.through} of {count(tally.total, 'match', 'matches')}, {spell(tally.elapsed_s)}{rest}"


def pace(tally: Tally) -> str:
    """Say how many calls are made."""
    status = tally.status
    if status is None:
        return ""
    flying = f"{tally.flying} in flight, " if tally.flying else ""
    calls, said = count(status.calls, "call"), count(status.turns, "turn")
    return f"{calls} ({flying}{tally.rate:.1f}/s), {said}, {count(status.judgments, 'judgment')}"


def money(tally: Tally) -> str:
    """Say what was spent, and the most that it can have been."""
    status = tally.status
    if status is None or not (status.spent_max_usd or status.unpriced):
        return ""
    unknown = f", and {status.unpriced} replies at an unknown price" if status.unpriced else ""
    return f"${status.spent_usd:.4f} spent, at most ${status.spent_max_usd:.4f}{unknown}"


def trouble(tally: Tally) -> str:
    """Say what went wrong."""
    states = tally.status.matches if tally.status else {}
    counted = [
        f"{states.get('failed', 0)} failed",
        f"{states.get('set-aside', 0)} set aside",
        count(tally.retries, "retry", "retries"),
    ]
    said = ", ".join(part for part in counted if not part.startswith("0 "))
    return "; ".join(part for part in (said, tally.trouble and f"last: {tally.trouble}") if part)


def hint(tally: Tally) -> str:
    """Say what a key does."""
    if tally.stopping:
        return f"{tally.stopping}: waiting for {count(tally.flying, 'call')} in flight; Ctrl-C again leaves at once"
    return "Ctrl-C finishes what is in flight and stops"
