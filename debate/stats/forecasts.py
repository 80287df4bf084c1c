"""What a judge's rulings forecast, and whether it came about: what calibration is measured on.

A judgment's forecast is its largest belief, and the event is that the answer so favoured is right; a tie stands for
two half judgments, one right and one wrong. Judgments weigh 1 / copies of their question (or 1 each, by judgment);
beliefs are never averaged before they are scored.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from debate.stats.column import Floats, Rows
from debate.stats.estimate import Unit
from debate.stats.outcomes import TIE, Outcomes
from debate.stats.sample import renumbered

BINS = 10
DECIMALS = 12
"""Confidences are rounded to this before binning: floating-point noise must not move 0.6 over a bin's edge."""


@dataclass(frozen=True)
class Forecasts:
    """Confidences, events and weights, with the bin and the cluster of each."""

    confidence: Floats
    event: Floats
    weight: Floats
    cluster: Rows
    judgment: Rows

    @classmethod
    def of(cls, outcomes: Outcomes, unit: Unit = "question") -> Forecasts:
        """Take the valid judgments' forecasts; ties become two halves."""
        scored = np.flatnonzero(outcomes.scored)
        if not len(scored):
            empty = np.zeros(0)
            return cls(empty, empty, empty, np.zeros(0, np.intp), np.zeros(0, np.intp))
        confidence = np.round(outcomes.confidence[scored], DECIMALS)
        as_sure = sum((confidence - held < TIE).astype(np.int32) for held in outcomes.beliefs[scored].T)
        tied = np.asarray(as_sure > 1)
        event = np.where(tied, 1.0, outcomes.correct[scored]).astype(np.float64)
        sample = outcomes.sample(outcomes.confidence, unit=unit).take(outcomes.scored)
        rows = np.concatenate([np.arange(len(scored)), np.flatnonzero(tied)])
        weight, first = sample.weights, np.arange(len(rows)) < len(scored)
        return cls(
            confidence[rows],
            np.where(first, event[rows], 0.0),
            np.where(tied[rows], weight[rows] / 2, weight[rows]),
            np.asarray(renumbered(sample.cluster)[1][rows], np.intp),
            np.asarray(rows, np.intp),
        )

    @cached_property
    def levels(self) -> tuple[Floats, Rows]:
        """The different confidences, ascending, and which of them each forecast has."""
        found, at = np.unique(self.confidence, return_inverse=True)
        return found, np.asarray(at, np.intp)

    @cached_property
    def bin(self) -> Rows:
        """The bin of each forecast: ten of equal width, the last closed."""
        edges = np.round(np.arange(1, BINS) / BINS, DECIMALS)
        return np.asarray(np.digitize(self.confidence, edges), np.intp)
