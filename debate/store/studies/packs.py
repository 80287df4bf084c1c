"""Packs: what one judge may read, taken out of a database, and unfolded into a small one that holds nothing else.

The small one has the tables of any database, so that a judge without ours sits at the same screens, writes the same
acts, and is as safe from a crash.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from debate.domain import Ballot, Match, Posed, Seat, Turn
from debate.errors import StoreError, UsageError
from debate.sanitize import store as escaped
from debate.store import mapping
from debate.store.books import stamp
from debate.store.file.opening import existing
from debate.store.store import Store
from debate.store.studies.blind import Blind
from debate.store.tables import (
    ACT,
    JUDGMENT,
    MATCH,
    PASSAGE,
    PROTOCOL,
    QUESTION,
    SEAT,
    SITTING,
    STUDY,
    TOURNAMENT,
    TURN,
)
from debate.studies.packing import Cover, Done, Held, Pack, Result, packed, told
from debate.studies.qualifying import barred

TOURNAMENT_ID = 1
LAST = 1_000_000  # a ballot ends where its transcript does
KEEP = "OR IGNORE"
SUFFIXES = ("", "-wal", "-shm")


def pack(url: str | Path, tournament: str, judge: str, secret: str, *, right: int = 0) -> Pack:
    """Return what is open for a judge, read as their own process would read it: practice by itself, if there is some.

    Args:
        url: where the database is.
        tournament: whose debates are judged.
        judge: the judge's code.
        secret: that of the database, for the seal.
        right: how many rulings of practice were right.

    Raises:
        UsageError: practice was not passed.
    """
    with Blind.open(existing(url), judge) as blind:
        places = [place for place in blind.queue(tournament) if place.state == "open"]
        practice = [place for place in places if place.purpose == "practice"]
        why = barred(blind.study(tournament), "study", practice_left=len(practice), right=right)
        if why and not practice:
            raise UsageError(f"what {judge} is to judge is {why}")
        held = tuple(
            Held(sitting=place.id, ballot=blind.ballot(place.id, LAST), acts=blind.acts(place.id))
            for place in practice or places
        )
        return packed(tournament, judge, told(blind.study(tournament)), held, secret, practice=bool(practice))


def unfold(pack: Pack, path: Path) -> None:
    """Make the small database of a pack, or go on with the one that is there.

    Raises:
        UsageError: what is there belongs to another pack.
        StoreError: it cannot be written.
    """
    if path.exists():
        with Store.open(path):  # made by an older version, it is brought up to date
            pass
        if _cover_of(path) != _sealed(pack):
            raise UsageError(f'"{path}" belongs to another pack of the same name: move it away, or rename this pack')
        return
    part = path.with_name(f"{path.name}.part")
    for suffix in SUFFIXES:
        part.with_name(part.name + suffix).unlink(missing_ok=True)
    with Store.open(part, create=True) as store, store.database.writing() as connection:
        _fill(connection, pack)
    part.replace(path)


def _sealed(pack: Pack) -> str:
    return mapping.dumps({"seal": pack.seal})


def _cover_of(path: Path) -> str:
    try:
        with closing(sqlite3.connect(path)) as raw:
            found: str = raw.execute("SELECT spec FROM tournament").fetchone()[0]
            return found
    except (sqlite3.Error, TypeError) as exc:
        raise StoreError(f'"{path}" is damaged: move it away to begin again') from exc


def _fill(connection: Connection, pack: Pack) -> None:
    now, cover = stamp(time.time()), pack.cover
    tournament = {"name": escaped(cover.tournament), "spec": _sealed(pack), "questions": "", "created": now}
    connection.execute(insert(TOURNAMENT).values(id=TOURNAMENT_ID, **tournament))
    connection.execute(insert(STUDY).values(tournament=TOURNAMENT_ID, settings=mapping.settings(cover.study)))
    for place, held in enumerate(pack.held):
        _hold(connection, held, cover, place, now)


def _hold(connection: Connection, held: Held, cover: Cover, place: int, now: str) -> None:
    ballot, ordinal, match = held.ballot, place + 1, _match(held)
    game = mapping.protocol_row(match.protocol)
    _pose(connection, match.question)
    connection.execute(insert(PROTOCOL).prefix_with(KEEP).values(**game))
    connection.execute(insert(MATCH).values(**mapping.match_row(ordinal, TOURNAMENT_ID, match, game["id"])))
    for seat in mapping.seat_rows(ordinal, match):
        connection.execute(insert(SEAT).values(**seat))
    for turn in _turns(ballot):
        connection.execute(insert(TURN).values(**mapping.turn_row(ordinal, turn, now)))
    row = mapping.sitting_row(
        TOURNAMENT_ID,
        ordinal,
        cover.judge,
        place,
        view=ballot.view,
        purpose="practice" if cover.practice else "study",
        shown=ballot.shown,
        state="open",
        at=now,
    )
    connection.execute(insert(SITTING).values(id=held.sitting, **row))
    for number, act in enumerate(held.acts):
        connection.execute(insert(ACT).values(**mapping.act_row(held.sitting, number, act, now)))


def _pose(connection: Connection, question: Posed) -> None:
    """Add a question and what it is about; another ballot may have asked the same without the passage."""
    if question.passage:
        connection.execute(insert(PASSAGE).prefix_with(KEEP).values(**mapping.passage_row(question.passage)))
    connection.execute(insert(QUESTION).prefix_with(KEEP).values(**mapping.question_row(question)))
    if question.passage:
        with_it = update(QUESTION).where(QUESTION.c.id == question.id)
        connection.execute(with_it.values(passage=question.passage.id))


def _match(held: Held) -> Match:
    """Return a match of empty chairs, called by the letters that the judge reads; one for each time that it is read."""
    ballot, id = held.ballot, f"{held.ballot.match}/{held.sitting}"
    argued = {speech.label: speech.argues for speech in ballot.speeches}
    seats = tuple(Seat(seat=label, argues=argues) for label, argues in sorted(argued.items()))
    return Match(id=id, question=ballot.question, protocol=ballot.protocol, seats=seats, shown=ballot.shown)


def _turns(ballot: Ballot) -> Iterator[Turn]:
    """Yield the speeches as turns of beats of their own, so that they stay in the order in which they are read."""
    for beat, speech in enumerate(ballot.speeches):
        yield Turn(
            beat=beat,
            seat=speech.label,
            **speech.model_dump(include={"index", "round", "kind", "text", "about", "quotes"}),
        )


def result(pack: Pack, path: Path) -> Result:
    """Return what was done in the small database of a pack."""
    with closing(sqlite3.connect(path)) as raw:
        done = tuple(_done(raw, held) for held in pack.held)
    return Result(cover=pack.cover, seal=pack.seal, done=done)


def _done(raw: sqlite3.Connection, held: Held) -> Done:
    rows = raw.execute("SELECT kind, rest, at FROM act WHERE sitting = ? ORDER BY number", (held.sitting,)).fetchall()
    acts = tuple({"kind": kind, **json.loads(rest)} for kind, rest, _ in rows)
    return Done.model_validate(
        {"sitting": held.sitting, "match": held.ballot.match, "acts": acts, "at": [at for _, _, at in rows]}
    )


def dated(store: Store, done: Done, since: int, ruling: str) -> None:
    """Write down when the acts from number `since` on were really done, and the ruling of that id."""
    with store.database.writing() as connection:
        ours = ACT.c.sitting == done.sitting
        for number, at in enumerate(done.at[since:], since):
            connection.execute(update(ACT).where(ours, ACT.c.number == number).values(at=at))
        match = connection.scalar(select(SITTING.c.match).where(SITTING.c.id == done.sitting))
        mine = (JUDGMENT.c.match == match, JUDGMENT.c.id == ruling)
        connection.execute(update(JUDGMENT).where(*mine).values(at=done.at[-1]))
