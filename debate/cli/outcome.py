"""How a run ended, in words, as an exit code, and how to go on."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from debate.cli import ending
from debate.cli.options import DATABASE
from debate.domain import Tournament
from debate.plural import count
from debate.store import Status, Store
from debate.tournament import Result

if TYPE_CHECKING:
    from debate.cli.page import Page
    from debate.report.commands import Commands

CODES = {"done": 0, "failures": 3, "budget": 4, "waiting": 8, "interrupted": ending.INTERRUPTED}


def told(page: Page, tournament: Tournament, store: Store, result: Result, *, code: int) -> None:
    """Say how a run ended and how to go on."""
    status = store.status(tournament.name)
    again = following(result)
    if page.as_json:
        with suppress(OSError):
            page.event(
                schema="debate.event/1",
                event="ended",
                ending=result.ending,
                why=result.why,
                exit_code=code,
                matches=status.matches,
                calls=result.calls,
                spent_usd=status.spent_usd,
                spent_max_usd=status.spent_max_usd,
                go_on=again,
            )
        return
    for line in (*summary(result, status), *([f"go on with: {again}"] if again else ())):
        page.note(line)
    if again is None:
        page.note(f"see what came out with: {report(store, status.name)}")


def report(store: Store, name: str) -> str:
    """Return the command that reports a tournament."""
    path = str(store.database.path)
    return shlex.join(["debate", "report", name, *([] if path == DATABASE else ["--db", path])])


def commands(store: Store, name: str) -> Commands:
    """Return what is typed to see more of a tournament."""
    from debate.report.commands import Commands

    path = str(store.database.path)
    return Commands(name, "" if path == DATABASE else path, among=len(store.tournaments()) > 1)


def summary(result: Result, status: Status) -> list[str]:
    """Return what a run came to, in a few lines."""
    done, total = status.matches["done"], sum(status.matches.values())
    counted = f"{done} of {count(total, 'match', 'matches')} done, {count(status.judgments, 'judgment')}"
    spent, most = f"${status.spent_usd:.4f}", f"${status.spent_max_usd:.4f}"
    counted += f", {spent} spent" + (f" (at most {most})" if most != spent else "")
    if result.ending == "done" and not result.calls:
        return [f'"{status.name}" is finished: nothing to do ({counted})']
    lost = ", ".join(f"{many} {words}" for many, words in _lost(result, status) if many)
    first = {
        "done": "finished",
        "failures": f"stopped: {result.why}" if result.why else f"finished, but for {lost}",
        "budget": f"stopped: {result.why}",
        "waiting": f"{count(status.matches['waiting'], 'match waits', 'matches wait')} for people",
        "interrupted": "stopped; what was paid for is kept",
    }[result.ending]
    return [f"{first}: {counted}, {count(result.calls, 'call')} now", *_failed(status)]


def _lost(result: Result, status: Status) -> Iterator[tuple[int, str]]:
    yield status.matches["failed"], "failed"
    yield status.matches["set-aside"], "set aside"
    yield result.unruled, "with a ruling that failed"


def _failed(status: Status) -> list[str]:
    """Return what was said of what failed in most matches, so that nobody has to look for it."""
    if not status.failures:
        return []
    most = max(status.failures, key=lambda failed: failed.count)
    return [f"failed, {most.kind}: {most.message}"]


def following(result: Result) -> str | None:
    """Return the command that goes on, or None where there is nothing left to do."""
    if result.ending == "done":
        return None
    if result.ending == "budget":
        return ending.command(max_cost="USD") if "$" in result.why else ending.command(max_calls="N")
    if result.ending == "failures":
        command = ending.command()
        if not (result.matches.get("failed") or result.unruled):  # what was set aside stays so
            return command if result.why else None
        return command if "--retry-failed" in command else f"{command} --retry-failed"
    return ending.command()
