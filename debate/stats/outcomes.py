"""What all statistics read: judgments as columns, one row each, over the debates that they ruled on.

What is the same for every judgment of a debate stands once, with the debate, so that a million judgments take about
a hundred bytes each. Whether a judgment is correct is derived here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import cached_property

import numpy as np

from debate.errors import UsageError
from debate.stats import beliefs
from debate.stats.column import NONE, Codes, Column, Flags, Floats, Rows, taken
from debate.stats.debates import Debates
from debate.stats.estimate import Unit
from debate.stats.path import Path
from debate.stats.sample import Sample, together

TIE = 1e-9
"""Beliefs closer than this are equal."""
PEOPLE = "people"
"""What human judges are called together: they are a sample, and estimated as one."""


@dataclass(frozen=True, eq=False)
class Outcomes:
    """One row per judgment; `debates` also holds those that have none."""

    debates: Debates
    debate: Codes
    """The row of the debate in `debates`."""
    judge: Column
    judge_kind: Column
    view: Column
    channel: Column
    state: Column
    purpose: Column
    beliefs: Floats
    """Two axes: judgment, answer in the bank's order; NaN where there is none."""
    first: Codes
    """The answer that was displayed first; -1 where that is not known."""
    heard: Codes
    """The answer whose side alone was heard (view `solo`); -1 where both were."""
    rounds: Codes
    """The rounds that the judge had read."""
    path: Path
    recorded: Rows | None = None
    """A number that grows in the order in which rulings were recorded; None where that is their order here."""

    def __len__(self) -> int:
        return len(self.debate)

    def select(self, rows: Flags | Rows) -> Outcomes:
        """Return those judgments only, given as flags or as ascending row numbers; the debates stay."""
        chosen: Rows = np.flatnonzero(rows) if rows.dtype == bool else np.asarray(rows, np.intp)
        if len(chosen) == len(self):
            return self
        skipped = ("debates", "path", "recorded")
        kept = {f.name: taken(getattr(self, f.name), chosen) for f in fields(self) if f.name not in skipped}
        return replace(self, **kept, recorded=self.order[chosen], path=self.path.take(chosen, len(self)))

    def select_debates(self, rows: Flags) -> Outcomes:
        """Return those debates only, with their judgments."""
        if rows.all():
            return self
        moved = (np.cumsum(rows) - 1).astype(np.int32)
        kept = self.select(rows[self.debate])
        return replace(kept, debates=self.debates.take(rows), debate=moved[kept.debate])

    def where(self, **wanted: str | Iterable[str]) -> Outcomes:
        """Return what has, for every key, one of the values given; dots in keys are written as they are."""
        found = self
        for key, value in wanted.items():
            values = (value,) if isinstance(value, str) else tuple(value)
            if key in self.debates.keys:
                rows = found.debates.column(key).is_in(*values)
                found = found.select_debates(rows if rows.ndim == 1 else np.asarray(rows.any(axis=1)))
            else:
                found = found.select(found.column(key).is_in(*values))
        return found

    def group(self, by: Iterable[str]) -> Iterator[tuple[dict[str, str | None], Outcomes]]:
        """Yield, for every combination of the keys' values that occurs, the combination and its judgments."""
        keys = tuple(by)
        if not keys:
            yield {}, self
            return
        if not len(self):
            return
        columns = [self.column(key) for key in keys]
        mixed = np.zeros(len(self), np.int64)
        for column in columns:
            mixed = mixed * (len(column.names) + 1) + column.codes + 1
        for rows in together(mixed):
            yield {key: c.text(rows[0]) for key, c in zip(keys, columns, strict=True)}, self._grouped(rows)

    def _grouped(self, rows: Rows) -> Outcomes:
        """Return a group, and the same one again where other keys part the judgments alike."""
        known = self._groups.get((int(rows[0]), len(rows)))
        if known is None or not np.array_equal(known[0], rows):
            known = self._groups[int(rows[0]), len(rows)] = rows, self.select(rows)
        return known[1]

    @cached_property
    def _groups(self) -> dict[tuple[int, int], tuple[Rows, Outcomes]]:
        return {}

    def column(self, key: str) -> Column:
        """Return the column of a key, one row per judgment."""
        if key in _OF_JUDGMENTS:
            return _OF_JUDGMENTS[key](self)
        if key == "player":
            raise UsageError('"player" names two seats of a debate: it selects, but it does not group')
        return self._of_debates(key).take(self.debate)

    def seen(self, key: str) -> Column:
        """Return the column of a key, one row per judgment, with two axes where it names two seats."""
        return self._of_debates(key).take(self.debate) if key == "player" else self.column(key)

    def _of_debates(self, key: str) -> Column:
        if key not in self.debates.keys:
            raise UsageError(f'no key "{key}" in these records. {_meant(key, self.keys)}')
        return self.debates.column(key)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that rows can be selected by."""
        return (*_OF_JUDGMENTS, *self.debates.keys)

    @property
    def study(self) -> Outcomes:
        """The judgments that count: not practice, not attention checks, not repeats."""
        return self.select(self.purpose.is_in("study"))

    @property
    def assigned(self) -> Outcomes:
        """The debates whose answers the plan assigned, not a player, with their judgments."""
        return self.select_debates(~self.debates.open_role)

    @cached_property
    def order(self) -> Rows:
        """A number for each judgment that grows in the order in which they were recorded."""
        return np.arange(len(self)) if self.recorded is None else self.recorded

    @cached_property
    def question(self) -> Codes:
        """The code of the question."""
        return self.debates.question.codes.take(self.debate)

    @cached_property
    def cluster(self) -> Codes:
        """The code of its cluster."""
        return self.debates.cluster.codes.take(self.debate)

    @cached_property
    def correct_answer(self) -> Codes:
        """The right answer; -1 where it is not known."""
        return self.debates.correct[self.debate]

    @cached_property
    def valid(self) -> Flags:
        """Whether the judge ruled."""
        return np.asarray(self.state.is_in("valid") & ~np.isnan(self.beliefs[:, 0]))

    @cached_property
    def scored(self) -> Flags:
        """Whether the judge ruled and the right answer is known."""
        return np.asarray(self.valid & (self.correct_answer >= 0))

    @cached_property
    def p_right(self) -> Floats:
        """Belief in the right answer; NaN where `scored` is false."""
        return np.where(self.scored, self.belief_in(self.correct_answer), np.nan)

    @cached_property
    def margin(self) -> Floats:
        """Belief in the right answer less the largest belief in any other; within 1e-9 it is 0, a tie."""
        return self.margin_of(self.correct_answer, self.scored)

    @cached_property
    def correct(self) -> Flags:
        """Whether belief in the right answer is strictly the largest."""
        return np.asarray(self.margin > 0)

    @cached_property
    def confidence(self) -> Floats:
        """The largest belief; NaN where there is none."""
        return beliefs.largest(self.beliefs)

    @cached_property
    def tied(self) -> Flags:
        """Whether no belief is larger than that in the right answer, and another equals it."""
        return np.asarray(self.margin == 0)

    @cached_property
    def chosen(self) -> Codes:
        """The answer with the largest belief; -1 for a tie, or where there is no belief."""
        chosen, favoured = np.full(len(self), NONE, np.int32), np.zeros(len(self), np.int32)
        for answer, held in enumerate(self.beliefs.T):
            most = self.confidence - held < TIE
            favoured += most
            np.copyto(chosen, answer, where=most)
        return np.where(favoured == 1, chosen, NONE).astype(np.int32)

    @cached_property
    def on_right_side(self) -> Codes:
        """For one-sided rows 1 where the side heard argues the right answer, else 0; -1 where both are heard.

        It is -1, too, where the side was chosen: that is an outcome, and no arm whose two sides weigh the same.
        """
        first, second = self.debates.argues.T
        alone = ((first >= 0) & (second < 0) & ~self.debates.open_role)[self.debate] & ~self.view.is_in("double")
        one = np.where(alone, first[self.debate], self.heard)
        right = (one == self.correct_answer).astype(np.int32)
        return np.where((one < 0) | (self.correct_answer < 0), NONE, right).astype(np.int32)

    def belief_in(self, answer: Codes) -> Floats:
        """Return each judgment's belief in one answer; NaN where the answer is -1."""
        return beliefs.belief_in(self.beliefs, answer)

    def margin_of(self, answer: Codes, rows: Flags) -> Floats:
        """Return belief in one answer less the largest in any other, 0 for a tie, NaN outside `rows`."""
        gap = np.where(rows, self.belief_in(answer) - beliefs.largest_but(self.beliefs, answer), np.nan)
        gap[np.abs(gap) < TIE] = 0.0
        return gap

    def sample(self, values: Floats, *, unit: Unit = "question", sides: bool = False) -> Sample:
        """Nest one number per judgment in questions and clusters; `sides` weighs the two sides of each equally."""
        people = len(self) > 0 and bool(self.judge_kind.is_in("human").all())
        return Sample(
            values=np.asarray(values, np.float64),
            question=self.question,
            cluster=self.cluster,
            unit=unit,
            judge=self.judge.codes if people else None,
            side=self.on_right_side if sides else None,
        )

    @property
    def rulers(self) -> Column:
        """The judge's name, or `people` for every human."""
        people = self.judge_kind.is_in("human")
        names = (*self.judge.names, PEOPLE)
        return Column(np.where(people, len(names) - 1, self.judge.codes).astype(np.int32), names)


def _meant(key: str, keys: Iterable[str]) -> str:
    near = get_close_matches(key, list(keys), n=1)
    return f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(keys)}."


_OF_JUDGMENTS: dict[str, Callable[[Outcomes], Column]] = {
    "judge": lambda o: o.rulers,
    "person": lambda o: o.judge,
    "judge_kind": lambda o: o.judge_kind,
    "view": lambda o: o.view,
    "channel": lambda o: o.channel,
    "state": lambda o: o.state,
    "purpose": lambda o: o.purpose,
}
