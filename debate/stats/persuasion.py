"""How well debaters win judges over, arguing the right answer and arguing a wrong one.

A ruling is seen from each seat that argues: beliefs in its own answer against the answer it faces. In a one-sided
debate that is every other answer together. Copies of a question are averaged first, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias

import numpy as np

from debate.stats.accuracy import clip
from debate.stats.beliefs import belief_in, largest_but, misses
from debate.stats.column import NONE, Codes, Column, Flags, Floats, Rows
from debate.stats.estimate import LEVEL, Measure, NoData, Unit
from debate.stats.intervals import average, difference, proportion
from debate.stats.outcomes import TIE, Outcomes
from debate.stats.path import Path
from debate.stats.sample import Sample, together

Side: TypeAlias = Literal["all", "right_side", "wrong_side"]


@dataclass(frozen=True)
class Bouts:
    """One row per valid ruling and seat that argues."""

    player: Column
    opponent: Column
    question: Codes
    cluster: Codes
    right: Codes
    """1 where the seat argues the right answer, 0 where a wrong one, -1 where that is not known."""
    score: Floats
    """1 for a win, 1/2 for a tie, 0 for a loss."""
    told: Floats
    """1 where the judge was right, 0 where it was not, NaN where that is not known."""
    belief: Floats
    """The final belief in the seat's own answer."""
    misses: Floats
    """The sum over answers of (1[own] - p)^2."""
    gain: Floats
    """The change of log odds of the seat's own answer since before any argument; NaN where that is not known."""
    rounds: Codes
    words: Codes

    @staticmethod
    @lru_cache(maxsize=1)  # several measures of the same rulings follow each other
    def of(outcomes: Outcomes) -> Bouts:
        """See each valid ruling from the seats that argue in it."""
        argued = (outcomes.valid & (outcomes.debates.argues[:, seat] >= 0)[outcomes.debate] for seat in (0, 1))
        one, other = (np.flatnonzero(rows) for rows in argued)
        return _seen(outcomes, np.concatenate([one, other]), np.repeat(np.arange(2), (len(one), len(other))))

    def take(self, rows: Flags | Rows) -> Bouts:
        """Return those rows only."""
        if rows.dtype == bool and rows.all():
            return self
        columns = {name: getattr(self, name)[rows] for name in _NUMBERS}
        return replace(self, player=self.player.take(rows), opponent=self.opponent.take(rows), **columns)

    def of_player(self, name: str, side: Side = "all") -> Bouts:
        """Return the rows of one player, on one side."""
        rows = self.player.is_in(name)
        return self.take(rows if side == "all" else rows & (self.right == int(side == "right_side")))

    def by_player(self) -> Iterator[tuple[str, Bouts]]:
        """Yield each player with its rows."""
        for rows in together(self.player.codes):
            yield self.player.names[self.player.codes[rows[0]]], self.take(rows)

    def sample(self, values: Floats, unit: Unit = "question") -> Sample:
        """Nest one number per row in questions and clusters."""
        return Sample(values, self.question, self.cluster, unit)

    def __len__(self) -> int:
        return len(self.score)

    @cached_property
    def log_odds(self) -> Floats:
        """Gain of log odds per round."""
        return np.asarray(self.gain / np.maximum(self.rounds, 1))


_NUMBERS = ("question", "cluster", "right", "score", "told", "belief", "misses", "gain", "rounds", "words")


def win_rate(bouts: Bouts, *, side: Side = "all", unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate the share of rulings won, on one side or on both, ties half."""
    sample = bouts.sample(bouts.score, unit)
    if side != "all":
        sample = sample.take(bouts.right == int(side == "right_side"))
    return proportion(sample, level=level, empty="no valid ruling")


def judge_accuracy(bouts: Bouts, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate how often judges were right about these debates, whoever argued what."""
    known = ~np.isnan(bouts.told)
    return proportion(bouts.sample(bouts.told, unit).take(known), level=level, empty="no answer is known")


def mean_belief(bouts: Bouts, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate the mean final belief obtained for one's own answer."""
    return average(bouts.sample(bouts.belief, unit), level=level, within=(0.0, 1.0), empty="no valid ruling")


def log_odds_per_round(bouts: Bouts, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate the net change of log odds toward one's own answer, per round.

    In a two-sided debate it belongs to the match, in a one-sided one to the speaker.
    """
    return _of_known(bouts, bouts.log_odds, unit, level)


def log_odds_per_100_words(bouts: Bouts, *, unit: Unit = "question", level: float = LEVEL) -> Measure:
    """Estimate the net change of log odds toward one's own answer, per 100 words of one's own."""
    spoken = np.where(bouts.words > 0, bouts.words, np.nan)
    return _of_known(bouts, np.asarray(100.0 * bouts.gain / spoken), unit, level)


def win_rate_gap(bouts: Bouts, *, level: float = LEVEL) -> Measure:
    """Estimate the win rate arguing right answers less that arguing wrong ones, on questions argued both ways."""
    return gap(bouts, bouts.score, level=level, shares=True)


def log_odds_gap(bouts: Bouts, *, level: float = LEVEL) -> Measure:
    """Estimate the same gap in log odds per round: what a protocol has to make large."""
    known = ~np.isnan(bouts.gain)
    if not known.any():
        return NoData(why=NO_PRIOR)
    kept = bouts.take(known)
    return gap(kept, kept.log_odds, level=level)


def gap(bouts: Bouts, values: Floats, *, level: float = LEVEL, shares: bool = False) -> Measure:
    """Estimate right side minus wrong side, paired by question, both sides weighing the same.

    Args:
        bouts: rulings seen from the seats; those whose side is not known are left out.
        values: one number for each of them.
        level: of the interval.
        shares: whether the numbers are in [0, 1].
    """
    sided = bouts.right >= 0
    asked = int(bouts.question.max(initial=-1)) + 1
    cell = 2 * bouts.question[sided] + bouts.right[sided]
    rulings = np.bincount(cell, minlength=2 * asked).reshape(-1, 2)
    shared = np.flatnonzero((rulings > 0).all(axis=1))
    if not len(shared):
        return NoData(why="no question was argued from both sides")
    sums = np.bincount(cell, values[sided], 2 * asked).reshape(-1, 2)
    means = sums[shared] / rulings[shared]
    cluster = np.zeros(asked, np.int32)
    cluster[bouts.question] = bouts.cluster
    sample = Sample(means[:, 1] - means[:, 0], shared.astype(np.int32), cluster[shared])
    measured = difference(sample, level=level) if shares else average(sample, level=level)
    return measured.model_copy(update={"n_judgments": int(rulings[shared].sum())})


NO_PRIOR = "no judge was asked for its belief before the first argument"


def _of_known(bouts: Bouts, values: Floats, unit: Unit, level: float) -> Measure:
    known = ~np.isnan(values)
    if not len(bouts):
        return NoData(why="no valid ruling")
    return average(bouts.sample(values, unit).take(known), level=level, empty=NO_PRIOR)


def _seen(outcomes: Outcomes, rows: Rows, seat: Rows) -> Bouts:
    """See rulings from seats that argue in them."""
    debates, at = outcomes.debates, outcomes.debate[rows]
    here, there = 2 * at + seat, 2 * at + 1 - seat
    held, correct = outcomes.beliefs[rows], outcomes.correct_answer[rows]
    own, faced = debates.argues.ravel()[here], debates.argues.ravel()[there]
    belief, other = belief_in(held, own), belief_in(held, faced)
    if (faced < 0).any():
        np.copyto(other, largest_but(held, own), where=faced < 0)
    margin = belief - other
    return Bouts(
        player=Column(debates.player.codes.ravel()[here], debates.player.names),
        opponent=Column(debates.player.codes.ravel()[there], debates.player.names),
        question=debates.question.codes[at],
        cluster=debates.cluster.codes[at],
        right=np.where(correct < 0, NONE, own == correct).astype(np.int32),
        score=np.where(np.abs(margin) < TIE, 0.5, margin > 0),
        told=np.where(correct >= 0, outcomes.correct[rows], np.nan),
        belief=belief,
        misses=misses(held, own),
        gain=_gain(outcomes.path, rows, len(outcomes), own, belief),
        rounds=outcomes.rounds[rows],
        words=debates.words.ravel()[here],
    )


def _gain(path: Path, rows: Rows, of: int, own: Codes, belief: Floats) -> Floats:
    """Return the change of log odds since before any argument, of those among `of` rulings that `rows` names."""
    before = path.after_round == 0
    start = np.full(of, NONE, np.int32)
    start[path.ruling[before]] = np.flatnonzero(before)
    told = np.flatnonzero(start[rows] >= 0)
    gain = np.full(len(rows), np.nan)
    gain[told] = logit(belief[told]) - logit(belief_in(path.beliefs[start[rows[told]]], own[told]))
    return gain


def logit(p: Floats) -> Floats:
    """Return log odds, beliefs cut to [0.01, 0.99]."""
    cut = clip(p)
    return np.asarray(np.log(cut / (1 - cut)))
