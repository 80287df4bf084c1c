"""`debate list` and `debate status`: what the database holds, and how one tournament stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from debate.cli import options as o
from debate.cli.page import Page
from debate.cli.selecting import Where
from debate.plural import count

if TYPE_CHECKING:
    from debate.store import Status, Store


def tournaments(
    name: o.Name = None,
    where: Where = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """List the tournaments of a database, or the rulings of one that meet a condition.

    \b
    debate list
    debate list --db study.db --json
    debate list first --where 'wrong and confidence>.9'
    """
    from debate.cli.spec import named
    from debate.store import Store

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        if name or where:
            _rulings(page, store, named(store, name), where or [])
            return
        every = store.tournaments()
    page.data("debate.list/1", tournaments=[summary.model_dump(mode="json") for summary in every])
    heads = ("name", "created", "matches", "done", "judgments", "calls", "spent", "at most")
    rows = (
        (
            t.name,
            t.created[:16],
            sum(t.matches.values()),
            t.matches["done"],
            t.judgments,
            t.calls,
            f"${t.spent_usd:.2f}",
            f"${t.spent_max_usd:.2f}",
        )
        for t in every
    )
    page.table(*heads, rows=rows, right=heads[2:])


def _rulings(page: Page, store: Store, name: str, where: list[str]) -> None:
    from debate.cli import finding

    rows = finding.found(store, name, where)
    page.data("debate.rulings/1", tournament=name, where=where, rulings=rows)
    if rows:
        page.table(*finding.HEADS, rows=map(finding.cells, rows), right=("confidence", "rounds"))
    page.note(f"{count(len(rows), 'ruling')}; one of them: debate show MATCH" if rows else "no ruling meets that")


def status(
    name: o.Name = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Say how far a tournament is, what it has cost and what has failed.

    \b
    debate status
    debate status first --json
    """
    from debate.cli.spec import named
    from debate.store import Store

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        stands = store.status(named(store, name))
    page.data("debate.status/1", **stands.model_dump(mode="json"))
    page.say(*_told(stands))


def _told(stands: Status) -> Iterator[str]:
    total = sum(stands.matches.values())
    yield f"{stands.name}: {stands.matches['done']} of {count(total, 'match', 'matches')} done"
    yield from (f"  {many} {state}" for state, many in stands.matches.items() if many and state != "done")
    counts = (stands.calls, "call"), (stands.turns, "turn"), (stands.judgments, "judgment")
    yield ", ".join(count(many, thing) for many, thing in counts)
    tokens = f"{stands.input_tokens:,} in ({stands.cached_tokens:,} cached), {stands.output_tokens:,} out"
    yield f"tokens: {tokens}"
    yield f"spent: ${stands.spent_usd:.4f}, at most ${stands.spent_max_usd:.4f}"
    if stands.unpriced:
        yield f"  and {count(stands.unpriced, 'reply', 'replies')} whose price is not known"
    for failed in stands.failures:
        what = "rulings failed" if failed.ruling else "failed"
        yield f"{what}: {failed.count} by {failed.kind}{_of(failed.player, failed.seat)}: {failed.message}"
    for aside in stands.set_aside:
        yield f"set aside: {aside.count} with a turn that is {aside.state}{_of(aside.player, aside.seat)}"
    for worker in stands.workers:
        held = count(worker.claims, "match", "matches")
        yield f"at work: process {worker.pid} on {worker.host} since {worker.begun}, on {held}"


def _of(player: str | None, seat: str | None) -> str:
    who = f", {player}" if player else ""
    return f"{who} at seat {seat}" if seat else who
