"""How a plan is pinned: the tournament, its templates, questions and matches, in one transaction.

What is pinned stays: a second pin only adds. Matches stream through in blocks, so that a plan of any size takes
little memory.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, delete, func, insert, select, update

from debate.domain import Judge, Match, Player, Posed, Protocol, Question, Tournament, digest
from debate.errors import InputError, PlanChanged
from debate.sanitize import restore, store
from debate.store import mapping
from debate.store.batch import Batch, Record, insert_rows
from debate.store.tables import (
    ANSWER_KEY,
    MATCH,
    ORIGIN,
    PASSAGE,
    QUESTION,
    TEMPLATE,
    TOURNAMENT,
    TOURNAMENT_TEMPLATE,
)

BLOCK = 1_000

T = TypeVar("T")


def make_secret(connection: Connection, at: str) -> None:
    """Make the secret of this database, the first time that something is pinned."""
    insert_rows(connection, "origin", [{"id": 1, "secret": secrets.token_hex(16), "created": at}], new=True)


def secret_of(connection: Connection) -> str:
    """Return the secret of this database."""
    return str(connection.scalar(select(ORIGIN.c.secret)))


def pin_tournament(connection: Connection, tournament: Tournament, at: str) -> int:
    """Enter a tournament, or what it is now, and return its key."""
    make_secret(connection, at)
    spec = mapping.settings(tournament)
    known = connection.scalar(select(TOURNAMENT.c.id).where(TOURNAMENT.c.name == tournament.name))
    if known is not None:
        connection.execute(update(TOURNAMENT).where(TOURNAMENT.c.id == known).values(spec=spec))
        return int(known)
    row = {"name": tournament.name, "spec": spec, "questions": "", "created": at}
    key = connection.execute(insert(TOURNAMENT).values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def pin_templates(connection: Connection, name: str, tournament: int, templates: Mapping[str, str]) -> None:
    """Add templates by name; the text behind a name never changes."""
    pinned = templates_of(connection, tournament)
    changed = sorted(each for each, text in templates.items() if pinned.get(each, text) != text)
    if changed:
        raise PlanChanged(name, (f'prompt "{each}" is not as it was pinned' for each in changed))
    new = {each: text for each, text in templates.items() if each not in pinned}
    ids = {each: digest("t1", text) for each, text in new.items()}
    insert_rows(connection, "template", ({"id": ids[n], "text": store(text)} for n, text in new.items()), new=True)
    links = ({"tournament": tournament, "name": each, "template": id} for each, id in ids.items())
    insert_rows(connection, "tournament_template", links)


def templates_of(connection: Connection, tournament: int) -> dict[str, str]:
    """Return the pinned templates of a tournament by name."""
    both = TOURNAMENT_TEMPLATE.join(TEMPLATE, TOURNAMENT_TEMPLATE.c.template == TEMPLATE.c.id)
    columns = select(TOURNAMENT_TEMPLATE.c.name, TEMPLATE.c.text).select_from(both)
    rows = connection.execute(columns.where(TOURNAMENT_TEMPLATE.c.tournament == tournament))
    return {row.name: restore(row.text) for row in rows}


def pin_questions(connection: Connection, tournament: int, questions: Iterable[Question]) -> set[str]:
    """Add questions and set their answer keys, which are no part of anything's identity and may be mended.

    Returns the ids of the questions.
    """
    ids: set[str] = set()
    for block in blocks(questions):
        _pose(connection, [question.posed for question in block])
        keys = [mapping.key_row(tournament, question.key) for question in block]
        mended = delete(ANSWER_KEY).where(
            ANSWER_KEY.c.tournament == tournament, ANSWER_KEY.c.question.in_([key["question"] for key in keys])
        )
        connection.execute(mended)
        insert_rows(connection, "answer_key", keys)
        ids.update(question.posed.id for question in block)
    bank = digest("b1", sorted(ids))
    connection.execute(update(TOURNAMENT).where(TOURNAMENT.c.id == tournament).values(questions=bank))
    return ids


def _pose(connection: Connection, posed: Iterable[Posed]) -> None:
    """Add questions as posed with their passages; one that is there must say the same."""
    questions = list(posed)
    passages = {each.passage.id: each.passage for each in questions if each.passage}
    rows = [mapping.passage_row(passage) for passage in passages.values()]
    _add(connection, "passage", rows)
    _add(connection, "question", [mapping.question_row(each) for each in {q.id: q for q in questions}.values()])


def _add(connection: Connection, table: str, rows: list[Record]) -> None:
    """Insert rows whose ids are new; the same id with other content is an error."""
    where = {"passage": PASSAGE, "question": QUESTION}[table]
    ids = [row["id"] for row in rows]
    there = {row["id"]: row for row in connection.execute(select(where).where(where.c.id.in_(ids))).mappings()}
    if problems := [f'{table} "{r["id"]}" is stored with other content' for r in rows if r != there.get(r["id"], r)]:
        raise InputError(problems)
    insert_rows(connection, table, [row for row in rows if row["id"] not in there])


class Matches:
    """Adds matches to a plan in the order given; those that are there are left alone."""

    def __init__(self, connection: Connection, tournament: int, posed: set[str]) -> None:
        self.connection = connection
        self.tournament = tournament
        self.added = 0
        self._ordinal = connection.scalar(select(func.max(MATCH.c.ordinal))) or 0
        self._posed = posed
        self._shared: set[str] = set()
        self._protocols: dict[tuple[str, str], str] = {}

    def add(self, matches: Iterable[Match]) -> int:
        """Add matches, and return how many are new."""
        for block in blocks(matches):
            self._add_block({match.id: match for match in block})
        return self.added

    def _add_block(self, block: dict[str, Match]) -> None:
        known = select(MATCH.c.id).where(MATCH.c.tournament == self.tournament, MATCH.c.id.in_(list(block)))
        for id in self.connection.scalars(known):
            del block[id]
        batch = Batch()
        for match in block.values():
            self._ordinal += 1
            self._add_shared(match)
            batch.add("match", mapping.match_row(self._ordinal, self.tournament, match, self._protocol(match.protocol)))
            for seat in mapping.seat_rows(self._ordinal, match):
                batch.add("seat", seat)
        batch.flush(self.connection)
        self.added += len(block)

    def _add_shared(self, match: Match) -> None:
        """Add what a match refers to, the first time that it is seen."""
        if match.question.id not in self._posed:
            self._posed.add(match.question.id)
            _pose(self.connection, [match.question])
        for seat in match.seats:
            for table, who in (("player", seat.player), ("judge", seat.judge)):
                if who is not None:
                    self._share(table, who.digest, who)

    def _share(self, table: str, id: str, who: Player | Judge) -> None:
        if id not in self._shared:
            self._shared.add(id)
            row = {"id": id, "name": store(who.name), "model": store(who.model), "settings": mapping.settings(who)}
            insert_rows(self.connection, table, [row], new=True)

    def _protocol(self, protocol: Protocol) -> str:
        """Return the id of a protocol, entered the first time that it is seen."""
        known = self._protocols.get((protocol.digest, protocol.label))
        if known is None:
            known = self._protocols[protocol.digest, protocol.label] = mapping.protocol_id(protocol)
            insert_rows(self.connection, "protocol", [mapping.protocol_row(protocol)], new=True)
        return known


def blocks(values: Iterable[T], size: int = BLOCK) -> Iterator[list[T]]:
    """Cut a stream into lists."""
    stream = iter(values)
    while block := list(islice(stream, size)):
        yield block
