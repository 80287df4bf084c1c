"""Debates that were played elsewhere become a tournament like any other: listed, shown, judged and reported.

The same record again changes nothing; the same record with other content is an error, and nothing is taken.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, func, select, update

from debate.domain import Fault, Intent, Limits, Reply, Tournament, Usage, Value
from debate.errors import InputError
from debate.sanitize import store as escaped
from debate.store import claims, ledger, mapping, pin
from debate.store.batch import Batch
from debate.store.books import stamp
from debate.store.ledger import ELSEWHERE, Ledger
from debate.store.owners import Owner
from debate.store.played import Played
from debate.store.reading import Reader
from debate.store.status import StoredCall
from debate.store.store import Store
from debate.store.tables import ANSWER_KEY, CALL, JUDGMENT, MATCH, RECORD, RUN, TOURNAMENT

BLOCK = 50  # debates in memory at once; each has its passage, which may be a book
PROBLEMS = 1_000  # as many as are told
NOBODY = Owner(host=ELSEWHERE, boot="", pid=0, born=0)


class Taken(Value):
    """What was taken in."""

    debates: int = 0
    judgments: int = 0
    known: int = 0
    """Records that were there already, as they are."""


def take(store: Store, debates: Iterable[Played], name: str | None = None) -> dict[str, Taken]:
    """Take debates into the tournaments that they name, or all into one, in one transaction.

    Raises:
        InputError: a record that is there has other content now, or contradicts what is there.
    """
    taking: dict[str, _Taking] = {}
    reader, problems = Reader(store.database), list[str]()
    with store.database.writing() as connection:
        for block in pin.blocks(debates, BLOCK):
            for tournament, ours in _by_tournament(block, name):
                if tournament not in taking:
                    taking[tournament] = _Taking(connection, reader, tournament, problems, ours[0].planned)
                taking[tournament].add(ours)
        if problems:
            raise InputError([*problems[:PROBLEMS], *_more(len(problems) - PROBLEMS)])
        for each in taking.values():
            each.close()
    return {tournament: Taken(**each.counts) for tournament, each in sorted(taking.items())}


def _by_tournament(block: list[Played], name: str | None) -> Iterator[tuple[str, list[Played]]]:
    for tournament in dict.fromkeys(name or one.source for one in block):
        yield tournament, [one for one in block if (name or one.source) == tournament]


def _more(count: int) -> list[str]:
    return [f"and {count:,} more problems"] if count > 0 else []


class _Taking:
    """What is taken into one tournament; where it is new, its first record says what it was planned with."""

    def __init__(
        self, connection: Connection, reader: Reader, name: str, problems: list[str], planned: Tournament | None
    ) -> None:
        self.connection = connection
        self.reader = reader
        self.problems = problems
        self.now = stamp(time.time())
        self.counts = {"debates": 0, "judgments": 0, "known": 0}
        self.name = name
        known = connection.execute(select(TOURNAMENT).where(TOURNAMENT.c.name == name)).one_or_none()
        spec = (planned or Tournament(name=name, controls=())).model_copy(update={"name": name, "questions": ()})
        self.planned = known is not None and bool(json.loads(known.spec)["questions"])
        self.tournament = pin.pin_tournament(connection, spec, self.now) if known is None else int(known.id)
        self.posed: set[str] = set()
        self.run: int | None = None
        self.books = Ledger(ledger.NOTHING, ledger.NOTHING, Limits())
        self.ruling, self.calling = (
            connection.scalar(select(func.coalesce(func.max(last), 0))) or 0 for last in (JUDGMENT.c.ordinal, CALL.c.id)
        )

    def add(self, block: list[Played]) -> None:
        """Take in those that are new."""
        there = self._there(block)
        fresh: dict[str, Played] = {}
        for one in block:
            if one.debate.match.id not in there and fresh.setdefault(one.debate.match.id, one).content != one.content:
                self.problems.append(f'record "{one.record}" of "{one.source}" is given twice, with other content')
        self.counts["known"] += len(block) - len(fresh)
        if fresh and self.planned:
            self.planned = False  # it is told once
            self.problems.append(f'"{self.name}" is planned and played here: name another tournament with --name')
        self._pose(list(fresh.values()))
        if not fresh or self.problems:
            return
        if self.run is None:
            self.run = claims.enrol(self.connection, self.tournament, NOBODY, until=0.0, at=self.now)
        pin.Matches(self.connection, self.tournament, self.posed).add(one.debate.match for one in fresh.values())
        batch, ordinals = Batch(), self._ordinals(list(fresh))
        for id, one in fresh.items():
            self._write(batch, ordinals[id], one)
        batch.flush(self.connection)
        self._end({ordinals[id]: one for id, one in fresh.items()})

    def close(self) -> None:
        """Write down what it came to."""
        if self.run is not None:
            ledger.keep(self.connection, self.run, self.books.sums, until=0.0)
            self.connection.execute(update(RUN).where(RUN.c.id == self.run).values(ended=self.now))

    def _there(self, block: list[Played]) -> set[str]:
        """Return the ids of those that are there as they are; another of the same name is a problem."""
        ids = [one.debate.match.id for one in block]
        ours = select(MATCH.c.id, MATCH.c.ordinal, RECORD.c.content).outerjoin(
            RECORD, RECORD.c.match == MATCH.c.ordinal
        )
        rows = self.connection.execute(ours.where(MATCH.c.tournament == self.tournament, MATCH.c.id.in_(ids)))
        known = {row.id: row for row in rows}
        for one in block:
            row = known.get(one.debate.match.id)
            if row is not None and row.content != one.content and not self._same(row.ordinal, one):
                self.problems.append(f'record "{one.record}" of "{one.source}" is there with other content')
        return set(known)

    def _same(self, ordinal: int, one: Played) -> bool:
        ((debate, judgments),) = self.reader.debates(self.connection, [ordinal])
        return (debate, judgments) == (one.debate, one.judgments)

    def _pose(self, block: list[Played]) -> None:
        """Add the questions that are new; what is known of the others stays."""
        asked: dict[str, Played] = {}
        for one in block:
            if asked.setdefault(one.question.posed.id, one).question.key.correct is None:
                asked[one.question.posed.id] = one
        ours = select(ANSWER_KEY.c.question, ANSWER_KEY.c.correct).where(
            ANSWER_KEY.c.tournament == self.tournament, ANSWER_KEY.c.question.in_(list(asked))
        )
        known = dict(self.connection.execute(ours).all())
        for id, correct in known.items():
            given = asked[id].question.key.correct
            if None not in (given, correct) and given != correct:
                self.problems.append(f'record "{asked[id].record}": another right answer than is known of the question')
        if new := [one.question for id, one in asked.items() if known.get(id) is None]:
            pin.pin_questions(self.connection, self.tournament, new)

    def _ordinals(self, ids: list[str]) -> dict[str, int]:
        ours = select(MATCH.c.id, MATCH.c.ordinal).where(MATCH.c.tournament == self.tournament, MATCH.c.id.in_(ids))
        return dict(self.connection.execute(ours).all())

    def _write(self, batch: Batch, ordinal: int, one: Played) -> None:
        for turn in one.debate.turns:
            batch.add("turn", mapping.turn_row(ordinal, turn, one.at.get(f"turn:{turn.index}", "")))
        for judgment in one.judgments:
            self.ruling += 1
            at = one.at.get(judgment.id, "")
            batch.add("judgment", mapping.judgment_row(self.ruling, ordinal, judgment, at))
            for row in mapping.belief_rows(self.ruling, judgment):
                batch.add("belief", row)
        for failure in one.failures:
            batch.add("failure", mapping.failure_row(ordinal, failure, self.now))
        for call in one.calls:
            self._call(batch, ordinal, call)
        if not one.calls:
            self._used([*(turn.usage for turn in one.debate.turns), *(ruling.usage for ruling in one.judgments)])
        batch.add("record", _record(ordinal, one))
        self.counts["debates"] += 1
        self.counts["judgments"] += len(one.judgments)
        self.books.own["turns"] += len(one.debate.turns)
        self.books.own["judgments"] += len(one.judgments)

    def _call(self, batch: Batch, ordinal: int, call: StoredCall) -> None:
        assert self.run is not None
        self.calling += 1
        intent = Intent(
            call=f"elsewhere-{self.calling}",
            **call.model_dump(include={"match", "where", "purpose", "slot", "attempt", "request", "model"}),
            reserve_usd=call.reserve_usd,
        )
        batch.add("call", mapping.call_row(self.calling, ordinal, self.run, intent, call.sent_at))
        self.books.charge(intent)
        ended = _ended(intent.call, call)
        if ended is not None:
            late = call.outcome == "late"
            batch.add("reply", mapping.reply_row(self.calling, ended, call.replied_at or "", late=late))
            self.books.settle(ended, intent.reserve_usd)

    def _used(self, usages: Iterable[Usage]) -> None:
        """Count what is only known in sum."""
        own = self.books.own
        for usage in usages:
            for name in ("calls", "input_tokens", "cached_tokens", "output_tokens"):
                own[name] += getattr(usage, name)
            own["spent_usd"] += usage.cost_usd or 0.0
            own["spent_max_usd"] += max(usage.cost_usd or 0.0, usage.cost_max_usd or 0.0)

    def _end(self, taken: dict[int, Played]) -> None:
        """Set how far matches came; all but a few are done."""
        for state in {one.state for one in taken.values()}:
            ours = [ordinal for ordinal, one in taken.items() if one.state == state]
            self.connection.execute(update(MATCH).where(MATCH.c.ordinal.in_(ours)).values(state=state))


def _ended(call_id: str, call: StoredCall) -> Reply | Fault | None:
    if call.outcome == "sent":
        return None
    latency_s = call.latency_s or 0.0
    if call.reply is None:
        return Fault(call=call_id, error=call.error, billed=call.billed, latency_s=latency_s)
    return Reply(call=call_id, completion=call.reply.completion, latency_s=latency_s)


def _record(ordinal: int, one: Played) -> dict[str, Any]:
    return {
        "match": ordinal,
        "source": escaped(one.source),
        "id": escaped(one.record),
        "content": one.content,
        "meta": mapping.dumps(one.meta),
        "judges": mapping.dumps({name: judge.model_dump(exclude_defaults=True) for name, judge in one.judges.items()}),
    }
