"""What a plan consists of, as rows: games, passages, questions, answer keys, matches and who sits in them."""

from __future__ import annotations

import json

from sqlalchemy import RowMapping

from debate.domain import Key, Match, Passage, Posed, Protocol, digest
from debate.sanitize import restore, store
from debate.store.batch import Record
from debate.store.mapping.cells import dumps, ints_text, settings


def protocol_id(protocol: Protocol) -> str:
    """Return the digest of rules and label; without a label it is the digest of the rules."""
    return digest("r1", protocol)


def protocol_row(protocol: Protocol) -> Record:
    """Return the row of a game's rules."""
    return {
        "id": protocol_id(protocol),
        "name": protocol.name,
        "label": store(protocol.label),
        "settings": settings(protocol),
    }


def passage_row(passage: Passage) -> Record:
    """Return the row of a passage."""
    return {"id": passage.id, "title": store(passage.title), "text": store(passage.text)}


def question_row(posed: Posed) -> Record:
    """Return the row of a question as posed."""
    return {
        "id": posed.id,
        "text": store(posed.text),
        "answers": dumps(posed.answers),
        "passage": posed.passage.id if posed.passage else None,
    }


def key_row(tournament: int, key: Key) -> Record:
    """Return the row of an answer key."""
    columns = {"question", "correct", "distractor", "difficulty", "domain"}
    return {
        "tournament": tournament,
        "question": key.question,
        "correct": key.correct,
        "distractor": key.distractor,
        "difficulty": key.difficulty,
        "domain": store(key.domain),
        "rest": dumps(key.model_dump(exclude=columns, exclude_defaults=True)),
    }


def key(row: RowMapping) -> Key:
    """Return an answer key from its row."""
    return Key(
        question=row["question"],
        correct=row["correct"],
        distractor=row["distractor"],
        difficulty=row["difficulty"],
        domain=restore(row["domain"]),
        **json.loads(row["rest"]),
    )


def match_row(ordinal: int, tournament: int, match: Match, protocol: str) -> Record:
    """Return the row of a match that was just planned."""
    return {
        "ordinal": ordinal,
        "tournament": tournament,
        "id": match.id,
        "question": match.question.id,
        "protocol": protocol,
        "repeat": match.repeat,
        "shown": ints_text(match.shown),
        "prompts": match.prompts,
        "arm": store(match.arm),
        "state": "open",
    }


def seat_rows(ordinal: int, match: Match) -> list[Record]:
    """Return the rows of the seats of a match."""
    return [
        {
            "match": ordinal,
            "place": place,
            "seat": store(seat.seat),
            "player": seat.player.digest if seat.player else None,
            "judge": seat.judge.digest if seat.judge else None,
            "argues": seat.argues,
        }
        for place, seat in enumerate(match.seats)
    ]
