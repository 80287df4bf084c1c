"""Two arms, of one tournament or of two, on the questions that both of them played."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from pydantic import Field

from debate.domain import Value
from debate.errors import UsageError
from debate.report.arms import Arm, arms, recovered, scores
from debate.report.warning import UNEQUAL
from debate.stats.accuracy import accuracy, nested
from debate.stats.asd import ScoreDifference
from debate.stats.column import Codes
from debate.stats.comparisons import Comparison, compare, holm
from debate.stats.estimate import Measure
from debate.stats.pgr import Recovered
from debate.stats.sample import Sample
from debate.stats.selection import Selection
from debate.store import Store
from debate.store.outcomes import snapshot


class Compared(Comparison):
    """Arm a minus arm b, before one judge each, with what each is by itself."""

    judge: str
    accuracy_a: Measure
    """On all of its questions."""
    accuracy_b: Measure
    pgr_a: Recovered | None = None
    pgr_b: Recovered | None = None
    """How much of the gap between naive and expert each closes in its own tournament; None without both controls."""
    asd_a: ScoreDifference | None = None
    asd_b: ScoreDifference | None = None


class Comparing(Value):
    """What `debate compare` says."""

    schema_: Literal["debate.compare/1"] = Field(default="debate.compare/1", alias="schema")
    a: str
    b: str
    only: tuple[str, ...] = ()
    margin: float | None = None
    """Within so much, arms count as equal."""
    warnings: tuple[str, ...] = ()
    rows: tuple[Compared, ...]


@dataclass(frozen=True)
class Side:
    """What one side of a comparison names: a tournament, and perhaps one arm of it, and one judge."""

    said: str
    tournament: str
    arm: str = ""
    judge: str = ""

    @classmethod
    def of(cls, said: str) -> Side:
        """Read `NAME`, `NAME:ARM`, `NAME@JUDGE` or `NAME:ARM@JUDGE`."""
        rest, _, judge = said.partition("@")
        tournament, _, arm = rest.partition(":")
        return cls(said, tournament, arm, judge)

    def chosen(self, found: Sequence[Arm]) -> list[Arm]:
        """Return the arms that are meant.

        Raises:
            UsageError: there is none.
        """
        meant = [arm for arm in found if self.arm in ("", arm.name) and self.judge in ("", arm.judge)]
        if not meant:
            there = ", ".join(dict.fromkeys(f"{arm.name}@{arm.judge}" for arm in found)) or "none"
            raise UsageError(f'"{self.said}" names no arm that was judged; there are: {there}')
        return meant


def comparing(
    store: Store, a: str, b: str, *, only: Sequence[str] = (), margin: float | None = None, seed: int = 0
) -> Comparing:
    """Compare what two sides name, arm by arm and judge by judge, as one family of tests.

    Where each side names one arm, those two are compared; else those that are called the same, before the same judge.

    Raises:
        UsageError: a side names nothing, nothing can be paired, or a condition cannot be read.
    """
    if a == b:
        raise UsageError(f'"{a}" is compared with itself: name two tournaments, or two arms of one')
    asked = Selection.of(only)
    one, other = (_Played(store, Side.of(said), asked) for said in (a, b))
    pairs = list(_paired(one.chosen, other.chosen))
    if not pairs:
        raise UsageError(f'"{a}" and "{b}" have no arm in common: name one of each, as in NAME:ARM or NAME:ARM@JUDGE')
    rows = tuple(_compared(one, x, other, y, margin, seed) for x, y in pairs)
    tested = holm(rows, family=f"{a} against {b}")
    told = tuple(row for row in tested if isinstance(row, Compared))
    return Comparing(a=a, b=b, only=tuple(only), margin=margin, warnings=tuple(_warnings(told)), rows=told)


class _Played:
    """The arms of one side, and what they reach by themselves."""

    def __init__(self, store: Store, side: Side, asked: Selection) -> None:
        seen = snapshot(store, side.tournament, keys=asked.keys)
        self.side = side
        self.arms = arms(asked.chosen(seen.outcomes.study))
        self.chosen = side.chosen(self.arms)

    def called(self, arm: Arm) -> str:
        return f"{self.side.tournament}: {arm.label}"

    def reached(self, arm: Arm) -> tuple[Recovered | None, ScoreDifference | None]:
        own = tuple(other for other in self.arms if other is arm or not other.argued)
        return next(iter(recovered(own)), None), next(iter(scores((arm,))), None)


def _paired(one: list[Arm], other: list[Arm]) -> Iterator[tuple[Arm, Arm]]:
    if len(one) == len(other) == 1:
        yield one[0], other[0]
        return
    named = {len({arm.name for arm in side}) for side in (one, other)}
    by = (lambda arm: arm.judge) if named == {1} else (lambda arm: (arm.name, arm.judge))
    theirs: Mapping[object, Arm] = {by(arm): arm for arm in other}
    for arm in one:
        if by(arm) in theirs and theirs[by(arm)] is not arm:
            yield arm, theirs[by(arm)]


def _compared(one: _Played, x: Arm, other: _Played, y: Arm, margin: float | None, seed: int) -> Compared:
    a, b = _together(x, y)
    found = compare(a, b, names=(one.called(x), other.called(y)), seed=seed, margin=margin)
    (pgr_a, asd_a), (pgr_b, asd_b) = one.reached(x), other.reached(y)
    return Compared(
        **dict(found), judge=x.judge if x.judge == y.judge else f"{x.judge}, {y.judge}",
        accuracy_a=accuracy(x.rulings), accuracy_b=accuracy(y.rulings),
        pgr_a=pgr_a, pgr_b=pgr_b, asd_a=asd_a, asd_b=asd_b,
    )  # fmt: skip


def _together(x: Arm, y: Arm) -> tuple[Sample, Sample]:
    """Return both arms' rulings with questions and clusters numbered alike, by name."""
    samples = [
        nested(arm.rulings, arm.rulings.correct.astype(np.float64), arm.rulings.scored, "question") for arm in (x, y)
    ]
    numbered: dict[str, dict[str, int]] = {"question": {}, "cluster": {}}
    moved = []
    for arm, sample in zip((x, y), samples, strict=True):
        codes = {
            key: _renumbered(getattr(sample, key), getattr(arm.rulings.debates, key).names, numbers)
            for key, numbers in numbered.items()
        }
        moved.append(Sample(sample.values, codes["question"], codes["cluster"], judge=sample.judge, side=sample.side))
    return moved[0], moved[1]


def _renumbered(codes: Codes, names: tuple[str, ...], numbers: dict[str, int]) -> Codes:
    table = np.array([numbers.setdefault(name, len(numbers)) for name in names], np.int32)
    return table[codes] if len(codes) else codes


def _warnings(rows: Sequence[Compared]) -> Iterator[str]:
    for row in rows:
        every = row.n_questions + row.n_only_a + row.n_only_b
        if every and row.n_questions < UNEQUAL * every:
            part = f"{row.n_questions:,} of {every:,} questions"
            yield f"{row.a} and {row.b} share {part}: the difference is of those alone"
