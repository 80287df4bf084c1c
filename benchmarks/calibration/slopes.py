"""How often the intervals of slopes and of regressions cover, in a few cells: no promise is made of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np

from benchmarks.calibration.coverage import Row
from benchmarks.calibration.rulings import rulings
from benchmarks.calibration.truths import DESIGNS, Maker, Truth
from debate.stats.bouts import Bouts
from debate.stats.calibration import calibration
from debate.stats.column import Codes, Floats, Rows
from debate.stats.contests import POINTS
from debate.stats.crossed import crossed
from debate.stats.estimate import Measure, known
from debate.stats.learning import learning
from debate.stats.rating_slope import rating_slope

Draw = Callable[[np.random.Generator, int], tuple[Measure, float]]
"""Returns what was measured of one tournament, and the truth."""


def slopes(repetitions: int, *, seed: int) -> Iterator[Row]:
    """Yield the coverage of each, how often there is an interval, its mean width and how far the middle is off."""
    slow = -(-repetitions // 5)
    for name, draw, of, sizes, many in (
        ("calibration slope", _calibration_slope, "questions", (20, 60, 200), repetitions),
        ("crossed logit, accuracy 0.7", _crossed(0.7), "questions", (20, 60, 200), slow),
        ("crossed logit, accuracy 0.9", _crossed(0.9), "questions", (20, 60, 200), slow),
        ("learning", _learning, "people", (10, 20, 60), repetitions),
        ("accuracy against rating, 6 players", round_robin(6), "questions", (20, 60, 200), repetitions),
        ("accuracy against rating, 12 players", round_robin(12), "questions", (20, 60), repetitions),
    ):
        for size in sizes:
            rng = np.random.default_rng([seed, size])
            yield {"measure": name, "size": size, "of": of, **_covered([draw(rng, size) for _ in range(many)])}


def _covered(found: list[tuple[Measure, float]]) -> Row:
    bounded = [(m.value, m.low, m.high, truth) for m, truth in found if known(m) and m.low is not None]
    held = sum(low <= truth <= high for _, low, high, truth in bounded if high is not None)
    return {
        "repetitions": len(found),
        "estimable": len(bounded) / len(found),
        "coverage": held / len(bounded) if bounded else None,
        "off": float(np.mean([value - truth for value, _, _, truth in bounded])) if bounded else None,
        "width": float(np.mean([(high or low) - low for _, low, high, _ in bounded])) if bounded else None,
    }


OVERCONFIDENT = 1.5
"""A judge's log odds are so many times what they should be: the slope is 1 over it."""


def _calibration_slope(rng: np.random.Generator, questions: int) -> tuple[Measure, float]:
    """Draw three rulings on each question, whose log odds share what the question is like."""
    question: Codes = np.repeat(np.arange(questions, dtype=np.int32), 3)
    odds = np.clip(rng.normal(0.8, 0.7, questions)[question] + rng.normal(0, 0.7, len(question)), -3, 3)
    favoured = rng.random(len(question)) < 1 / (1 + np.exp(-np.abs(odds)))
    sure = 1 / (1 + np.exp(-OVERCONFIDENT * np.abs(odds)))
    held = np.where(favoured, sure, 1 - sure)
    judge = np.tile(np.arange(3, dtype=np.int32), questions)
    return calibration(rulings(held, question, judge, people=False), draws=2).slope, 1 / OVERCONFIDENT


def _crossed(accuracy: float) -> Draw:
    """Draw 15 people of whom three rule on each question, as in the grid."""

    @cache
    def maker(questions: int) -> Maker:
        return Maker(Truth(accuracy, questions, 1, DESIGNS[-1]), 17)

    def draw(_: np.random.Generator, questions: int) -> tuple[Measure, float]:
        drawn = maker(questions).draw()
        who = drawn.right.judge
        assert who is not None
        held = np.where(drawn.right.values > 0, 0.9, 0.1)
        return crossed(rulings(held, maker(questions).question, who, people=True)).accuracy, drawn.accuracy

    return draw


SITTINGS = 12
LEARNT = (0.5, 0.3)
"""Mean and standard deviation, in logits, of what a person gains from the first half of the rulings to the second."""


def _learning(rng: np.random.Generator, people: int) -> tuple[Measure, float]:
    """Draw people who rule on 12 of 60 questions each, and differ in how good they are and how much they learn."""
    judge: Codes = np.repeat(np.arange(people, dtype=np.int32), SITTINGS)
    late = np.tile(np.arange(SITTINGS) >= SITTINGS // 2, people)
    hard = rng.normal(0, 0.5, 60)
    question = np.concatenate([rng.permutation(60)[:SITTINGS] for _ in range(people)]).astype(np.int32)
    odds = 0.7 + hard[question] + rng.normal(0, 0.5, people)[judge] + late * rng.normal(*LEARNT, people)[judge]
    held = np.where(rng.random(len(odds)) < 1 / (1 + np.exp(-odds)), 0.9, 0.1)
    return learning(rulings(held, question, judge, people=True)).change, _learnt()


@cache
def _learnt() -> float:
    rng = np.random.default_rng(0)
    odds = 0.7 + rng.normal(0, 0.5**0.5, 2_000_000)
    return float(np.mean(1 / (1 + np.exp(-odds - rng.normal(*LEARNT, len(odds)))) - 1 / (1 + np.exp(-odds))))


SPREAD = 0.75
"""Players' strengths lie evenly between minus and plus this, in logits."""
HELPED = 0.5
"""By how much the strength of both players together, in logits, helps the right side."""


def round_robin(players: int) -> Draw:
    """Draw a round robin in which everyone argues each side, before judges whom stronger debaters help."""
    one, other = (at.ravel() for at in np.nonzero(~np.eye(players, dtype=bool)))
    strength = np.linspace(-SPREAD, SPREAD, players)
    odds = 0.8 + strength[one] - strength[other] + HELPED * (strength[one] + strength[other])
    seated = np.stack([one, other], axis=1).astype(np.int32)

    def draw(rng: np.random.Generator, questions: int) -> tuple[Measure, float]:
        question: Codes = np.repeat(np.arange(questions, dtype=np.int32), len(one))
        chance = 1 / (1 + np.exp(-(odds + rng.normal(0, 0.5, (questions, 1)))))
        held = np.where(rng.random(chance.shape) < chance, 0.8, 0.2).ravel()
        judge = np.zeros(len(held), np.int32)
        seats = np.tile(seated, (questions, 1))
        found = rating_slope(Bouts.of(rulings(held, question, judge, people=False, players=seats)), draws=200)
        return found.per_100_points, truth()

    @cache
    def truth() -> float:
        nodes, weights = np.polynomial.hermite_e.hermegauss(31)
        chance = (1 / (1 + np.exp(-(odds[:, None] + 0.5 * nodes)))) @ (weights / weights.sum())
        accuracy = np.array([chance[(one == i) | (other == i)].mean() for i in range(players)])
        return float(np.polyfit(_rated(one, other, chance, players) / 100, accuracy, 1)[0])

    return draw


def _rated(one: Rows, other: Rows, chance: Floats, players: int) -> Floats:
    """Return the ratings that infinitely many questions would give, by the iteration of Zermelo (1929)."""
    won = np.zeros((players, players))
    won[one, other] += chance
    won[other, one] += 1 - chance
    strength = np.ones(players)
    for _ in range(5000):
        met = won + won.T
        strength = won.sum(axis=1) / (met / (strength[:, None] + strength)).sum(axis=1)
        strength /= np.exp(np.log(strength).mean())
    return np.asarray(POINTS * np.log(strength))
