"""Tournaments whose truth is known: rulings drawn from a model in which passages, questions and judges differ.

A judge's leaning toward the right answer is mu + passage + question + judge + seating + noise, all in logits, the
noise logistic; the ruling is right where the leaning is positive, and belief is its logistic. Without effects the
share of right rulings is exactly 1 / (1 + exp(-mu)).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from debate.stats.column import Codes, Floats
from debate.stats.sample import Sample

EFFECT = 0.5
"""The standard deviation, in logits, of passages, of questions on a passage, and of judges."""
SEATING = 0.25
"""What a seating adds for one side of the right answer and takes for the other, in logits."""
GAIN = 0.6
"""What the second arm of a comparison adds, in logits."""
ACCURACIES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
QUESTIONS = (20, 60, 200)
NODES = 61
WIDE = 12.0


@dataclass(frozen=True)
class Design:
    """How often each question is ruled on, and by whom."""

    name: str
    judges: int = 1
    """Models that rule on everything; or people, of whom `each` rule on a question."""
    seatings: int = 1
    repeats: int = 1
    people: bool = False
    each: int = 0

    @property
    def copies(self) -> int:
        """The rulings on a question."""
        return (self.each if self.people else self.judges) * self.seatings * self.repeats


DESIGNS = (
    Design("one ruling"),
    Design("3 judges", judges=3),
    Design("2 seatings, 2 repeats", seatings=2, repeats=2),
    Design("3 judges, 2 seatings, 2 repeats", judges=3, seatings=2, repeats=2),
    Design("15 people, 3 to a question", judges=15, people=True, each=3),
)


@dataclass(frozen=True)
class Truth:
    """One cell of the grid."""

    accuracy: float
    questions: int
    per_passage: int
    design: Design


def grid() -> tuple[Truth, ...]:
    """Return every cell: with 20 questions there are at most two to a passage, that ten passages remain."""
    return tuple(
        Truth(accuracy, questions, per_passage, design)
        for questions, per_passage, design, accuracy in product(QUESTIONS, (1, 2, 4), DESIGNS, ACCURACIES)
        if per_passage <= 2 or questions > 20
    )


@dataclass(frozen=True)
class Drawn:
    """The rulings of one tournament, and what is true of its judges."""

    right: Sample
    belief: Sample
    gained: Sample
    """Right rulings of a second arm on the same questions."""
    accuracy: float
    mean_belief: float
    gained_accuracy: float


class Maker:
    """Draws tournaments of one cell."""

    def __init__(self, truth: Truth, seed: int) -> None:
        self.truth = truth
        self.rng = np.random.default_rng([seed, round(1000 * truth.accuracy), truth.questions, truth.per_passage])
        design = truth.design
        self.question: Codes = np.repeat(np.arange(truth.questions, dtype=np.int32), design.copies)
        self.cluster: Codes = (self.question // truth.per_passage).astype(np.int32)
        copy = np.tile(np.arange(design.copies), truth.questions)
        self.judge: Codes = (copy % (design.each or design.judges)).astype(np.int32)
        self.seating = np.where(
            design.seatings == 1, 0.0, SEATING * (2 * (copy // (design.each or design.judges) % 2) - 1)
        )
        self.mu = _centre(truth.accuracy, _spread(judges=True), float(np.abs(self.seating).max()))

    def draw(self) -> Drawn:
        """Draw one tournament."""
        truth, design, rng = self.truth, self.truth.design, self.rng
        passages = rng.normal(0, EFFECT, truth.questions // truth.per_passage + 1)
        questions = rng.normal(0, EFFECT, truth.questions)
        judges = rng.normal(0, EFFECT, design.judges)
        judge = self.judge
        if design.people:
            sitting = rng.permuted(np.tile(np.arange(design.judges), (truth.questions, 1)), axis=1)
            judge = sitting[:, : design.each].ravel().astype(np.int32)
        shared = self.mu + passages[self.cluster] + questions[self.question] + judges[judge] + self.seating
        first, second = (rng.logistic(0, 1, len(shared)) for _ in range(2))
        shift = float(np.abs(self.seating).max())
        known = (0.0,) if design.people else tuple(judges)
        spread = _spread(judges=design.people)
        means = [np.mean([_mean(self.mu + gain + b, spread, shift) for b in known]) for gain in (0.0, GAIN)]
        believed = np.mean([_mean_belief(self.mu + b, spread, shift) for b in known])
        people = judge if design.people else None
        leaning = shared + first
        return Drawn(
            self._sample((leaning > 0).astype(np.float64), people),
            self._sample(1 / (1 + np.exp(-leaning)), people),
            self._sample((shared + GAIN + second > 0).astype(np.float64), people),
            float(means[0]),
            float(believed),
            float(means[1]),
        )

    def _sample(self, values: Floats, people: Codes | None) -> Sample:
        return Sample(values, self.question, self.cluster, judge=people)


def _spread(*, judges: bool) -> float:
    """Return the standard deviation of what is drawn anew for each tournament, besides the noise."""
    return float(EFFECT * np.sqrt(3 if judges else 2))


@cache
def _normal() -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return nodes, weights / weights.sum()


def _mean(mu: float, spread: float, shift: float) -> float:
    """Return the share of right rulings."""
    nodes, weights = _normal()
    return float(np.mean([weights @ (1 / (1 + np.exp(-(mu + s + spread * nodes)))) for s in (-shift, shift)]))


def _mean_belief(mu: float, spread: float, shift: float) -> float:
    at, belief = _beliefs()
    nodes, weights = _normal()
    return float(np.mean([weights @ np.interp(mu + s + spread * nodes, at, belief) for s in (-shift, shift)]))


@cache
def _beliefs() -> tuple[Floats, Floats]:
    """Return mean belief by leaning before the noise, E logistic(x + L), as a table of x."""
    at = np.linspace(-WIDE, WIDE, 2401)
    u = (np.arange(4000) + 0.5) / 4000
    noise = np.log(u / (1 - u))
    return at, np.array([np.mean(1 / (1 + np.exp(-(x + noise)))) for x in at])


@cache
def _centre(accuracy: float, spread: float, shift: float) -> float:
    low, high = -WIDE, WIDE
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _mean(middle, spread, shift) < accuracy else (low, middle)
    return (low + high) / 2
