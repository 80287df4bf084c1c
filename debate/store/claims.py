"""Which matches a run may play: those that are not finished and that no living run has claimed.

A run's claims hold until it stops renewing them; those of a process that is provably dead are free at once. Whoever
takes them raises the `epoch` of the run that had them, by which that run, if it lives after all, learns of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, union_all, update

from debate.errors import DebateError
from debate.store.owners import Owner
from debate.store.tables import CLAIM, MATCH, RUN

PLAYABLE = ("open", "played")


class LostClaim(DebateError):
    """Another run has taken the match over: what this one still says about it is not recorded."""


def enrol(connection: Connection, tournament: int, owner: Owner, *, until: float, at: str) -> int:
    """Enter a run into the books, and return its number."""
    row = {"tournament": tournament, **owner.columns, "until": until, "begun": at}
    zeros = {c.name: 0 for c in RUN.c if not c.nullable and c.name not in row and not c.primary_key}
    key = connection.execute(insert(RUN).values(**zeros, **row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def free(connection: Connection, tournament: int, run: int, *, now: float, at: str) -> None:
    """Free the claims of other runs that are dead or have not renewed them."""
    columns = (RUN.c.id, RUN.c.until, RUN.c.host, RUN.c.boot, RUN.c.pid, RUN.c.born)
    others = select(*columns).where(RUN.c.tournament == tournament, RUN.c.id != run, RUN.c.ended.is_(None))
    gone = [other.id for other in connection.execute(others) if other.until < now or Owner(*other[2:]).dead()]
    if gone:
        connection.execute(delete(CLAIM).where(CLAIM.c.run.in_(gone)))
        connection.execute(update(RUN).where(RUN.c.id.in_(gone)).values(epoch=RUN.c.epoch + 1, ended=at))


def take(connection: Connection, tournament: int, run: int, n: int, *, but: set[int]) -> list[tuple[int, str]]:
    """Claim up to `n` matches, `but` some, in the order of the plan, and return their ordinals and ids."""
    either = union_all(*(_first(tournament, state, n, but) for state in PLAYABLE)).subquery()
    found = connection.execute(select(either.c.ordinal, either.c.id).order_by(either.c.ordinal).limit(n))
    taken = [(row.ordinal, row.id) for row in found]
    if taken:
        connection.execute(insert(CLAIM), [{"match": ordinal, "run": run} for ordinal, _ in taken])
    return taken


def _first(tournament: int, state: str, n: int, but: set[int]) -> Select[Any]:
    claimed = select(CLAIM.c.match).where(CLAIM.c.match == MATCH.c.ordinal).exists()
    wanted = select(MATCH.c.ordinal, MATCH.c.id).where(MATCH.c.tournament == tournament, MATCH.c.state == state)
    ordered = wanted.where(~claimed, MATCH.c.ordinal.not_in(but)).order_by(MATCH.c.ordinal).limit(n).subquery()
    return select(ordered)


def hold(connection: Connection, tournament: int, run: int, ids: list[str], *, but: set[int]) -> list[tuple[int, str]]:
    """Claim those of some matches that are done and nobody has claimed, to ask about them, and return them."""
    claimed = select(CLAIM.c.match).where(CLAIM.c.match == MATCH.c.ordinal).exists()
    ours = (MATCH.c.tournament == tournament, MATCH.c.id.in_(ids), MATCH.c.state == "done", MATCH.c.ordinal.not_in(but))
    found = connection.execute(select(MATCH.c.ordinal, MATCH.c.id).where(*ours, ~claimed).order_by(MATCH.c.ordinal))
    held = [(row.ordinal, row.id) for row in found]
    if held:
        connection.execute(insert(CLAIM), [{"match": ordinal, "run": run} for ordinal, _ in held])
    return held


def release(connection: Connection, ended: Iterable[tuple[int, str]]) -> None:
    """Set the states of matches that a run is through with, and drop its claims on them."""
    rows = list(ended)
    if not rows:
        return
    for state in sorted({state for _, state in rows}):
        matches = [match for match, other in rows if other == state]
        connection.execute(update(MATCH).where(MATCH.c.ordinal.in_(matches)).values(state=state))
    connection.execute(delete(CLAIM).where(CLAIM.c.match.in_([match for match, _ in rows])))


def leave(connection: Connection, run: int, *, at: str) -> None:
    """Drop every claim of a run that ends."""
    connection.execute(delete(CLAIM).where(CLAIM.c.run == run))
    connection.execute(update(RUN).where(RUN.c.id == run).values(ended=at))


def held(connection: Connection, run: int) -> set[int]:
    """Return the ordinals of the matches that a run has claimed."""
    return set(connection.scalars(select(CLAIM.c.match).where(CLAIM.c.run == run)))


def elsewhere(connection: Connection, tournament: int, run: int) -> int:
    """Return how many matches other runs have claimed."""
    others = select(func.count()).select_from(CLAIM.join(RUN, CLAIM.c.run == RUN.c.id))
    return int(connection.scalar(others.where(RUN.c.tournament == tournament, RUN.c.id != run)) or 0)
