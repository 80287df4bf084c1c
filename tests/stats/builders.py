"""Short ways to make outcomes in tests: one line per judgment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from debate.stats.bouts import Bouts
from debate.stats.column import Column
from debate.stats.debates import Debates
from debate.stats.outcomes import Outcomes
from debate.stats.path import Path

T = TypeVar("T")


@dataclass(frozen=True)
class Played:
    """One judgment of one debate; debates of one name are the same debate."""

    p: Sequence[float] = (0.8, 0.2)
    question: str = "q0"
    cluster: str = ""
    protocol: str = "debate"
    rules: str = ""
    players: tuple[str, ...] = ("ada", "bob")
    argues: tuple[int, ...] = (0, 1)
    correct: int = 0
    judge: str = "jo"
    judge_kind: str = "model"
    agents: str | None = "model"
    view: str = "full"
    channel: str = "offline"
    state: str = "valid"
    purpose: str = "study"
    first: int = 0
    heard: int = -1
    rounds: int = 2
    words: tuple[int, ...] = (100, 100)
    repeat: int = 0
    debate: str = ""
    conceded: tuple[bool, ...] = (False, False)
    broken: tuple[str | None, ...] = (None, None)
    open_role: bool = False
    path: Sequence[tuple[int, Sequence[float]]] = ()
    more: dict[str, str] = field(default_factory=dict)

    @property
    def match(self) -> str:
        seated = ",".join(f"{p}:{a}" for p, a in zip(self.players, self.argues, strict=False))
        return self.debate or f"{self.question}/{self.protocol}/{seated}/{self.repeat}"


def outcomes(rows: Iterable[Played], *, unjudged: Iterable[Played] = ()) -> Outcomes:
    """Put judgments into columns; `unjudged` are debates that nobody ruled on."""
    judged = list(rows)
    debates: dict[str, Played] = {}
    for row in [*judged, *unjudged]:
        debates.setdefault(row.match, row)
    number = {match: i for i, match in enumerate(debates)}
    answers = max((len(row.p) for row in judged), default=2)
    steps = [(i, after, p) for i, row in enumerate(judged) for after, p in row.path]
    return Outcomes(
        debates=_debates(list(debates.values())),
        debate=_codes(number[row.match] for row in judged),
        judge=Column.of(row.judge for row in judged),
        judge_kind=Column.of(row.judge_kind for row in judged),
        view=Column.of(row.view for row in judged),
        channel=Column.of(row.channel for row in judged),
        state=Column.of(row.state for row in judged),
        purpose=Column.of(row.purpose for row in judged),
        beliefs=_beliefs([row.p if row.state == "valid" else () for row in judged], answers),
        first=_codes(row.first for row in judged),
        heard=_codes(row.heard for row in judged),
        rounds=_codes(row.rounds for row in judged),
        path=Path(
            _codes(i for i, _, _ in steps),
            _codes(after for _, after, _ in steps),
            _beliefs([p for _, _, p in steps], answers),
        ),
    )


def _debates(rows: list[Played]) -> Debates:
    return Debates(
        match=Column.of(row.match for row in rows),
        question=Column.of(row.question for row in rows),
        cluster=Column.of(row.cluster or row.question for row in rows),
        domain=Column.constant("reading", len(rows)),
        protocol=Column.of(row.protocol for row in rows),
        rules=Column.of(row.rules or row.protocol for row in rows),
        agents=Column.of(row.agents for row in rows),
        arm=Column.constant(None, len(rows)),
        state=Column.of("set-aside" if any(row.broken) else "done" for row in rows),
        correct=_codes(row.correct for row in rows),
        rounds=_codes(row.rounds for row in rows),
        repeat=_codes(row.repeat for row in rows),
        player=_two(Column.of(name for row in rows for name in _padded(row.players, None))),
        argues=_codes(a for row in rows for a in _padded(row.argues[: len(row.players)], -1)).reshape(-1, 2),
        words=_codes(w for row in rows for w in _padded(row.words[: len(row.players)], 0)).reshape(-1, 2),
        conceded=np.array([row.conceded for row in rows], bool).reshape(-1, 2),
        open_role=np.array([row.open_role for row in rows], bool),
        broken=_two(Column.of(s for row in rows for s in row.broken)),
        more={key: Column.of(row.more.get(key) for row in rows) for key in (rows[0].more if rows else {})},
    )


def _codes(values: Iterable[int]) -> np.typing.NDArray[np.int32]:
    return np.array(list(values), np.int32)


def _beliefs(rows: list[Sequence[float]], answers: int) -> np.typing.NDArray[np.float64]:
    padded = [[*p, *[np.nan] * (answers - len(p))] for p in rows]
    return np.array(padded, np.float64).reshape(-1, answers)


def _padded(values: Sequence[T], filler: T) -> list[T]:
    return [*values, filler, filler][:2]


def _two(column: Column) -> Column:
    return Column(column.codes.reshape(-1, 2), column.names)


def bouts(rows: Sequence[Played]) -> Bouts:
    """See the debates of these judgments from their seats."""
    return Bouts.of(outcomes(rows))
