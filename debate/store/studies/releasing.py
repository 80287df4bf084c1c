"""What does a judge leave behind who will not come back? Their transcripts are others', their seats are given up."""

from __future__ import annotations

from sqlalchemy import Connection, select

from debate.domain import Value
from debate.errors import UsageError
from debate.sanitize import store as escaped
from debate.store.store import Store
from debate.store.studies import leases
from debate.store.studies.sittings import entered
from debate.store.tables import MATCH, SITTING
from debate.studies.sight import RELEASED


class Left(Value):
    """What was given back."""

    transcripts: int
    seats: int
    """Debates that waited for this judge, and are set aside."""


def release(store: Store, name: str, judge: str, why: str) -> Left:
    """Give back what a judge has not finished; what they did stays, and can still be handed in from a pack.

    Raises:
        UsageError: there is no such judge.
    """
    with store.database.writing() as connection:
        tournament, _ = entered(connection, name)
        ours = (SITTING.c.tournament == tournament, SITTING.c.judge == escaped(judge))
        if connection.execute(select(SITTING.c.id).where(*ours).limit(1)).first() is None:
            raise UsageError(f'judge "{judge}" has no transcripts in "{name}"')
        return give_back(connection, tournament, judge, why)


def give_back(connection: Connection, tournament: int, judge: str, why: str) -> Left:
    """Give the transcripts that a judge has not finished to others, and set the debates aside that wait for them."""
    given = leases.close(connection, tournament, judge, why)
    ours = (SITTING.c.tournament == tournament, SITTING.c.judge == escaped(judge), SITTING.c.state == "live")
    seats = connection.execute(select(SITTING.c.id, SITTING.c.match).where(*ours)).all()
    for seat in seats:
        told = f"{RELEASED}: {why}"
        connection.execute(
            SITTING.update().where(SITTING.c.id == seat.id).values(state="skipped", why=escaped(told), holder="")
        )
        give_up(connection, seat.match)
    return Left(transcripts=given, seats=len(seats))


def handed_again(store: Store, sitting: int) -> None:
    """Have a transcript that was given back be its judge's again, who has judged it after all."""
    with store.database.writing() as connection:
        leases.again(connection, sitting)


def settle(store: Store, name: str) -> None:
    """Set aside the debates that wait at a seat which was given up while they were played on."""
    with store.database.reading() as connection:
        tournament, _ = entered(connection, name)
        left = (
            select(MATCH.c.ordinal)
            .select_from(MATCH.join(SITTING, SITTING.c.match == MATCH.c.ordinal))
            .where(MATCH.c.tournament == tournament, MATCH.c.state == "waiting", SITTING.c.state == "skipped")
        )
        found = list(connection.scalars(left))
    for match in found:
        with store.database.writing() as connection:
            give_up(connection, match)


def give_up(connection: Connection, match: int) -> None:
    """Set a debate aside that waits for somebody who will not speak: nobody else was to sit there."""
    waits = (MATCH.c.ordinal == match, MATCH.c.state.in_(("waiting", "open")))
    connection.execute(MATCH.update().where(*waits).values(state="set-aside"))
