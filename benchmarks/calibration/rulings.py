"""Drawn rulings as the columns that statistics read, one debate for each."""

from __future__ import annotations

import numpy as np

from debate.stats.column import Codes, Column, Floats
from debate.stats.debates import Debates
from debate.stats.outcomes import Outcomes
from debate.stats.path import Path


def rulings(right: Floats, question: Codes, judge: Codes, *, people: bool, players: Codes | None = None) -> Outcomes:
    """Return one two-answer ruling for each entry, in the order recorded.

    Args:
        right: the belief in the right answer.
        question: the question of each, its own cluster.
        judge: who ruled.
        people: whether the judges are human.
        players: (rulings, 2): who argued the right answer, and who the wrong one.
    """
    many = len(right)
    rows = np.arange(many, dtype=np.int32)
    names = Column.of_numbers(question)
    seated: Codes = np.zeros((many, 2), np.int32) + np.array([0, 1], np.int32) if players is None else players
    text, none = Column.constant("", many), Column.constant(None, many)
    return Outcomes(
        debates=Debates(
            match=Column.of_numbers(rows),
            question=names,
            cluster=names,
            domain=text,
            protocol=text,
            rules=text,
            agents=text,
            arm=none,
            state=Column.constant("done", many),
            correct=np.zeros(many, np.int32),
            rounds=np.full(many, 2, np.int32),
            repeat=np.zeros(many, np.int32),
            player=_two(Column.of_numbers(seated.ravel())),
            argues=np.tile(np.array([0, 1], np.int32), (many, 1)),
            words=np.full((many, 2), 100, np.int32),
            conceded=np.zeros((many, 2), bool),
            broken=_two(Column.constant(None, 2 * many)),
            open_role=np.zeros(many, bool),
        ),
        debate=rows,
        judge=Column.of_numbers(judge),
        judge_kind=Column.constant("human" if people else "model", many),
        view=Column.constant("full", many),
        channel=Column.constant("live", many),
        state=Column.constant("valid", many),
        purpose=Column.constant("study", many),
        beliefs=np.stack([right, 1 - right], axis=1),
        first=np.zeros(many, np.int32),
        heard=np.full(many, -1, np.int32),
        rounds=np.full(many, 2, np.int32),
        path=Path.none(),
    )


def _two(column: Column) -> Column:
    return Column(column.codes.reshape(-1, 2), column.names)
