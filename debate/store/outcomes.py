"""From a database to columns that statistics read: the one place where answer keys meet what was played and judged.

No transcript is loaded: what is counted of texts is counted by the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, text

from debate.domain import agent
from debate.sanitize import restore
from debate.stats.column import NONE, Codes, Column, Floats
from debate.stats.cost import Spent
from debate.stats.outcomes import Debates, Outcomes, Path
from debate.store.store import Store

_DEBATES = text(
    """SELECT m.ordinal, m.id, m.question, q.passage, k.domain, k.correct, m.state, m.repeat, m.arm, p.name, p.label,
              json_array_length(q.answers)
       FROM match m JOIN question q ON q.id = m.question JOIN protocol p ON p.id = m.protocol
       LEFT JOIN answer_key k ON k.tournament = m.tournament AND k.question = m.question
       WHERE m.tournament = :tournament ORDER BY m.ordinal"""
)
_SEATS = text(
    """SELECT s.match, s.seat, p.name, p.model, s.argues FROM seat s JOIN match m ON m.ordinal = s.match
       JOIN player p ON p.id = s.player WHERE m.tournament = :tournament ORDER BY s.match, s.place"""
)
_TURNS = text(
    """SELECT t.match, t.seat, max(t.round), max(t.conceded), max(CASE WHEN t.state <> 'ok' THEN t.state END),
              sum(length(t.text) - length(replace(replace(t.text, ' ', ''), char(10), '')) + (t.text <> ''))
       FROM turn t JOIN match m ON m.ordinal = t.match WHERE m.tournament = :tournament GROUP BY t.match, t.seat"""
)
_JUDGMENTS = """SELECT j.ordinal, j.match, j.judge, j.kind, j.view, j.channel, j.state, j.purpose,
       coalesce(json_extract(j.rest, '$.shown[0]'), -1), coalesce(json_extract(j.rest, '$.hears'), -1), {beliefs}
       FROM judgment j JOIN match m ON m.ordinal = j.match
       WHERE m.tournament = :tournament AND j.superseded_by IS NULL ORDER BY j.ordinal"""
_BELIEFS = """SELECT b.judgment, b.after_round, {beliefs} FROM belief b JOIN judgment j ON j.ordinal = b.judgment
       JOIN match m ON m.ordinal = j.match
       WHERE m.tournament = :tournament AND j.superseded_by IS NULL ORDER BY b.judgment, b.after_round"""
_SPENT = text(
    """SELECT c.purpose, c.model, coalesce(nullif(p.label, ''), p.name), count(*),
              sum(coalesce(r.outcome, '') <> 'answered'),
              sum(coalesce(r.input_tokens, 0)), sum(coalesce(r.cached_tokens, 0)), sum(coalesce(r.output_tokens, 0)),
              sum(coalesce(r.cost_usd, 0)), sum(r.outcome = 'answered' AND r.cost_usd IS NULL),
              sum(CASE WHEN r.call IS NULL OR (r.outcome <> 'answered' AND r.billed) THEN c.reserve_usd
                       ELSE coalesce(r.cost_usd, 0) END),
              sum(coalesce(r.latency_s, 0))
       FROM call c LEFT JOIN reply r ON r.call = c.id JOIN match m ON m.ordinal = c.match
       JOIN protocol p ON p.id = m.protocol WHERE m.tournament = :tournament GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
)


def outcomes(store: Store, name: str) -> Outcomes:
    """Return every judgment of a tournament that stands, over all its debates."""
    with store.database.reading() as connection:
        key = {"tournament": _key(connection, name)}
        rows = connection.execute(_DEBATES, key).tuples().all()
        row_of = {row[0]: i for i, row in enumerate(rows)}
        answers = max((row[11] for row in rows), default=2)
        seated = _Seats(row_of, connection.execute(_SEATS, key).tuples(), connection.execute(_TURNS, key).tuples())
        beliefs = ", ".join(f"json_extract({{0}}, '$[{i}]')" for i in range(answers))
        judged = connection.execute(text(_JUDGMENTS.format(beliefs=beliefs.format("j.final"))), key).tuples().all()
        path = connection.execute(text(_BELIEFS.format(beliefs=beliefs.format("b.p"))), key).tuples().all()
    debates = _debates(rows, seated)
    return _judgments(debates, row_of, judged, path, answers)


def spent(store: Store, name: str) -> tuple[Spent, ...]:
    """Return what the calls of a tournament used, by purpose, model and protocol."""
    names = (
        *("purpose", "model", "protocol", "calls", "failed", "input_tokens", "cached_tokens", "output_tokens"),
        *("cost_usd", "unpriced", "cost_max_usd", "latency_s"),
    )
    with store.database.reading() as connection:
        rows = connection.execute(_SPENT, {"tournament": _key(connection, name)}).tuples().all()
    return tuple(Spent.model_validate(dict(zip(names, (v or 0 for v in row), strict=True))) for row in rows)


def _key(connection: Connection, name: str) -> int:
    return int(connection.execute(text("SELECT id FROM tournament WHERE name = :name"), {"name": name}).scalar_one())


class _Seats:
    """Who argued what in each debate, and what the turns of each seat come to; two axes, debate and seat."""

    def __init__(self, row_of: dict[int, int], seats: Iterable[Any], turns: Iterable[Any]) -> None:
        n = len(row_of)
        self.player: list[list[str | None]] = [[None, None] for _ in range(n)]
        self.kinds: list[set[str]] = [set() for _ in range(n)]
        self.argues = np.full((n, 2), NONE, np.int32)
        self.words = np.zeros((n, 2), np.int32)
        self.conceded = np.zeros((n, 2), np.bool_)
        self.broken: list[list[str | None]] = [[None, None] for _ in range(n)]
        self.rounds = np.zeros(n, np.int32)
        place: dict[tuple[int, str], tuple[int, int]] = {}
        taken: Counter[int] = Counter()
        for match, seat, player, model, argues in seats:
            row, at = row_of[match], taken[match]
            taken[match] += 1
            self.kinds[row].add(agent(restore(model)))
            if at < 2:
                place[match, seat] = row, at
                self.player[row][at] = restore(player)
                self.argues[row, at] = NONE if argues is None else argues
        for match, seat, rounds, conceded, state, words in turns:
            row = row_of[match]
            self.rounds[row] = max(self.rounds[row], rounds)
            if (match, seat) in place:
                at = place[match, seat][1]
                self.words[row, at], self.conceded[row, at], self.broken[row][at] = words, bool(conceded), state


def _debates(rows: Sequence[Any], seated: _Seats) -> Debates:
    sharing: dict[str, set[str]] = {}
    for row in rows:
        sharing.setdefault(row[3] or row[2], set()).add(row[2])
    clusters = (row[3] if row[3] and len(sharing[row[3]]) > 1 else row[2] for row in rows)
    return Debates(
        match=Column.of(row[1] for row in rows),
        question=Column.of(row[2] for row in rows),
        cluster=Column.of(clusters),
        domain=Column.of(restore(row[4]) or None if row[4] is not None else None for row in rows),
        protocol=Column.of(restore(row[10] or row[9]) for row in rows),
        rules=Column.of(restore(row[9]) for row in rows),
        agents=Column.of(_agents(kinds) for kinds in seated.kinds),
        arm=Column.of(restore(row[8]) or None for row in rows),
        state=Column.of(row[6] for row in rows),
        correct=_codes(NONE if row[5] is None else row[5] for row in rows),
        rounds=seated.rounds,
        repeat=_codes(row[7] for row in rows),
        player=_two(seated.player),
        argues=seated.argues,
        words=seated.words,
        conceded=seated.conceded,
        broken=_two(seated.broken),
    )


def _agents(kinds: set[str]) -> str | None:
    return None if not kinds else next(iter(kinds)) if len(kinds) == 1 else "mixed"


def _judgments(
    debates: Debates, row_of: dict[int, int], judged: Sequence[Any], path: Sequence[Any], answers: int
) -> Outcomes:
    debate = _codes(row_of[row[1]] for row in judged)
    view = Column.of(row[4] for row in judged)
    rounds = debates.rounds[debate] if len(debate) else debate
    ruling = {row[0]: i for i, row in enumerate(judged)}
    return Outcomes(
        debates=debates,
        debate=debate,
        judge=Column.of(restore(row[2]) for row in judged),
        judge_kind=Column.of(row[3] for row in judged),
        view=view,
        channel=Column.of(row[5] for row in judged),
        state=Column.of(row[6] for row in judged),
        purpose=Column.of(row[7] for row in judged),
        beliefs=_beliefs((row[10:] for row in judged), answers),
        first=_codes(row[8] for row in judged),
        heard=_codes(row[9] for row in judged),
        rounds=np.where(view.is_in("opening"), np.minimum(rounds, 1), rounds).astype(np.int32),
        path=Path(
            _codes(ruling[row[0]] for row in path),
            _codes(row[1] for row in path),
            _beliefs((row[2:] for row in path), answers),
        ),
    )


def _codes(values: Iterable[int]) -> Codes:
    return np.fromiter(values, np.int32)


def _beliefs(rows: Iterable[Sequence[float | None]], answers: int) -> Floats:
    flat = (np.nan if p is None else p for row in rows for p in row)
    return np.fromiter(flat, np.float64).reshape(-1, answers)


def _two(values: list[list[str | None]]) -> Column:
    column = Column.of(value for pair in values for value in pair)
    return Column(column.codes.reshape(-1, 2), column.names)
